"""Settings: from the environment and from what is given; anything unknown or out of range is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from recommender.errors import SettingsError
from recommender.settings import Settings


def test_defaults() -> None:
    settings = Settings.load()
    assert (settings.host, settings.port, settings.data) == ("127.0.0.1", 8000, Path("index_data/pool"))


def test_what_is_given_wins_over_the_environment_and_none_is_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOMMENDER_PORT", "9000")
    monkeypatch.setenv("RECOMMENDER_DATA", "/srv/pool")
    settings = Settings.load(port=9001, data=None)
    assert (settings.port, settings.data) == (9001, Path("/srv/pool"))


def test_an_unknown_variable_with_our_prefix_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOMMENDER_PROT", "9000")
    with pytest.raises(SettingsError, match="unknown setting RECOMMENDER_PROT.*RECOMMENDER_PORT"):
        Settings.load()


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"port": 70000}, "setting port: .*less than or equal to 65535.*70000"),
        ({"colour": "red"}, "setting colour: Extra inputs are not permitted.*red"),
        ({"model": ""}, "setting model: .*at least 1 character"),
        ({"max_body_bytes": "big"}, "setting max_body_bytes: .*integer.*'big'"),
    ],
)
def test_a_bad_value_is_one_line_that_names_the_setting(given: dict[str, object], message: str) -> None:
    with pytest.raises(SettingsError, match=message) as caught:
        Settings.load(**given)
    assert "\n" not in str(caught.value)


def test_settings_are_frozen() -> None:
    with pytest.raises(Exception, match="frozen"):
        Settings.load().port = 1
