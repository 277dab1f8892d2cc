"""What holds for any input to any reader: an outcome each, nothing raised, nothing lost."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Sequence

from hypothesis import example, given, settings
from hypothesis import strategies as st

from recommender.profile import Profile, profile_from_json, profile_to_json
from recommender.reading import FORMATS, Rejected
from recommender.reading.resume.heading_kinds import kind_by_words
from tests.reading.conftest import Reader
from tests.reading.files import docx, lines_pdf, zipped
from tests.reading.people import person
from tests.reading.rendering import render_page
from tests.reading.test_resume_text import BOARD, CLASSIC

_PAGES = [render_page(person(seed)) for seed in range(6)]
_SEEDS: list[bytes] = [
    *(page.encode() for page in _PAGES),
    BOARD.encode(),
    CLASSIC.encode(),
    b"\n".join(profile_to_json(person(seed)) for seed in range(3)),
    json.dumps({"basics": {"name": "Li"}, "work": [{"name": "Alder", "startDate": "2019-05"}]}).encode(),
    b'name,title,skills\nLi Wen,Welder,"TIG; MIG"\n',
    lines_pdf(["Li Wen", "Welder", "Experience", "Welder, Alder & Finch", "May 2016 - Present"]),
    docx(["Li Wen", "Welder", "Experience", "Welder, Alder & Finch", "May 2016 - Present", "• Welded."]),
    zipped({"Profile.csv": "First Name,Last Name\nLi,Wen\n", "Skills.csv": "Name\nTIG\n"}),
]
_WORDS = st.sampled_from(
    ["Experience", "Education", "Skills", "About", "Core Skills", "•", "May 2016", "2016Present", "· 2 yrs", "to",
     "Present", "Welder", "Alder & Finch", "16 yrs experience", "3 roles", "University of Elmsford", "li@example.org",
     "Stackforce found 9 more professionals with A & B", "\u00a0", "<b>", "{", "[", '"', ",", "—", "Company Name",
     "'16", "zorp"]
)  # fmt: skip
_TEXTS = st.lists(st.lists(_WORDS | st.text(max_size=8), max_size=7).map(" ".join), max_size=25).map("\n".join)


def mutated(content: bytes, rng: random.Random) -> bytes:
    """`content` with a few bytes flipped, cut out, doubled or put in."""
    changed = bytearray(content)
    for _ in range(rng.randint(1, 8)):
        at = rng.randrange(len(changed) + 1)
        kind = rng.randrange(5)
        if kind == 0 and at < len(changed):
            changed[at] = rng.randrange(256)
        elif kind == 1:
            del changed[at : at + rng.randint(1, 40)]
        elif kind == 2:
            changed[at:at] = changed[at : at + rng.randint(1, 60)]
        elif kind == 3:
            changed[at:at] = bytes(rng.randrange(256) for _ in range(rng.randint(1, 6)))
        else:
            del changed[at:]
    return bytes(changed)


def assert_sound(outcomes: Sequence[Profile | Rejected]) -> None:
    """Each outcome is a rejection that says why, or a profile that is itself again after its JSON."""
    assert outcomes
    for outcome in outcomes:
        if isinstance(outcome, Rejected):
            assert outcome.reason
            assert "\n" not in outcome.reason
        else:
            assert profile_from_json(profile_to_json(outcome)) == outcome
            assert outcome.as_of
            for role in outcome.roles:
                for date in (role.start, role.end):
                    assert date is None or re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2]))?", date), date


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 2**32), which=st.integers(0, len(_SEEDS) - 1))
def test_a_damaged_file_is_read_or_rejected(seed: int, which: int) -> None:
    content = mutated(_SEEDS[which], random.Random(seed))
    if content.strip():
        assert_sound(Reader()(content))


@settings(max_examples=150, deadline=None)
@given(content=st.binary(min_size=1, max_size=200), kind=st.sampled_from(FORMATS))
def test_any_bytes_as_any_format_are_read_or_rejected(content: bytes, kind: str) -> None:
    outcomes = Reader()(content, kind)
    for outcome in outcomes:
        assert_sound([outcome])


@settings(max_examples=200, deadline=None)
@given(text=_TEXTS)
def test_any_page_is_read_or_rejected(text: str) -> None:
    if text.strip():
        assert_sound(Reader()(text, "page"))


def _words(text: str) -> list[str]:
    return re.findall(r"[A-Za-z]{3,}", text.casefold())


@settings(max_examples=200, deadline=None)
@example(text="AAA\x1fA")
@example(text="Welder Skills <b>\nExperience Experience")
@example(text="li@example.org\nUniversity of Elmsford")
@given(text=_TEXTS)
def test_no_word_of_a_resume_is_lost(text: str) -> None:
    """Every word is in some field; dates and headings became structure."""
    [outcome] = Reader()(text, "text") if text.strip() else [Rejected("", "", "", "empty")]
    if isinstance(outcome, Rejected):
        return
    kept = set(re.findall(r"[a-z]{3,}", profile_to_json(outcome).decode().replace("\\n", " ").casefold()))
    # what a tag says is taken out before headings are looked for
    lines = re.sub(r"[\x00-\x09\x0e-\x1f\x7f]|<b>", " ", text).splitlines()
    headings = {word for line in lines if kind_by_words(line) for word in _words(line)}
    lost = {word for word in _words(text) if word not in kept}
    assert lost <= _STRUCTURE | headings, lost


#: Words of headings, dates and placeholders, which become fields, and of how long a job lasted, which its dates say.
_STRUCTURE = {"experience", "education", "skills", "about", "core", "may", "present", "company", "name", "amp", "yrs"}


@settings(max_examples=100, deadline=None)
@given(texts=st.lists(_TEXTS.filter(lambda text: text.strip() != ""), min_size=1, max_size=4), bad=st.integers(0, 3))
def test_a_bad_line_changes_nothing_around_it(texts: list[str], bad: int) -> None:
    lines = [json.dumps({"id": str(index), "text": text}) for index, text in enumerate(texts)]
    alone = [outcome for line in lines for outcome in Reader()(line)]
    at = min(bad, len(lines))
    outcomes = Reader()("\n".join([*lines[:at], '{"id": "x", "text": ', *lines[at:]]))
    assert isinstance(outcomes[at], Rejected)
    rest = [*outcomes[:at], *outcomes[at + 1 :]]
    assert [_without_place(outcome) for outcome in rest] == [_without_place(outcome) for outcome in alone]


def _without_place(outcome: Profile | Rejected) -> object:
    return outcome if isinstance(outcome, Profile) else outcome.reason


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    spaces=st.sampled_from(["\u00a0", "\u2003", " \u200b"]),
    end=st.sampled_from(["\r\n", "\r", "\n"]),
)
def test_spaces_and_line_ends_change_nothing(seed: int, spaces: str, end: str) -> None:
    page = render_page(person(seed))
    assert Reader()(page.replace(" ", spaces).replace("\n", end)) == Reader()(page)
