"""hResume, a résumé marked up for machines by class names (microformats.org, both generations) → JSON Resume."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from recommender.decoding import Element

_ROOT = frozenset(("hresume", "h-resume"))
_JOB = frozenset(("experience", "p-experience"))
_STUDY = frozenset(("education", "p-education"))
_SKILL = frozenset(("skill", "p-skill"))
_CONTACT = frozenset(("contact", "p-contact"))
_SUMMARY = frozenset(("summary", "p-summary"))
_SAID = _JOB | _STUDY | _SKILL | _CONTACT | _SUMMARY


def hresume_of(page: Element) -> tuple[dict[str, Any], list[Element]] | None:
    """The résumé that a page marks up, as JSON Resume, and the elements that said it; None where it marks up no job."""
    root = next((element for element in _every(page) if _is(element, _ROOT)), None)
    if root is None:
        return None
    said = list(_outermost(root))
    person = next((one for one in said if _is(one, _CONTACT) or one.name == "address"), None)
    skills = [inner.text for one in said if _is(one, _SKILL) for inner in list(one.all("a")) or [one]]
    work = [_job(one) for one in said if _is(one, _JOB)]
    if not work:
        return None  # what is read of the text then says more
    basics = _person(person or root)
    basics["summary"] = "\n".join(one.text for one in said if _is(one, _SUMMARY))
    basics.setdefault("label", next((job["position"] for job in work if "position" in job), ""))
    document = {
        "basics": basics,
        "work": work,
        "education": [_study(one) for one in said if _is(one, _STUDY)],
        "skills": [{"keywords": [skill for skill in skills if skill]}],
    }
    return document, said


def _outermost(root: Element) -> Iterator[Element]:
    """The elements of a résumé that say something of it, each whole."""
    for one in root.inner:
        if not isinstance(one, Element):
            continue
        if _is(one, _SAID) or one.name == "address":
            yield one
        else:
            yield from _outermost(one)


def _person(card: Element) -> dict[str, Any]:
    place = [_said(card, name, f"p-{name}") for name in ("locality", "region", "country-name")]
    mail = next((one for one in _every(card) if _is(one, {"email", "u-email"})), None)
    return _filled({
        "name": _said(card, "fn", "p-name"), "label": _said(card, "title", "p-job-title", "role", "p-role"),
        "email": mail and (mail.attributes.get("href", "").removeprefix("mailto:") or mail.text),
        "phone": _said(card, "tel", "p-tel"), "location": ", ".join(part for part in place if part) or None,
    })  # fmt: skip


def _job(event: Element) -> dict[str, Any]:
    return _filled({
        "name": _said(event, "org", "p-organization", "p-org", "organization-name"),
        "position": _said(event, "title", "p-job-title", "p-title") or _said(event, "p-name", "summary"),
        "startDate": _date(event, "dtstart", "dt-start"), "endDate": _date(event, "dtend", "dt-end"),
        "location": _said(event, "location", "p-location"), "summary": _said(event, "description", "p-description"),
        "highlights": [] if _said(event, "description", "p-description") else [one.text for one in event.all("li")],
    })  # fmt: skip


def _study(event: Element) -> dict[str, Any]:
    school, named = _said(event, "org", "p-organization", "p-org"), _said(event, "p-name", "summary", "fn")
    return _filled({
        "institution": school or named, "studyType": named if school and named != school else None,
        "startDate": _date(event, "dtstart", "dt-start"), "endDate": _date(event, "dtend", "dt-end"),
    })  # fmt: skip


def _said(element: Element, *names: str) -> str | None:
    """What the first element of one of these classes says, the first class before the others."""
    inside = [one for one in _every(element) if one is not element]
    return next((text for name in names for one in inside if _is(one, {name}) and (text := one.text)), None)


def _date(element: Element, *names: str) -> str | None:
    """A date as machines are to read it, else as it is written."""
    found = next((one for one in _every(element) if _is(one, set(names))), None)
    if found is None:
        return None
    return found.attributes.get("datetime") or found.attributes.get("title") or found.text or None


def _is(element: Element, names: set[str] | frozenset[str]) -> bool:
    return not names.isdisjoint(element.attributes.get("class", "").split())


def _every(element: Element) -> Iterator[Element]:
    yield element
    for one in element.inner:
        if isinstance(one, Element):
            yield from _every(one)


def _filled(members: dict[str, Any]) -> dict[str, Any]:
    return {key: held for key, held in members.items() if held}
