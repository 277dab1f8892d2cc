"""A file of requests in words: what is read of it, and that its rows are the matcher's answers."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from recommender.asking import Part, Request, YearsPart
from recommender.batch import InWords, Unanswered, match, read_requests
from recommender.errors import QueryError
from recommender.matching import Query
from recommender.reading import Rejected
from tests.batch.test_match import read, rooms, settings  # noqa: F401
from tests.service.people import Rooms

ASKED = [
    InWords(id="line", text="senior engineer, Kafka, Berlin, not PHP"),
    InWords(text="nurse with triage"),
    InWords(id="both", text="engineer, Kafka, not:Kafka"),
    InWords(id="made", request=Request(skills=(Part(("Kafka",), strict=True),), years=YearsPart(min=3))),
]


def test_requests_have_the_answers_that_each_gets_alone(rooms: Rooms, tmp_path: Path) -> None:  # noqa: F811
    out = tmp_path / "answers.jsonl"
    summary = match(rooms.matcher, ASKED, out, k=4)
    why = "skills: 'Kafka' is both asked for and excluded; take one of the two out"
    assert (summary.queries, summary.unanswered) == (3, (Unanswered("both", why, 3),))
    rows = read(out)
    for query_id, asked in (("line", ASKED[0]), ("query-2", ASKED[1]), ("made", ASKED[3])):
        answer = rooms.similar(Query(text=asked.text, request=asked.request, k=4))
        found = [(row["profile_id"], row["score"], row["asked"]) for row in rows if row["query_id"] == query_id]
        assert found == [(one.profile_id, one.score, one.asked) for one in answer.matches]
        assert found


def test_a_batch_that_asks_for_too_many_is_refused_as_a_whole(rooms: Rooms, tmp_path: Path) -> None:  # noqa: F811
    with pytest.raises(QueryError, match="k is 0; give 1 to 1,000"):
        match(rooms.matcher, ASKED, tmp_path / "answers.jsonl", k=0)
    assert not list(tmp_path.iterdir())


def test_lines_are_read_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "asked.jsonl"
    lines = ['{"id": "a", "text": "nurse"}', "", '{"txt": "nurse"}', '{"id": "b"}', '{"text": " "}', "\ufeff{"]
    path.write_bytes(b"\n".join([*(line.encode() for line in lines), msgspec.json.encode(ASKED[3]), b"\xff"]))
    found = list(read_requests(path))
    assert found[0] == InWords(id="a", text="nurse")
    assert [one for one in found if isinstance(one, InWords)] == [found[0], ASKED[3]]
    refused = [one.line for one in found if isinstance(one, Rejected)]
    assert [line.split(": ")[1] for line in refused] == ["line 3", "line 4", "line 5", "line 6", "line 8"]
    assert "txt" in refused[0]
    assert refused[1] == "asked.jsonl: line 4: text: neither a text nor a request is given; give one of them"
    assert refused[2] == "asked.jsonl: line 5: text: it is empty; write what is asked for"


def test_any_other_text_is_one_advert(tmp_path: Path) -> None:
    path = tmp_path / "night nurse.txt"
    path.write_text("\ufeffNight nurse\n\nRequirements:\n- Triage\n", encoding="utf-8")
    assert list(read_requests(path)) == [InWords(id="night nurse", text="Night nurse\n\nRequirements:\n- Triage\n")]
    path.write_bytes(b"\xff\xfe\x00")
    (refused,) = read_requests(path)
    assert isinstance(refused, Rejected)
    assert "no text in UTF-8" in refused.line
