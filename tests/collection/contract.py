"""What every `Collection` does. An engine is held to it by a subclass that says how to open a pool.

::

    class TestMine(CollectionContract):
        @pytest.fixture
        def opened(self, tmp_path):
            return lambda: MyCollection(tmp_path / "pool")   # called again: the same pool, opened anew
"""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any, get_args

import msgspec
import numpy as np
import pytest
from numpy.typing import NDArray

from recommender.collection import (
    Collection,
    FacetField,
    FacetValue,
    Filter,
    Sight,
    Sort,
    Suggestion,
    SuggestionKind,
    View,
    YearsRange,
)
from recommender.encoding.encoded import EncodedProfile
from recommender.encoding.features import COLUMNS, Features
from recommender.errors import CollectionError, FingerprintMismatch, ProfileNotFound, QueryError
from tests.collection.model import Model
from tests.collection.people import FINGERPRINT, person, random_filter, vector

Opened = Callable[[], Collection]


#: What is typed for names, titles, companies, skills and places: whole, begun, with a typo, with a space too many.
TYPED = (
    "a", "an", "anna smith", "smith anna", "smiht ana", "Exmaple", "ada exa", "zoe", "ZOË MUSTRE", "obrien",
    "o'brine an",
    "annasmith", "an na", "data engineer", "enginer", "dtaa", "umbrela", "smith jones", "pyhton", "kakfa", "c", "c+",
    "unitde", "san jsoe", "zazolc", "李", "", "!", "li", "lai", "bo lia", "q",
)  # fmt: skip


def assert_same(view: View, model: Model, rng: random.Random, where: Filter) -> None:
    """Every kind of answer under one filter equals the model's."""
    expected = model.ids(where)
    rows = view.rows(where)
    assert view.ids(rows) == expected
    assert view.count(where) == len(expected)
    for field in rng.sample(get_args(FacetField), 3):
        limit = rng.choice((1, 3, 50))
        assert view.facets([field], where, limit) == {field: model.facets(field, where, limit)}
    kinds, limit = rng.sample(get_args(SuggestionKind), 2), rng.choice((1, 3, 50))
    typed = rng.choice(TYPED)
    assert view.suggest(typed, kinds, limit) == model.suggest(typed, kinds, limit), typed
    sort: Sort = rng.choice(get_args(Sort))
    assert walk(view, where, sort, rng.choice((1, 3, 1000)), most=30) == model.listing(where, sort)[:30]
    skip = rng.randrange(len(expected) + 2)
    page = view.listing(where, sort, limit=2, skip=skip)
    assert [p.id for p in page.profiles] == model.listing(where, sort)[skip : skip + 2]
    if page.next_cursor:
        after = view.listing(where, sort, page.next_cursor, limit=2, skip=1)
        assert [p.id for p in after.profiles] == model.listing(where, sort)[skip + 3 : skip + 5]
    assert_nearest(view, model, vector(rng), rng.choice((1, 3, 10, 1000)), where)
    assert_neighbours(view, model, rng, rng.choice((1, 3, 10, 1000)), where)
    assert_contents(view, model, rows[: rng.randrange(6)])


def as_seen(one: EncodedProfile, outlooks: bool, own: frozenset[str]) -> EncodedProfile:
    """Somebody as those see them who may see outlooks or not, and whose companies these are."""
    is_own = bool(own & set(one.facts.insights.employers))
    gone = {"most likely to switch"} if is_own or not outlooks else set()
    gone |= {"open to work"} if is_own else set()
    badges = tuple(badge for badge in one.facts.badges if badge not in gone)
    moving = one.facts.insights.moving if outlooks and not is_own else None
    insights = msgspec.structs.replace(one.facts.insights, moving=moving)
    return replace(
        one,
        profile=msgspec.structs.replace(one.profile, badges=badges),
        facts=msgspec.structs.replace(one.facts, badges=badges, insights=insights),
    )


def walk(view: View, where: Filter, sort: Sort, limit: int, most: int) -> list[str]:
    """The ids of a listing, page by page."""
    shown: list[str] = []
    cursor = None
    while len(shown) < most:
        page = view.listing(where, sort, cursor, limit)
        shown += [str(p.id) for p in page.profiles]
        cursor = page.next_cursor
        if cursor is None:
            break
    return shown[:most]


