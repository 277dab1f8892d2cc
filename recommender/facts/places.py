"""The levels of a place: "San Jose, CA" → san jose, california, united states."""

from __future__ import annotations

_STATES = {
    "al": "alabama", "ak": "alaska", "az": "arizona", "ar": "arkansas", "ca": "california", "co": "colorado", "ct": "connecticut",
    "de": "delaware", "fl": "florida", "ga": "georgia", "hi": "hawaii", "id": "idaho", "il": "illinois", "in": "indiana", "ia": "iowa",
    "ks": "kansas", "ky": "kentucky", "la": "louisiana", "me": "maine", "md": "maryland", "ma": "massachusetts", "mi": "michigan",
    "mn": "minnesota", "ms": "mississippi", "mo": "missouri", "mt": "montana", "ne": "nebraska", "nv": "nevada", "nh": "new hampshire",
    "nj": "new jersey", "nm": "new mexico", "ny": "new york", "nc": "north carolina", "nd": "north dakota", "oh": "ohio", "ok": "oklahoma",
    "or": "oregon", "pa": "pennsylvania", "ri": "rhode island", "sc": "south carolina", "sd": "south dakota", "tn": "tennessee",
    "tx": "texas", "ut": "utah", "vt": "vermont", "va": "virginia", "wa": "washington", "wv": "west virginia", "wi": "wisconsin",
    "wy": "wyoming", "dc": "district of columbia",
}  # fmt: skip
_COUNTRIES = {
    "usa": "united states",
    "us": "united states",
    "uk": "united kingdom",
    "uae": "united arab emirates",
    "deutschland": "germany",
}


def levels(location: str | None) -> tuple[str, ...]:
    """Every level of a location, case-folded, narrowest first; () where there is none."""
    if not location:
        return ()
    parts = [" ".join(part.split()).casefold().strip(". ") for part in location.split(",")]
    named = [_STATES.get(p, _COUNTRIES.get(p, p)) if i else _COUNTRIES.get(p, p) for i, p in enumerate(parts) if p]
    if named and named[-1] in _STATES.values():
        named.append("united states")
    return tuple(dict.fromkeys(named))
