"""Taxonomies that a user brings, and explanations."""

from __future__ import annotations

from pathlib import Path

import pytest

from recommender.errors import VocabularyError
from recommender.skills import Vocabulary, explain, import_taxonomy
from recommender.skills.entries import Prose, Skill, Surface

BASE = Vocabulary(
    [Skill("Weaving", (Surface("Weaving", Prose.ANY), Surface("loom work", Prose.ANY)), "crafts", "crafts")]
)

ESCO = """conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,status
KnowledgeSkillCompetence,http://data.example/1,skill/competence,cross-sector,operate hand looms,"run hand looms
loom work",released
KnowledgeSkillCompetence,http://data.example/2,knowledge,cross-sector,textile dyeing,"dyeing of yarn
yarn dyeing",released
KnowledgeSkillCompetence,http://data.example/3,knowledge,cross-sector,weaving,hand weaving,released
KnowledgeSkillCompetence,http://data.example/4,knowledge,cross-sector,,,released
"""
ONET = (
    "O*NET-SOC Code\tTitle\tExample\tCommodity Code\tCommodity Title\tHot Technology\n"
    "11-0000.00\tWeavers\tLoomPilot\t43232306\tProduction software\tN\n"
    "11-0000.01\tDyers\tLoomPilot\t43232306\tProduction software\tN\n"
    "11-0000.01\tDyers\tDyeMaster Suite\t43232306\tProduction software\tY\n"
)


def imported(tmp_path: Path, content: str) -> Path:
    path = tmp_path / "taxonomy"
    path.write_text(content, encoding="utf-8-sig")
    return path


def test_esco(tmp_path: Path) -> None:
    result = import_taxonomy(BASE, imported(tmp_path, ESCO))
    assert (result.added, result.extended, len(result.skipped)) == (2, 1, 1)
    assert "row 5" in result.skipped[0]
    vocabulary = result.vocabulary
    assert vocabulary.fingerprint != BASE.fingerprint
    assert vocabulary.canonical("Yarn dyeing") == "textile dyeing"
    assert vocabulary.canonical("hand weaving") == "Weaving"
    assert vocabulary.canonical("loom work") == "Weaving", "the vocabulary's own writings stay its own"
    assert vocabulary.field("operate hand looms") == "esco"
    assert [m.name for m in vocabulary.mentions("Ten years of yarn dyeing")] == ["textile dyeing"]


def test_onet(tmp_path: Path) -> None:
    result = import_taxonomy(BASE, imported(tmp_path, ONET))
    assert (result.added, result.extended, result.skipped) == (2, 0, ())
    assert [m.name for m in result.vocabulary.mentions("Ran LoomPilot daily")] == ["LoomPilot"]
    assert result.vocabulary.skill("LoomPilot") is not None


def test_importing_twice_changes_nothing_more(tmp_path: Path) -> None:
    once = import_taxonomy(BASE, imported(tmp_path, ESCO))
    twice = import_taxonomy(once.vocabulary, imported(tmp_path, ESCO))
    assert (twice.added, twice.extended) == (0, 0)
    assert twice.vocabulary.fingerprint == once.vocabulary.fingerprint


def test_everyday_words_are_not_looked_for_in_prose(tmp_path: Path) -> None:
    content = ESCO.replace("textile dyeing", "work").replace("yarn dyeing", "teach people how to dye")
    vocabulary = import_taxonomy(BASE, imported(tmp_path, content)).vocabulary
    assert vocabulary.known("work")
    assert vocabulary.mentions("I work and teach people how to dye") == []


@pytest.mark.parametrize("content", ["", "name,skill\na,b\n", "just text"])
def test_another_file_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(VocabularyError, match="neither ESCO"):
        import_taxonomy(BASE, imported(tmp_path, content))


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match="cannot be read"):
        import_taxonomy(BASE, tmp_path / "missing.csv")
    (tmp_path / "latin").write_bytes(b"preferredLabel\n\xe9t\xe9\n")
    with pytest.raises(VocabularyError, match="UTF-8"):
        import_taxonomy(BASE, tmp_path / "latin")


def test_an_explanation_says_what_and_why() -> None:
    found = explain("ReactJS", Vocabulary.shipped())
    assert [(e.name, e.field) for e in found] == [("React", "software"), ("React", "software")]
    assert "another way to write React" in found[0].reason
    assert "'ReactJS' is a way to write it" in found[1].reason


@pytest.mark.parametrize(
    ("text", "name", "reason"),
    [
        ("Java", "Java", "its name"),
        ("Java 8", "Java", "version"),
        ("strong SQL skills", "SQL", "opening word"),
        ("Zorbing", "zorbing", "unknown"),
    ],
)
def test_entries_are_explained_by_their_rule(text: str, name: str, reason: str) -> None:
    first = explain(text, Vocabulary.shipped())[0]
    assert first.name == name
    assert reason in first.reason


def test_prose_is_explained_where_it_stands() -> None:
    text = "For eight years I ran Kafka clusters, and wrote services in Go."
    found = explain(text, Vocabulary.shipped())
    assert [(text[e.start : e.end], e.name) for e in found] == [("Kafka", "Kafka"), ("Go", "Go")]
    assert "beside other skills" in found[1].reason
