"""The command in this process: what it prints and the status it ends with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from recommender.cli import main
from recommender.profile import Profile, Role, profile_to_json
from tests.service.people import HashedWords

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "tamsin.txt"

NURSES = tuple(
    Profile(
        id=f"nurse-{number}",
        name=f"Nurse Number {number}",
        title="Staff Nurse",
        years_of_experience=number,
        core_skills=("Triage", "Patient Care"),
        roles=(Role(title="Staff Nurse", company="Elmfield Infirmary", bullets=(f"Ran ward {number} at night.",)),),
        as_of="2026-10",
    )
    for number in range(1, 6)
)


class Done(NamedTuple):
    status: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setattr("recommender.wiring.load_encoder", lambda *_: HashedWords())
    monkeypatch.setattr("recommender.cli.reading.load_encoder", lambda name: HashedWords())

    def ran(*arguments: str | Path) -> Done:
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        assert isinstance(ended.value.code, int)
        return Done(ended.value.code, out, err)

    return ran


@pytest.fixture
def nurses(tmp_path: Path) -> Path:
    """A file of five nurses."""
    path = tmp_path / "nurses.jsonl"
    path.write_bytes(b"\n".join(map(profile_to_json, NURSES)))
    return path


@pytest.fixture
def pool(run: Run, nurses: Path, tmp_path: Path) -> Path:
    """A pool of five nurses and one engineering manager."""
    data = tmp_path / "pool"
    assert run("ingest", nurses, EXAMPLE, "--data", data).status == 0
    return data
