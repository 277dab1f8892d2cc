"""Who may see who is likely to move: nobody from the person's own employer, by no route, and nobody without the right.

Two services are asked the same: over people with outlooks and badges, and over the same people without those that the
viewer is not to see. Whoever may not see them gets the same answers from both, to the byte.
"""

from __future__ import annotations

import importlib
import random
import re
import struct
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest
from fastapi.testclient import TestClient

from recommender.insights.moving import employers, is_same_company
from recommender.keys import KeyFile, Scope
from recommender.profile import Profile
from recommender.service import create_app
from recommender.settings import Settings
from tests.insights.moving.people import mover, stayer
from tests.service.people import POOL, Client, Rooms

INFERRED = 'aria-label="Inferred badge"'
SWITCH, OPEN = "Most Likely To Switch", "Open To Work"
COMPANIES = ("Acme, Inc.", "ACME Robotics GmbH", "Globex", "Initech / Acme", "Hooli Ltd", "Acmeda")
GROUPS = "Umbrella=Acmé|Hooli"


class Viewer(NamedTuple):
    """Somebody who asks, and the companies whose people they see nothing of."""

    company: str | None
    scopes: tuple[Scope, ...]
    own: tuple[str, ...]
    sees_others: bool


READ = (Scope.READ, Scope.CONTACT, Scope.WRITE)
EMPLOYER = Viewer("acme ltd", (*READ, Scope.MOVES), ("Acme", "Hooli", "Umbrella"), True)
SUBSIDIARY = Viewer("Hooli", (*READ, Scope.MOVES), ("Acme", "Hooli", "Umbrella"), True)
OTHER = Viewer("Globex Corp", (*READ, Scope.MOVES), ("Globex",), True)
UNSCOPED = Viewer("Recruiters United", READ, ("Recruiters United",), False)
NAMELESS = Viewer(None, (*READ, Scope.MOVES), (), False)
VIEWERS = (EMPLOYER, SUBSIDIARY, OTHER, UNSCOPED, NAMELESS)


def people(seed: int) -> list[Profile]:
    """A random pool: employers, badges and careers mixed."""
    rng = random.Random(seed)
    found = [*POOL[:6]]
    for number in range(14):
        made = rng.choice((mover, mover, stayer))()
        company = rng.choice(COMPANIES)
        roles = (msgspec.structs.replace(made.roles[0], company=company), *made.roles[1:])
        badges = tuple(rng.sample((SWITCH, OPEN, "Top Contributor"), rng.randrange(4)))
        found.append(
            msgspec.structs.replace(
                made,
                id=f"p{number}",
                name=f"Person {number}",
                roles=roles,
                badges=badges,
                core_skills=("Linux", "Python"),
                extras={"old badges": list(badges)} if rng.random() < 0.3 else {},
            )
        )
    return found


def is_own(person: Profile, viewer: Viewer) -> bool:
    return any(is_same_company(one, own) for one in employers(person) for own in viewer.own)


def without(person: Profile, viewer: Viewer) -> Profile:
    """Somebody as if they had never had what this viewer is not to see."""
    own = is_own(person, viewer)
    gone = {SWITCH, OPEN} if own else set() if viewer.sees_others else {SWITCH}
    kept = [badge for badge in person.badges if badge not in gone]
    extras = {key: [b for b in held if b not in gone] for key, held in person.extras.items()}
    return msgspec.structs.replace(person, badges=tuple(kept), extras=extras)


def serve(folder: Path, pool: list[Profile], **settings: Any) -> TestClient:
    """A service over a pool; those of one folder have the same keys."""
    given = {"moves": True, "company_groups": (GROUPS,), "access": folder.parent / "access"} | settings
    made = Settings.load(data=folder / "pool", **given)
    with Rooms(made) as recommender:
        list(recommender.ingest(pool))
    return Client(create_app(made, Rooms))


def key(folder: Path, viewer: Viewer) -> dict[str, str]:
    """The header of a new key."""
    scopes = frozenset(viewer.scopes)
    return {"x-api-key": KeyFile(folder / "access").create(scopes, NOW, None, viewer.company, None)[1]}


