"""A file brought up to a later generation is that of a run over everybody: by random histories, whatever the search."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recommender.batch import ALL, Summary, match, pieces, publish
from recommender.batch.basis import rested
from recommender.collection import EVERYONE, Filter, LocalCollection
from recommender.collection.local.follower import Tuning
from recommender.encoding import ProfileEncoder
from recommender.errors import QueryError
from recommender.matching import Matcher
from recommender.matching.ranking import rank
from recommender.profile import Profile
from recommender.skills import Vocabulary
from tests.batch.test_resuming import Stopping
from tests.service.people import HashedWords

TITLES = ("Platform engineer", "Nurse", "Data analyst", "Welder", "Site reliability engineer", "Theatre nurse")
SKILLS = ("Kafka", "Python", "Triage", "Patient Care", "SQL", "Welding", "Kubernetes", "Excel", "Go")
ENCODER = ProfileEncoder(HashedWords(), Vocabulary.shipped())
#: As much of a history as is tried: what is done to how many people of this many.
PEOPLE = 40
#: Of them those who came after the files were sealed.
RECENT = 6


def somebody(number: int, version: int) -> Profile:
    chance = random.Random(f"{number} {version}")
    return Profile(
        id=f"p{number:03}",
        title=chance.choice(TITLES),
        location=chance.choice(("Berlin, Germany", "Leeds, United Kingdom")),
        core_skills=tuple(chance.sample(SKILLS, 3)),
        about=" ".join(chance.choices(("builds", "runs", "cares", "measures", "teaches", "welds", "plans"), k=8)),
        years_of_experience=chance.randrange(20),
        as_of="2026-01",
    )


def stored(pool: LocalCollection, numbers: list[int], version: int) -> None:
    pool.upsert(ENCODER.encode([somebody(number, version) for number in numbers]))


class History:
    """A pool, and a file that was made of it and brought up again and again."""

    def __init__(self, folder: Path, tuning: Tuning, where: Filter = EVERYONE) -> None:
        self.pool, self.out, self.whole = (
            LocalCollection(folder / "pool", tuning),
            folder / "m.parquet",
            folder / "w.parquet",
        )
        self.matcher, self.where, self.told = Matcher(self.pool, ENCODER), where, list[str]()
        stored(self.pool, list(range(RECENT, PEOPLE)), 0)
        self.pool.seal()
        stored(self.pool, list(range(RECENT)), 0)
        match(self.matcher, ALL, self.out, k=4, explain=False, where=where, keep_basis=True)

    def brought_up(self) -> Summary:
        """Hold the file, brought up, to that of a run over everybody."""
        given = {"k": 4, "explain": False, "where": self.where}
        done = match(self.matcher, ALL, self.out, since=self.out, on_notice=self.told.append, **given)  # type: ignore[arg-type]
        match(self.matcher, ALL, self.whole, keep_basis=True, **given)  # type: ignore[arg-type]
        assert self.out.read_bytes() == self.whole.read_bytes()
        return done


#: (who is written again, who leaves, how many come) of each step.
STEPS = st.lists(
    st.tuples(
        st.lists(st.integers(0, PEOPLE - 1), max_size=4, unique=True),
        st.lists(st.integers(0, PEOPLE - 1), max_size=4, unique=True),
        st.integers(0, 3),
    ),
    min_size=1,
    max_size=3,
)
WAYS = {
    "everybody is scored": Tuning(tail_rows=10_000),
    "a graph is asked": Tuning(index_from=12, tail_rows=10_000),
}


@pytest.mark.parametrize(
    ("way", "where"),
    [("everybody is scored", Filter(location=("Berlin",))), ("a graph is asked", EVERYONE)],
)
@given(steps=STEPS)
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_it_is_the_file_of_a_run_over_everybody(
    way: str,
    where: Filter,
    tmp_path_factory: pytest.TempPathFactory,
    steps: list[tuple[list[int], list[int], int]],
) -> None:
    with pytest.MonkeyPatch.context() as patched:
        small(patched)
        history, come = History(tmp_path_factory.mktemp("since"), WAYS[way], where), PEOPLE
        for version, (again, leave, count) in enumerate(steps, 1):
            stored(history.pool, again, version)
            history.pool.delete([f"p{number:03}" for number in leave])
            stored(history.pool, list(range(come, come + count)), 0)
            come += count
            history.brought_up()
        history.pool.close()


def small(patched: pytest.MonkeyPatch) -> None:
    """Windows and what is kept of them at a size at which sixty people overflow them."""
    from recommender.batch.basis import gather
    from recommender.batch.since import update

    for module in (rank, update):
        patched.setattr(module, "WINDOW", 10)
    for module in (rested, gather, update):
        patched.setattr(module, "NEAREST", 16)
        patched.setattr(module, "RESERVE", 2, raising=False)


def test_what_changes_do_not_touch_is_not_matched_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing changed: nobody. Two came: they are asked about, and hardly anybody else."""
    small(monkeypatch)
    history = History(tmp_path, WAYS["everybody is scored"])
    assert (history.brought_up().known, history.told) == (PEOPLE, [])
    stored(history.pool, [PEOPLE, PEOPLE + 1], 0)
    done = history.brought_up()
    assert (done.queries, done.known) == (PEOPLE + 2, PEOPLE)
    assert history.told == []
    history.pool.close()


