"""Signs of broken sentences: each is seen, and sound ones are not taken for them."""

from __future__ import annotations

import pytest

from recommender.insights.prose.rough import is_rough


@pytest.mark.parametrize(
    "clause",
    [
        "Built timetables for using tides and winds of the bay",
        "Painted the lamps with in one season of the old harbour",
        "Steered 20 ferries with combination of sail and steam",
        "Painted the lamps (all nine) in lieu of the harbour boats",
        "Manages and supervise approximately 30 pilots of the bay",
        "Create timetables of the northern islands and trained the crews",
        "Raised masts, rope and tested 40 sails of the northern fleet",
        "Planning and navigation reports of the northern ferries",
        "Prepare leases and berth forms Collected DUES of the port",
        "Manage the berths of all ferries; including",
        "Checked the pilotÆs books of 40 ferries for the harbour",
        "Checked the pilot?s books of 40 ferries for the harbour",
        "Built the timetable with Kafka and.NET for 40 ferries",
        "Watched crews for a day before mooring steering tankers",
        "Built a widely used APIs for the ferries of the islands",
        "Ran the engines of over 100 ferries OS",
        "Used tide tables and old logs to build the product",
        "Responsible for plan and painting of the northern piers",
        "Plan and steering the routes of the northern ferries",
        "Moored the ferry's and washed 40 decks of the harbour",
        "Moored every boat of the ferry's",
        "Planned moorings for the ferries, with a 80% fall in delays",
        "Trained pilots to build a lighters for the northern bay",
        "Create and print timetables that shows all of the tides",
        "Repaired the lamps after long night repairs of masts",
        "Identify the berths of all ferries in the bay and coordinate",
        "Won a prize in the yearly race of ferries conducted",
        "Steered, moor, painted and tested the ferries of the bay",
    ],
)
def test_a_sign_of_a_broken_sentence_is_seen(clause: str) -> None:
    assert is_rough(clause)


@pytest.mark.parametrize(
    "clause",
    [
        "Planned, built and tested the lamps of 40 ferries",
        "Planned and painted the piers of the northern ferries",
        "Painted the company's and the town's ferries in a week",
        "Moored every ferry of the harbour as needed",
        "Built a business for 40 pilots that are paid by the town",
        "Planned a series of talks on tides that are too high",
        "Manages and trains 30 pilots of the bay",
        "Helped plan and run the races of 300 boats",
        "Led the effort to plan and build a pier of 40 berths",
        "Plan and implement races of ferries and tugs",
        "Opened a school of pilots; turnover from 64% to 26%",
        "Wrote a set of APIs for the Managed Services of the port",
        "Wrote the booking of ferries in C# and ASP.NET",
    ],
)
def test_a_sound_sentence_shows_none(clause: str) -> None:
    assert not is_rough(clause)