def assert_nearest(view: View, model: Model, query: NDArray[np.float32], k: int, where: Filter) -> None:
    """min(k, number that qualify) rows, best first, and nobody better left out."""
    found = view.search(query, k, where)
    ids = view.ids(found.rows)
    exact = {i: float(np.dot(model.held[i].vector.astype(np.float64), query)) for i in model.ids(where)}
    assert len(ids) == len(set(ids)) == min(k, len(exact))
    assert set(ids) <= set(exact)
    np.testing.assert_allclose(found.scores, [exact[i] for i in ids], atol=1e-5)
    order = list(zip((-found.scores).tolist(), found.rows.tolist(), strict=True))
    assert order == sorted(order)
    left_out = [score for i, score in exact.items() if i not in ids]
    assert not left_out or max(left_out) <= found.scores[-1] + 1e-5


def assert_neighbours(view: View, model: Model, rng: random.Random, k: int, where: Filter) -> None:
    """Of several at once what a search of each finds, with its scores to the bit, without the person themselves."""
    asked = rng.sample(sorted(model.held), min(4, len(model.held)))
    rows = [view.row(one) for one in asked]
    for one, row, found in zip(asked, rows, view.neighbours(rows, k, where), strict=True):
        others = msgspec.structs.replace(where, exclude_ids=(*(where.exclude_ids or ()), one))
        expected = view.search(view.vectors([row])[0], k, others, exact=True)
        assert view.ids(found.rows) == view.ids(expected.rows)
        assert found.scores.tolist() == expected.scores.tolist()


def assert_contents(view: View, model: Model, rows: NDArray[np.int64]) -> None:
    """What is stored comes back as it was given."""
    held = [model.held[i] for i in view.ids(rows)]
    assert [view.row(p.profile_id) for p in held] == rows.tolist()
    assert view.profiles(rows) == [p.profile for p in held]
    assert view.facts(rows) == [p.facts for p in held]
    if held:
        np.testing.assert_array_equal(view.vectors(rows), [p.vector for p in held])
        assert_same_features(view.features(rows), Features.concatenate([p.features for p in held]))


def assert_same_features(got: Features, expected: Features) -> None:
    for group, offsets in expected.offsets.items():
        np.testing.assert_array_equal(got.offsets[group], offsets)
    for column in COLUMNS:
        np.testing.assert_array_equal(got.columns[column.name], expected.columns[column.name])
        assert got.columns[column.name].dtype == np.dtype(column.dtype)


def named(profile_id: str, name: str, rng: random.Random) -> EncodedProfile:
    one = person(profile_id, rng)
    return replace(one, profile=msgspec.structs.replace(one.profile, name=name))


def people(n: int, seed: int = 0) -> list[EncodedProfile]:
    rng = random.Random(seed)
    return [person(f"p{i}", rng) for i in range(n)]


