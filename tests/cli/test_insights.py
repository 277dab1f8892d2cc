"""`recommender insights`: of a stored profile and of files."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from recommender.cli import cli
from recommender.profile import profile_to_json
from tests.insights.people import ENGINEER, HEAD


def test_every_profile_of_a_file_is_told_of(tmp_path: Path) -> None:
    file = tmp_path / "people.jsonl"
    file.write_bytes(profile_to_json(ENGINEER) + b"\n" + profile_to_json(HEAD) + b"\n")
    done = CliRunner().invoke(cli, ["insights", str(file), "--json"])
    assert done.exit_code == 0
    first, second = map(json.loads, done.stdout.splitlines())
    assert first["profile_id"] == "mara"
    assert first["highlights"][1]["fields"] == ["roles[0].bullets[0]"]
    assert second["persona"]["text"].startswith("Director of Nursing")


def test_lines_for_people_name_sources(tmp_path: Path) -> None:
    file = tmp_path / "mara.json"
    file.write_bytes(profile_to_json(ENGINEER))
    lines = CliRunner().invoke(cli, ["insights", str(file)]).stdout.splitlines()
    assert lines[0] == "mara"
    said = "  Cut the time of a booking from 9 seconds to 400 ms with Kafka and Cassandra."
    assert f"{said}  [derived: roles[0].bullets[0]]" in lines
    assert lines[-2].startswith("  Core skills (derived): ")


def test_a_pool_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    assert CliRunner().invoke(cli, ["insights", "mara", "--data", str(tmp_path / "none")]).exception is not None
