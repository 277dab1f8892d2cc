"""Résumés in JSON of other schemas as JSON Resume: Reactive Resume, FRESH, and whatever calls the same things by other
names. What has no place in JSON Resume stays under its own name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from recommender.profile import Profile
from recommender.reading.text.columns import normal

_LISTS = files("recommender.reading.formats.jsonresume").joinpath("key_names.txt").read_text(encoding="utf-8")


def _names(kind: str) -> dict[str, str]:
    """Every name of a kind of object's members → JSON Resume's."""
    lines = _LISTS.split(f"[{kind}]\n", 1)[1].split("\n\n", 1)[0].splitlines()
    return {name: key for key, names in (line.split(": ") for line in lines) for name in names.split()}


_SECTIONS, _BASICS = _names("sections"), _names("basics")
_MEMBERS = {kind: _names(kind) for kind in ("work", "education", "skills", "languages", "certificates")}
_MEMBERS["basics"] = _BASICS
#: What a list of strings of a section holds of each.
_OF_TEXT = {"languages": "language", "certificates": "name", "interests": "name", "awards": "title"}
#: Where schemas put the person, or all of it, or the entries of a section.
_PERSON = (
    "basics", "profile", "personal", "personal_info", "personal_information", "personal_details", "info", "header",
    "contact", "contact_info", "contact_information", "contact_details", "person", "personalia",
)  # fmt: skip
_WRAPPERS = ("resume", "cv", "data", "candidate", "profile", "result", "parsed_resume", "person")
#: What is said of how a résumé is to look.
_LOOKS = ("theme", "meta", "metadata", "layout", "settings", "template", "styles")
_ENTRIES = ("items", "history", "sets", "entries", "list", "values")
#: Members that only an advert for a job has.
_ADVERT = {"responsibilities", "qualifications", "requirements", "salary", "hiring_organization"}


def is_advert(value: Mapping[str, Any]) -> bool:
    """Whether an object is an advert for a job rather than a person."""
    keys = {normal(key) for key in value}
    of_a_person = {"basics", "name", "full_name", *_PERSON} | _SECTIONS.keys() - {"skills", "skill"}
    return bool(keys & _ADVERT) and not keys & of_a_person


def unwrapped(value: dict[str, Any]) -> dict[str, Any]:
    """The résumé of an object that holds nothing else beside it but few words about it."""
    for _ in range(3):
        inner = [held for key, held in value.items() if normal(key) in _WRAPPERS and isinstance(held, dict)]
        others = [held for key, held in value.items() if isinstance(held, dict | list) and normal(key) not in _LOOKS]
        if len(inner) != 1 or len(others) != 1 or not holds_a_resume(inner[0]):
            break
        value = inner[0]
    return value


def is_of_another_schema(value: Mapping[str, Any]) -> bool:
    """Whether an object is a person by names that this project's own profiles do not have."""
    names = {normal(key) for key in value if key not in Profile.__struct_fields__}
    sections = names & _SECTIONS.keys() and any(isinstance(value[key], dict | list) for key in value)
    person = any(isinstance(value[key], dict) for key in value if normal(key) in _PERSON and key != "contact")
    return bool(sections or person or names & {"full_name", "fullname", "first_name", "firstname"})


def holds_a_resume(value: Mapping[str, Any]) -> bool:
    """Whether an object has sections of a résumé, or says who somebody is."""
    keys = {normal(key) for key in value}
    who = sum(key in _BASICS for key in keys)
    return (
        bool(keys & (_SECTIONS.keys() | {"basics", "sections"}))
        or who > 1
        or any(isinstance(value.get(key), dict) for key in value if normal(key) in _PERSON)
    )


def as_json_resume(value: dict[str, Any]) -> dict[str, Any]:
    """A document of another schema as JSON Resume has it; one of JSON Resume as it is."""
    document: dict[str, Any] = {}
    basics: dict[str, Any] = {}
    sections = value.get("sections")
    members = {**value, **(sections if isinstance(sections, dict) else {})}
    for key, held in members.items():
        name = normal(key)
        if name in _PERSON and isinstance(held, dict):
            basics = {**renamed(held, "basics"), **basics}
        elif name in ("summary", "objective") and isinstance(held, dict):
            basics.setdefault("summary", held.get("content", held.get("body", held.get("text"))))
        elif key == "sections" and isinstance(held, dict):
            continue
        elif (section := _SECTIONS.get(name)) and isinstance(held, dict | list | str):
            document.setdefault(section, _section(section, held))
        elif "basics" not in value and name in _BASICS:
            basics.setdefault(_BASICS[name], held)
        else:
            document[key] = held
    if basics:
        document["basics"] = _person(basics)
    return document


def renamed(item: dict[str, Any], kind: str) -> dict[str, Any]:
    """An object with JSON Resume's names for its members; the first of several that say the same stays."""
    names = _MEMBERS.get(kind, {})
    if kind == "work" and "title" in item and "role" in item:  # Reactive Resume's first version: where, and what as
        item = {"company" if key == "title" else key: held for key, held in item.items()}
    item = {key: _named(held) for key, held in item.items()} if kind in ("work", "education") else item
    found = {key: held for key, held in item.items() if key in names.values() or normal(key) not in names}
    for key, held in item.items():
        name = names.get(normal(key), key)
        if key not in found:
            found[name if found.get(name) in (None, "", []) else key] = held
    return found


def _named(held: Any) -> Any:
    """What an object that says little else than a name is called."""
    if isinstance(held, dict) and isinstance(held.get("name"), str) and not held.keys() & {"title", "position", "year"}:
        return held["name"]
    return held


def _person(basics: dict[str, Any]) -> dict[str, Any]:
    """Basics whose values are as JSON Resume has them: one name, one address, one link."""
    first, last = basics.pop("first_name", None), basics.pop("last_name", None)
    if "name" not in basics and isinstance(first or last, str):
        basics["name"] = " ".join(part for part in (first, last) if isinstance(part, str) and part)
    for key in ("email", "phone", "name", "url", "image", "summary"):
        held = basics.get(key)
        if isinstance(held, list) and held and all(isinstance(one, str) for one in held) and key in ("email", "phone"):
            basics[key] = held[0]
            basics.setdefault(f"{key}s", held[1:]) if held[1:] else None
        elif isinstance(held, dict):
            said = next((held[inner] for inner in ("href", "url", "raw", "value", "content") if inner in held), held)
            basics[key] = said
    return basics


def _section(section: str, held: Any) -> Any:
    """The entries of a section, as objects with JSON Resume's names."""
    if isinstance(held, dict):
        lists = [held[key] for key in _ENTRIES if isinstance(held.get(key), list)]
        inner = [item for one in lists for item in one] if lists else None
        if inner is None and section == "skills":
            inner = [{"name": name, "keywords": words} for name, words in held.items() if isinstance(words, list | str)]
        held = held if inner is None else inner
    if isinstance(held, str) and section in ("skills", *_OF_TEXT):
        held = [item.strip() for item in re.split(r"[,;\n]", held) if item.strip()]
    if not isinstance(held, list):
        return held
    if section == "skills" and held and all(isinstance(item, str) for item in held):
        return [{"keywords": held}]
    return [
        renamed(item, section)
        if isinstance(item, dict)
        else {_OF_TEXT[section]: item}
        if isinstance(item, str) and section in _OF_TEXT
        else item
        for item in held
    ]
