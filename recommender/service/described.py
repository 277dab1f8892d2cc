"""What each field of what is sent and taken is, for the OpenAPI document: from docstrings, and from one table."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, get_args

import msgspec

_LINE = re.compile(r"^    (\w[\w, ]*): (.*(?:\n        .*)*)", re.MULTILINE)

#: Fields that are the same wherever they stand, and those whose struct's docstring has no word on them.
_SAID: Final[Mapping[str, str]] = {
    "about": "What they say of themselves.",
    "address": "Where they live, as it is written.",
    "as_of": 'The month, "YYYY-MM", in which all this was so; what is going on lasts until then.',
    "badges": 'As pages show them ("Open to Work").',
    "bullets": "What was done there, an item each.",
    "certifications": "Names of certificates and licences.",
    "company": "The employer, as it is written.",
    "company_ever": "Present or former employers, any of which will do.",
    "company_none": "Employers, present and former, that nobody must have.",
    "company_now": "Present employers, any of which will do.",
    "condition": 'As it is said ("Python or Java").',
    "contact": "How to reach them; null for who may not see it.",
    "contributions": "What each signal added to the score; the points add up to it.",
    "core_skills": "The skills they name first, as they write them, most central first.",
    "count": "How many; exact.",
    "degree": "As it is written.",
    "detail": "What is wrong, in one line fit to be shown to the user, with the remedy.",
    "education": "Schools, latest first.",
    "emails": "Their addresses.",
    "end": 'When it ended, "YYYY-MM" or "YYYY"; null for what goes on.',
    "every_must": "How many people meet every must; exact.",
    "exclude_ids": "Profiles that are no answer.",
    "extras": "What the source carried and this shape has no field for.",
    "facets": "Of each field its commonest values, by count, then by value.",
    "field": "The field it is about.",
    "fields": "The fields whose values are counted.",
    "generation": "Number of the last change that this knows of.",
    "headline": "How many more there are with the same core skills; null where there are none.",
    "highlights": "Achievements, an item each.",
    "id": "The id it is stored under.",
    "ids": "The ids of what was stored, in the order sent.",
    "instance": "The address that was asked.",
    "key": 'The key of the filter ("location").',
    "kind": "Of what kind it is.",
    "languages": "As they are written.",
    "limit": "How many values of each field, 1 to 1,000.",
    "links": "Their pages elsewhere.",
    "location": 'The place, as it is written ("San Jose, California, United States").',
    "matches": "Who is most alike, best first.",
    "max": "The most; null for no limit.",
    "message": "What was lost or doubtful, in a sentence.",
    "min": "The least; null for no limit.",
    "min_score": "Lowest score shown, 0 to 100.",
    "name": "As it is written, contact details masked.",
    "next_cursor": "Gives the next page when it is sent as `cursor`; null where there is none.",
    "notices": "What was stored, and what was lost or doubtful in reading it.",
    "other_skills": "Further skills, as they write them.",
    "persona": "A line that says what kind of professional this is.",
    "phones": "Their numbers.",
    "photo": "Address of their picture.",
    "place": 'Where in the body it was ("line 3").',
    "points": "Of the score, which has 100.",
    "profile_id": "The id that it is stored under.",
    "profile_ids": "Those alone, whatever else is asked.",
    "profiles": "The profiles, or how many there are.",
    "reason": "What is wrong, with the remedy.",
    "reasons": "Evidence, each sentence with the field that shows it.",
    "rejected": "What was not stored, each with its place.",
    "request": "What was understood, part by part.",
    "roles": "Jobs, latest first.",
    "school": "As it is written.",
    "seniority": 'Levels, any of which will do ("senior").',
    "signal": 'What was measured ("career").',
    "skills": "Skills, by their names.",
    "skills_all": "Skills that everybody must have.",
    "skills_any": "Skills, any of which will do.",
    "skills_none": "Skills that nobody must have.",
    "start": 'When it began, "YYYY-MM" or "YYYY".',
    "status": "The state, or the HTTP status.",
    "stored": "How many were stored.",
    "strict": "Whether who lacks it is no answer; else it weighs.",
    "suggestions": "The likeliest first.",
    "text": "The words.",
    "title": "As it is written: of a person or job its title, of a problem its kind in words.",
    "value": "As it is stored, or as it was asked for.",
    "where": "Who qualifies; everybody where nothing is said.",
    "words": "What the text says, null where no text did.",
    "workplace": '"remote", "hybrid" or "on-site".',
    "years": "Years of experience, both ends included.",
    "years_of_experience": "As stated, else the months of all roles together.",
}


def describe(schemas: Mapping[str, Any], structs: Iterable[type]) -> None:
    """Give every property of these schemas a description; raises `KeyError` for a field of which nothing is said."""
    for struct in _all(structs):
        own = _documented(struct)
        encoded = {field.encode_name: field.name for field in msgspec.structs.fields(struct)}
        for name, schema in schemas[struct.__name__]["properties"].items():
            said = own.get(encoded[name]) or _SAID[encoded[name]]
            if "$ref" in schema:  # beside which older readers of OpenAPI see nothing else
                schema["allOf"] = [{"$ref": schema.pop("$ref")}]
            schema.setdefault("description", said)


def _documented(struct: type) -> dict[str, str]:
    """What the "Attributes:" of its docstring say."""
    _, _, attributes = (inspect.getdoc(struct) or "").partition("Attributes:\n")
    found: dict[str, str] = {}
    for names, said in _LINE.findall(attributes):
        sentence = " ".join(said.split())
        found |= dict.fromkeys((name.strip() for name in names.split(",")), sentence[:1].upper() + sentence[1:])
    return found


def _all(structs: Iterable[type]) -> Iterator[type]:
    """These and all that they hold, each once."""
    seen, waiting = set[type](), list[Any](structs)
    while waiting:
        one = waiting.pop()
        waiting += get_args(one)
        if isinstance(one, type) and issubclass(one, msgspec.Struct) and one not in seen:
            seen.add(one)
            waiting += [field.type for field in msgspec.structs.fields(one)]
            yield one
