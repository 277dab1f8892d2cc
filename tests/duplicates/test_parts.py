"""Pieces of text, careers and clusters by themselves."""

from __future__ import annotations

import numpy as np

from recommender.duplicates.candidates import candidates
from recommender.duplicates.clusters import FAIR, clusters
from recommender.duplicates.evidence import traces_of
from recommender.duplicates.history import career_of, compared
from recommender.duplicates.identity import identity_of, other_name, same_name, same_schools
from recommender.duplicates.shingles import counted, shared, shingles_of
from recommender.profile import Contact, Education, Profile, Role
from tests.duplicates.people import changed, people

SAID = "Keeps the tide tables of a small harbour, mends nets in winter and teaches knots to whoever asks for it. " * 4


def test_pieces_are_the_same_whatever_stands_between_letters() -> None:
    one = shingles_of(Profile(about=SAID))
    other = shingles_of(Profile(about=SAID.upper().replace(" ", "\n - ")))
    assert len(one.hashes) > 5
    assert one.hashes.tolist() == other.hashes.tolist()


def test_pieces_are_of_one_field_each_and_name_it() -> None:
    first, second = SAID[:100], SAID[20:130]
    one = shingles_of(Profile(about=first, roles=(Role(bullets=(second,)),)))
    assert set(one.fields) == {"about", "roles[0].bullets"}
    alone = [shingles_of(Profile(about=first)), shingles_of(Profile(about=second))]
    assert one.hashes.tolist() == sorted(set(np.concatenate([a.hashes for a in alone]).tolist()))


def test_a_text_shorter_than_a_piece_has_none() -> None:
    assert len(shingles_of(Profile(about="short", title="Welder")).hashes) == 0


def test_pieces_are_counted_over_everybody() -> None:
    long, short = Profile(about=SAID), Profile(about=SAID[:90])
    one, other = counted([shingles_of(long), shingles_of(short)])
    mine, _ = shared(one, other)
    assert set(one.held[mine].tolist()) == {2}
    assert one.held.sum() == len(one.hashes) + len(other.hashes)
    assert set(other.held.tolist()) == {2}


def job(company: str | None, start: str, end: str | None = None, title: str = "Clerk") -> Role:
    return Role(title=title, company=company, start=start, end=end)


def both(left: list[Role], right: list[Role], about: str = "") -> tuple[list[bool], int]:
    found = compared(career_of(Profile(roles=tuple(left))), career_of(Profile(roles=tuple(right), about=about)))
    return [one.is_certain for one in found.common], len(found.conflicts)


def test_jobs_in_common() -> None:
    assert both([job("Acme, Inc.", "2019-04")], [job("ACME", "2019-04", "2020-01")]) == ([True], 0)
    assert both([job("Acme", "2019-04")], [job("Clerk at Acme", "2019-04")]) == ([True], 0)  # a head read otherwise
    assert both([job("Century Link", "2019-04")], [job("CenturyLink LLC", "2019-04")]) == ([True], 0)
    assert both([job("Blue-Heron Partners of Leeds", "2019-04")], [job("BlueHeron Partners of Leeds", "2019-04")]) == (
        [True],
        0,
    )
    assert both([job("--", "2019-04")], [job("**", "2019-04", title="Cook")])[0] == []  # neither is a name
    assert both([job("Acme", "2019-04")], [job(None, "2019-04")]) == ([False], 0)
    assert both([job("Acme", "2019")], [job("Acme", "2019-04")]) == ([False], 0)  # one says the year alone
    assert both([job("Acme", "2019-04")], [job("Acme", "2019-05")]) == ([], 0)
    assert both([job("Company Name", "2019-04", title="Cook")], [job("Company Name", "2019-04")])[0] == [False]


def test_jobs_in_conflict() -> None:
    assert both([job("Acme", "2019-04")], [job("Globex", "2019-01")]) == ([], 1)
    assert both([job("Acme", "2019-04", "2019-06")], [job("Globex", "2019-01")]) == ([], 0)  # three months are none
    assert both([job("Acme", "2015-04", "2016-06")], [job("Globex", "2019-01")]) == ([], 0)
    assert both([job("Acme", "2019-04")], [job("Globex", "2019-01")], about="Clerk\nAcme Ltd, Leeds") == ([], 0)
    assert both([job("Acme", "2019-04")], [job("Globex", "2019-01")], about="Sold to Acme.") == ([], 1)
    assert both([job("Acme", "2019-04")], [job("Acme", "2020-04")]) == ([], 1)  # one job, two beginnings


def test_names_contacts_and_schools_are_compared_by_form() -> None:
    def named(name: str | None) -> Profile:
        return Profile(name=name)

    ruth = identity_of(named("Ruth Pellwether"))
    assert same_name(ruth, identity_of(named("PELLWETHER, Ruth M.")))
    assert not same_name(ruth, identity_of(named("Ruth")))
    assert other_name(ruth, identity_of(named("Tobias Arkwright")))
    assert not other_name(ruth, identity_of(named(None)))
    assert not other_name(ruth, identity_of(named("Ruth Arkwright")))
    one = Contact(
        emails=("Ruth@Example.org",), phones=("+44 (0)20 7946 0018",), links=("https://www.example.org/ruth/",)
    )
    other = Contact(emails=("ruth@example.org",), phones=("020 7946 0018",), links=("example.org/ruth",))
    assert identity_of(Profile(contact=one)).contacts.keys() == identity_of(Profile(contact=other)).contacts.keys()
    schools = [Profile(education=(Education(school=name),)) for name in ("University of Pellmoor", "Pellmoor Univ.")]
    assert same_schools(*map(identity_of, schools)) == [("education[0].school", "education[0].school")]
    assert identity_of(Profile(education=(Education(school="State University"),))).schools == {}


def test_clusters_are_not_chained_by_weak_links() -> None:
    scores = {(0, 1): 2.0, (1, 2): 1.0, (0, 2): FAIR - 0.01, (3, 4): 1.0, (4, 5): 1.0, (3, 5): FAIR}

    def score(a: int, b: int) -> float:
        return scores.get((min(a, b), max(a, b)), 0.0)

    sure = [(value, *pair) for pair, value in scores.items() if value >= 0.9]
    assert clusters(sure, score) == [[0, 1], [3, 4, 5]]


def test_what_many_share_does_not_bring_all_of_them_together() -> None:
    many = [traces_of(changed(people()[0], f"c{at}")) for at in range(150)]
    known = counted([one.shingles for one in many])
    pairs = candidates([one._replace(shingles=its) for one, its in zip(many, known, strict=True)])
    assert pairs == {(at, at + 1) for at in range(149)}
