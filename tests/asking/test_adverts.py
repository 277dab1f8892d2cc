"""What adverts ask for, told from what they say of themselves."""

from __future__ import annotations

import pytest

from recommender.asking import Request, understand
from recommender.skills import Vocabulary

VOCABULARY = Vocabulary.shipped()

CHATTY = (
    "i own a small guitar shop and i need a luthier who can also serve customers. you'd repair guitars and keep the"
    " inventory tidy. customer service experience is a must, and some woodworking would be lovely. we are friendly"
    " and we train our people."
)


def asked(text: str) -> Request:
    return understand(text, VOCABULARY)


def values(request: Request, field: str, stance: str) -> list[tuple[str, ...]]:
    return [part.values for name, part in request.parts() if name == field and part.stance == stance]


def kinds(request: Request) -> list[str]:
    return [one.kind for one in request.prose]


@pytest.mark.parametrize(
    "text",
    [
        "Cellar Manager wanted for Oak & Barley Brewing. Run the cellar. Keep records clean.",
        "Harbour Foods is hiring a Cellar Manager. You will run the cellar. You keep records clean.",
        "Are you a Cellar Manager who likes order? You will run the cellar. You keep records clean.",
        "Our brewery needs a Cellar Manager. You will run the cellar. You keep records clean.",
        "As Cellar Manager you will run the cellar. You keep records clean. It is cold there.",
    ],
)
def test_the_title_that_an_advert_is_about_is_asked_for(text: str) -> None:
    assert values(asked(text), "titles", "must") == [("Cellar Manager",)]


@pytest.mark.parametrize(
    "sentence",
    [
        "We pay for training and share the on-call fairly.",
        "We automate invoices with UiPath in three countries.",
        "Marlow Mills offers Excel courses and a very good canteen.",
        "Marlow Mills has been named a great place to work for its Python training.",
        "At Marlow Mills we run Kubernetes on four sites.",
    ],
)
def test_what_a_company_says_of_itself_asks_for_nothing(sentence: str) -> None:
    request = asked(f"We need a Payroll Clerk. You must know ADP. {sentence}")
    assert {value for part in request.skills for value in part.values} <= {"ADP", "Payroll"}
    assert kinds(request)[-1] == "aside"


def test_what_work_is_done_with_is_nice_to_know() -> None:
    request = asked("We need a Backend Developer. You must know SQL. We use Kafka and Redis.")
    assert values(request, "skills", "must") == [("SQL",)]
    assert values(request, "skills", "nice") == [("Kafka",), ("Redis",)]


def test_that_a_company_hires_asks_for_no_recruiter() -> None:
    request = asked("Our lab is hiring a Chemist. You will run tests. You know HPLC.")
    assert not any("Recruiting" in part.values for part in request.skills)
    assert not any("Recruiting" in part.values for part in asked("hiring a nurse in Leeds").skills)


def test_an_advert_in_small_letters_is_read_by_its_sentences() -> None:
    request = asked(CHATTY)
    assert kinds(request) == ["wanted", "duties", "wanted", "aside"]
    assert values(request, "titles", "must") == [("luthier",)]
    assert ("Customer Service",) in values(request, "skills", "must")
    assert values(request, "skills", "nice") == [("Inventory Management",), ("Woodworking",)]


@pytest.mark.parametrize(
    ("sentence", "must", "nice"),
    [
        ("You must know Selenium, Cypress or Playwright.", [("Selenium", "Cypress", "Playwright")], []),
        ("Selenium, Cypress or Playwright would help.", [], [("Selenium", "Cypress", "Playwright")]),
        ("A degree in law, economics or a related field is required.", [("Law", "Economics")], []),
        ("You must know Selenium and Cypress, and Jira would be lovely.", [("Selenium",), ("Cypress",)], [("Jira",)]),
        ("Welding is required and Carpentry would be handy.", [("Welding",)], [("Carpentry",)]),
        ("Strong Excel is required; SAP would be a bonus.", [("Microsoft Excel",)], [("SAP",)]),
    ],
)
def test_lists_of_which_one_will_do(sentence: str, must: list[tuple[str, ...]], nice: list[tuple[str, ...]]) -> None:
    request = asked(f"We need a clerk. It is fun. {sentence}")
    assert values(request, "skills", "must") == must
    assert values(request, "skills", "nice") == nice


def test_who_speaks_a_language_is_welcome() -> None:
    request = asked("We need a nurse. You will work nights. Welsh speakers are encouraged to apply.")
    assert values(request, "languages", "nice") == [("Welsh",)]


def test_headings_say_what_is_under_them() -> None:
    request = asked(
        "Lab Technician\nLocation: Leeds\nMain duties of the job\n- Run HPLC\nPerson specification\n- Microscopy\n"
        "- Not a must, but great: Forecasting\nWhat you get\n- A Python course\n"
        "For an informal chat, ring Ada in Payroll."
    )
    assert values(request, "places", "must") == [("Leeds",)]
    assert values(request, "skills", "must") == [("Microscopy",)]
    assert values(request, "skills", "nice") == [("HPLC",), ("Forecasting",)]
    assert [one.kind for one in request.prose][-2:] == ["aside", "aside"]


def test_what_others_are_offered_is_asked_of_who_administers_it() -> None:
    request = asked("We need a clerk. You will administer pension schemes. Experience of dental billing is required.")
    assert "aside" not in kinds(request)


def test_who_asks_speaks_of_itself_by_its_name() -> None:
    request = asked("Tilehurst Pottery needs a Glazer. You know glass. Tilehurst has taught welding since 1911.")
    assert kinds(request) == ["wanted", "wanted", "aside"]
    assert "Welding" not in {value for part in request.skills for value in part.values}


def test_an_advert_shuts_out_whom_a_sentence_names() -> None:
    request = asked("We need a gardener. You will prune roses. No students please. No recruiters.")
    assert values(request, "titles", "not") == [("students",)]


def test_a_label_says_what_its_sentence_is() -> None:
    request = asked(
        "beekeeper (m/w/d)\nThe company: offices in Leeds. What matters to us: Welding and patience.\n"
        "The package: a Python course. Lovely, but no must: Carpentry. What's in it for you:\n- Yoga and Excel"
    )
    assert values(request, "titles", "must") == [("beekeeper",)]
    assert values(request, "places", "must") == []
    assert values(request, "skills", "must") == [("Welding",)]
    assert values(request, "skills", "nice") == [("Carpentry",)]


def test_a_place_among_products_is_one_of_them() -> None:
    request = asked("We need a stock clerk in Leeds.\nYou know a WMS (Manhattan or SAP EWM).\nYou work nights.")
    assert values(request, "places", "must") == [("Leeds",)]


def test_for_whom_the_work_is_done_is_no_skill() -> None:
    request = asked(
        "looking for a bookkeeper for my plumbing business. you must know xero. excel would help. it is fun."
    )
    assert values(request, "titles", "must") == [("bookkeeper",)]
    assert values(request, "skills", "must") == [("Xero",)]
    assert values(request, "skills", "nice") == [("Microsoft Excel",)]
