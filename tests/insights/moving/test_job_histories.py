"""Résumés as histories: jobs of the text or of dates alone, employments, and until when anything is known."""

from __future__ import annotations

from typing import Any

from recommender.profile import Role, month_number
from recommender.training.job_histories import Person, held, histories


def entry(name: str, *spans: tuple[str, str], title: str = "Software Engineer") -> dict[str, Any]:
    return {"id": name, "title": title, "spans": [list(span) for span in spans]}


def alone(read: dict[str, tuple[Role, ...]], *entries: dict[str, Any]) -> list[Person]:
    return histories(entries, read)


def month(date: str) -> int:
    found = month_number(date)
    assert found is not None
    return found


def test_a_job_is_held_until_the_month_after_its_last() -> None:
    (person,) = alone({}, entry("a", ("2015-01", "2016-03"), ("2016-04", "2018-12")))
    (first,) = held(person, month("2016-01"))
    assert (first.months, first.ahead, first.left, first.career.past) == (12, 3, True, ())
    (second,) = held(person, month("2017-04"))
    assert (second.months, second.left, len(second.career.past)) == (12, True, 1)
    assert held(person, month("2019-02")) == []


def test_roles_of_one_employer_are_one_employment_as_far_as_the_text_names_it() -> None:
    spans = (("2016-01", "2017-06"), ("2017-07", "2018-12"))
    roles = tuple(Role(title=f"Developer {at}", company="Acme", start=a, end=b) for at, (a, b) in enumerate(spans))
    (known,), (unknown,) = alone({"a": roles}, entry("a", *spans)), alone({}, entry("a", *spans))
    (one,) = held(known, month("2018-01"))
    assert (one.months, len(one.career.present.steps), one.career.past) == (24, 1, ())
    (other,) = held(unknown, month("2018-01"))
    assert (other.months, len(other.career.past)) == (6, 1)


def test_a_job_that_goes_on_is_known_until_somebody_like_that_edited_their_resume_last() -> None:
    """Those without a job ended theirs in June 2018: so long anything is known of who has one, and no longer."""
    ended = [entry(f"e{at}", ("2015-01", "2018-06")) for at in range(5)]
    found = alone({}, *ended, entry("on", ("2016-01", "present")))
    (job,) = held(found[-1], month("2018-01"))
    assert (job.ahead, job.left) == (6, False)
    assert held(found[-1], month("2018-07")) == []


def test_its_own_dates_are_a_bound_of_its_last_edit() -> None:
    ended = [entry(f"e{at}", ("2015-01", "2017-06" if at else "2019-05")) for at in range(5)]
    *_, person = alone({}, *ended, entry("on", ("2014-01", "2018-02"), ("2018-03", "present")))
    assert person.known_until == month("2019-06")


def test_of_bare_years_and_of_unknown_occupations_no_job_is_held() -> None:
    found = alone({}, entry("a", ("2015", "2018")), entry("b", ("2015-01", "2018-01"), title="Beekeeper"))
    assert [held(person, month("2016-01")) for person in found] == [[], []]


def test_the_two_halves_hold_about_as_many_and_stay_as_they_are() -> None:
    halves = [person.half for person in alone({}, *(entry(f"p{at}", ("2015-01", "2018-01")) for at in range(400)))]
    assert 150 < sum(halves) < 250
    assert halves[:6] == [
        person.half for person in alone({}, *(entry(f"p{at}", ("2010-01", "2012-01")) for at in range(6)))
    ]