NOW = datetime(2026, 1, 1, tzinfo=UTC)
IDS = ("p0", "p3", "p7", "p11", "p13")


def questions(generation: int) -> Iterator[tuple[str, str, Any]]:
    """Method, address and body of what may be asked, by every route that says anything of people."""
    for at in IDS:
        for path in ("/v1/profiles/{}", "/v1/profiles/{}/insights", "/v1/profiles/{}/similar?k=50", "/profiles/{}"):
            yield "GET", path.format(at), None
        yield "GET", f"/edit/{at}", None
        yield "GET", f"/delete/{at}", None
    wheres = (
        'badges="Most Likely To Switch"', 'badge:"open to work"', 'NOT badge:"Most likely to switch"',
        'badge:"most likely to switch" company_now:acme', 'badges="Top Contributor"',
        'python AND (badge:"open to work" OR badge:"most likely to switch")',
    )  # fmt: skip
    for where in wheres:
        for sort in ("id", "name", "updated", "-updated", "years"):
            yield "GET", f"/v1/profiles?where={where.replace(' ', '%20')}&sort={sort}&limit=3", None
        yield "GET", f"/v1/profiles/p0/similar?where={where.replace(' ', '%20')}", None
    for badge in (SWITCH, OPEN):
        yield "GET", f"/profiles?badge={badge}", None
        yield "GET", f"/profiles/p0?badge={badge}", None
        yield "GET", f"/values?of=badge&q={badge[:6]}", None
        yield "GET", f"/search?q={badge}", None
        yield "GET", f"/v1/suggest?q={badge}", None
        yield "GET", f"/profiles.csv?badge={badge}", None
        yield "GET", f"/profiles.json?badge={badge}", None
        yield "GET", f"/matches.json?of=p0&badge={badge}", None
        yield "POST", "/v1/understand", {"text": f"python, {badge}"}
        yield "POST", "/v1/similar", {"text": f"systems administrator {badge}", "where": {"badges": [badge]}}
        yield "POST", "/v1/similar", {"like": ["p1"], "where": {"not": {"badges": [badge]}}, "k": 30}
        either: dict[str, Any] = {"any_of": [{"badges": [badge]}, {"name": "x"}]}
        for condition in ({"badges": [badge]}, {"not": {"badges": [badge]}}, either):
            yield "POST", "/v1/count", {"where": condition}
            yield "POST", "/v1/facets", {"where": condition, "fields": ["badge", "company", "title", "seniority"]}
    yield "POST", "/v1/facets", {"fields": ["badge"], "limit": 1}
    yield "POST", "/v1/facets", {"fields": ["badge"]}
    for value in ("yes", "no"):  # passed over where whoever asks has no such control
        for page in ("/profiles", "/profiles/p0", "/map", "/map/points", "/profiles.csv", "/profiles.json", "/search"):
            yield "GET", f"{page}?moves={value}&q=python", None
        yield "GET", f"/matches.csv?of=p0&moves={value}", None
        yield "GET", f"/values?of=company&q=a&moves={value}", None
        yield "GET", f"/values?of=badge&about=p3&moves={value}&moves=no", None
    for badge in (SWITCH, OPEN):
        for page in ("/map", "/map/points", "/map/points?near=p0&by=seniority"):
            yield "GET", f"{page}{'&' if '?' in page else '?'}badge={badge}", None
    for number in range(4):
        yield "GET", f"/map/person?n={number}&g={generation}", None
    yield "GET", f"/map/where?id=p0&id=p3&g={generation}", None
    ids = "&".join(f"id={one}" for one in IDS[:4])
    for page in ("/", "/profiles", "/overview", f"/compare?{ids}", f"/shortlist?{ids}", f"/shortlist.csv?{ids}"):
        yield "GET", page, None
    yield "GET", f"/shortlist.json?{ids}", None


def picture(client: TestClient, headers: dict[str, str]) -> int:
    """The generation of the picture of the map, which is worked out beside."""
    for _ in range(300):
        answer = client.get("/map/points", headers=headers)
        if answer.status_code == 200:
            return int(struct.unpack_from("<4sII", answer.content)[2])
        time.sleep(0.05)
    raise AssertionError("the map was never drawn")


