"""A skill is counted only where it is true: names of others, other senses, other people's work, and what supports."""

from __future__ import annotations

import pytest

from recommender.errors import VocabularyError
from recommender.skills import Surroundings, Vocabulary, explain
from recommender.skills.senses.needs import Need, is_near, needs_of

DEVELOPER = (
    "Wrote Java, Spring Boot and Kafka services on Kubernetes with Jenkins and Docker. Kept Postgres, Redis and"
    " Elasticsearch running. "
)


def found(text: str) -> list[str]:
    return [mention.name for mention in Vocabulary.shipped().mentions(text)]


@pytest.mark.parametrize(
    "text",
    [
        "San Diego", "moved to San Antonio", "Conway, AR", "Salt Lake City", "Leeds", "Apex Systems", "Spark Plugs",
        "Spring Arbor University", "Oracle University", "raised KSh 28B", "R$400M of it", "20 per hr", "First Office",
    ],
)  # fmt: skip
def test_names_of_others_and_amounts_are_no_skills(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("San Jose, Go and Kafka", ["Go", "Kafka"]),
        ("iSCSI and the SAN", ["Storage Area Networks", "Storage Area Networks"]),
        ("Kept six nodes of the cluster", []),
        ("Node, Express and React", ["Node.js", "Express.js", "React"]),
        ("ASM disks of the grid", []),
        ("SWIFT payments", []),
        ("an iOS app in Swift", ["iOS", "Swift"]),
        ("AR, AP and GL", ["Accounts Receivable", "Accounts Payable", "General Ledger"]),
    ],
)
def test_another_sense_is_known_by_the_words_around(text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("No experience in Java or C++. Knows Python", ["Python"]),
        ("I have no Docker experience", []),
        ("without knowledge of PHP", []),
        ("not familiar with Terraform", []),
        ("doesn't know Python", []),
        ("Willing to learn Kubernetes. Knows Java", ["Willingness to Learn", "Java"]),
        ("Hobbies: Photography", []),
        ("Coordinated with Java developers on SQL", ["SQL"]),
        ("Worked with Docker and Jenkins", ["Docker", "Jenkins"]),
        ("Acme Foods is a leading provider of cloud computing and logistics.", []),
    ],
)
def test_what_is_not_the_persons_is_not_counted(text: str, names: list[str]) -> None:
    assert found(text) == names


def test_a_stranger_to_a_trade_does_not_have_it_from_a_word() -> None:
    assert "Insurance" not in found(DEVELOPER + "Built the portal of an insurance client.")
    assert "Insurance" in found("Sold insurance to families.")


def test_a_list_of_ones_own_counts_whatever_else_one_does() -> None:
    assert "Carpentry" in found(DEVELOPER + "\nSkills: Java, Carpentry, SQL")


def test_a_name_that_a_profile_states_is_no_skill_in_its_texts() -> None:
    texts = ["Joined Kafka Brewing as a buyer", "Kafka at scale"]
    read = Vocabulary.shipped().mentions_of(texts, Surroundings(names=["Kafka Brewing"]))
    assert [[mention.name for mention in mentions] for mentions in read] == [[], ["Kafka"]]


def test_texts_of_one_person_support_each_other() -> None:
    vocabulary, line = Vocabulary.shipped(), "Handled claims handling"
    alone, beside = vocabulary.mentions(line), vocabulary.mentions_of([DEVELOPER, line], Surroundings())[1]
    assert ([one.name for one in alone], beside) == (["Claims Management"], [])


def test_what_is_not_counted_is_explained() -> None:
    left = list(explain("Worked near Apex Systems on the old main road all of the year", Vocabulary.shipped()))
    assert [(one.written, one.counts) for one in left] == [("Apex", False)]
    assert left[0].reason == "not counted: beside 'Systems' it means something else"


def test_a_need_is_read_and_a_broken_one_named() -> None:
    assert list(needs_of("# a comment\nOx\t3\tplough field\tbow\n", "x")) == [
        ("Ox", Need(3, ("plough", "field"), ("bow",)))
    ]
    with pytest.raises(VocabularyError, match="x, line 1"):
        list(needs_of("Ox\tmany", "x"))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Helped the sales and QA teams with laptops", []),
        ("Answered questions of the accounting department", []),
        ("Led the QA team", ["Quality Assurance"]),
        ("Reported to the Project Manager every Friday", []),
        ("Served as the project manager of a bridge", ["Project Management"]),
        ("Met business analysts and web designers at lunch", []),
        ("Seeking a Network Administrator position near home", []),
        ("Results-driven team player", ["Results Orientation", "Teamwork"]),
    ],
)
def test_what_teams_and_other_people_are_called_by_is_theirs(text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Built the website of a school in PHP", ["Web Development", "PHP"]),
        ("Answered questions about the website", []),
        ("Skills: Java, storage, SQL", ["Java", "Storage Administration", "SQL"]),
        ("Carried boxes into storage", []),
    ],
)
def test_what_is_said_in_passing_needs_work_done_on_it_or_a_list(text: str, names: list[str]) -> None:
    assert found(text) == names


