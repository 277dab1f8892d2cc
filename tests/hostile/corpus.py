"""Inputs that nobody sends by mistake and some on purpose: valid ones bent by a seed, of every size up to the limits.

Everything is drawn from a `random.Random`, so a failing input is named by the seed of the run and its number.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

PAGE = """Orla Finch
Head of Platform Engineering
Leeds, England, United Kingdom
14 years of experience

Core skills
Kubernetes
Distributed Systems

About
Builds platforms that other teams build on; ran the move of 40 services to Kubernetes.

Experience
Northwind Streams
Head of Platform Engineering
Mar 2019 - Present
- Leads four teams that keep 2,000 services running.

Education
University of Bruma
BSc, Computer Science
2004 - 2008
"""

RESUME = """CURRICULUM VITAE
Tomas Reed
Welder | tomas.reed@example.com | +49 170 0000000 | Essen

EXPERIENCE
Welder, Ironbridge Works, 03/2012 - 11/2022
* Welded pressure vessels to EN 13445
Apprentice, Ironbridge Works, 2009 - 2012

SKILLS
TIG welding, blueprint reading, quality control
"""

PROFILE: dict[str, Any] = {
    "id": "orla",
    "name": "Orla Finch",
    "title": "Head of Platform Engineering",
    "location": "Leeds, England, United Kingdom",
    "years_of_experience": 14,
    "badges": ["Open to work"],
    "highlights": ["Ran the move of 40 services to Kubernetes"],
    "core_skills": ["Kubernetes", "Distributed Systems"],
    "other_skills": ["Go", "PostgreSQL"],
    "about": "Builds platforms that other teams build on.",
    "roles": [
        {
            "company": "Northwind Streams",
            "title": "Head of Platform Engineering",
            "start": "2019-03",
            "bullets": ["Leads four teams that keep 2,000 services running."],
            "skills": ["Kubernetes"],
        },
        {"company": "Fernhill Data", "title": "Software Engineer", "start": "2010-01", "end": "2019-02"},
    ],
    "education": [{"school": "University of Bruma", "degree": "BSc", "field": "Computer Science", "end": "2008"}],
    "languages": ["English"],
    "certifications": ["CKA"],
    "contact": {"emails": ["orla@example.com"], "phones": ["+44 20 0000 0000"]},
    "as_of": "2026-01",
}

JSON_RESUME: dict[str, Any] = {
    "basics": {"name": "Tomas Reed", "label": "Welder", "email": "tomas@example.com", "location": {"city": "Essen"}},
    "work": [{"name": "Ironbridge Works", "position": "Welder", "startDate": "2012-03", "highlights": ["Welded"]}],
    "education": [{"institution": "Essen College", "studyType": "Diploma", "endDate": "2009"}],
    "skills": [{"name": "Welding", "keywords": ["TIG", "MIG"]}],
}

WHERE: dict[str, Any] = {
    "location": ["Leeds", "UK"],
    "skills_all": ["k8s"],
    "skills_none": ["COBOL"],
    "years": {"min": 2, "max": 30},
    "seniority": ["senior"],
    "company_ever": ["Northwind Streams"],
    "title_contains": "platform",
    "exclude_ids": ["nobody"],
}

QUESTIONS: tuple[dict[str, Any], ...] = (
    {"like": ["p-1"], "k": 5, "where": WHERE},
    {"text": "platform engineer with Kubernetes, Leeds", "k": 3, "min_score": 10},
    {"profile": PROFILE, "k": 4, "diversity": 0.5, "weights": {"skills": 2.0}},
    {"page": PAGE, "k": 2, "fold_duplicates": True},
    {"like": ["p-1", "p-2"], "unlike": ["p-3"], "exclude_ids": ["p-4"], "k": 1000},
)

#: What stands in for a value.
SCALARS: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 2**31, 2**63, 2**64, 10**30, -(10**400), 1e308, 1e-308, 0.1),
    *("", " ", "\x00", "\ud800", "\u202e", "é́", "🎉", "-", "0000-00", "2020-13", "9999-12", "0001", "Present"),
    *("%", "_", "' OR 1=1 --", "../../etc/passwd", "<script>alert(1)</script>", "{{7*7}}", "\r\nX: y"),
    *("\\", '"', "a,b|c=d"),
)  # fmt: skip

#: What is repeated until a text is long.
MORSELS = (
    *("a", "1", " ", "\n", "\t", ".", "-", "(", "<", "<!--", "<b>", "<style>", "&#", "&amp;"),
    *('"', ",", "=", "|", "a@", "@"),
    *("a@a.a ", "www.", "http://a/", "+49 ", "2010-", "2010 - 2012\n", "Jan 2010 – ", "word ", "Python ", "Python, "),
    *("zxqj ", "é", "漢字", "🎉", "\u200b", "\u0301", "\\u0000", "[", "{", "0.", "iVBORw0KGgo", "Senior Nurse, Acme\n"),
    *("Experience\n", "- led\n", "• ", "Skills: ", "(cid:1)", "a. ", "i. "),
)  # fmt: skip


class Request(NamedTuple):
    """One request: what is sent, and how many profiles it could store at most (processor time is allowed for each)."""

    method: str
    path: str
    body: bytes
    headers: dict[str, str]


def size(rng: random.Random, most: int) -> int:
    """Mostly small; one in fifty up to 100 kB, one in five hundred up to the limit."""
    draw = rng.random()
    if draw < 0.002:
        return rng.randrange(most // 2, most)
    return min(most, rng.randrange(2_000, 100_000) if draw < 0.022 else int(10 ** rng.uniform(0, 3.3)))


def long_text(rng: random.Random, most: int) -> str:
    """A text of morsels: one repeated, two in turns, or many at random."""
    wanted = size(rng, most)
    some = rng.sample(MORSELS, rng.choice((1, 1, 2, 12)))
    if len(some) < 3:
        whole = "".join(some)
        return (whole * (wanted // len(whole) + 1))[:wanted]
    text = "".join(rng.choices(some, k=min(wanted, 20_000)))
    return (text * (wanted // len(text) + 1))[:wanted]


def nested(rng: random.Random) -> Any:
    """Something deep."""
    value: Any = rng.choice(SCALARS)
    for _ in range(rng.choice((2, 30, 900))):
        value = [value] if rng.random() < 0.5 else {"a": value}
    return value


def replacement(rng: random.Random, old: Any, most: int) -> Any:
    """What a value is bent into."""
    kind = rng.randrange(7)
    if kind == 0:
        return long_text(rng, most)
    if kind == 1:
        return nested(rng)
    if kind == 2 and isinstance(old, list) and old:
        return (old * (size(rng, most // 20) // len(json.dumps(old)) + 1))[:5_000]
    if kind == 3:
        return [old, old]
    if kind == 4 and isinstance(old, str):
        at = rng.randrange(len(old) + 1)
        return old[:at] + str(rng.choice(SCALARS)) + old[at:]
    if kind == 5 and isinstance(old, list):
        return [f"{rng.choice(MORSELS)}{number}" for number in range(size(rng, most // 20) // 10 + 1)][:5_000]
    return rng.choice(SCALARS)


def bent(rng: random.Random, value: Any, most: int) -> Any:
    """The value with one or a few things in it changed."""
    value = json.loads(json.dumps(value))
    for _ in range(rng.choice((0, 1, 1, 1, 2, 5))):
        spots = list(_spots(value))
        if not spots:
            return replacement(rng, value, most)
        holder, key = rng.choice(spots)
        if rng.random() < 0.12:
            del holder[key]
        elif isinstance(holder, dict) and rng.random() < 0.12:
            holder[rng.choice(("colour", "e-mail", "", "id", "x" * 300))] = replacement(rng, holder[key], most)
        else:
            holder[key] = replacement(rng, holder[key], most)
    return value


def _spots(value: Any, depth: int = 0) -> Iterator[tuple[Any, Any]]:
    """Every place in a value that can be bent, as what holds it and the key there."""
    inside: Any = ()
    if isinstance(value, dict):
        inside = value.items()
    elif isinstance(value, list):
        inside = enumerate(value[:20])
    for key, inner in inside:
        yield value, key
        if depth < 20:
            yield from _spots(inner, depth + 1)


def as_json(value: Any) -> bytes:
    """As Python's own encoder writes it, NaN, lone surrogates and all."""
    try:
        return json.dumps(value).encode("utf-8", "surrogatepass")
    except (RecursionError, ValueError):
        return b"[" * 5_000


