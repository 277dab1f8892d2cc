"""The front door as it is used by hand: one import, plain arguments, answers that can be looked at."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from recommender import Filter, Query, Recommender
from recommender.errors import FilterError, PoolNotFound, ProfileNotFound
from recommender.settings import Settings
from tests.service.people import ADA, POOL, Rooms

ROOT = Path(__file__).parents[1]
WHERES = (Filter(skills_all=("Triage",)), {"skills_all": ["triage"]}, "skills_all=Triage", '{"skills_all": ["Triage"]}')


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> Rooms:
    rooms = Rooms(Settings.load(data=tmp_path_factory.mktemp("by-hand") / "pool"))
    list(rooms.ingest(POOL))
    return rooms


@pytest.mark.parametrize("where", WHERES)
def test_a_filter_may_be_written_in_any_way(rooms: Rooms, where: Filter) -> None:
    nurses = sum("Triage" in profile.core_skills for profile in POOL)
    assert rooms.count(where) == nurses
    assert rooms.facets(["title"], where) == {"title": {"registered nurse": nurses}}
    ids = [match.profile_id for match in rooms.similar("ada", where=where, k=1000).matches]
    assert len(ids) == nurses


def test_everything_is_asked_in_a_word(rooms: Rooms) -> None:
    assert rooms.count() == len(POOL)
    assert rooms.get("ada") == ADA
    assert rooms.similar("ada", k=3) == rooms.similar(Query(like=("ada",)), k=3)
    assert rooms.similar(ADA, k=3).matches == rooms.similar("ada", k=3).matches
    with pytest.raises(ProfileNotFound):
        rooms.get("nobody")
    with pytest.raises(FilterError, match="colour"):
        rooms.count({"colour": ["red"]})


def test_people_are_deleted_by_id(tmp_path: Path) -> None:
    with Rooms(Settings.load(data=tmp_path / "pool")) as rooms:
        list(rooms.ingest(POOL[:3]))
        assert rooms.delete(str(POOL[1].id), "nobody") == [POOL[1].id]
        assert rooms.count() == 2


def test_a_pool_that_is_not_there_is_an_error_and_stays_away(tmp_path: Path) -> None:
    recommender = Recommender(tmp_path / "none")
    for ask in (lambda: recommender.similar("ada"), recommender.count, lambda: recommender.get("ada")):
        with pytest.raises(PoolNotFound):
            ask()
    assert repr(recommender) == f"<Recommender: no pool in {tmp_path / 'none'} yet>"
    assert list(tmp_path.iterdir()) == []


def test_what_it_looks_like(rooms: Rooms) -> None:
    assert repr(rooms) == f"<Recommender: {len(POOL)} profiles in {rooms.settings.data}, generation {len(POOL)}>"
    answer = rooms.similar("ada", k=2)
    first, second = answer.matches
    lines = str(answer).splitlines()
    assert lines[0] == "100+ more professionals with Distributed Systems & Platform Infrastructure"
    assert lines[1].split()[:3] == ["rank", "score", "profile_id"]
    assert lines[2].split()[:3] == ["1", f"{first.score:.1f}", first.profile_id]
    assert lines[3].split()[:3] == ["2", f"{second.score:.1f}", second.profile_id]
    assert len(lines) == 4
    sly = msgspec.structs.replace(first, name="<script>alert(1)</script>")
    html = msgspec.structs.replace(answer, matches=(sly,))._repr_html_()
    assert "&lt;script&gt;" in html
    assert "<script" not in html


def test_matches_are_a_table(rooms: Rooms) -> None:
    answer = rooms.similar("ada", k=4)
    table = answer.to_arrow()
    assert table.num_rows == 4
    assert table["profile_id"].to_pylist() == [match.profile_id for match in answer.matches]
    assert table["score"].to_pylist() == [match.score for match in answer.matches]
    assert table["reasons"].to_pylist()[0][0]["field"] == answer.matches[0].reasons[0].field


def test_the_example_notebook_runs(sample_pool: Path) -> None:
    notebook = json.loads((ROOT / "docs" / "examples" / "who-is-like-whom.ipynb").read_text(encoding="utf-8"))
    names: dict[str, Any] = {}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]).replace("index_data/pool", str(sample_pool)), names)
    assert len(names["answer"].matches) == len(names["found"].matches) == 5
    assert names["experienced"] > 0
    names["pool"].collection.close()