def moves() -> Iterator[tuple[str, str, Any]]:
    """The same by the filter and the facet that those have who may."""
    for where in ({"likely_to_move": True}, {"likely_to_move": False}, {"not": {"likely_to_move": True}}):
        yield "POST", "/v1/count", {"where": where}
        yield "POST", "/v1/similar", {"like": ["p1"], "where": where, "k": 30}
        yield "POST", "/v1/facets", {"where": where, "fields": ["likely_to_move", "badge", "company"]}
        both = {"all_of": [where, {"company_now": ["Acme", "Hooli", "Globex"]}]}
        yield "POST", "/v1/count", {"where": both}
    for written in ("likely_to_move=true", "likely_to_move:false", "likely_to_move:true company_now:acme"):
        yield "GET", f"/v1/profiles?where={written}&sort=-updated", None
        yield "GET", f"/v1/profiles/p0/similar?where={written}&k=20", None
        yield "GET", f"/v1/profiles/p0/similar?where={written}&explain=plan", None


def asked(
    client: TestClient, headers: dict[str, str], method: str, path: str, body: Any
) -> tuple[int, bytes, str | None]:
    given = client.request(method, path, json=body, headers=headers, follow_redirects=False)
    if "explain" in path:  # which says how long it took
        return given.status_code, re.sub(rb'"took_ms":[^,}]*', b"", given.content), None
    return given.status_code, given.content, given.headers.get("etag")


@pytest.mark.parametrize("viewer", VIEWERS)
@pytest.mark.parametrize("seed", [1, 2])
def test_a_viewer_gets_what_they_would_if_what_they_may_not_see_had_never_been(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, viewer: Viewer, seed: int
) -> None:
    pool = people(seed)
    real = serve(tmp_path / "real", pool)
    deriving = importlib.import_module("recommender.insights.derive")
    outlook = deriving.outlook

    def hidden(profile: Profile, facts: Any) -> Any:
        return None if is_own(profile, viewer) or not viewer.sees_others else outlook(profile, facts)

    monkeypatch.setattr(deriving, "outlook", hidden)
    bare, headers = serve(tmp_path / "bare", [without(one, viewer) for one in pool]), key(tmp_path, viewer)
    with real, bare:
        generation = picture(real, headers)
        assert picture(bare, headers) == generation
        for method, path, body in (*questions(generation), *(moves() if viewer.sees_others else ())):
            first, second = (asked(one, headers, method, path, body) for one in (real, bare))
            assert first[0] in (200, 303), (method, path, first)
            lines = zip(first[1].splitlines(), second[1].splitlines(), strict=False)
            differing = [pair for pair in lines if pair[0] != pair[1]]
            assert first == second, (method, path, body, differing[:2])


def counted(client: TestClient, headers: dict[str, str], where: dict[str, Any]) -> int:
    answer = client.post("/v1/count", json={"where": where}, headers=headers)
    assert answer.status_code == 200, answer.text
    return int(answer.json()["count"])


def test_who_has_the_right_filters_counts_and_sees_it(tmp_path: Path) -> None:
    """Of twelve movers half work at Acme; stayers are not likely to move, but where their page says so."""
    movers = [_at(mover("Acme" if n % 2 else "Globex"), f"m{n}") for n in range(12)]
    stayers = [_at(stayer(), f"s{n}") for n in range(3)]
    marked = msgspec.structs.replace(_at(stayer(), "marked"), badges=(SWITCH,))
    client = serve(tmp_path / "real", [*movers, *stayers, marked])
    united, acme = (
        key(tmp_path, Viewer(company, (*READ, Scope.MOVES), (), True)) for company in ("Recruiters United", "ACME GmbH")
    )
    with client:
        assert [counted(client, who, {"likely_to_move": True}) for who in (united, acme)] == [13, 7]
        assert [counted(client, who, {"likely_to_move": False}) for who in (united, acme)] == [3, 9]
        assert [counted(client, who, {"badges": [SWITCH]}) for who in (united, acme)] == [1, 1]
        facets = client.post("/v1/facets", json={"fields": ["likely_to_move"]}, headers=acme).json()
        assert facets["facets"] == {"likely_to_move": [{"value": "true", "count": 7}]}
        said = client.get("/v1/profiles/m1/insights", headers=united).json()["moving"]
        assert (said["badge"], said["ratio"] >= 1.5, said["fields"][0]) == (True, True, "as_of")
        assert client.get("/v1/profiles/m1/insights", headers=acme).json()["moving"] is None
        assert INFERRED in client.get("/profiles/m1", headers=united).text
        assert INFERRED not in client.get("/profiles/m1", headers=acme).text


