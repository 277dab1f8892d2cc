"""The one real page, field by field. The person's words are not repeated here: SHA-256 is for them.

The values behind the hashes were checked by eye against the page; counts and dates are the page's own.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from recommender.profile import profile_to_json
from tests.reading.conftest import Reader
from tests.reading.rendering import render_page

FIELDS = {
    "name": "3199b0e54f965356",
    "title": "7a606ce942d162a0",
    "location": "fd7df35939202f4c",
    "badges": "de54876a5e7888e5",
    "highlights": "2eb48aecd615f3e6",
    "persona": "92c5e403a9fa7408",
    "core_skills": "cf759f693b6f2b7a",
    "other_skills": "5bf326624b688fcd",
    "about": "e9ceb5578a337439",
    "education": "b515193484643a1e",
}
#: company, title, location, bullets, skills (hashed), start, end, workplace, how many bullets, how many skills
# fmt: off
ROLES = [
    ("e64c775c30a75df5", "b2e116a987a7f867", "968d7bb372496a63", "34cf787f9526b229", "3e80a0f1698890b4",
     "2023-10", None, "hybrid", 1, 5),
    ("be56e761bd06aae9", "f5198890438014a7", "edaa91b66d053307", "6ae268aab3b50463", "4626a92429736581",
     "2023-02", "2023-11", "remote", 2, 5),
    ("c12be0829347cf6f", "9625fa0fa2170aae", "edaa91b66d053307", "48f5754192085a6e", "5a6c31bda93bcba5",
     "2020-09", "2023-02", None, 6, 5),
    ("dcd6d0721df684bb", "2fcf71c27bd85dcf", "34bcb3f7f86b00aa", "afd82a8cbfa377c9", "af5ed40e6353e8d1",
     "2016-09", "2020-09", None, 11, 5),
    ("ac344a4241af091a", "4c0ddb754e3b0807", "0ef1710234293218", "e5bbacfa7a0e48de", "6e360e67c38bfc67",
     "2015-04", "2016-09", None, 6, 5),
    ("1aade438bbd1a0c7", "3b88dc882a1bd9f4", "0bfa532f687324de", "980662f3858a8500", "fcf2cf799199f1ba",
     "2011-01", "2015-04", None, 5, 5),
    ("1aade438bbd1a0c7", "5371803bbc428fc0", "edaa91b66d053307", "5b070ce810914f97", "4f53cda18c2baa0c",
     "2010-05", "2010-08", None, 3, 0),
    ("eef6d656ddb6ff68", "88f120c3998ea8b9", "de283eda442dc2de", "58ad7f0b0806a590", "22edcd8206426b81",
     "2008-12", "2009-07", None, 4, 3),
]
# fmt: on


def hashed(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()[:16]


def test_every_field_of_the_head_is_exact(read: Reader, seed_page: bytes) -> None:
    profile = json.loads(profile_to_json(read.one(seed_page)))
    assert {field: hashed(profile[field]) for field in FIELDS} == FIELDS
    assert (profile["years_of_experience"], profile["as_of"], profile["id"]) == (16, "2026-03", None)
    assert (profile["languages"], profile["certifications"], profile["contact"], profile["extras"]) == (
        [],
        [],
        None,
        {},
    )
    assert (len(profile["core_skills"]), len(profile["other_skills"]), len(profile["highlights"])) == (11, 15, 3)
    assert read.notices == []


def test_every_field_of_every_role_is_exact(read: Reader, seed_page: bytes) -> None:
    roles = json.loads(profile_to_json(read.one(seed_page)))["roles"]
    assert [_summary(role) for role in roles] == ROLES


def test_the_core_skills_are_the_closing_tags_in_order_of_first_appearance(read: Reader, seed_page: bytes) -> None:
    profile = read.one(seed_page)
    closing = [
        tag for role in profile.roles for tag in (role.skills[-2:] if len(role.skills) > 3 else role.skills[-1:])
    ]
    assert tuple(dict.fromkeys(closing)) == profile.core_skills


def test_rendering_what_was_read_gives_the_page_again(read: Reader, seed_page: bytes) -> None:
    page = [line for line in seed_page.decode().split("\n") if line.strip()]
    rendered = [line for line in render_page(read.one(seed_page)).split("\n") if line.strip()]
    assert rendered == page


def test_the_page_with_other_line_ends_and_spaces_is_the_same_page(read: Reader, seed_page: bytes) -> None:
    clean = read.one(seed_page)
    twin = b"\xef\xbb\xbf" + seed_page.replace(b"\n", b"\r\n").replace(b" experience", "\u00a0experience".encode())
    assert read.one(twin) == clean


def _summary(role: dict[str, Any]) -> tuple[Any, ...]:
    fields = [hashed(role[field]) for field in ("company", "title", "location", "bullets", "skills")]
    return (*fields, role["start"], role["end"], role["workplace"], len(role["bullets"]), len(role["skills"]))
