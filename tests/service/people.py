"""A small fictional pool for the real rooms, and an encoder of hashed words in place of the model."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from functools import cached_property
from typing import Any
from urllib.parse import unquote

import numpy as np
from fastapi import FastAPI
from fastapi.testclient import TestClient
from numpy.typing import NDArray

from recommender.collection import LocalCollection
from recommender.encoding import ProfileEncoder
from recommender.profile import Contact, Education, Profile, Role
from recommender.wiring import Recommender


class Client(TestClient):
    """A client on this machine, that holds every answer to what the application's document says of its route.

    An error of the application comes as its answer.
    """

    def __init__(self, app: FastAPI) -> None:
        super().__init__(app, base_url="http://localhost", raise_server_exceptions=False)
        self.documented = app.openapi()["paths"]

    def request(self, method: str, url: Any, **given: Any) -> Any:
        answer = super().request(method, url, **given)
        path = unquote(answer.request.url.path)
        for template in sorted(self.documented, key=len, reverse=True):
            if re.fullmatch(re.sub(r"\\{\w+\\}", ".+", re.escape(template)), path, re.DOTALL):
                message = self.documented[template].get(method.lower())
                assert message is None or str(answer.status_code) in message["responses"], (method, path, answer.text)
                break
        return answer


class HashedWords:
    """Each word a random sign at a hashed place: texts that share words are close."""

    fingerprint = "hashed-words-64"
    dimension = 64

    def __init__(self) -> None:
        self.calls = 0

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.calls += 1
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        for row, text in enumerate(texts):
            for word in re.findall(r"\w+", text.lower()):
                number = int.from_bytes(hashlib.blake2b(word.encode(), digest_size=4).digest(), "little")
                vectors[row, number % self.dimension] += 1 if number >> 31 else -1
        length = np.linalg.norm(vectors, axis=1, keepdims=True)
        np.divide(vectors, length, out=vectors, where=length > 0)
        return vectors


class Rooms(Recommender):
    """As served, but for the model, and that an empty pool is made where there is none."""

    @cached_property
    def collection(self) -> LocalCollection:
        return LocalCollection(self.settings.folder)

    @cached_property
    def encoder(self) -> HashedWords:
        return HashedWords()

    @cached_property
    def profile_encoder(self) -> ProfileEncoder:
        return ProfileEncoder(self.encoder, self.vocabulary)


PLATFORM = ("Distributed Systems", "Platform Infrastructure", "Kafka")
NURSING = ("Patient Care", "Triage", "Medication Administration")

ADA = Profile(
    id="ada",
    name="Ada Quill",
    title="Engineering Manager",
    location="San Jose, California, United States",
    years_of_experience=16,
    badges=("Open to Work",),
    highlights=("Ran search for 90 million people.",),
    persona="Infrastructure engineer who leads",
    core_skills=PLATFORM,
    other_skills=("GraphQL", "team health"),
    about="I build <b>platforms</b> & the teams behind them.\nBefore that, networks.",
    roles=(
        Role(
            company="Northwind Streams",
            title="Engineering Manager, Content Platform",
            start="2021-03",
            location="Los Gatos, California",
            workplace="hybrid",
            bullets=("Led the catalog platform that serves 200 markets.",),
            skills=("Distributed Systems", "Platform Infrastructure"),
        ),
        Role(
            company="Borealis Mail", title="Senior Software Engineer", start="2014-01", end="2021-03", skills=("Kafka",)
        ),
        Role(company="Borealis Mail", title="Software Engineer", start="2010-01", end="2014-01"),
    ),
    education=(
        Education(school="Harbour University", degree="MSc", field="Computer Science", start="2007", end="2009"),
    ),
    contact=Contact(emails=("ada.quill@example.org",), phones=("+1 555 0100",)),
    as_of="2026-02",
)


def engineer(number: int) -> Profile:
    """One of many platform people; they differ in place, level and years."""
    level = ("Senior ", "Lead ", "")[number % 3]
    return Profile(
        id=f"eng-{number:03}",
        name=f"Robin {chr(65 + number % 26)}{chr(97 + number // 26)}stad",
        title=f"{level}Platform Engineer",
        location=("Austin, Texas, United States", "Berlin, Germany")[number % 2],
        years_of_experience=3 + number % 15,
        core_skills=PLATFORM,
        roles=(
            Role(
                company=f"Company {number}",
                title=f"{level}Platform Engineer",
                start="2019-05",
                bullets=(f"Ran cluster number {number} for the catalog platform.",),
                skills=PLATFORM[:2],
            ),
        ),
        as_of="2026-02",
    )


def nurse(number: int) -> Profile:
    """One of a few nurses."""
    return Profile(
        id=f"nurse-{number}",
        name=f"Sam Wardwell {number}",
        title="Registered Nurse",
        location="Leeds, United Kingdom",
        years_of_experience=4 + number,
        core_skills=NURSING,
        roles=(Role(company="St Aldate Hospital", title="Registered Nurse", start="2020-01", skills=NURSING[:2]),),
        as_of="2026-02",
    )


POOL = (ADA, *(engineer(number) for number in range(104)), *(nurse(number) for number in range(4)))
