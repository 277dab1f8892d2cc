"""Europass CVs in XML, of the old form (SkillsPassport) and the new one (Candidate), as JSON Resume."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from recommender.decoding import Element, Refused
from recommender.profile import Profile
from recommender.reading.formats.jsonresume.reader import read_json_resume
from recommender.reading.outcome import Context, Rejected

_ROOTS = ("skillspassport", "candidate", "learnerinfo")


def read_xml(stream: BinaryIO, context: Context) -> Iterator[Profile | Rejected]:
    """The one profile of a Europass CV; XML of anything else is refused."""
    for part in context.decoder.decode("xml", stream, context.limits):
        if isinstance(part, Refused):
            yield context.reject(part.place, "", part.reason)
        elif isinstance(part, Element):
            if part.name not in _ROOTS and not part.first("learnerinfo"):
                what = f"XML of <{part.name[:40]}>, which is no Europass CV"
                yield context.reject("", "", f"this is {what}; save the résumé as PDF or DOCX")
            else:
                yield read_json_resume(_document(part), context)


def _document(root: Element) -> dict[str, Any]:
    names = root.first("personname") or root
    place = root.first("address") or root.first("residencecountrycode") or Element("", {}, [])
    headline = root.first("headline")
    basics = {
        "name": " ".join(filter(None, (_said(names, "firstname", "givenname"), _said(names, "surname", "familyname")))),
        "label": _said(headline.first("description") or headline, "label") if headline else None,
        "email": _reach(root, "email"), "phone": _reach(root, "telephone", "phone"),
        "summary": _said(root, "executivesummary", "personalstatement"),
        "location": {"city": _said(place, "municipality", "cityname"), "address": _said(place, "addressline"),
                     "countryCode": _said(place, "countrycode", "code"), "country": _said(place, "label")},
    }  # fmt: skip
    return {
        "basics": basics,
        "work": [_job(job, one) for one in root.all("workexperience", "employerhistory") for job in _jobs(one)],
        "education": [_course(study) for study in root.all("education", "educationorganizationattendance")],
        "languages": list(_languages(root)),
        "skills": [{"keywords": list(_skills(root))}],
    }


def _jobs(employer: Element) -> list[Element]:
    return list(employer.all("positionhistory")) or [employer]


def _job(job: Element, employer: Element) -> dict[str, Any]:
    position = job.first("position") or job
    place = job.first("employer", "organizationcontact") or employer.first("organizationcontact") or employer
    said = job.first("activities", "description")
    return {
        "name": _said(job.first("employer") or employer, "name", "organizationname"),
        "position": _said(position, "label", "positiontitle"), "location": _said(place, "municipality", "cityname"),
        "summary": _lines(said) if said else None, **_dates(job),
    }  # fmt: skip


def _course(study: Element) -> dict[str, Any]:
    degree = study.first("educationdegree") or study
    return {
        "institution": _said(study.first("organisation", "organization") or study, "name", "organizationname"),
        "studyType": _said(degree, "title", "degreename"), "area": _said(study, "educationalfield"), **_dates(study),
    }  # fmt: skip


def _dates(holder: Element) -> dict[str, Any]:
    period = holder.first("period", "employmentperiod", "attendanceperiod") or Element("", {}, [])
    current = _said(period, "current", "currentindicator", "ongoing")
    return {
        "startDate": _date(period.first("from", "startdate")), "endDate": _date(period.first("to", "enddate")),
        "current": current.casefold() == "true" if current else None,
    }  # fmt: skip


def _date(date: Element | None) -> str | None:
    """A date of attributes (year="2021" month="--08"), or of text."""
    if date is None or "year" not in date.attributes:
        return date.text or None if date else None
    month = date.attributes.get("month", "").strip("-")
    return f"{date.attributes['year']}-{month:0>2}" if month else date.attributes["year"]


def _languages(root: Element) -> Iterator[dict[str, Any]]:
    for name in ("mothertongue", "foreignlanguage", "primarylanguagecode"):
        for language in root.all(name):
            if said := _said(language, "label") or (language.text if name.endswith("code") else None):
                yield {"language": said, "fluency": "native" if name != "foreignlanguage" else None}


def _skills(root: Element) -> Iterator[str]:
    for kind in ("communication", "organisational", "jobrelated", "computer", "other"):
        for skill in root.all(kind):
            if said := skill.first("description"):
                yield from (line.strip("•- ") for line in _lines(said).split("\n") if line.strip("•- "))
    for skill in root.all("personcompetency"):
        if said_name := _said(skill, "competencyname"):
            yield said_name


def _reach(root: Element, *names: str) -> str | None:
    found = root.first(*names)
    if found is None:
        way = next((one for one in root.all("communication") if _said(one, "channelcode").casefold() in names), None)  # type: ignore[union-attr]
        return _said(way, "uri", "formattednumber", "dialnumber") if way else None
    return _said(found, "contact", "value", "uri", "formattednumber") or found.text or None


def _said(holder: Element | None, *names: str) -> str | None:
    found = holder.first(*names) if holder else None
    return (found.text or None) if found else None


def _lines(element: Element) -> str:
    """The text of a description, which may hold HTML, escaped or not."""
    parts = [one if isinstance(one, str) else f"<{one.name}>{_lines(one)}</{one.name}>" for one in element.inner]
    return "".join(parts).strip()
