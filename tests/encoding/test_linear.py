"""Encoding takes time in proportion to its input, whatever is there, and what would take too long is refused.

Each input is so long that work growing with its square would take minutes; the bound is against that, not a
measurement.
"""

from __future__ import annotations

import random
import time

import msgspec
import pytest

from recommender.encoding.models.splitter import PassageSplitter
from recommender.encoding.reading_cost import (
    LONGEST_NAME,
    MOST_OF_PROFILE,
    MOST_OF_TEXT,
    assert_readable,
    assert_text_readable,
    tokens,
)
from recommender.encoding.text.identity import blinded
from recommender.encoding.units import units
from recommender.errors import ProfileTooLong, QueryError
from recommender.profile import Profile, Role
from tests.encoding.test_splitter import PLAIN
from tests.matching.fakes import VOCABULARY, encoder

LENGTH = 200_000
SOON = 20.0
CUTTER = PassageSplitter(PLAIN, 256)
UNITS = ("a", "a@", "a.", "a-", "@", "www.", "12-", "7", "+(1 ", "•", ".", "!)", "中", "_", "R, ", "Go/", " \n")


def filled(unit: str, length: int = LENGTH) -> str:
    return "x" + unit * (length // len(unit)) + "y"


@pytest.mark.parametrize("unit", UNITS)
def test_texts_are_blinded_and_cut_in_linear_time(unit: str) -> None:
    begun = time.process_time()
    blind = blinded(Profile(id="a", name="Ada Lovelace", about=filled(unit)), VOCABULARY)
    CUTTER.cut([blind.about or "", filled(unit)])
    assert time.process_time() - begun < SOON


def test_words_that_nobody_knows_are_cut_in_linear_time() -> None:
    chosen = random.Random(1)
    text = " ".join("".join(chosen.choices("bcdfghklmnprstvxz", k=7)) for _ in range(LENGTH // 8))
    begun = time.process_time()
    (chunks,) = CUTTER.cut([text])
    assert time.process_time() - begun < SOON
    assert "".join(chunk.text for chunk in chunks) == text


def test_a_mail_right_after_another_contact_goes_too() -> None:
    """A search for mails from the beginning of a run of letters alone would leave the second ones."""
    text = "Call +49 30 5550 1234.ada@example.org or a@b.example.+c@d.example today, 2010 - 2014.e@f.example"
    blind = blinded(Profile(id="a", about=text), VOCABULARY).about
    assert blind == "Call or today, 2010 - 2014"


def test_thousands_of_fields_with_one_skill_are_weighed_in_linear_time() -> None:
    bullets = tuple(f"Runs queue {number} in Kafka" for number in range(2500))
    profile = Profile(id="a", roles=(Role(title="Backend Engineer", bullets=bullets),))
    begun = time.process_time()
    (encoded,) = encoder().encode([profile])
    assert time.process_time() - begun < SOON
    assert len(encoded.features.columns["unit_place"]) == 2501


@pytest.mark.parametrize("count", [255, 256, 257, 400])
def test_evidence_comes_from_as_many_roles_as_have_a_number(count: int) -> None:
    roles = tuple(Role(title="Welder", bullets=(f"Welds part {number}",)) for number in range(count))
    (encoded,) = encoder().encode([Profile(id="a", roles=roles)])
    columns = encoded.features.columns
    assert columns["unit_number"].max() == 254
    assert columns["section_number"].max() == min(count - 1, 255)


def test_units_beyond_what_two_bytes_number_are_left_out() -> None:
    role = Role(title="Welder", bullets=tuple(f"b{number}" for number in range(40_000)))
    assert len(list(units(Profile(id="a", roles=(role, role))))) == 1 << 16


def test_common_words_are_one_token_and_others_about_one_for_two_letters() -> None:
    assert tokens("the nurse, again") == 4
    assert tokens("zqxvk") == 3
    assert tokens("see " + "aGVsbG8" * 9000) == 2
    assert tokens("中文 1234") == 4


def test_a_long_resume_is_read_and_one_beyond_all_measure_refused_with_its_size() -> None:
    sentence = "Led a team of nurses and kept the ward within its budget. "
    assert_readable(Profile(id="a", about=sentence * (60_000 // len(sentence))))
    with pytest.raises(ProfileTooLong, match=rf"words and signs.*{MOST_OF_PROFILE:,} are read; shorten"):
        assert_readable(Profile(id="a", about="?!" * MOST_OF_PROFILE))
    assert_readable(Profile(id="a", about="?!" * MOST_OF_PROFILE), 2 * MOST_OF_PROFILE)
    with pytest.raises(ProfileTooLong, match="20 for each job title"):
        assert_readable(Profile(id="a", roles=(Role(title="Welder"),) * 2000))
    with pytest.raises(ProfileTooLong, match="characters"):
        assert_readable(Profile(id="a", about="a" * 200_001))
    with pytest.raises(ProfileTooLong, match=f"name.*{LONGEST_NAME}"):
        assert_readable(Profile(id="a", name="Ada " * 100))


def test_a_search_text_beyond_all_measure_is_refused() -> None:
    assert_text_readable("a long advert " * 1000)
    with pytest.raises(QueryError, match=rf"{MOST_OF_TEXT:,} are read; shorten"):
        encoder().encode_text("?! " * MOST_OF_TEXT)


def test_a_refused_profile_leaves_nothing_encoded() -> None:
    sound = Profile(id="a", title="Welder")
    with pytest.raises(ProfileTooLong):
        encoder().encode([sound, msgspec.structs.replace(sound, name="x" * 301)])