class CollectionContract:
    """Subclass it with a fixture `opened`, as the module's docstring shows."""

    def test_new_pool_answers_every_question_with_nothing(self, opened: Opened) -> None:
        pool = opened()
        assert pool.fingerprint is None
        with pool.view() as view:
            assert view.fingerprint is None
            assert (len(view), view.count(), view.rows().tolist()) == (0, 0, [])
            assert view.facets(["skill"]) == {"skill": []}
            assert view.listing().profiles == ()
            assert view.search(vector(random.Random(0)), 5).rows.tolist() == []
            with pytest.raises(ProfileNotFound, match="'nobody'"):
                view.row("nobody")
        pool.close()

    def test_random_history_under_random_filters_equals_brute_force(self, opened: Opened) -> None:
        check_history(opened, seed=1, operations=60)

    def test_what_is_certain_to_be_found_again_is_found_again(self, opened: Opened) -> None:
        rng, pool = random.Random(11), opened()
        pool.upsert(people(60))

        def write() -> None:
            choice, some = rng.random(), [f"p{at}" for at in rng.sample(range(90), 2)]
            if choice < 0.5:
                pool.upsert([person(some[0], rng)])
            elif choice < 0.8:
                pool.delete(some[:1])
            elif choice < 0.85:
                pool.unlink(some)
            elif choice < 0.9:
                with suppress(ProfileNotFound):
                    pool.link([some])
            elif choice < 0.95:
                pool.delete([f"p{at}" for at in range(80)])  # next to nobody is left of who was found
            else:
                pool.upsert(people(60, seed=rng.randrange(1_000)))

        said = sum(check_found_again(pool, rng, write) for _ in range(25))
        assert 100 < said < 600, said  # of 600 times asked: neither never nor always
        pool.close()

    def test_a_stamp_is_another_after_every_write_and_the_same_without(self, opened: Opened) -> None:
        pool, other = opened(), opened()
        for write in (
            lambda: pool.upsert(people(3)),
            lambda: other.upsert(people(2, seed=1)),
            lambda: other.delete(["p0"]),
        ):
            with pool.view():
                before = pool.stamp()
            assert pool.stamp() == before
            write()
            assert pool.stamp() != before
        pool.close()
        other.close()

    def test_random_history_of_batches_equals_brute_force(self, opened: Opened) -> None:
        check_history(opened, seed=2, operations=12, batch=40)

    @pytest.mark.slow
    @pytest.mark.parametrize("seed", range(100, 110))
    def test_long_random_history_equals_brute_force(self, opened: Opened, seed: int) -> None:
        check_history(opened, seed=seed, operations=1_000)

    def test_a_view_stays_as_it_was_whatever_is_written(self, opened: Opened) -> None:
        pool, model, rng = opened(), Model(), random.Random(3)
        everyone = people(30)
        pool.upsert(everyone)
        model.upsert(everyone)
        with pool.view() as view:
            pool.upsert([person("p3", rng), person("new", rng)])
            pool.delete(["p4", "p5"])
            with pool.view() as later:
                assert (len(later), later.count()) == (29, 29)
                assert later.generation > view.generation
            for _ in range(20):
                assert_same(view, model, rng, random_filter(rng, list(model.held)))
            assert_contents(view, model, view.rows())
        pool.close()

    @pytest.mark.parametrize(
        ("sight", "own"),
        [
            (Sight(outlooks=False), frozenset[str]()),
            (Sight(outlooks=True), frozenset()),
            (Sight(outlooks=True, companies=("ACME, Inc.",)), frozenset({"acme"})),
            (Sight(outlooks=False, companies=("Globex Robotics", "Umbrella Ltd")), frozenset({"globex", "umbrella"})),
        ],
    )
    def test_a_view_as_somebody_sees_it_is_one_of_people_who_lack_what_is_hidden(
        self, opened: Opened, sight: Sight, own: frozenset[str]
    ) -> None:
        """Filters, counts, facets, listings, searches, profiles and facts, of sealed rows and of later ones."""
        rng, pool, model = random.Random(21), opened(), Model()
        for part in (people(60), [person(f"p{at}", rng) for at in range(40, 90)]):
            pool.upsert(part)
            model.upsert([as_seen(one, sight.outlooks, own) for one in part])
        pool.delete(["p3"])
        model.delete(["p3"])
        with pool.view() as whole:
            view = whole.seen_by(sight)
            for _ in range(60):
                assert_same(view, model, rng, random_filter(rng, list(model.held)))
            for where in (Filter(likely_to_move=True), Filter(badges=("Most likely to switch",)), Filter()):
                assert_same(view, model, rng, where)
                assert_contents(view, model, view.rows(where))
        pool.close()

    def test_generation_grows_with_every_write_and_with_nothing_else(self, opened: Opened) -> None:
        pool = opened()
        first = pool.upsert(people(2))
        assert pool.upsert([]) == first
        second = pool.upsert(people(1))
        assert second > first
        assert pool.delete(["nobody"]) == []
        with pool.view() as view:
            assert view.generation == second
        assert pool.delete(["p0", "nobody", "p0"]) == ["p0"]
        with pool.view() as view:
            assert view.generation > second
        pool.close()

    def test_what_was_written_is_there_when_opened_anew(self, opened: Opened) -> None:
        pool, model = opened(), Model()
        pool.upsert(people(20))
        model.upsert(people(20))
        pool.delete(["p7"])
        model.delete(["p7"])
        with pool.view() as view:
            generation = view.generation
            before = view.search(model.held["p1"].vector, 5)
        pool.close()
        pool = opened()
        assert pool.fingerprint == FINGERPRINT
        with pool.view() as view:
            assert (view.generation, view.fingerprint) == (generation, FINGERPRINT)
            again = view.search(model.held["p1"].vector, 5)
            np.testing.assert_array_equal(before.scores, again.scores)
            assert_contents(view, model, view.rows())
        pool.close()

    def test_of_one_id_twice_in_a_batch_the_last_is_kept(self, opened: Opened) -> None:
        pool, rng = opened(), random.Random(4)
        one, other = person("twin", rng, skills=("Go",)), person("twin", rng, skills=("Rust",))
        pool.upsert([one, other])
        with pool.view() as view:
            assert len(view) == 1
            assert view.profiles([view.row("twin")]) == [other.profile]
            assert view.profiles([view.row("twin")] * 501) == [other.profile] * 501
            assert view.count(Filter(skills_all=("Go",))) == 0
        pool.close()

    def test_another_fingerprint_is_refused_and_nothing_stored(self, opened: Opened) -> None:
        pool = opened()
        pool.upsert(people(2))
        stranger = person("stranger", random.Random(5))
        changed = EncodedProfile(stranger.profile, stranger.facts, stranger.vector, stranger.features, "made-up/2")
        with pytest.raises(FingerprintMismatch, match=r"'stranger'.*made-up/2.*made-up/1.*recommender ingest"):
            pool.upsert([person("welcome", random.Random(6)), changed])
        with pool.view() as view:
            assert sorted(view.ids(view.rows())) == ["p0", "p1"]
        pool.close()

    def test_another_dimension_is_refused(self, opened: Opened) -> None:
        pool = opened()
        pool.upsert(people(2))
        with pytest.raises(FingerprintMismatch, match="17"):
            pool.upsert([person("long", random.Random(5), dimension=17)])
        with pool.view() as view, pytest.raises(QueryError, match="17"):
            view.search(vector(random.Random(0), 17), 3)
        pool.close()

    def test_an_emptied_pool_takes_another_fingerprint(self, opened: Opened) -> None:
        pool = opened()
        pool.upsert(people(2))
        with pool.view() as view:
            assert len(view) == 2
        pool.delete(["p0", "p1"])
        one = person("one", random.Random(5), dimension=17)
        pool.upsert([EncodedProfile(one.profile, one.facts, one.vector, one.features, "made-up/2")])
        assert pool.fingerprint == "made-up/2"
        with pool.view() as view:
            assert view.search(one.vector, 3).scores == pytest.approx([one.vector @ one.vector])
        pool.close()

    def test_a_vector_that_is_none_is_refused(self, opened: Opened) -> None:
        pool, one = opened(), person("one", random.Random(5))
        one.vector[3] = np.nan
        with pytest.raises(CollectionError, match="'one'"):
            pool.upsert([one])
        with pool.view() as view:
            assert len(view) == 0
            with pytest.raises(QueryError, match="finite"):
                view.search(one.vector, 3)
        pool.close()

    @pytest.mark.parametrize("profile_id", ["a b/c", "Ünïcödé-李", "x" * 200, "'; DROP TABLE profiles; --", "42"])
    def test_any_text_may_be_an_id(self, opened: Opened, profile_id: str) -> None:
        pool = opened()
        pool.upsert([*people(3), person(profile_id, random.Random(7))])
        with pool.view() as view:
            assert view.ids([view.row(profile_id)]) == [profile_id]
            assert view.count(Filter(profile_ids=(profile_id,))) == 1
        assert pool.delete([profile_id]) == [profile_id]
        pool.close()

    def test_a_score_is_the_same_to_the_bit_for_any_k_and_filter(self, opened: Opened) -> None:
        pool, rng = opened(), random.Random(8)
        pool.upsert(people(300))
        query = vector(rng)
        with pool.view() as view:
            every = view.search(query, 300)
            score = dict(zip(every.rows.tolist(), every.scores.tobytes().hex(":", 4).split(":"), strict=True))
            for _ in range(30):
                some = view.search(query, rng.randrange(1, 40), random_filter(rng, ["p1", "p2"]))
                got = some.scores.tobytes().hex(":", 4).split(":") if len(some.rows) else []
                assert got == [score[row] for row in some.rows.tolist()]
        pool.close()

    def test_questions_that_cannot_be_asked(self, opened: Opened) -> None:
        pool = opened()
        pool.upsert(people(3))
        with pool.view() as view:
            with pytest.raises(QueryError, match="k is 0; give 1 or more"):
                view.search(vector(random.Random(0)), 0)
            with pytest.raises(QueryError, match="shoe size"):
                view.facets(["shoe size"])  # type: ignore[list-item]
            with pytest.raises(QueryError, match="limit"):
                view.facets(["skill"], limit=0)
            with pytest.raises(QueryError, match="height"):
                view.listing(sort="height")  # type: ignore[arg-type]
            with pytest.raises(QueryError, match="cursor"):
                view.listing(cursor="not a cursor")
            with pytest.raises(QueryError, match="cannot leave out -1"):
                view.listing(skip=-1)
            with pytest.raises(QueryError, match="limit"):
                view.listing(limit=0)
            by_name = view.listing(sort="name", limit=1).next_cursor
            with pytest.raises(QueryError, match=r"'name', not 'years'"):
                view.listing(sort="years", cursor=by_name)
        pool.close()

    def test_a_listing_neither_repeats_nor_skips_those_who_stay(self, opened: Opened) -> None:
        pool, rng = opened(), random.Random(9)
        pool.upsert(people(40))
        shown: list[str] = []
        cursor, turn = None, 0
        while turn == 0 or cursor is not None:
            with pool.view() as view:
                page = view.listing(sort="name", cursor=cursor, limit=5)
            shown += [str(p.id) for p in page.profiles]
            cursor = page.next_cursor
            pool.upsert([person(f"new{turn}", rng)])
            pool.delete([f"p{turn}"])
            turn += 1
        stayed = [f"p{i}" for i in range(turn, 40)]
        assert len(shown) == len(set(shown))
        assert set(stayed) <= set(shown)
        pool.close()

    def test_a_cursor_stays_short_however_long_the_names(self, opened: Opened) -> None:
        """Names that only differ past their beginning stand in the order of their ids."""
        pool, rng = opened(), random.Random(3)
        names = {f"p{i}": "ß" * 90 + "x" * 30_000 + str(9 - i) for i in range(6)}
        for profile_id, name in {**names, "first": "Anna", "last": "Ü" * 50_000}.items():
            one = person(profile_id, rng)
            pool.upsert([replace(one, profile=msgspec.structs.replace(one.profile, name=name))])
        for _ in range(2):
            with pool.view() as view:
                assert walk(view, Filter(), "name", 1, most=30) == ["first", *(f"p{i}" for i in range(6)), "last"]
                cursor = view.listing(sort="name", limit=3).next_cursor
                assert cursor is not None
                assert len(cursor) < 500
            pool.close()
            pool = opened()
        pool.close()

    def test_who_is_deleted_or_renamed_is_suggested_no_more(self, opened: Opened) -> None:
        pool, rng = opened(), random.Random(4)
        pool.upsert([named("ada", "Ada Example", rng), named("zoe", "Zoë Muster", rng)])
        with pool.view() as before:
            assert [one.value for one in before.suggest("ada", ["name"])] == ["Ada Example"]
            pool.delete(["ada"])
            pool.upsert([named("zoe", "Zoe Meister", rng)])
            assert [one.value for one in before.suggest("ada", ["name"])] == ["Ada Example"]
        with pool.view() as view:
            assert view.suggest("ada", ["name"]) == []
            assert view.suggest("muster", ["name"]) == []
            assert view.suggest("meister zoë", ["name"]) == [Suggestion("name", "Zoe Meister", 1, ("zoe",))]
        pool.close()

    def test_a_suggestion_asked_for_wrongly_is_refused(self, opened: Opened) -> None:
        pool = opened()
        with pool.view() as view:
            with pytest.raises(QueryError, match="no kind 'salary'; give some of name, title"):
                view.suggest("a", ["salary"])  # type: ignore[list-item]
            with pytest.raises(QueryError, match="limit cannot be 0; give 1 or more"):
                view.suggest("a", limit=0)
        pool.close()

    def test_empty_values_admit_nobody_or_exclude_nobody_as_documented(self, opened: Opened) -> None:
        pool = opened()
        pool.upsert(people(10))
        excluding = {"exclude_ids", "skills_all", "skills_none", "company_none", "all_of"}
        with pool.view() as view:
            for key in Filter.__struct_fields__:
                if key not in ("years", "title_contains", "name", "likely_to_move", "not_"):
                    assert view.count(msgspec.convert({key: ()}, Filter)) == (10 if key in excluding else 0), key
            assert view.count(Filter(years=YearsRange(min=9, max=3))) == 0
        pool.close()

    def test_linked_profiles_take_one_place_and_each_stays_to_be_found(self, opened: Opened) -> None:
        """Go is on both of Ann's profiles, Rust on the one that another represents."""
        pool, rng = opened(), random.Random(12)
        for one, skills in (("ann-old", ("Go", "Rust")), ("ann", ("Go",)), ("bob", ("Rust",))):
            pool.upsert([replace(person(one, rng, skills=skills), vector=vector(random.Random(1)))])
        with pool.view() as before:
            generation = pool.link([["ann", "ann-old"]])
            assert (len(before), before.count(Filter(skills_all=("Go",)))) == (3, 2)
        for _ in range(2):
            with pool.view() as view:
                assert view.generation == generation > before.generation
                assert len(view) == view.count() == 2
                assert view.ids(view.rows()) == ["bob", "ann"]
                assert view.count(Filter(skills_all=("Go",))) == 1
                assert view.count(Filter(skills_all=("Rust",))) == 1  # Bob: Ann is who represents her
                assert view.facets(["skill"])["skill"] == [FacetValue("Go", 1), FacetValue("Rust", 1)]
                assert sorted(view.ids(view.search(vector(random.Random(1)), 3).rows)) == ["ann", "bob"]
                assert [p.id for p in view.listing().profiles] == ["ann", "bob"]
                assert view.same_person("ann-old") == view.same_person("ann") == ("ann", "ann-old")
                assert view.same_person("bob") == ("bob",)
                assert view.profiles([view.row("ann-old")])[0].id == "ann-old"
                assert view.ids(view.rows(Filter(profile_ids=("ann-old",)))) == ["ann"]
                assert view.ids(view.rows(Filter(exclude_ids=("ann-old",)))) == ["bob"]
                with pytest.raises(ProfileNotFound, match="nobody"):
                    view.same_person("nobody")
            pool.close()
            pool = opened()
        pool.close()

    def test_who_is_linked_stays_so_until_unlinked_or_gone(self, opened: Opened) -> None:
        pool, rng = opened(), random.Random(13)
        everyone = people(6)
        fuller = everyone[2]
        about = "a longer story of the same work, told in many more words than all the others take"
        everyone[2] = replace(fuller, profile=msgspec.structs.replace(fuller.profile, about=about))
        pool.upsert(everyone)
        pool.link([["p0", "p1"], ["p2", "p3"], ["p1", "p3"]])  # whoever is linked with either joins

        def people_of(*ids: str) -> list[tuple[str, ...]]:
            with pool.view() as view:
                return [(first, *sorted(others)) for first, *others in map(view.same_person, ids)]

        assert people_of("p0", "p2") == [("p1", "p0", "p2", "p3")] * 2
        pool.upsert([person("p1", rng), person("p3", rng)])
        assert people_of("p3") == [("p1", "p0", "p2", "p3")]
        assert pool.delete(["p1"]) == ["p1"]
        assert people_of("p0") == [("p2", "p0", "p3")]  # the fullest of those that are left
        assert pool.unlink(["p3", "p4", "nobody"]) == ["p3"]
        assert people_of("p0", "p3", "p4") == [("p2", "p0"), ("p3",), ("p4",)]
        assert pool.unlink(["p2"]) == ["p2"]
        assert people_of("p0", "p2") == [("p0",), ("p2",)]
        with pool.view() as view:
            assert len(view) == 5
        pool.close()

    def test_who_was_unlinked_is_kept_apart_until_linked_again_or_gone(self, opened: Opened) -> None:
        pool = opened()

        def apart(*, of: Collection) -> list[str]:
            with of.view() as view:
                return sorted(" ".join(pair) for pair in view.kept_apart())

        pool.upsert(people(6))
        assert apart(of=pool) == []
        pool.link([["p2", "p1", "p0"]])
        assert pool.unlink(["p1"]) == ["p1"]
        assert apart(of=pool) == ["p0 p1", "p1 p2"]
        pool.link([["p3", "p4"], ["p1", "p5", "p0"]], again=False)
        pool.upsert([person("p1", random.Random(5))])
        pool.close()
        pool = opened()
        with pool.view() as view:
            assert view.linked() == {"p0": "p2", "p4": "p3"}  # p5 and p1 neither, as p0 would have come along
        assert apart(of=pool) == ["p0 p1", "p1 p2"]
        pool.link([["p1", "p0"]])
        with pool.view() as view:
            assert set(view.same_person("p1")) == {"p0", "p1", "p2"}
        assert apart(of=pool) == []
        pool.unlink(["p0", "p4"])
        assert apart(of=pool) == ["p0 p1", "p0 p2", "p3 p4"]
        pool.delete(["p2", "p3"])
        assert apart(of=pool) == ["p0 p1"]
        pool.upsert([person("p2", random.Random(6))])
        assert apart(of=pool) == ["p0 p1"]  # who has left was forgotten
        pool.keep_apart([("p5", "p2"), ("p2", "p5"), ("p1", "p0")])
        assert apart(of=pool) == ["p0 p1", "p2 p5"]
        pool.close()

    def test_neither_who_is_linked_nor_who_is_not_there_is_kept_apart(self, opened: Opened) -> None:
        pool = opened()
        pool.upsert(people(4))
        pool.link([["p0", "p1", "p2"]])
        for pair, error in (
            (("p1", "p2"), QueryError),
            (("p3", "p3"), QueryError),
            (("p3", "nobody"), ProfileNotFound),
            (("\ud800", "p3"), ProfileNotFound),
        ):
            with pytest.raises(error):
                pool.keep_apart([("p0", "p3"), pair])
        with pool.view() as view:
            assert view.kept_apart() == frozenset()
        pool.close()

    def test_where_one_of_those_to_be_linked_is_not_there_nobody_is(self, opened: Opened) -> None:
        pool = opened()
        pool.upsert(people(4))
        with pool.view() as view:
            generation = view.generation
        with pytest.raises(ProfileNotFound, match="nobody"):
            pool.link([["p0", "p1"], ["p2", "nobody"]])
        with pool.view() as view:
            assert (view.generation, len(view), view.same_person("p1")) == (generation, 4, ("p1",))
        pool.close()

    def test_hand_worked_filters(self, opened: Opened) -> None:
        """Two engineers and a nurse; who is meant is plain to see."""
        pool, rng = opened(), random.Random(10)
        blank: dict[str, Any] = {
            "workplaces": (),
            "badges": (),
            "certifications": (),
            "seniority": None,
            "core_skills": (),
        }
        usa = ("san jose", "california", "united states")
        pool.upsert(
            [
                person("ann", rng, **blank, skills=("C", "Go"), title="senior c engineer", years=12, places=usa,
                       companies_now=("acme",), companies_ever=("acme", "hooli")),
                person("bob", rng, **blank, skills=("C++",), title="c++ engineer", years=None,
                       places=("berlin", "germany"), companies_now=(), companies_ever=("acme",)),
                person("cat", rng, **blank, skills=(), title="nurse", years=5, places=usa,
                       companies_now=("hooli",), companies_ever=("hooli",)),
            ]
        )  # fmt: skip
        cases: list[tuple[Filter, list[str]]] = [
            (Filter(), ["ann", "bob", "cat"]),
            (Filter(skills_all=("C",)), ["ann"]),
            (Filter(skills_any=("C++", "Go")), ["ann", "bob"]),
            (Filter(skills_none=("C",)), ["bob", "cat"]),
            (Filter(location=("United  STATES",)), ["ann", "cat"]),
            (Filter(years=YearsRange(min=5)), ["ann", "cat"]),
            (Filter(years=YearsRange(max=5)), ["cat"]),
            (Filter(company_now=("Acme",)), ["ann"]),
            (Filter(company_ever=("ACME",)), ["ann", "bob"]),
            (Filter(company_none=("acme",)), ["cat"]),
            (Filter(title_contains="C engineer"), ["ann"]),
            (Filter(title_contains="engineer c"), []),
            (Filter(title_contains="engin"), []),
            (Filter(location=("california",), years=YearsRange(max=6), exclude_ids=("ann",)), ["cat"]),
        ]
        with pool.view() as view:
            for where, expected in cases:
                assert view.ids(view.rows(where)) == expected, where
        pool.close()


