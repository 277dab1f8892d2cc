"""Where the values of a profile are found in the text that it was read from."""

from __future__ import annotations

from recommender.profile import Education, Profile, Role
from recommender.service.pages.adding.marked import marked
from recommender.service.pages.adding.sources import sources

TEXT = """Ines Moorland
Harbour Pilot, Go developer

Going to sea since 2009, 12 yrs experience

Core Skills
GoKafkaC++pilot boats

Northquay Pilots
Harbour Pilot
March 2018 - Present, Hull
• Brought 400 ships in
Southquay Tugs
Tug Master
05/2009 - Feb 2018
• Brought 40 tugs home
GoKafka
Hull Nautical College, BSc 2006 - 2009
"""
INES = Profile(
    name="Ines Moorland",
    title="Harbour Pilot",
    years_of_experience=12,
    core_skills=("Go", "Kafka", "C++", "pilot boats"),
    about="Never written there",
    roles=(
        Role(
            company="Northquay Pilots",
            title="Harbour Pilot",
            start="2018-03",
            location="Hull",
            bullets=("Brought 400 ships in",),
        ),
        Role(company="Southquay Tugs", title="Tug Master", start="2009-05", end="2018-02", skills=("Go", "Kafka")),
    ),
    education=(Education(school="Hull Nautical College", degree="BSc", start="2006", end="2009"),),
)


def found() -> dict[str, str]:
    return {field: TEXT[span.start : span.end] for field, span in sources(INES, TEXT).items()}


def test_each_value_is_found_as_it_is_written() -> None:
    assert found() == {
        "name": "Ines Moorland",
        "title": "Harbour Pilot",
        "years_of_experience": "12 yrs",
        "core_skills[0]": "Go",
        "core_skills[1]": "Kafka",
        "core_skills[2]": "C++",
        "core_skills[3]": "pilot boats",
        "roles[0].title": "Harbour Pilot",
        "roles[0].company": "Northquay Pilots",
        "roles[0].location": "Hull",
        "roles[0].start": "March 2018",
        "roles[0].bullets[0]": "Brought 400 ships in",
        "roles[1].title": "Tug Master",
        "roles[1].company": "Southquay Tugs",
        "roles[1].start": "05/2009",
        "roles[1].end": "Feb 2018",
        "roles[1].skills[0]": "Go",
        "roles[1].skills[1]": "Kafka",
        "education[0].school": "Hull Nautical College",
        "education[0].degree": "BSc",
        "education[0].start": "2006",
        "education[0].end": "2009",
    }


def test_values_are_found_where_they_belong() -> None:
    spans = sources(INES, TEXT)
    assert spans["core_skills[0]"].start == TEXT.index("GoKafkaC++"), "neither in the title nor in Going"
    assert spans["roles[1].skills[0]"].start == TEXT.rindex("GoKafka"), "the list below the second role"
    assert spans["education[0].end"].start == TEXT.rindex("2009")


def test_marks_are_the_text_and_values_that_overlap_share_one() -> None:
    text = "Head of Data, Data"
    profile = Profile(title="Head of Data", core_skills=("Data",))
    shown = marked(text, sources(profile, text))
    assert "".join(piece.text for piece in shown.pieces) == text
    assert [piece.text for piece in shown.pieces if piece.mark is not None] == ["Head of Data"]
    assert shown.places == {"title": 0, "core_skills[0]": 0}
