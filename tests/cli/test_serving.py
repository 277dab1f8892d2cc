"""`recommender serve` and `demo`, up to where the server would start."""

from __future__ import annotations

import gzip
import socket
from pathlib import Path

import pytest

from recommender.errors import EncoderError
from recommender.profile import Profile, Role, profile_to_json
from recommender.wiring import Recommender
from tests.cli.conftest import Done, Run


def test_a_pool_that_cannot_be_opened_is_one_line_before_the_server_starts(run: Run, tmp_path: Path) -> None:
    (tmp_path / "pool.sqlite").write_bytes(b"no database" * 1000)
    done = run("serve", "--data", tmp_path, "--port", "0")
    assert done.status == 2
    assert done.err.startswith("error: ")
    assert done.err.count("\n") == 1


def test_a_port_out_of_range_is_one_line(run: Run) -> None:
    done = run("serve", "--port", "70000")
    assert done.status == 2
    assert "setting port" in done.err


def one_line(done: Done) -> str:
    """What is said where nothing could be done."""
    assert done.status == 2
    assert done.err.startswith("error: ")
    assert done.err.count("\n") == 1
    return done.err


def test_a_port_that_is_taken_is_one_line_that_names_it(run: Run, pool: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        for command in ("serve", "demo"):
            message = one_line(run(command, "--data", pool, "--port", str(port)))
            assert f"{port} of 127.0.0.1 is taken" in message
            assert "--port" in message


@pytest.mark.parametrize("host", ["no-such-host.invalid", "x" * 70 + ".example", "a..b", "192.0.2.1", "\udce9"])
def test_a_host_that_is_not_this_machine_is_one_line(run: Run, pool: Path, host: str) -> None:
    assert "setting host" in one_line(run("serve", "--data", pool, "--host", host))


def test_a_port_for_privileged_processes_is_one_line(run: Run, pool: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("recommender.service.asgi.server._bind", refuse)
    assert "choose one from 1024 on" in one_line(run("serve", "--data", pool, "--port", "80"))


def test_a_model_that_is_not_there_is_one_line_before_the_server_starts(
    run: Run, pool: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise EncoderError("no model 'no-such-model'")

    monkeypatch.setattr("recommender.wiring.load_encoder", refuse)
    assert "no-such-model" in one_line(run("serve", "--data", pool, "--port", "0"))


def test_demo_without_its_sample_says_so(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recommender.sample_pool.__file__", str(tmp_path / "recommender" / "sample_pool.py"))
    done = run("demo", "--ingest-only", "--data", tmp_path / "pool")
    assert done.status == 2
    assert "the sample pool is not installed" in done.err
    assert not (tmp_path / "pool").exists()


def test_another_address_than_loopback_is_refused_without_a_good_key(run: Run, tmp_path: Path) -> None:
    pool = tmp_path / "pool"
    asked = ("--host", "0.0.0.0", "--port", "0", "--data", pool)
    for command in ("serve", "demo"):
        message = one_line(run(command, *asked))
        assert "there is no key yet; make one with `recommender keys create`" in message
    assert not pool.exists()
    run("keys", "create", "--scope", "read", "--name", "portal", "--data", pool)
    assert "no pool at" in one_line(run("serve", *asked)), "which comes next"
    run("keys", "revoke", "portal", "--data", pool)
    assert "there is no key yet" in one_line(run("serve", *asked))


def test_a_proxy_in_front_of_a_service_without_keys_is_warned_of(run: Run, tmp_path: Path) -> None:
    asked = ("serve", "--port", "0", "--data", tmp_path / "pool")
    for more, said in (((), False), (("--allowed-hosts", "people.example"), True)):
        assert ("warning: no key is needed by whom a proxy lets in" in run(*asked, *more).err) == said
    run("keys", "create", "--scope", "read", "--data", tmp_path / "pool")
    assert "warning" not in run(*asked, "--allowed-hosts", "people.example").err


def test_demo_says_in_one_line_what_was_doubtful_about_its_people(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of three people two have roles side by side."""
    twice = (
        Role(company="Hull Mill", title="Baker", start="2015", end="2020"),
        Role(company="Ely Mill", title="Cook", start="2016", end="2019"),
    )
    people = [Profile(id=f"p{n}", title="Baker", roles=twice[: 2 - n // 2], as_of="2026-01") for n in range(3)]
    with gzip.open(tmp_path / "profiles.jsonl.gz", "wb") as sample:
        sample.write(b"\n".join(map(profile_to_json, people)))
    monkeypatch.setattr("recommender.cli.serving.sample_folder", lambda: tmp_path)
    monkeypatch.setattr("recommender.cli.serving.Recommender", lambda settings, _: Recommender(settings))
    done = run("demo", "--ingest-only", "--data", tmp_path / "pool")
    assert done.status == 0
    listing = f"which `recommender read {tmp_path / 'profiles.jsonl.gz'}` lists"
    assert done.err == f"3 fictional profiles in {tmp_path / 'pool'}; 2 doubts about them, {listing}\n"
    assert run("read", tmp_path / "profiles.jsonl.gz").err.count("overlaps") == 2
