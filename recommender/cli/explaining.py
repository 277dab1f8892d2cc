"""`recommender read --explain`: how a file is read, and what was found where, without writing its profiles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from recommender.cli.common import Reader, print_json
from recommender.cli.files import files_of
from recommender.profile import Profile
from recommender.reading import Notice, Rejected, Trace

#: Records and messages that are shown of a file; the others are counted.
_SHOWN = 20
_COUNTED = ("roles", "education", "core_skills", "other_skills", "languages", "certifications")


def explain_files(reader: Reader, paths: Iterable[Path], as_json: bool) -> None:
    """Print how each file is read: for people, or with `as_json` as one JSON value a file."""
    for file in files_of(paths, reader.report):
        explained = _explained(reader, file.path, file.source)
        if as_json:
            print_json(explained)
        else:
            for line in _lines(explained):
                click.echo(line)


def _explained(reader: Reader, path: Path, source: str) -> dict[str, Any]:
    trace, notices, records, rejected = Trace(), list[Notice](), list[dict[str, Any]](), list[Rejected]()
    for outcome in reader.outcomes(path, source, notices.append, trace):
        if isinstance(outcome, Rejected):
            rejected.append(outcome)
        else:
            records.append(_counts(outcome))
    reader.read += len(records)
    reader.rejected += len(rejected)
    return {
        "source": source,
        "format": trace.format,
        "columns": trace.columns,
        "records": records,
        "rejected": [one.line for one in rejected],
        "notices": [one.line for one in notices],
    }


def _counts(profile: Profile) -> dict[str, Any]:
    """Who a record is, and how much of each kind was found."""
    return {
        "name": profile.name,
        "title": profile.title,
        "location": profile.location,
        "years_of_experience": profile.years_of_experience,
        **{key: len(getattr(profile, key)) for key in _COUNTED},
        "bullets": sum(len(role.bullets) for role in profile.roles),
        "about_characters": len(profile.about or ""),
        "contact": profile.contact is not None,
        "extras": sorted(profile.extras),
    }


def _lines(explained: dict[str, Any]) -> Iterator[str]:
    yield f"{explained['source']}: read as {explained['format'] or 'nothing'}"
    taken = [f"{column!r} → {field}" for column, field in explained["columns"].items() if field]
    left = [repr(column) for column, field in explained["columns"].items() if not field]
    if explained["columns"]:
        yield f"  columns: {', '.join(taken) or 'none'}"
        yield from [f"  kept in extras: {', '.join(left)}"] if left else []
    for number, record in enumerate(explained["records"][:_SHOWN], start=1):
        yield f"  record {number}: {record['name'] or 'no name'}, {record['title'] or 'no title'}"
        counts = ", ".join(f"{record[key]} {key.replace('_', ' ')}" for key in (*_COUNTED, "bullets"))
        yield f"    {counts}, {record['about_characters']} characters of prose"
    for kind in ("rejected", "notices"):
        yield from (f"  {'rejected' if kind == 'rejected' else 'notice'}: {line}" for line in explained[kind][:_SHOWN])
    records, rejected, notices = (len(explained[kind]) for kind in ("records", "rejected", "notices"))
    yield f"  {records} records, {rejected} rejected, {notices} notices"