@pytest.mark.parametrize(
    ("what", "why"),
    [("no basis", "it has no basis"), ("sealed", "derived files were renewed"), ("another k", "of other questions")],
)
def test_what_cannot_be_brought_up_is_matched_anew_and_says_so(what: str, why: str, tmp_path: Path) -> None:
    history = History(tmp_path, WAYS["everybody is scored"])
    stored(history.pool, [3], 5)
    if what == "no basis":
        (tmp_path / "m.basis.parquet").unlink()
    elif what == "sealed":
        history.pool.seal()
    else:
        match(history.matcher, ALL, history.out, k=3, explain=False, keep_basis=True)
    done = history.brought_up()
    assert done.known == 0
    assert len(history.told) == 1
    assert why in history.told[0]
    history.pool.close()


def test_a_basis_is_kept_of_bare_rows_of_everybody_alone(tmp_path: Path) -> None:
    history = History(tmp_path, WAYS["everybody is scored"])
    for given_ in ({"explain": True}, {"k": 51, "explain": False}):
        with pytest.raises(QueryError, match="a basis is kept of"):
            match(history.matcher, ALL, tmp_path / "o.parquet", keep_basis=True, **given_)
    with pytest.raises(QueryError, match="a basis is kept of"):
        match(history.matcher, ["p001"], tmp_path / "o.parquet", explain=False, keep_basis=True)
    history.pool.close()


def changed(history: History) -> None:
    """Of 40 people four are written again, two leave and three come."""
    stored(history.pool, [3, 9, 17, 33], 1)
    history.pool.delete(["p005", "p021"])
    stored(history.pool, [PEOPLE, PEOPLE + 1, PEOPLE + 2], 0)


def test_who_came_is_as_near_as_a_search_finds_them(tmp_path: Path) -> None:
    """A search asks by a vector that is 1 long, which those that are stored, rounded, are not quite."""
    with pytest.MonkeyPatch.context() as patched:
        small(patched)
        history = History(tmp_path, WAYS["everybody is scored"])
        changed(history)
        assert history.brought_up().known > 0
    both = [[one for part in rested.read(tmp_path / f"{name}.basis.parquet") for one in part] for name in "mw"]
    for one, other in zip(*both, strict=True):
        count = min(len(one.near), len(other.near))
        assert one.number == other.number
        assert one.near[:count].tolist() == other.near[:count].tolist()
        assert one.near_scores[:count].tolist() == other.near_scores[:count].tolist()
    history.pool.close()


@pytest.mark.parametrize("after", [1, 3])
def test_interrupted_it_goes_on_and_is_the_same_file(after: int, tmp_path: Path) -> None:
    """Somebody comes in between: the run is of the generation that it began with."""
    with pytest.MonkeyPatch.context() as patched:
        small(patched)
        patched.setattr(pieces, "MOST_QUERIES", 2)
        history = History(tmp_path, WAYS["everybody is scored"])
        changed(history)
        match(history.matcher, ALL, history.whole, k=4, explain=False, keep_basis=True)
        stopping = Stopping(history.matcher, after)
        with pytest.raises(KeyboardInterrupt):
            match(history.matcher, ALL, history.out, k=4, explain=False, since=history.out, engine=stopping)
        stored(history.pool, [PEOPLE + 3], 0)
        done = match(history.matcher, ALL, history.out, k=4, explain=False, since=history.out)
    assert 0 < done.kept < done.queries - done.known
    assert done.known > 0
    assert history.out.read_bytes() == history.whole.read_bytes()
    history.pool.close()


@pytest.mark.parametrize("moved", [0, 1, 2])
def test_ended_while_its_files_are_put_in_place_it_is_the_same_file(moved: int, tmp_path: Path) -> None:
    """The basis, the summary and the file are moved one after another."""
    with pytest.MonkeyPatch.context() as patched:
        small(patched)
        history = History(tmp_path, WAYS["everybody is scored"])
        changed(history)
        match(history.matcher, ALL, history.whole, k=4, explain=False, keep_basis=True)
        honest, moves = publish._move, list[Path]()

        def move(beside: Path, place: Path) -> None:
            if len(moves) == moved:
                raise KeyboardInterrupt
            moves.append(place)
            honest(beside, place)

        patched.setattr(publish, "_move", move)
        with pytest.raises(KeyboardInterrupt):
            match(history.matcher, ALL, history.out, k=4, explain=False, since=history.out)
        patched.setattr(publish, "_move", honest)
        done = match(history.matcher, ALL, history.out, k=4, explain=False, since=history.out)
    assert done.kept == done.queries - done.known
    assert history.out.read_bytes() == history.whole.read_bytes()
    history.pool.close()