def broken(rng: random.Random, content: bytes) -> bytes:
    """Bytes with some of them wrong, missing, doubled or put in."""
    content = content or b"x"
    at, upto = sorted((rng.randrange(len(content) + 1), rng.randrange(len(content) + 1)))
    kind = rng.randrange(5)
    if kind == 0:
        return content[:at]
    if kind == 1:
        return content[:at] + rng.randbytes(rng.randrange(1, 9)) + content[at:]
    if kind == 2:
        return content[:upto] + content[at:upto] * rng.choice((1, 1, 50)) + content[upto:]
    if kind == 3:
        flipped = bytearray(content)
        for _ in range(rng.choice((1, 3, 40))):
            flipped[rng.randrange(len(flipped))] ^= 1 << rng.randrange(8)
        return bytes(flipped)
    return content[:at] + rng.choice((b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\n", b"{", b"]", b'"')) + content[upto:]


def text(rng: random.Random, most: int) -> str:
    """A page, a résumé, a line of one, or none at all."""
    base = rng.choice((PAGE, RESUME, "senior nurse, ICU, nights, London", ""))
    lines = base.splitlines(keepends=True)
    for _ in range(rng.choice((0, 1, 3))):
        at = rng.randrange(len(lines) + 1)
        lines[at:at] = [long_text(rng, most) if rng.random() < 0.5 else rng.choice(lines or [" "])]
    if rng.random() < 0.2:
        rng.shuffle(lines)
    return "".join(lines)


def _query(rng: random.Random, names: tuple[str, ...]) -> str:
    pairs = []
    for _ in range(rng.choice((0, 1, 2, 2, 4))):
        value = rng.choice((str(rng.choice(SCALARS)), as_json(bent(rng, WHERE, 2_000)).decode("ascii")[:8_000]))
        pairs += [(rng.choice(names), value)] * rng.choice((1, 1, 1, 40))
    return urlencode(pairs, errors="surrogatepass")[:60_000]


def _any_id(rng: random.Random) -> str:
    odd = str(rng.choice((*SCALARS, "a" * 300, "a/b", "similar", "a%2fb", ".", "..")))
    return quote(rng.choice((f"p-{rng.randrange(40)}", odd)), safe="", errors="surrogatepass")


def _body(rng: random.Random, value: Any, most: int) -> bytes:
    content = as_json(bent(rng, value, most))
    return broken(rng, content) if rng.random() < 0.2 else content


JSON = {"content-type": "application/json"}


def _question(rng: random.Random, most: int) -> Request:
    return Request("POST", "/v1/similar", _body(rng, rng.choice(QUESTIONS), most), JSON)


def _count(rng: random.Random, most: int) -> Request:
    path = rng.choice(("/v1/count", "/v1/facets"))
    asked: dict[str, Any] = {"where": WHERE}
    if path == "/v1/facets":
        asked |= {"fields": ["skill", "location", "title"], "limit": 5}
    return Request("POST", path, _body(rng, asked, most), JSON)


def _stored(rng: random.Random, most: int) -> Request:
    profile = {**PROFILE, "id": f"h-{rng.randrange(400)}"}
    form = rng.randrange(6)
    if form == 0:
        return Request("PUT", f"/v1/profiles/{_any_id(rng)}", _body(rng, profile, most), JSON)
    if form == 1:
        body = _body(rng, [profile, {**profile, "id": f"h-{rng.randrange(400)}"}] * rng.choice((1, 1, 3)), most)
        return Request("POST", "/v1/profiles", body, JSON)
    if form == 2:
        lines = [_body(rng, {**profile, "id": f"h-{rng.randrange(400)}"}, most) for _ in range(rng.randrange(1, 5))]
        return Request("POST", "/v1/profiles", b"\n".join(lines), {"content-type": "application/x-ndjson"})
    if form == 3:
        return Request("POST", "/v1/profiles", _body(rng, JSON_RESUME, most), JSON)
    content = text(rng, most).encode("utf-8", "surrogatepass")
    if rng.random() < 0.3:
        content = broken(rng, content)
    return Request("POST", "/v1/profiles", content, {"content-type": "text/plain"})


def _read(rng: random.Random, most: int) -> Request:
    names = ("k", "where", "min_score", "diversity", "cursor", "sort", "limit", "colour")
    return Request("GET", f"/v1/profiles/{_any_id(rng)}/similar?{_query(rng, names)}", b"", {})


def _listed(rng: random.Random, most: int) -> Request:
    names = ("where", "sort", "cursor", "limit", "colour")
    return Request("GET", f"/v1/profiles?{_query(rng, names)}", b"", {})


def _page(rng: random.Random, most: int) -> Request:
    names = ("location", "seniority", "skill", "years", "title", "k", "cursor")
    path = rng.choice(("/", "/profiles", f"/profiles/{_any_id(rng)}", "/match", f"/{_any_id(rng)}"))
    return Request("GET", f"{path}?{_query(rng, names)}", b"", {"accept": "text/html"})


def _pasted(rng: random.Random, most: int) -> Request:
    form = {"text": text(rng, most), "kind": rng.choice(("page", "text", ""))}
    body = urlencode(form, errors="surrogatepass").encode()
    return Request("POST", "/match", body, {"content-type": "application/x-www-form-urlencoded"})


def _odd(rng: random.Random, most: int) -> Request:
    method = rng.choice(("GET", "HEAD", "PUT", "POST", "DELETE", "PATCH", "OPTIONS"))
    path = rng.choice(("/", "/v1", "/v1/profiles", f"/v1/profiles/{_any_id(rng)}", "/healthz", "/metrics", "/docs"))
    kind = rng.choice(("", "application/json", "text/html", "multipart/form-data; boundary=x", "application/pdf", "x"))
    return Request(method, path, rng.randbytes(rng.randrange(200)), {"content-type": kind} if kind else {})


DOORS: tuple[tuple[int, Callable[[random.Random, int], Request]], ...] = (
    (8, _question), (5, _count), (3, _stored), (5, _read), (3, _listed), (4, _page), (2, _pasted), (2, _odd),
)  # fmt: skip


def requests(seed: int, count: int, most: int) -> Iterator[Request]:
    """So many requests over every door; `most`: bytes of the largest texts."""
    rng = random.Random(seed)
    weights = [weight for weight, _ in DOORS]
    for _ in range(count):
        (door,) = rng.choices([door for _, door in DOORS], weights)
        yield door(rng, most)