def test_who_asks_for_what_may_be_said_in_passing_means_it() -> None:
    asked = Vocabulary.shipped().asked("someone for storage and sales")
    assert ([one.name for one in asked], found("someone for storage and sales")) == (
        ["Storage Administration", "Sales"],
        [],
    )


def test_signs_of_a_need_are_of_words_alone_of_neighbours_and_of_groups() -> None:
    text = "$till\tplough harrow\nOx\t3*\t$till led_\t<head~of >head\n"
    need = dict(needs_of(text, "x"))["Ox"]
    assert need == Need(3, ("plough", "harrow", "led_"), ("<head~of", ">head"), passing=True)
    assert (is_near(need.near, "ploughing ", ""), is_near(need.near, "a ledger ", "")) == ("plough", None)
    assert is_near(need.never, "head of the ", "") == "head of the"
    assert (is_near(need.never, "", " heads"), is_near(need.never, "heads ", "")) == ("heads"[:4], None)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Python3, Java17 and Vue2", ["Python", "Java", "Vue.js"]),
        ("HTML5 and S3", ["HTML", "Amazon S3"]),
        ("flat12 and covid19", []),
        ("BSA/AML and KYC", ["Bank Secrecy Act", "Anti-Money Laundering", "KYC"]),
        ("Oracle/Linux hosts", ["Oracle Database", "Linux"]),
        ("it supports and it helps all of us", []),
        ("Built an accounting application in C#", ["C#"]),
        ("Wrote a point of sale system in Java", ["Point of Sale Systems", "Java"]),
    ],
)
def test_versions_slashes_and_products(text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Processed AP invoices and payroll", ["Accounts Payable", "Billing", "Payroll"]),
        ("Held JPAS records. Wrote JPA entities. Two APIs and an API", ["JPA", "APIs", "APIs"]),
        ("Associate at Tekla LTD. Detailed steel in Tekla", ["Tekla Structures"]),
        ("Rolled out MDM with Intune for 300 phones", ["Microsoft Intune"]),
        ("Kept products in Informatica MDM", ["Master Data Management"]),
        ("Used the SSH framework. Tunnels over SSH", ["SSH"]),
        ("Drew a heat map of clicks", []),
        ("Copied PROD to QA/DEV. Led QA and wrote test cases", ["Quality Assurance", "Testing"]),
        ("Main POC for vendors", []),
    ],
)
def test_short_names_in_another_sense(text: str, names: list[str]) -> None:
    assert found(text) == names


def test_who_builds_software_for_a_trade_does_not_have_the_trade_by_its_short_name() -> None:
    assert not {"Accounts Payable", "Human Resources"} & {*found(DEVELOPER + "Wrote the AP and HR parts of it.")}
    assert found("Processed AP and payroll. Recruited with HR and benefits.")[0] == "Accounts Payable"


@pytest.mark.parametrize(
    ("listed", "name"),
    [
        ("traffic management", "Traffic Engineering"),
        ("EMC", "EMC"),
        ("CMA", "CMA"),
        ("transformers", "Transformers"),
        ("segmentation", "Segmentation"),
        ("sourcing", "Sourcing"),
        ("community management", "Community Management"),
        ("Canvas", "Canvas"),
        ("API", "APIs"),
    ],
)
def test_what_several_trades_list_under_one_word_is_taken_for_none_of_theirs(listed: str, name: str) -> None:
    assert Vocabulary.shipped().canonical(listed) == name


def test_why_a_trades_short_name_does_not_count_is_said_in_words() -> None:
    text = DEVELOPER + "Wrote the AP and HR parts of it."
    reasons = {one.found.mention.name: one.reason for one in Vocabulary.shipped().decisions(text) if not one.counts}
    assert reasons["Accounts Payable"] == reasons["Human Resources"] == "who works in technology names it in passing"