def check_found_again(pool: Collection, rng: random.Random, write: Callable[[], object], questions: int = 6) -> int:
    """Ask, write, ask whether the same is found: where it is said to be, it is. How many times it was said."""
    asked = []
    with pool.view() as view:
        ids = view.ids(view.rows())
        for _ in range(questions):
            query, k = vector(rng, len(view.vectors(view.rows()[:1])[0])), rng.choice((1, 3, 10))
            one, where = rng.choice([f"p{at}" for at in range(90)]), random_filter(rng, ids)
            where = rng.choice((Filter(), Filter(exclude_ids=(one,)), Filter(profile_ids=(one, *ids[:9])), where))
            asked.append((query, k, where, view.search(query, k, where)))
    said = 0
    for _ in range(4):
        write()
        with pool.view() as view:
            for at, (query, k, where, found) in enumerate(asked):
                again = view.finds_again(found, query, where)
                if again is None:
                    continue
                fresh = view.search(query, k, where)
                assert (again.rows.tolist(), again.scores.tolist()) == (fresh.rows.tolist(), fresh.scores.tolist())
                asked[at] = (query, k, where, again)
                said += 1
    return said


def check_links(pool: Collection, model: Model, some: list[str], choice: float) -> None:
    """Link these, again or only for the first time, or unlink them, and ask who is linked with each."""
    if choice < 0.3:
        assert pool.unlink([*some, "nobody"]) == model.unlink(some)
    else:
        pool.link([some], again=choice < 0.6)
        model.link(some, again=choice < 0.6)
    with pool.view() as view:
        assert view.kept_apart() == {(min(pair), max(pair)) for pair in model.apart}
        for one in some:
            first, *others = view.same_person(one)
            assert first == model.links.get(one, one)
            assert {first, *others} == model.same_person(one)
            assert view.ids([view.row(one)]) == [one]
            assert view.profiles([view.row(one)]) == [model.held[one].profile]


def check_history(opened: Opened, *, seed: int, operations: int, batch: int = 3) -> None:
    """A random history of upserts, replacements, deletes, links and reopenings, compared after every step."""
    rng, model, pool = random.Random(seed), Model(), opened()
    for _ in range(operations):
        choice = rng.random()
        if choice < 0.5:
            given = [person(f"p{rng.randrange(4 * batch + 40)}", rng) for _ in range(rng.randrange(1, batch + 1))]
            pool.upsert(given)
            model.upsert(given)
        elif choice < 0.7 and len(model.held) > batch:
            check_links(pool, model, rng.sample(list(model.held), rng.randrange(2, batch + 1)), rng.random())
        elif choice < 0.95:
            leaving = rng.sample([*model.held, "nobody"], min(len(model.held) + 1, rng.randrange(1, batch + 1)))
            assert pool.delete(leaving) == model.delete(leaving)
        else:
            pool.close()
            pool = opened()
        with pool.view() as view:
            assert len(view) == len(model.placed)
            assert_same(view, model, rng, random_filter(rng, list(model.held)))
    pool.close()
