"""Who is likely to move in a file of matches: for a reader who may know it, and derivable by nobody else.

The same run over people with outlooks and badges, and over the same people without those that the reader is not to see,
writes the same bytes.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import msgspec
import pyarrow.parquet as pq
import pytest

from recommender.batch import ALL, match, match_all
from recommender.collection import Filter, Sight
from recommender.errors import FilterError
from recommender.insights.moving import related
from recommender.profile import Profile
from recommender.settings import Settings
from tests.insights.moving.people import mover, stayer
from tests.service.people import Rooms
from tests.service.test_moves import GROUPS, SWITCH, Viewer, is_own, people, without

NOBODY = Sight(outlooks=False)
READERS = {
    "nobody": (NOBODY, Viewer(None, (), (), False)),
    "employer": (Sight(True, related("acme ltd", (GROUPS,))), Viewer(None, (), ("Acme", "Hooli", "Umbrella"), True)),
    "other": (Sight(True, related("Globex Corp", (GROUPS,))), Viewer(None, (), ("Globex",), True)),
    "former key": (Sight(False, related("Globex Corp", ())), Viewer(None, (), ("Globex",), False)),
}


def filled(folder: Path, pool: list[Profile]) -> Rooms:
    rooms = Rooms(Settings.load(data=folder / "pool"))
    list(rooms.ingest(pool))
    return rooms


def questions(sight: Sight) -> list[dict[str, Any]]:
    badges = [{"where": Filter(badges=(badge,))} for badge in (SWITCH, "Open To Work", "Top Contributor")]
    moves = [{"where": Filter(likely_to_move=said)} for said in (True, False) if sight.outlooks]
    either = [{"where": Filter(any_of=(Filter(badges=(SWITCH,)), Filter(name="Person 3")))}]
    return [{}, {"explain": False}, *badges, *moves, *either]


@pytest.mark.parametrize("reader", READERS)
def test_a_file_is_what_it_would_be_if_what_its_reader_may_not_see_had_never_been(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reader: str
) -> None:
    sight, viewer = READERS[reader]
    pool, deriving = people(3), importlib.import_module("recommender.insights.derive")
    outlook = deriving.outlook

    def hidden(profile: Profile, facts: Any) -> Any:
        return None if is_own(profile, viewer) or not viewer.sees_others else outlook(profile, facts)

    with filled(tmp_path / "real", pool) as real:
        monkeypatch.setattr(deriving, "outlook", hidden)
        with filled(tmp_path / "bare", [without(one, viewer) for one in pool]) as bare:
            for number, asked in enumerate(questions(sight)):
                for form in ("parquet",) if asked else ("parquet", "jsonl", "csv"):
                    found = []
                    for name, rooms in (("real", real), ("bare", bare)):
                        out = tmp_path / name / f"{number}.{form}"
                        match(rooms.matcher, ALL, out, k=30, sight=sight, **asked)
                        found.append(out.read_bytes())
                    assert found[0] == found[1], (asked, form)


def _at(person: Profile, name: str) -> Profile:
    return msgspec.structs.replace(person, id=name, core_skills=("Linux",))


@pytest.fixture
def rooms(tmp_path: Path) -> Rooms:
    """Two who are likely to move, one of them at Acme; two who are not, but that the page of one says so."""
    marked = msgspec.structs.replace(_at(stayer(), "marked"), badges=(SWITCH,))
    return filled(tmp_path, [_at(mover("Globex"), "m"), _at(mover("Acme"), "a"), _at(stayer(), "s"), marked])


def likely(out: Path) -> dict[str, bool | None]:
    if out.suffix == ".parquet":
        rows = pq.read_table(out).to_pylist()
    else:
        rows = [msgspec.json.decode(line) for line in out.read_bytes().splitlines()]
    return {row["profile_id"]: row["likely_to_move"] for row in rows}


@pytest.mark.parametrize("form", ["parquet", "jsonl"])
def test_rows_say_who_is_likely_to_move_to_a_reader_who_may_know(rooms: Rooms, tmp_path: Path, form: str) -> None:
    out = tmp_path / f"matches.{form}"
    expected: dict[Sight, dict[str, bool | None]] = {
        Sight(outlooks=True): {"m": True, "a": True, "s": False, "marked": True},
        Sight(outlooks=True, companies=("ACME GmbH",)): {"m": True, "a": False, "s": False, "marked": True},
        NOBODY: dict.fromkeys(("m", "a", "s", "marked")),
    }
    for sight, said in expected.items():
        match(rooms.matcher, ALL, out, sight=sight)
        assert likely(out) == said
    (rows,) = match_all(rooms.matcher, ["s"], sight=Sight(outlooks=True))
    assert dict(zip(*(rows.column(name).to_pylist() for name in ("profile_id", "likely_to_move")), strict=True)) == {
        "m": True, "a": True, "marked": True,
    }  # fmt: skip


def test_a_filter_by_who_is_likely_to_move_is_refused_where_the_file_may_not_show_it(
    rooms: Rooms, tmp_path: Path
) -> None:
    out, where = tmp_path / "matches.csv", Filter(not_=Filter(likely_to_move=True))
    with pytest.raises(FilterError, match="likely_to_move: .* is not shown in this file"):
        match(rooms.matcher, ALL, out, where=where)
    with pytest.raises(FilterError, match="likely_to_move"):
        next(match_all(rooms.matcher, where=where))
    assert not out.exists()
