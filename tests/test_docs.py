"""The README is run: every command, every request, every line of Python, in order, with the real model and sample."""

from __future__ import annotations

import re
import shlex
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from recommender.cli import COMMANDS, main
from recommender.profile import Education, Profile, Role
from recommender.service import create_app
from recommender.settings import Settings
from tests.service.people import Client

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DESIGN = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, flags=re.MULTILINE | re.DOTALL)


COMMAND_LINES = [line[2:] for block in blocks("console") for line in block.splitlines() if line.startswith("$ ")]
REQUESTS = [line for block in blocks("sh") for line in block.splitlines() if line.startswith("curl ")]


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An empty folder beside which only `docs/` is."""
    folder = tmp_path_factory.mktemp("elsewhere")
    (folder / "docs").symlink_to(ROOT / "docs")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        yield folder


def test_the_readme_shows_commands_requests_and_python() -> None:
    assert len(COMMAND_LINES) >= 5
    assert len(REQUESTS) >= 4
    assert len(blocks("python")) >= 1


def test_commands_and_python_run_in_order(
    elsewhere: Path, sample_pool: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(sample_pool, elsewhere / "pool")  # what the first command makes, which takes a minute
    for line in COMMAND_LINES:
        program, *arguments = shlex.split(line)
        assert program == "recommender"
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        out, err = capfd.readouterr()
        # nobody there works for the company that one example leaves out
        message = [said for said in err.splitlines() if not said.startswith("warning: no profile in the pool has ")]
        assert ended.value.code == 0, line
        assert message == [] or (" demo " in line and len(message) == 1), line
        assert out.strip() or " demo " in line, line
        assert re.fullmatch(r"[1-9]\d*", out.strip()) or " count " not in line, f"{line} counts nobody"
        assert "  5. " in out or " similar " not in line or "--json" in line, f"{line} finds few"
    for block in blocks("python"):
        names: dict[str, object] = {}
        exec(compile(block, "README.md", "exec"), names)
        assert names["answer"].generation > 0  # type: ignore[attr-defined]


def test_requests_are_answered(sample_pool: Path) -> None:
    with Client(create_app(Settings.load(data=sample_pool))) as client:
        for line in REQUESTS:
            words = shlex.split(line)
            path = next(word for word in words[1:] if word.startswith("localhost:8000")).removeprefix("localhost:8000")
            if "--json" in words:
                body = words[words.index("--json") + 1]
                answer = client.post(path, content=body, headers={"content-type": "application/json"})
            else:
                answer = client.get(path)
            assert answer.status_code == 200, (line, answer.text)
            assert answer.json(), line


def test_every_make_target_named_in_the_readme_exists() -> None:
    makefile = (ROOT / "Makefile").read_text()
    named = set(re.findall(r"\bmake ([a-z-]+)", " ".join(blocks("sh") + re.findall(r"`[^`]+`", README))))
    assert {"serve", "test"} <= named
    assert all(re.search(rf"^{target}:", makefile, flags=re.MULTILINE) for target in named)


def test_the_settings_named_in_the_readme_are_all_there_are() -> None:
    named = set(re.findall(r"RECOMMENDER_([A-Z_]+)", README))
    assert named == {name.upper() for name in Settings.model_fields}


def test_the_settings_that_are_options_too_are_those_that_the_readme_says() -> None:
    section = README.split("## Settings")[1].split("\n## ")[0]
    said = set(re.findall(r"`--([a-z-]+)`", section.split("are options")[0]))
    assert said == {name for name in options() if name.replace("-", "_") in Settings.model_fields}


def options() -> set[str]:
    """The long options of every command, without their dashes."""
    found: set[str] = set()
    commands: list[click.Command] = list(COMMANDS)
    while commands:
        command = commands.pop()
        commands += command.commands.values() if isinstance(command, click.Group) else []
        found |= {option.lstrip("-") for parameter in command.params for option in parameter.opts if option[:2] == "--"}
    return found


def test_what_make_test_leaves_out_is_said() -> None:
    """`make test` runs all but three marks, each with a target of its own that the README or the Makefile says."""
    makefile = (ROOT / "Makefile").read_text()
    left_out = set(re.findall(r"not (\w+)", re.findall(r"^test: .*\n.*-m \"(.*)\"", makefile, flags=re.MULTILINE)[0]))
    assert left_out == set(re.findall(r"pytest -m (\w+)", makefile)) == {"slow", "faults", "ray"}
    assert all(f"test-{mark}" in README for mark in left_out)


def test_the_commands_of_the_design_exist() -> None:
    assert {"read", "ingest", "similar", "count", "match", "delete", "compact", "backup", "restore", "check"} <= {
        command.name for command in COMMANDS
    }


def test_the_table_of_the_design_lists_every_package_in_the_order_of_imports() -> None:
    listed = re.findall(r"^\| `(\w+)(?:/|\.py)` \|", DESIGN, flags=re.MULTILINE)
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    assert listed == layers[::-1]


def test_the_json_of_the_design_has_the_keys_of_a_profile_in_their_order() -> None:
    drawn = DESIGN.split("one object a line:")[1].split("```")[1]
    nested = {"roles": Role, "education": Education}
    for key, kind in nested.items():
        inner = re.findall(rf'"{key}": \[\{{(.*?)\}}\]', drawn)[0]
        assert tuple(re.findall(r'"(\w+)"', inner)) == kind.__struct_fields__
        drawn = drawn.replace(inner, "")
    assert tuple(re.findall(r'"(\w+)"', drawn)) == Profile.__struct_fields__


def test_links_of_the_documents_lead_somewhere() -> None:
    folders = (ROOT / "docs", ROOT / "benchmarks")
    for document in [*ROOT.glob("*.md"), *(path for folder in folders for path in folder.rglob("*.md"))]:
        for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).exists(), f"{document.name}: {target}"
