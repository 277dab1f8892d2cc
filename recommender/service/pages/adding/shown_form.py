"""`ShownForm`: a profile's form as a page draws it, with what was said of each control and where its value is from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import blake2b

import msgspec

from recommender.messages import ReadNotice
from recommender.profile import Profile, profile_to_json
from recommender.service.pages.adding.form import ENTRIES, SPARE, controls
from recommender.service.pages.adding.marked import Marked


class ShownForm(msgspec.Struct, frozen=True, kw_only=True):
    """Controls by their fields.

    Attributes:
        values: control → what is in it.
        entries: "roles" and "education" → how many there are; those beyond are to be filled in.
        places: field → the number of the mark that it was read from.
        notices: control or entry → what was said of it.
        others: what was said of nothing that has a control.
        base: the profile, as JSON, that the form changes; "" where it is stored.
        version: of the stored profile that is changed.
    """

    values: dict[str, str]
    entries: dict[str, int]
    places: dict[str, int] = {}
    notices: dict[str, tuple[str, ...]] = {}
    others: tuple[str, ...] = ()
    base: str = ""
    version: str = ""

    def listed(self, field: str) -> list[tuple[str, int]]:
        """Of a list, the entries that stand in the text, each with its mark."""
        lines = self.values[field].split("\n")
        places = [(line, self.places.get(f"{field}[{number}]")) for number, line in enumerate(lines)]
        return [(line, place) for line, place in places if place is not None]


def shown_form(
    profile: Profile, notices: Sequence[ReadNotice] = (), marked: Marked | None = None, base: Profile | None = None
) -> ShownForm:
    """The form of a profile, with notices at the controls that they are of."""
    values = controls(profile)
    at, others = dict[str, tuple[str, ...]](), list[str]()
    for notice in notices:
        field = notice.field or ""
        if field in values or f"{field}.title" in values or f"{field}.school" in values:
            at[field] = (*at.get(field, ()), notice.message)
        else:
            others.append(": ".join(part for part in (notice.place, notice.field, notice.message) if part))
    return ShownForm(
        values=values,
        entries={name: len(getattr(profile, name)) for name in ENTRIES},
        places=marked.places if marked else {},
        notices=at,
        others=tuple(others),
        base=profile_to_json(base).decode() if base else "",
        version=version_of(profile),
    )


def sent_again(form: ShownForm, sent: Mapping[str, str]) -> ShownForm:
    """The form with what was sent in it, so that nothing is lost where it could not be saved."""
    more = {name: max((_number(one, name) for one in sent), default=0) for name in ENTRIES}
    entries = {name: max(count, more[name] + 1 - SPARE) for name, count in form.entries.items()}
    values = form.values | {
        name: value.replace("\r\n", "\n") for name, value in sent.items() if "." in name or name in form.values
    }
    return msgspec.structs.replace(form, values=values, entries=entries)


def version_of(profile: Profile) -> str:
    """Another for every version of a profile."""
    return blake2b(profile_to_json(profile), digest_size=12).hexdigest()


def _number(control: str, name: str) -> int:
    inside = control.removeprefix(f"{name}[").partition("]")[0]
    return int(inside) if control.startswith(f"{name}[") and inside.isdigit() and len(inside) < 5 else 0
