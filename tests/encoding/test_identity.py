from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.encoding.text.identity import blinded
from recommender.encoding.text.passages import passages
from recommender.profile import Contact, Profile, Role
from tests.matching.fakes import VOCABULARY, encoder

NAMES = (
    "Ada Lovelace",
    "Ruby Okafor",
    "Li Wei",
    "José García-Marín",
    "Mary Ann O'Neill",
    "Sven Östberg",
    "Amina Yusuf",
    "Grace Park",
)
PRONOUNS = ("she/her", "he/him", "they/them")
MAILS = ("ada@example.org", "x.y+z@mail.example.co.uk", "q_1@example.com")
PHONES = ("+1 (555) 010-4477", "020 7946 0958", "2025550123", "+49 30 5550 1234")
LINKS = ("https://example.org/me", "www.example.com/cv", "linkedin.com/in/someone", "github.com/somebody")


def profile(
    name: str, pronoun: str, mail: str, phone: str, link: str, skills: tuple[str, ...] = ("Python", "Kafka")
) -> Profile:
    first = name.split()[0]
    return Profile(
        id="p",
        name=name,
        title="Backend Engineer",
        about=f"{name} ({pronoun}) has built order systems since 2012. "
        f"Reach {first} at {mail} or {phone}; see {link} for {first}'s talks.",
        other_skills=skills,
        roles=(
            Role(
                title="Engineer",
                company="Acme",
                start="2012-03",
                bullets=(f"{first} ran 40 services", f"Mail {mail}", "2012 - 2016"),
            ),
        ),
        contact=Contact(emails=(mail,), phones=(phone,), links=(link,), photo="photo.png"),
        as_of="2026-01",
    )


identities = st.tuples(*(st.sampled_from(values) for values in (NAMES, PRONOUNS, MAILS, PHONES, LINKS)))
ENCODER = encoder()
REFERENCE = ENCODER.encode([profile("Someone Else", "she/her", MAILS[0], PHONES[0], LINKS[0])])[0]


@settings(max_examples=1000, deadline=None)
@given(identities)
def test_a_thousand_swaps_change_no_number(identity: tuple[str, str, str, str, str]) -> None:
    encoded = ENCODER.encode([profile(*identity)])[0]
    assert np.array_equal(encoded.vector, REFERENCE.vector)
    for name, column in REFERENCE.features.columns.items():
        assert np.array_equal(encoded.features.columns[name], column), name


def test_a_skill_that_is_also_a_name_stays() -> None:
    listed = blinded(Profile(name="Ruby Jones", about="Ruby Jones writes Ruby.", other_skills=("Ruby",)), VOCABULARY)
    assert listed.about == "writes Ruby."
    longer = blinded(Profile(name="Ruby Jones", about="Ruby keeps Ruby on Rails alive"), VOCABULARY)
    assert longer.about == "keeps Ruby on Rails alive"


def test_a_common_word_that_is_also_a_name_stays_where_it_is_written_small() -> None:
    blind = blinded(
        Profile(name="Will Okafor", about="Will was glad; will travel. Mail okafor, or Okafor."), VOCABULARY
    )
    assert blind.about == "was glad; will travel. Mail , or ."


def test_years_versions_and_products_are_no_telephone_numbers() -> None:
    blind = "2012 - 2016, 05/2016 - 07/2018, 10.0.0.1, MS SQL Server 2008 R2, 12,000,000 rows"
    assert blinded(Profile(about=blind), VOCABULARY).about == blind


def test_no_passage_holds_the_person() -> None:
    person = profile("Grace Park", "she/her", MAILS[0], PHONES[0], LINKS[0])
    text = " ".join(passage.text for passage in passages(blinded(person, VOCABULARY)))
    for hidden in ("Grace", "Park", "she", "ada@", "555", "example.org", "photo"):
        assert hidden not in text.replace("shell", "")
    assert "ran 40 services" in text
    assert "2012 - 2016" in text


def test_what_is_emptied_keeps_its_place() -> None:
    person = Profile(name="Li Wei", title="Li Wei", roles=(Role(title="Li Wei", bullets=("she",)),))
    kinds = [(passage.kind, passage.number) for passage in passages(person)]
    assert [(passage.kind, passage.number) for passage in passages(blinded(person, VOCABULARY))] == kinds