def _at(person: Profile, name: str) -> Profile:
    return msgspec.structs.replace(person, id=name, core_skills=("Linux",))


@pytest.mark.parametrize(
    ("settings", "viewer"),
    [({}, UNSCOPED), ({}, NAMELESS), ({"moves": False}, OTHER)],
    ids=["no scope", "no company", "the setting is off"],
)
def test_without_the_right_it_is_no_filter_and_no_facet(
    tmp_path: Path, settings: dict[str, Any], viewer: Viewer
) -> None:
    client, headers = serve(tmp_path / "real", [_at(mover(), "m")], **settings), key(tmp_path, viewer)
    where = {"likely_to_move": True}
    with client:
        for path, body in (
            ("/v1/count", {"where": where}),
            ("/v1/count", {"where": {"not": {"any_of": [where]}}}),
            ("/v1/facets", {"fields": ["likely_to_move"]}),
            ("/v1/facets", {"where": where}),
            ("/v1/similar", {"like": ["m"], "where": where}),
        ):
            assert client.post(path, json=body, headers=headers).status_code == 403, path
        for path in ("/v1/profiles?where=likely_to_move=true", "/v1/profiles/m/similar?where=likely_to_move=true"):
            assert client.get(path, headers=headers).status_code == 403, path
        assert client.get("/v1/profiles/m/insights", headers=headers).json()["moving"] is None


def test_where_no_key_is_needed_the_setting_alone_decides(tmp_path: Path) -> None:
    for moves, badges in ((False, []), (True, [SWITCH])):
        person = msgspec.structs.replace(_at(mover(), "m"), badges=(SWITCH,))
        with serve(tmp_path / str(moves), [person], moves=moves) as client:
            assert client.get("/v1/profiles/m").json()["badges"] == badges
            assert (client.get("/v1/profiles/m/insights").json()["moving"] is not None) is moves


def test_an_answer_that_is_kept_for_one_company_is_not_given_to_another(tmp_path: Path) -> None:
    """Two keys of the same scopes ask the same address, before and after it is kept."""
    people_ = [_at(mover("Acme" if n % 2 else "Globex"), f"m{n}") for n in range(8)]
    client = serve(tmp_path / "real", people_)
    acme, globex = (key(tmp_path, Viewer(one, (*READ, Scope.MOVES), (), True)) for one in ("Acme", "Globex"))
    path = "/v1/profiles/m0/similar?where=likely_to_move=true&k=20"
    with client:
        for _ in range(2):
            for who, expected in ((acme, {"m2", "m4", "m6"}), (globex, {"m1", "m3", "m5", "m7"})):
                answer = client.get(path, headers=who)
                assert {match["profile_id"] for match in answer.json()["matches"]} == expected
                assert client.get(path, headers=who | {"if-none-match": answer.headers["etag"]}).status_code == 304
        tags = {client.get(path, headers=who).headers["etag"] for who in (acme, globex)}
        assert len(tags) == 2


def test_who_may_not_see_a_badge_neither_wipes_it_out_nor_finds_it_by_writing(tmp_path: Path) -> None:
    marked, plain = (
        msgspec.structs.replace(_at(mover(), name), badges=badges)
        for name, badges in (("marked", (SWITCH, "Top Contributor")), ("plain", ("Top Contributor",)))
    )
    client = serve(tmp_path / "real", [marked, plain])
    acme = key(tmp_path, Viewer("Acme", (*READ, Scope.MOVES), (), True))
    united = key(tmp_path, Viewer("Recruiters United", (*READ, Scope.MOVES), (), True))
    with client:
        changes: tuple[dict[str, Any], ...] = (
            {},
            {"badges": ["Top Contributor", SWITCH]},
            {"title": "Director"},
            {"badges": []},
        )
        for change in changes:
            answers = []
            for name in ("marked", "plain"):
                shown = client.get(f"/v1/profiles/{name}", headers=acme).json()
                before = client.post("/v1/count", json={}, headers=acme).json()["generation"]
                answer = client.put(f"/v1/profiles/{name}", json=shown | change, headers=acme).json()
                now = client.get(f"/v1/profiles/{name}", headers=acme).json()
                answers.append((answer["generation"] - before, answer["notices"], now | {"id": ""}))
            assert answers[0] == answers[1], change
        assert client.get("/v1/profiles/marked", headers=united).json()["badges"] == [SWITCH]
        assert client.get("/v1/profiles/plain", headers=united).json()["badges"] == []


