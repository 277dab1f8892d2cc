"""Half an hour of everything at once: nothing fails, and nothing grows. `SOAK_MINUTES` makes it shorter or longer."""

from __future__ import annotations

import os
import random
import sys
import threading
import time
from pathlib import Path

import httpx
import msgspec
import pytest

from recommender.profile import profile_to_json
from recommender.settings import Settings
from tests.service.live import serving
from tests.service.people import POOL, Rooms, engineer, nurse

MINUTES = float(os.environ.get("SOAK_MINUTES", "30"))
#: The share of the time after which memory is taken as settled: five minutes of thirty.
SETTLED = 1 / 6


def ask(client: httpx.Client, rng: random.Random, number: int) -> httpx.Response:
    """Any of what clients do."""
    person = engineer(rng.randrange(100)) if rng.random() < 0.7 else nurse(rng.randrange(30))
    match rng.randrange(8):
        case 0:
            somebody = msgspec.structs.replace(person, id=f"soak-{number % 40}")
            return client.put(f"/v1/profiles/{somebody.id}", content=profile_to_json(somebody))
        case 1:
            return client.delete(f"/v1/profiles/soak-{rng.randrange(40)}")
        case 2:
            return client.post("/v1/similar", json={"text": f"nurse, triage, {rng.randrange(20)} years"})
        case 3:
            return client.post(
                "/v1/count", json={"where": {"skills_all": ["Kafka"], "years": {"min": rng.randrange(9)}}}
            )
        case 4:
            return client.get(f"/profiles/{person.id}")
        case 5:
            return client.get("/v1/suggest", params={"q": str(person.name)[: rng.randrange(2, 9)]})
        case _:
            return client.get(f"/v1/profiles/{person.id}/similar", params={"k": rng.choice((5, 10))})


@pytest.mark.slow
def test_nothing_fails_and_nothing_grows(tmp_path: Path) -> None:
    with Rooms(Settings.load(data=tmp_path / "pool")) as recommender:
        list(recommender.ingest(POOL))
    until = time.monotonic() + MINUTES * 60
    failed: list[tuple[str, int]] = []
    answered = [0] * 6

    def client(own: int, address: str) -> None:
        rng = random.Random(own)
        with httpx.Client(base_url=address, timeout=60) as there:
            while time.monotonic() < until:
                response = ask(there, rng, answered[own])
                answered[own] += 1
                if response.status_code >= 500:
                    failed.append((response.text, response.status_code))

    resident, files = list[int](), list[int]()
    # many a renewal a minute: what came since the last is held in memory, and is not to be taken for what grows
    with serving(tmp_path, answers_bytes=2 * 2**20, tail_rows=100) as server:
        address = f"http://127.0.0.1:{server.port}"
        clients = [threading.Thread(target=client, args=(own, address)) for own in range(6)]
        for one in clients:
            one.start()
        settled = time.monotonic() + MINUTES * 60 * SETTLED
        process = Path(f"/proc/{server.process.pid}")
        while time.monotonic() < until:
            time.sleep(min(5.0, MINUTES))
            if time.monotonic() > settled:
                resident.append(int((process / "statm").read_text().split()[1]))
                files.append(len(list((process / "fd").iterdir())))
        for one in clients:
            one.join()
    assert failed == []
    assert min(answered) > 10 * MINUTES
    fifth = max(1, len(resident) // 5)
    before, after = (sum(part) / len(part) for part in (resident[:fifth], resident[-fifth:]))
    pages = os.sysconf("SC_PAGE_SIZE") / 2**20
    held = f"{before * pages:.1f} MB, then {after * pages:.1f}; {files[0]} to {files[-1]} files"
    sys.stdout.write(f"{sum(answered)} answers; {held}\n")  # which pytest shows by -rP
    assert after < before * 1.05, "memory grew"
    assert max(files[-fifth:]) <= max(files[:fifth]) + 8, "files stayed open"
