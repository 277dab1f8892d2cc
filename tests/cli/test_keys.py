"""`recommender keys`."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from recommender.errors import SettingsError
from recommender.keys import KnownKeys
from recommender.settings import Settings
from tests.cli.conftest import Run


def test_a_key_is_printed_once_listed_and_revoked(run: Run, tmp_path: Path) -> None:
    data = tmp_path / "pool"
    made = run("keys", "create", "--scope", "read,contact", "--scope", "write", "--name", "portal", "--data", data)
    assert (made.status, made.out.count("\n")) == (0, 1)
    known = KnownKeys(tmp_path / "pool.access")
    key = known.by_secret(made.out.strip())
    assert key is not None
    assert (key.name, sorted(key.scopes)) == ("portal", ["contact", "read", "write"])
    assert not data.exists(), "keys are no matter of the pool"
    listed = run("keys", "list", "--data", data)
    assert listed.out == f"portal ({key.id}), contact read write, good\n"
    assert made.out.strip() not in listed.out
    done = run("keys", "revoke", "portal", "nobody", "--data", data)
    assert (done.status, done.out) == (1, "1 revoked\n")
    assert "nobody: no key of this name" in done.err
    (shown,) = map(json.loads, run("keys", "list", "--json", "--data", data).out.splitlines())
    assert (shown["state"], shown["scopes"]) == ("revoked", ["contact", "read", "write"])
    known.close()


def test_whom_it_is_for_and_until_when(run: Run, tmp_path: Path) -> None:
    for text in ("3d", "72h"):
        made = run(
            *("keys", "create", "--scope", "read", "--company", "Acme", "--expires", text, "--json"),
            *("--data", tmp_path / "pool"),
        )
        said = json.loads(made.out)
        assert said["company"] == "Acme"
        left = datetime.fromisoformat(said["expires"]) - datetime.now(UTC)
        assert timedelta(days=3) - timedelta(minutes=1) < left <= timedelta(days=3)
    day = (datetime.now(UTC) + timedelta(days=2)).date().isoformat()
    said = json.loads(
        run("keys", "create", "--scope", "read", "--expires", day, "--json", "--data", tmp_path / "pool").out
    )
    assert said["expires"].startswith(f"{day}T23:59:59"), "a day is meant until its end"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--scope", "all"), "'all' is no scope; give some of read, write, contact, moves, admin"),
        (("--scope", "read", "--expires", "2020-01-01"), "is over"),
        (("--scope", "read", "--expires", "soon"), "no moment"),
        (("--scope", "read", "--name", "two words"), "up to 64 letters"),
        (("--scope", "read,"), "'' is no scope"),
        ((), "Missing option '--scope'"),
    ],
)
def test_what_cannot_be_meant_is_refused(run: Run, tmp_path: Path, given: tuple[str, ...], said: str) -> None:
    done = run("keys", "create", *given, "--data", tmp_path / "pool")
    assert said in done.err


def test_they_lie_beside_the_pool_or_where_the_setting_says() -> None:
    assert Settings.load(data=Path("/srv/pool")).access_folder == Path("/srv/pool.access")
    assert Settings.load(data=Path("/srv/pool"), access=Path("/etc/keys")).access_folder == Path("/etc/keys")


@pytest.mark.parametrize("inside", ["/srv/pool", "/srv/pool/access", "/srv/other/../pool/x"])
def test_they_never_lie_in_the_pool(inside: str) -> None:
    with pytest.raises(SettingsError, match="lies in the pool's folder; choose one outside"):
        _ = Settings.load(data=Path("/srv/pool"), access=Path(inside)).access_folder
    assert Settings.load(data=Path("/srv/pool"), access=Path("/srv/pool2")).access_folder == Path("/srv/pool2")
