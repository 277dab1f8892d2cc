"""`recommender skills`: what a text is read as, and taxonomies of one's own."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run

ESCO = "conceptUri,preferredLabel,altLabels\nx,tune bagpipes,bagpipe tuning\ny,,nameless\n"


def test_explain_names_no_skill_where_none_is_counted(run: Run) -> None:
    [line] = run(
        "skills", "explain", "--json", "Led the whole sales force of forty in both of its regions."
    ).out.splitlines()
    found = json.loads(line)
    assert (found["written"], found["name"], found["not"], found["counts"]) == (
        "sales force",
        None,
        "Salesforce",
        False,
    )


def test_explain_shows_what_was_taken_where_and_why(run: Run) -> None:
    lines = run(
        "skills", "explain", "--json", "Moved k8s clusters from Google to racks of our own, and nobody noticed a thing."
    ).out.splitlines()
    assert [(found["start"], found["end"], found["name"]) for found in map(json.loads, lines)] == [(6, 9, "Kubernetes")]
    assert (
        "'k8s' → Kubernetes"
        in run(
            "skills", "explain", "Moved k8s clusters from Google to racks of our own, and nobody noticed a thing."
        ).out
    )
    assert run("skills", "explain", "We had lunch on the lawn, all of us, and it was long").out == "no skill in it\n"


def test_an_imported_taxonomy_names_its_skills_in_every_command_that_takes_it(run: Run, tmp_path: Path) -> None:
    taxonomy, vocabulary, page = tmp_path / "esco.csv", tmp_path / "vocabulary.json", tmp_path / "piper.jsonl"
    taxonomy.write_text(ESCO)
    done = run("skills", "import", taxonomy, "--out", vocabulary)
    assert done.status == 0
    assert done.out.startswith("1 skills added, 0 extended, ")
    assert "esco.csv" in done.err
    explained = run("skills", "explain", "bagpipe tuning", "--vocabulary", vocabulary, "--json").out.splitlines()
    assert json.loads(explained[0])["name"] == "tune bagpipes"
    page.write_text('{"id": "piper", "title": "Piper", "core_skills": ["Bagpipe tuning"]}')
    assert run("read", page, "--vocabulary", vocabulary).status == 0


def test_what_is_no_taxonomy_is_one_line_and_writes_nothing(run: Run, nurses: Path, tmp_path: Path) -> None:
    done = run("skills", "import", nurses, "--out", tmp_path / "vocabulary.json")
    assert done.status == 2
    assert "neither ESCO" in done.err
    assert done.err.count("\n") == 1
    assert not (tmp_path / "vocabulary.json").exists()


def test_an_audit_lists_what_stands_among_other_words(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "people.jsonl"
    work = ["Fixed SQL Server replication and backup jobs for the bank"] * 3
    lines = [{"id": str(i), "title": "DBA", "roles": [{"title": "DBA", "bullets": work}]} for i in range(5)]
    page.write_text("\n".join(map(json.dumps, lines)))
    done = run("skills", "audit", page, "--most", "2", "--json")
    found = [json.loads(line) for line in done.out.splitlines()]
    assert done.status == 0
    assert len(found) == 2
    assert all(one["hits"] >= 5 and 0 <= one["sure"] <= one["strange"] <= 1 for one in found)
    assert found[0]["sure"] >= found[1]["sure"]
    assert " strange (" in run("skills", "audit", page, "--most", "1").out
