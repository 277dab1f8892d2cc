"""Which titles a text asks for, at which level, and whom it shuts out."""

from __future__ import annotations

import pytest

from recommender.asking import Request, understand
from recommender.skills import Vocabulary

VOCABULARY = Vocabulary.shipped()


def asked(text: str) -> Request:
    return understand(text, VOCABULARY)


def titles(request: Request, stance: str = "must") -> list[tuple[str, ...]]:
    return [part.values for part in request.titles if part.stance == stance]


def skills(request: Request, stance: str = "must") -> set[str]:
    return {value for part in request.skills if part.stance == stance for value in part.values}


@pytest.mark.parametrize(
    ("text", "title", "skill"),
    [
        ("threat hunting, incident response, forensic analyst", "forensic analyst", "Incident Response"),
        ("snowflake; data warehouse; reporting developer", "reporting developer", "Data Warehousing"),
        ("wound care - discharge planning - ward nurse", "ward nurse", "Discharge Planning"),
        ("kafka, spring boot -> backend developer", "backend developer", "Spring Boot"),
    ],
)
def test_a_title_ends_where_its_entry_does(text: str, title: str, skill: str) -> None:
    request = asked(text)
    assert titles(request) == [(title,)]
    assert skill in skills(request)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("payroll clerk, employee relations", "payroll clerk"),
        ("fund accountant, investor relations", "fund accountant"),
        ("bank manager, teller training", "bank manager"),
        ("sales director, mentoring managers", "sales director"),
        ("student services coordinator", "student services coordinator"),
        ("hydrologist, wastewater", "hydrologist"),
        ("night porter, Opera PMS", "night porter"),
        ("assistant project manager", "assistant project manager"),
    ],
)
def test_a_word_for_people_in_a_phrase_asks_for_nobody(text: str, title: str) -> None:
    assert titles(asked(text)) == [(title,)]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Flutter devs, Firebase", "Flutter developers"),
        ("chemical engr. Aspen", "chemical engineer"),
        ("Asst. store mgr, Leeds", "Assistant store manager"),
        ("sales reps", "sales representatives"),
        ("linux admin, bash", "linux administrator"),
        ("pharmacy tech", "pharmacy technician"),
        ("acct exec, SaaS", "account executive"),
        ("cust. svc rep, phones", "customer service representative"),
        ("sw engr", "software engineer"),
        ("R&D chemist", "R&D chemist"),
        ("admin asst", "administrative assistant"),
        ("part time maint. tech", "maintenance technician"),
    ],
)
def test_short_forms_are_spelled_out(text: str, title: str) -> None:
    request = asked(text)
    assert titles(request) == [(title,)]
    assert title in request.said()


@pytest.mark.parametrize("text", ["admin", "tech", "tech support"])
def test_what_is_short_for_other_things_too_is_no_title_alone(text: str) -> None:
    assert titles(asked(text)) == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("legal or medical secretary", ("legal secretary", "medical secretary")),
        ("devops / platform engineer", ("devops engineer", "platform engineer")),
        ("dental/veterinary receptionist", ("dental receptionist", "veterinary receptionist")),
        ("primary or secondary school teacher", ("primary school teacher", "secondary school teacher")),
        ("cook or waiter", ("cook", "waiter")),
        ("machine learning or software engineer", ("machine learning engineer", "software engineer")),
        ("head / director of nursing", ("head of nursing", "director of nursing")),
    ],
)
def test_titles_that_share_a_word_are_asked_for_each(text: str, values: tuple[str, ...]) -> None:
    assert titles(asked(text)) == [values]


def test_tools_before_a_title_are_skills_and_no_titles() -> None:
    request = asked("React or Angular developer")
    assert [part.values for part in request.skills] == [("React", "Angular")]
    assert all("React developer" not in values for values in titles(request))


@pytest.mark.parametrize(
    ("text", "title", "level", "skill"),
    [
        ("accounting intern, Excel", "accounting intern", "intern", "Accounting"),
        ("marketing student, Leeds", "marketing student", "intern", "Marketing"),
        ("nursing grad", "nursing graduate", "junior", "Nursing"),
        ("finance trainee", "finance trainee", "junior", "Finance"),
        ("mechanical engineering co-op", "mechanical engineering co-op", "intern", "Mechanical Engineering"),
    ],
)
def test_who_learns_is_asked_for_by_work_and_level(text: str, title: str, level: str, skill: str) -> None:
    request = asked(text)
    assert titles(request) == [(title,)]
    assert [part.values for part in request.seniority] == [(level,)]
    assert skill in skills(request)


@pytest.mark.parametrize(
    ("text", "levels", "further"),
    [
        ("web developer, bootcamp grad", ("junior",), []),
        ("welder, apprentice or trainee, entry-level", ("junior",), ["trainee", "entry-level"]),
        ("analyst, recent graduate, entry level", ("junior",), ["entry level"]),
        ("chemist, internship or co-op", ("intern",), ["co-op"]),
        ("chemist, summer internship", ("intern",), []),
        ("electrician, student", ("intern",), []),
    ],
)
def test_words_for_a_level_leave_behind_other_words_for_it(
    text: str, levels: tuple[str, ...], further: list[str]
) -> None:
    """People who begin call themselves either, so each is looked for."""
    request = asked(text)
    assert [part.values for part in request.seniority] == [levels]
    assert [passage.text for passage in request.prose] == further


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("piano teacher, no students", ("students",)),
        ("welder, beginners need not apply", ("beginners",)),
        ("primary teacher, no substitutes", ("substitutes",)),
        ("photographer, no wedding photographers", ("wedding photographers",)),
        ("data scientist; no managers", ("managers",)),
        ("nurse, anyone except agency nurses", ("agency nurses",)),
        ("nurse, anyone but surgeons", ("surgeons",)),
    ],
)
def test_people_are_shut_out_by_what_they_are_called(text: str, values: tuple[str, ...]) -> None:
    request = asked(text)
    assert titles(request, "not") == [values]
    assert request.seniority == ()


def test_an_exclusion_that_is_not_understood_is_said() -> None:
    request = asked("chef, no split shifts, not angular")
    assert [one.text for one in request.not_understood] == ["split shifts"]
    assert skills(request, "not") == {"Angular"}
