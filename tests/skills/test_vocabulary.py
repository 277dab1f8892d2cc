"""The shipped data, fingerprints, related skills, and a vocabulary in a file."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from recommender.errors import VocabularyError
from recommender.skills import Vocabulary
from recommender.skills.entries import Prose, Skill, Surface, marked, shipped_files, skills_of, surface_from
from recommender.skills.related import RelatedGroup, related_of
from recommender.skills.surface import squash

TRADES = {
    "software", "data", "platform", "networking", "security", "it_support", "office", "management", "soft_skills",
    "languages", "healthcare", "education", "finance", "sales_marketing", "hr_legal", "construction", "engineering",
    "industry",     "hospitality_retail", "design_media", "science_public",
}  # fmt: skip
SEED_TERMS = [
    "Distributed Systems", "Platform Infrastructure", "Engineering Management", "Team Leadership", "Search Systems",
    "Technical Leadership", "Backend Development", "Network Engineering", "Software Development", "Embedded Systems",
    "Firmware Development", "Content Systems", "Search Infrastructure", "Team Health", "Network Analytics",
    "Data Modeling",
]  # fmt: skip


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary.shipped()


def tiny(*skills: Skill, groups: tuple[RelatedGroup, ...] = ()) -> Vocabulary:
    return Vocabulary(skills, (), groups)


def skill(name: str, *aliases: str) -> Skill:
    return Skill(name, (Surface(name, Prose.ANY), *map(surface_from, aliases)), "crafts", "crafts")


def test_every_trade_has_a_file_and_enough_skills(vocabulary: Vocabulary) -> None:
    assert {file.name.removesuffix(".tsv") for file in shipped_files()} == TRADES
    assert len(vocabulary.names) >= 1_500
    for trade in TRADES:
        assert sum(1 for name in vocabulary.names if vocabulary.field(name) == trade) >= 35, trade


@pytest.mark.parametrize("name", SEED_TERMS)
def test_the_generic_terms_are_there(vocabulary: Vocabulary, name: str) -> None:
    assert vocabulary.canonical(name.lower()) == name
    assert vocabulary.field(name) is not None


def test_no_way_of_writing_belongs_to_two_skills(vocabulary: Vocabulary) -> None:
    owner: dict[str, str] = {}
    written = [(squash(s.text), entry.name) for entry in vocabulary.skills for s in entry.surfaces]
    assert [(key, name, owner[key]) for key, name in written if owner.setdefault(key, name) != name] == []


def test_related_names_are_known_and_symmetric(vocabulary: Vocabulary) -> None:
    for group in vocabulary.groups:
        assert 0 < group.closeness <= 1
        assert [name for name in group.names if vocabulary.skill(name) is None] == []
    for name in {name for group in vocabulary.groups for name in group.names}:
        for other, closeness in vocabulary.related(name):
            assert (name, closeness) in vocabulary.related(other)


def test_related_skills() -> None:
    groups = [RelatedGroup(0.5, ("a", "b", "c")), RelatedGroup(0.7, ("a", "c"))]
    assert related_of(groups) == {
        "a": (("c", 0.7), ("b", 0.5)),
        "b": (("a", 0.5), ("c", 0.5)),
        "c": (("a", 0.7), ("b", 0.5)),
    }


def test_kafka_is_close_to_pulsar(vocabulary: Vocabulary) -> None:
    assert dict(vocabulary.related("Kafka"))["Apache Pulsar"] == pytest.approx(0.7)
    assert vocabulary.related("no such skill") == ()


def test_the_fingerprint_is_of_the_content() -> None:
    one = tiny(skill("Weaving", "loom work"), skill("Pottery"))
    assert one.fingerprint == tiny(skill("Weaving", "loom work"), skill("Pottery")).fingerprint
    others = [
        tiny(skill("Weaving"), skill("Pottery")),
        tiny(skill("Weaving", "=loom work"), skill("Pottery")),
        tiny(skill("Pottery"), skill("Weaving", "loom work")),
        tiny(skill("Weaving", "loom work"), skill("Pottery"), groups=(RelatedGroup(0.5, ("Weaving", "Pottery")),)),
        Vocabulary([skill("Weaving", "loom work"), skill("Pottery")], ["weaving mill"]),
    ]
    assert len({one.fingerprint, *(other.fingerprint for other in others)}) == 6


def test_saved_and_loaded_it_is_the_same(vocabulary: Vocabulary, tmp_path: Path) -> None:
    path = tmp_path / "vocabulary.json"
    vocabulary.save(path)
    loaded = Vocabulary.load(path)
    assert loaded.fingerprint == vocabulary.fingerprint
    text = "Go, Python and K8s; General Dynamics Inc; excel at work"
    assert loaded.mentions(text) == vocabulary.mentions(text)
    assert loaded.related("Kafka") == vocabulary.related("Kafka")
    assert list(tmp_path.iterdir()) == [path]


def test_an_altered_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "v.json"
    tiny(skill("Weaving")).save(path)
    path.write_text(path.read_text().replace("Weaving", "Wearing"))
    with pytest.raises(VocabularyError, match="altered"):
        Vocabulary.load(path)


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b"[1, 2]", json.dumps({"format": 9}).encode()])
def test_what_is_no_vocabulary_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "v.json"
    path.write_bytes(content)
    with pytest.raises(VocabularyError, match=r"v\.json"):
        Vocabulary.load(path)
    with pytest.raises(VocabularyError, match="cannot be read"):
        Vocabulary.load(tmp_path / "missing.json")


def test_a_broken_line_is_named() -> None:
    with pytest.raises(VocabularyError, match="crafts, line 2"):
        list(skills_of("Weaving\tloom work\nPottery\ta\tb\n", "crafts", "crafts"))


def test_marks_are_read_and_written() -> None:
    for cell in ("Weaving", "=Go", "~R", "!Net"):
        assert marked(surface_from(cell)) == cell


def test_threads_share_one_vocabulary() -> None:
    """Parts are built at their first use, perhaps by several threads at once: all give the same answers."""
    vocabulary = Vocabulary(Vocabulary.shipped().skills)
    text = "Kafka and Java in distributed systems"
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: (vocabulary.mentions(text), vocabulary.segment(["KafkaJava"])), range(16)))
    assert all(answer == answers[0] for answer in answers)


def test_a_skill_says_broader_ones_and_is_no_nearer_to_them_by_that() -> None:
    groups = [RelatedGroup(1.0, ("Weaving", "Silk Weaving")), RelatedGroup(1.0, ("Craft", "Silk Weaving"))]
    vocabulary = Vocabulary([skill("Weaving"), skill("Silk Weaving"), skill("Craft")], (), groups)
    assert vocabulary.broader("Silk Weaving") == ("Weaving", "Craft")
    assert (vocabulary.broader("Weaving"), vocabulary.related("Silk Weaving")) == ((), ())
