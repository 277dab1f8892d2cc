"""Which place of a JSON Resume v1 document is which field of a profile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from recommender.profile import Contact, Education, Profile, Role
from recommender.reading.changes import changed, differences
from recommender.reading.formats.jsonresume.entries import course_of, language_of, place_of, roles_of, skills_of
from recommender.reading.formats.jsonresume.members import Members

_SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"
#: Fields that JSON Resume lacks: written whole under meta.recommender.
_OWN = (
    "id", "years_of_experience", "badges", "highlights", "persona", "core_skills", "other_skills", "as_of", "extras",
)  # fmt: skip
#: Sections that a profile has no place for, and whose text is worth reading: they are added to `about`.
_PROSE = {
    "projects": ("name", "description", "highlights", "keywords"),
    "volunteer": ("position", "organization", "summary", "highlights"),
    "publications": ("name", "publisher", "summary"),
    "awards": ("title", "awarder", "summary"),
}


def from_document(document: dict[str, Any], month: str, report: Callable[[str, str], None]) -> Profile:
    """The profile of a document, as far as the two shapes agree.

    `month` is the `as_of` of a document that states none; `report(field, said)` is called for what is not as the
    schema says.
    """
    reading = Members(report)
    basics = document.get("basics")
    if basics is not None and not isinstance(basics, dict):
        reading.report("basics", f"is {type(basics).__name__}, not an object; kept in extras only")
    basics = basics if isinstance(basics, dict) else {}
    core, other = skills_of(document, reading)
    profile = Profile(
        name=reading.text(basics, "name", "basics"),
        title=reading.text(basics, "label", "basics"),
        location=place_of(basics.get("location"), "basics.location", reading),
        core_skills=core,
        other_skills=other,
        about=_about(basics, document, reading),
        roles=tuple(
            role
            for path, work in reading.objects(document, "work")
            for role in roles_of(work, path, reading)
            if role != Role()
        ),
        education=tuple(
            course
            for path, study in reading.objects(document, "education")
            if (course := course_of(study, path, reading)) != Education()
        ),
        languages=tuple(
            language
            for path, item in reading.objects(document, "languages")
            if (language := language_of(item, path, reading))
        ),
        certifications=tuple(
            name
            for path, item in reading.objects(document, "certificates")
            if (name := reading.text(item, "name", path))
        ),
        contact=_contact(basics, reading),
    )
    own = document.get("meta", {}).get("recommender") if isinstance(document.get("meta"), dict) else None
    if isinstance(own, dict):
        profile = _with_own(profile, own, reading)
    return profile if profile.as_of else msgspec.structs.replace(profile, as_of=month)


def _with_own(profile: Profile, own: dict[str, Any], reading: Members) -> Profile:
    """The profile with what `to_document` put under meta.recommender."""
    value = {**plain(profile), **{key: own[key] for key in _OWN if key in own}}
    changes = own.get("changes")
    value = changed(value, [item for item in changes if isinstance(item, dict)]) if isinstance(changes, list) else value
    try:
        return msgspec.convert(value, Profile)
    except msgspec.ValidationError as error:
        reading.report("meta.recommender", f"{error}; kept in extras only")
        return profile


def _contact(basics: dict[str, Any], reading: Members) -> Contact | None:
    profiles = basics.get("profiles")
    listed = [item for item in profiles if isinstance(item, dict)] if isinstance(profiles, list) else []
    urls = [item["url"] for item in listed if isinstance(item.get("url"), str)]
    place = basics.get("location")
    email, phone, url = (reading.text(basics, key, "basics") for key in ("email", "phone", "url"))
    contact = Contact(
        emails=(email,) if email else (),
        phones=(phone,) if phone else (),
        links=tuple(link for link in [url, *urls] if link),
        photo=reading.text(basics, "image", "basics"),
        address=reading.text(place, "address", "basics.location") if isinstance(place, dict) else None,
    )
    return None if contact == Contact() else contact


def _about(basics: dict[str, Any], document: dict[str, Any], reading: Members) -> str | None:
    parts = [reading.text(basics, "summary", "basics")]
    for section, keys in _PROSE.items():
        for path, item in reading.objects(document, section):
            found: list[str] = []
            for key in keys:
                held = item.get(key)
                one = isinstance(held, list)
                found += reading.texts(item, key, path) if one else [reading.text(item, key, path) or ""]
            text = ". ".join(part.rstrip(".") for part in found if part)
            parts.append(f"{section.capitalize()}: {text}." if text else None)
    return "\n\n".join(part for part in parts if part) or None


def to_document(profile: Profile) -> dict[str, Any]:
    """The document that says what the profile says; what has no place in it is under meta.recommender."""
    contact = profile.contact or Contact()
    place = _filled({"address": contact.address, "city": profile.location})
    basics = _filled({
        "name": profile.name, "label": profile.title, "image": contact.photo,
        "email": contact.emails[0] if contact.emails else None,
        "phone": contact.phones[0] if contact.phones else None,
        "url": contact.links[0] if contact.links else None,
        "summary": profile.about, "location": place or None,
    })  # fmt: skip
    document: dict[str, Any] = {"$schema": _SCHEMA, "basics": basics}
    document["work"] = [_work(role) for role in profile.roles]
    document["education"] = [_study(course) for course in profile.education]
    document["skills"] = [{"name": skill} for skill in profile.core_skills]
    if profile.other_skills:
        document["skills"].append({"keywords": list(profile.other_skills)})
    document["languages"] = [{"language": language} for language in profile.languages]
    document["certificates"] = [{"name": name} for name in profile.certifications]
    document = {key: value for key, value in document.items() if value != []}
    document["meta"] = {"recommender": _own(profile, document)}
    return document


def _own(profile: Profile, document: dict[str, Any]) -> dict[str, Any]:
    """What reading the document alone would not give of the profile."""
    value = plain(profile)
    own = {key: value[key] for key in _OWN if value[key] not in (None, [], {})}
    said = plain(from_document(document, "", lambda *_: None))
    rest = differences({**said, **{key: value[key] for key in _OWN}}, value)
    return {**own, **({"changes": rest} if rest else {})}


def plain(profile: Profile) -> dict[str, Any]:
    """A profile as the dicts and lists of its JSON."""
    value: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(profile))
    return value


def _work(role: Role) -> dict[str, Any]:
    return _filled({
        "name": role.company, "position": role.title, "location": role.location, "startDate": role.start,
        "endDate": role.end, "highlights": list(role.bullets) or None,
    })  # fmt: skip


def _study(course: Education) -> dict[str, Any]:
    return _filled({
        "institution": course.school, "area": course.field, "studyType": course.degree, "startDate": course.start,
        "endDate": course.end,
    })  # fmt: skip


def _filled(members: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in members.items() if value is not None}