def test_to_write_another_employer_is_no_way_to_see_a_badge(tmp_path: Path) -> None:
    client = serve(tmp_path / "real", [msgspec.structs.replace(_at(stayer(), "m"), badges=(SWITCH,))])
    fjord = key(tmp_path, Viewer("Fjord", (*READ, Scope.MOVES), (), True))
    with client:
        shown = client.get("/v1/profiles/m", headers=fjord).json()
        shown["roles"] = [role | {"company": "Elsewhere"} for role in shown["roles"]]
        assert client.put("/v1/profiles/m", json=shown, headers=fjord).status_code == 200
        assert client.get("/v1/profiles/m", headers=fjord).json()["badges"] == []


def test_no_route_looks_at_the_pool_but_as_its_caller_sees_it() -> None:
    routes = Path(importlib.import_module("recommender.service.routes").__file__ or "").parent
    direct = {
        file.name
        for file in routes.rglob("*.py")
        if "recommender.collection.view()" in file.read_text(encoding="utf-8")
    }
    assert direct == {"operations.py"}, "it says how many people there are, and nothing of them"


def test_who_has_the_right_has_a_control_on_every_page_of_people_and_a_column(tmp_path: Path) -> None:
    """Of twelve movers half work at Acme, of whom Acme is told nothing; nobody else has a control or a column."""
    movers = [_at(mover("Acme" if n % 2 else "Globex"), f"m{n}") for n in range(12)]
    client = serve(tmp_path / "real", [*movers, *(_at(stayer(), f"s{n}") for n in range(3))])
    united = key(tmp_path, Viewer("Recruiters United", (*READ, Scope.MOVES), (), True))
    acme = key(tmp_path, Viewer("ACME GmbH", (*READ, Scope.MOVES), (), True))
    unscoped = key(tmp_path, UNSCOPED)

    def ids(path: str, headers: dict[str, str]) -> set[str]:
        return {row["id"] for row in client.get(path, headers=headers).json()["people"]}

    with client:
        picture(client, united)
        for page in ("/profiles", "/profiles/m0", "/map"):
            assert 'id="facet-moves"' in client.get(page, headers=united).text
            assert 'id="facet-moves"' not in client.get(page, headers=unscoped).text
        assert "Take away the filter likely to move" in client.get("/profiles?moves=yes", headers=united).text
        assert ids("/profiles.json?moves=yes", united) == {f"m{n}" for n in range(12)}
        assert ids("/profiles.json?moves=yes", acme) == {f"m{n}" for n in range(0, 12, 2)}
        assert ids("/profiles.json?moves=no", united) == {"s0", "s1", "s2"}
        everybody = {*(f"m{n}" for n in range(12)), "s0", "s1", "s2"}
        assert ids("/profiles.json?moves=yes&moves=no", united) == everybody
        assert ids("/profiles.json?moves=yes", unscoped) == everybody
        said = [
            {row["id"]: row.get("likely_to_move") for row in client.get("/profiles.json", headers=who).json()["people"]}
            for who in (united, acme, unscoped)
        ]
        assert [found["m0"] for found in said] == ["yes", "yes", None]
        assert [found["m1"] for found in said] == ["yes", "no", None]
        assert [found["s0"] for found in said] == ["no", "no", None]
        first = client.get("/profiles.csv", headers=unscoped).text.splitlines()[0]
        assert "move" not in first
        assert "Likely to move" in client.get("/matches.csv?of=m0", headers=united).text.splitlines()[0]
