"""The commands: what they print, and the status they end with."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from numpy.typing import NDArray

from recommender.encoding import VectorFile
from tests.cli.conftest import EXAMPLE, Run
from tests.service.people import HashedWords

# reading


def test_read_prints_one_profile_a_line_with_the_stem_as_its_id(run: Run) -> None:
    done = run("read", EXAMPLE)
    profile = json.loads(done.out)
    assert (done.status, done.err) == (0, "")
    assert profile["id"] == "tamsin"
    assert profile["core_skills"][:2] == ["Distributed Systems", "Platform Infrastructure"]
    assert len(profile["roles"]) == 4


def test_nameless_records_of_a_file_are_numbered_from_the_second_on(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "crew.jsonl"
    path.write_text('{"title": "Rigger"}\n{"id": "own", "title": "Rigger"}\n{"title": "Welder"}\n')
    assert [json.loads(line)["id"] for line in run("read", path).out.splitlines()] == ["crew", "own", "crew-2"]


def test_id_names_a_single_profile_and_is_refused_for_several(run: Run, nurses: Path) -> None:
    assert json.loads(run("read", EXAMPLE, "--id", "t-1").out)["id"] == "t-1"
    done = run("read", nurses, "--id", "t-1")
    assert done.status == 2
    assert "--id names one profile, and there are several" in done.err


def test_columns_of_a_table_are_named_by_map(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "crew.csv"
    path.write_text("Wer,Was\nIvo Brand,Welder\n")
    profile = json.loads(run("read", path, "--map", "name=Wer", "--map", "title=Was").out)
    assert (profile["name"], profile["title"]) == ("Ivo Brand", "Welder")
    done = run("read", path, "--map", "name")
    assert done.status == 2
    assert "'name' is not FIELD=COLUMN" in done.err


def test_an_archive_is_read_as_of_when_it_was_collected(run: Run, tmp_path: Path) -> None:
    """A job since 2014 had lasted five years in July 2019; a record that states its own month keeps it."""
    path = tmp_path / "archive.jsonl"
    text = json.dumps(
        {"id": "a", "text": "Ivo Brand\nWelder\n\nExperience\nWelder\nSteel Works\n2014 - Present\nWelded."}
    )
    path.write_text(text + '\n{"id": "b", "title": "Rigger", "as_of": "2021-05"}\n')
    read = [json.loads(line) for line in run("read", path, "--as-of", "2019-07").out.splitlines()]
    assert [profile["as_of"] for profile in read] == ["2019-07", "2021-05"]
    assert read[0]["roles"][0]["end"] is None
    assert (
        json.loads(run("ingest", path, "--as-of", "2019-07", "--data", tmp_path / "pool", "--json").out)["stored"] == 2
    )
    counted = [run("count", "--where", f"years.min={years}", "--data", tmp_path / "pool").out for years in (5, 6)]
    assert [int(line.split()[0]) for line in counted] == [1, 0]
    done = run("read", path, "--as-of", "2019-13")
    assert done.status == 2
    assert "'2019-13' is no month; give it as YYYY-MM" in done.err


def test_read_writes_json_resume(run: Run) -> None:
    document = json.loads(run("read", EXAMPLE, "--to", "json-resume").out)
    assert document["basics"]["name"] == "Tamsin Okoye-Lind"
    assert len(document["work"]) == 4


def test_one_bad_record_costs_itself_and_status_1(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mixed.jsonl"
    path.write_text('{"id": "a", "title": "Rigger"}\n{"id": "b", "title": 3}\n{"id": "c", "title": "Welder"}\n')
    done = run("read", path)
    assert done.status == 1
    assert [json.loads(line)["id"] for line in done.out.splitlines()] == ["a", "c"]
    assert done.err.startswith("rejected: mixed.jsonl: line 2: title: ")


def test_a_file_that_is_no_profile_is_status_2_and_one_line(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "picture.bin"
    path.write_bytes(bytes(range(256)))
    done = run("read", path)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("rejected: picture.bin")
    assert done.err.count("\n") == 1


# the pool


def test_ingest_counts_what_it_stored_and_leaves_what_stands_there_alone(
    run: Run, nurses: Path, tmp_path: Path
) -> None:
    data = tmp_path / "pool"
    first = json.loads(run("ingest", nurses, "--data", data, "--json").out)
    again = json.loads(run("ingest", nurses, EXAMPLE, "--data", data, "--json").out)
    assert first == {"stored": 5, "unchanged": 0, "rejected": 0}
    assert again == {"stored": 1, "unchanged": 5, "rejected": 0}


def test_ingest_takes_precomputed_embeddings_and_gives_the_same_pool(run: Run, nurses: Path, tmp_path: Path) -> None:
    vectors, plain, quick = tmp_path / "v.npz", tmp_path / "plain", tmp_path / "quick"
    assert run("encode", nurses, "--out", vectors).status == 0
    run("ingest", nurses, "--data", plain)
    assert run("ingest", nurses, "--data", quick, "--vectors", vectors).status == 0
    answers = [run("similar", "nurse-1", "--data", data, "--json").out for data in (plain, quick)]
    assert answers[0] == answers[1]
    assert len(json.loads(answers[0])["matches"]) == 4


def test_encode_again_encodes_only_what_is_new_and_keeps_only_what_is_asked_for(
    run: Run, nurses: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    once, grown = tmp_path / "once.npz", tmp_path / "grown.npz"
    run("encode", nurses, EXAMPLE, "--out", once)
    run("encode", nurses, "--out", grown)
    asked: list[str] = []
    encode = HashedWords.encode

    def remembered(self: HashedWords, texts: Sequence[str]) -> NDArray[np.float32]:
        asked.extend(texts)
        return encode(self, texts)

    monkeypatch.setattr(HashedWords, "encode", remembered)
    run("encode", nurses, EXAMPLE, "--out", grown)
    assert grown.read_bytes() == once.read_bytes()
    assert asked
    assert not any("ward" in text for text in asked)
    size = len(VectorFile.load(grown))
    run("encode", nurses, "--out", grown)
    assert len(VectorFile.load(grown)) < size


def test_a_value_that_nobody_has_is_told_on_stderr(run: Run, pool: Path, tmp_path: Path) -> None:
    message = "warning: no profile in the pool has location 'Atlantis'\n"
    where = ("--where", "location=Atlantis", "--data", pool)
    assert run("count", *where).err == message
    assert run("similar", "nurse-1", *where).err == message
    assert run("match", "--all", *where, "--out", tmp_path / "m.jsonl").err == message
    assert json.loads(run("count", *where, "--json").out)["unmatched"] == [{"key": "location", "value": "Atlantis"}]
    for command in (("count",), ("similar", "nurse-1"), ("match", "--all", "--out", tmp_path / "m.jsonl")):
        done = run(*command, "--where", "seniority=wizard", "--data", pool)
        assert (done.status, done.err.count("\n")) == (2, 1)
        assert "give one of intern, junior" in done.err


def test_count_is_exact_and_canonical(run: Run, pool: Path) -> None:
    assert run("count", "--data", pool).out == "6\n"
    assert run("count", "--data", pool, "--where", "years.min=3").out == "4\n"
    assert run("count", "--data", pool, "--where", "skills_all=triage|PATIENT CARE").out == "5\n"
    assert json.loads(run("count", "--data", pool, "--json").out)["count"] == 6


def test_delete_takes_out_and_names_what_was_not_there(run: Run, pool: Path) -> None:
    done = run("delete", "nurse-1", "nobody", "--data", pool)
    assert (done.status, done.out) == (1, "1 deleted\n")
    assert "rejected: nobody: no profile with this id" in done.err
    assert run("count", "--data", pool).out == "5\n"
    assert run("delete", "nobody", "--data", pool).status == 2


# asking


def test_similar_to_a_stored_profile_leaves_itself_out(run: Run, pool: Path) -> None:
    answer = json.loads(run("similar", "nurse-3", "-k", "3", "--data", pool, "--json").out)
    assert [match["rank"] for match in answer["matches"]] == [1, 2, 3]
    assert {match["title"] for match in answer["matches"]} == {"Staff Nurse"}
    assert "nurse-3" not in {match["profile_id"] for match in answer["matches"]}
    assert answer["headline"] == {
        "text": "4 more professionals with Triage & Patient Care",
        "skills": ["Triage", "Patient Care"],
        "count": 4,
    }
    for match in answer["matches"]:
        assert sum(c["points"] for c in match["contributions"]) == pytest.approx(match["score"], abs=1e-9)


def test_whoever_was_ingested_from_a_file_is_no_answer_to_it(run: Run, pool: Path, tmp_path: Path) -> None:
    matches = json.loads(run("similar", EXAMPLE, "-k", "10", "--data", pool, "--json").out)["matches"]
    assert {match["profile_id"] for match in matches} == {f"nurse-{number}" for number in range(1, 6)}
    assert run("match", EXAMPLE, "--out", tmp_path / "m.jsonl", "--data", pool).status == 0
    rows = [json.loads(line) for line in (tmp_path / "m.jsonl").read_text().splitlines()]
    assert {row["profile_id"] for row in rows} == {match["profile_id"] for match in matches}


def test_a_pool_of_another_encoder_answers_nothing_and_names_the_mend(
    run: Run, pool: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(HashedWords, "fingerprint", "another-encoder")
    for who in ("nurse-3", EXAMPLE):
        done = run("similar", who, "--data", pool)
        assert (done.status, done.out) == (2, "")
        assert "was made by another model or vocabulary than these settings'" in done.err
        assert "or ingest anew into another folder" in done.err
    assert run("count", "--data", pool).out == "6\n", "what needs no vectors still answers"


def test_similar_for_people_tells_headline_title_and_score(run: Run, pool: Path) -> None:
    lines = run("similar", "nurse-3", "-k", "1", "--data", pool).out.splitlines()
    assert lines[0] == "4 more professionals with Triage & Patient Care"
    assert "Staff Nurse" in "\n".join(lines)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nobody"], "no profile with id 'nobody'"),
        (["nurse-1", "-k", "0"], "k is 0"),
        (["nurse-1", "-k", "10000"], "k is 10000"),
        (["nurse-1", "--where", "yrs=3"], "yrs"),
        (["nurse-1", "--where", '{"years": {"min": "x"}}'], "years.min"),
    ],
)
def test_what_cannot_be_asked_is_status_2_and_one_clear_line(
    run: Run, pool: Path, arguments: list[str], message: str
) -> None:
    done = run("similar", *arguments, "--data", pool)
    assert (done.status, done.out) == (2, "")
    assert message in done.err
    assert done.err.count("\n") == 1


def test_a_file_of_several_profiles_is_for_match(run: Run, pool: Path, nurses: Path) -> None:
    done = run("similar", nurses, "--data", pool)
    assert done.status == 2
    assert "holds 5 profiles" in done.err


def test_asking_where_there_is_no_pool_makes_none(run: Run, tmp_path: Path) -> None:
    done = run("count", "--data", tmp_path / "none")
    assert done.status == 2
    assert "no pool at" in done.err
    assert not (tmp_path / "none").exists()


def test_match_writes_the_answers_that_similar_gives(run: Run, pool: Path, tmp_path: Path) -> None:
    assert run("match", "--all", "-k", "2", "--out", tmp_path / "m.parquet", "--data", pool).status == 0
    assert run("match", "--all", "-k", "2", "--out", tmp_path / "m.jsonl", "--data", pool).status == 0
    table = pq.read_table(tmp_path / "m.parquet").to_pylist()
    lines = [json.loads(line) for line in (tmp_path / "m.jsonl").read_text().splitlines()]
    assert len(table) == len(lines) == 12
    for rows in (table, lines):
        found = [(r["profile_id"], r["score"]) for r in rows if r["query_id"] == "nurse-2"]
        answer = json.loads(run("similar", "nurse-2", "-k", "2", "--data", pool, "--json").out)
        assert found == [(match["profile_id"], match["score"]) for match in answer["matches"]]


def test_match_with_workers_writes_the_same_file(
    run: Run, nurses: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()  # workers are processes of their own: they know the real model only
    pool, one, two = tmp_path / "pool", tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    assert run("ingest", nurses, "--data", pool).status == 0
    assert run("match", "--all", "--out", one, "--data", pool).status == 0
    assert run("match", "--all", "--out", two, "--data", pool, "--workers", "2").status == 0
    assert one.read_bytes() == two.read_bytes()
    assert run("match", "--all", "--out", two, "--data", pool, "--workers", "0").status == 2


def test_match_answers_requests_in_words(run: Run, pool: Path, tmp_path: Path) -> None:
    asked, out = tmp_path / "asked.jsonl", tmp_path / "answers.jsonl"
    asked.write_text('{"id": "line", "text": "nurse, 1+ years"}\n{"id": "none"}\n', encoding="utf-8")
    advert = tmp_path / "advert.txt"
    advert.write_text("Night nurse\nRequirements:\n- at least one year of experience\n", encoding="utf-8")
    given = ("--requests", asked, "--requests", advert)
    done = run("match", *given, "--out", out, "-k", "2", "--data", pool)
    assert done.status == 1
    assert "rejected: asked.jsonl: line 2: text: neither a text nor a request is given; give one of them" in done.err
    rows = [json.loads(line) for line in out.read_text().splitlines()]
    assert [row["query_id"] for row in rows] == ["line", "line", "advert", "advert"]
    assert all("must" in row["asked"] for row in rows)


def test_match_wants_files_or_all(run: Run, pool: Path, tmp_path: Path) -> None:
    assert run("match", "--out", tmp_path / "m.jsonl", "--data", pool).status == 2
    assert run("match", EXAMPLE, "--all", "--out", tmp_path / "m.jsonl", "--data", pool).status == 2


def test_an_unknown_setting_is_one_line(run: Run, pool: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOMMENDER_PROT", "1")
    done = run("count", "--data", pool)
    assert done.status == 2
    assert "unknown setting RECOMMENDER_PROT" in done.err


def test_every_command_has_help(run: Run) -> None:
    from recommender.cli import COMMANDS

    for command in COMMANDS:
        assert command.name is not None
        done = run(command.name, "--help")
        assert done.status == 0
        assert done.out.startswith("Usage: ")


def test_find_says_what_was_understood_who_meets_it_and_who_answers(run: Run, pool: Path) -> None:
    done = run("find", "nurse, Triage, not PHP, 50+ years", "--data", pool)
    lines = done.out.splitlines()
    assert (done.status, done.err) == (0, "")
    assert lines[0] == "understood: must title: nurse; must skill: Triage; not skill: PHP; must years: 50.."
    assert lines[1].startswith("every must: 0 (0 without Triage, ")
    assert any("1 of 2 musts; missing: 50+ years" in line for line in lines)
    answer = json.loads(run("find", "nurse, Triage, not PHP", "--data", pool, "--json").out)
    assert [part["values"] for part in answer["request"]["titles"]] == [["nurse"]]
    refused = run("find", "Triage, not Triage", "--data", pool)
    assert (refused.status, refused.err.count("\n")) == (2, 1)
    assert "both asked for and excluded" in refused.err


def test_similar_says_how_the_pool_was_searched_where_that_is_asked(run: Run, pool: Path) -> None:
    asked = ("similar", "nurse-3", "-k", "2", "--data", pool)
    plain, explained = run(*asked).out, run(*asked, "--explain", "plan").out
    assert explained.startswith(plain.rstrip("\n"))
    said = explained[len(plain) :].split("\n")
    assert "searched for 161: 5 of 6 qualify; by exact, as there are too few for an index" in said
    (plan,) = json.loads(run(*asked, "--json", "--explain", "plan").out)["plan"]
    assert (plan["way"], plan["qualifying"], plan["profiles"]) == ("exact", 5, 6)
    assert "plan" not in json.loads(run(*asked, "--json").out)
