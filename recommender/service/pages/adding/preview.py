"""`Preview`: what was read of a file or a text, to be looked at beside it before it is saved."""

from __future__ import annotations

import msgspec

from recommender.messages import ReadNotice
from recommender.profile import Profile
from recommender.reading import Trace
from recommender.service.pages.adding.kinds import kind_of
from recommender.service.pages.adding.marked import Marked, marked
from recommender.service.pages.adding.shown_form import ShownForm, shown_form
from recommender.service.pages.adding.sources import sources

_FORMATS = {
    "page": "a profile page",
    "text": "a résumé",
    "profiles": "a profile in JSON",
    "json-resume": "a JSON Resume",
    "linkedin": "a LinkedIn export",
    "pdf": "a PDF",
    "docx": "a Word document",
    "rtf": "a document in RTF",
    "html": "a page of HTML",
    "xml": "a profile in XML",
    "vcard": "a vCard",
    "yaml": "a résumé in YAML",
    "csv": "a table",
    "parquet": "a table",
}
#: Formats whose text is as it was sent.
_PLAIN = frozenset({"profiles", "json-resume", "xml", "vcard", "yaml", "csv"})


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """One person that was read.

    Attributes:
        format: as it is said ("a résumé").
        original: the text with its marks; None where there is none to be shown.
        replaced: the name of who has this id already.
    """

    profile: Profile
    format: str
    form: ShownForm
    original: Marked | None = None
    replaced: str | None = None


def preview(
    profile: Profile, notices: tuple[ReadNotice, ...], trace: Trace, content: bytes, most: int, replaced: str | None
) -> Preview:
    """What was read, beside the first `most` characters of the text that it was read from."""
    text = text_of(trace, content)
    original = marked(text[:most], sources(profile, text[:most])) if text else None
    form = shown_form(profile, notices, original, base=profile)
    return Preview(
        profile=profile,
        format=_FORMATS.get(trace.format or "", "a file"),
        form=form,
        original=original,
        replaced=replaced,
    )


def text_of(trace: Trace, content: bytes) -> str | None:
    """The text that was read, as it can be shown."""
    text = content.decode(errors="replace") if trace.text is None and trace.format in _PLAIN else trace.text
    return text.replace("\r\n", "\n").removeprefix("\ufeff") if text else None


def is_request(profile: Profile, trace: Trace) -> bool:
    """Whether what was read as a résumé asks for people instead."""
    return trace.format == "text" and kind_of(trace.text or "", profile) == "request"
