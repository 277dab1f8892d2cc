"""Connections that stay, creep or break off, and the end of a server; against a real one."""

from __future__ import annotations

import json
import signal
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.service.live import Live, answer, head, serving

#: Settings under which nothing is waited for long.
SHORT = {"header_seconds": 1, "body_seconds": 1.5, "stop_seconds": 2, "max_connections": 40}


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with serving(tmp_path_factory.mktemp("live"), **SHORT) as live:
        yield live


def waited(until: Callable[[], bool], seconds: float = 60) -> bool:
    """Whether it came true in time."""
    end = time.monotonic() + seconds
    while not until() and time.monotonic() < end:
        time.sleep(0.05)
    return until()


def is_cut_off(there: socket.socket, part: bytes, pause: float = 0.05) -> bool:
    """Whether the server ends the connection on which this is sent again and again."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            there.sendall(part)
        except OSError:
            return True
        time.sleep(pause)
    return False


def counted(live: Live, route: str, status: int) -> int:
    """Requests of a route that ended so."""
    measure = f'route="{route}",status="{status}"}} '.encode()
    lines = [line for line in live.ask("GET /metrics")[1].splitlines() if measure in line and b"_total" in line]
    return int(float(lines[0].rpartition(b" ")[2])) if lines else 0


def test_idle_and_slow_connections_lock_nobody_out(live: Live) -> None:
    """Three times as many as are held: some silent, some in the midst of a head, some in the midst of a body."""
    held = [live.connect() for _ in range(60)]
    creeping = [live.connect() for _ in range(60)]
    for number, one in enumerate(creeping):
        one.sendall(b"GET /heal" if number % 2 else head("POST /v1/count", content_length="100") + b"{")
    try:
        for _ in range(5):
            assert live.ask("GET /healthz")[0] == 200
            assert live.ask("POST /v1/count", b"{}")[0] == 200
        held[-1].sendall(head("GET /healthz"))  # the newest of the idle had not been in the way
    finally:
        for one in [*held, *creeping]:
            one.close()


@pytest.mark.parametrize("begun", [b"", b"GET /healthz HT", b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n", b"\r\n"])
def test_a_head_has_its_time(live: Live, begun: bytes) -> None:
    with live.connect() as there:
        there.sendall(begun)
        status, _ = answer(there)  # would last a minute
    assert status == (408 if begun.strip() else 0)


def test_a_head_that_creeps_ends_all_the_same(live: Live) -> None:
    with live.connect() as there:
        there.sendall(b"GET /healthz HTTP/1.1\r\n")
        assert is_cut_off(there, b"x-more: 1\r\n")


def test_a_head_has_a_size(live: Live) -> None:
    with live.connect() as there:
        there.sendall(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\nx-long: ")
        assert is_cut_off(there, b"x" * 65_536, pause=0)
    assert live.ask("GET /healthz")[0] == 200


def test_a_body_has_its_time_and_is_told_so(live: Live) -> None:
    with live.connect() as there:
        there.sendall(head("POST /v1/count", content_length="100") + b'{"where"')
        status, message = answer(there)
    assert status == 408
    assert json.loads(message.partition(b"\r\n\r\n")[2])["type"] == "urn:recommender:problem:body-too-slow"


def test_an_idle_connection_is_used_again_and_ends(live: Live) -> None:
    request = b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n"
    with live.connect() as there:
        for _ in range(3):
            there.sendall(request)
            received = b""
            while not received.endswith(b"ok\n"):
                received += there.recv(65536)
        there.sendall(b"\r\n")  # what comes between requests does not keep it open
        assert answer(there) == (0, b"")


def test_who_sends_too_much_hears_so_and_cannot_go_on_for_ever(tmp_path: Path) -> None:
    with serving(tmp_path, **SHORT, max_question_bytes=1024) as live:
        body = b" " * 300_000
        assert live.ask("POST /v1/count", body)[0] == 413
        with live.connect() as there:
            there.sendall(head("POST /v1/count", content_length=str(2**40)).replace(b"close", b"keep-alive"))
            assert b"413" in there.recv(65536)
            assert is_cut_off(there, b" " * 1000)


def test_a_client_that_breaks_off_is_no_fault(live: Live) -> None:
    for sent in (
        head("POST /v1/profiles", content_length="100000") + b"{",
        head("POST /v1/similar", content_length="9"),
    ):
        there = live.connect()
        there.sendall(sent)
        there.close()
    assert waited(lambda: counted(live, "/v1/profiles", 499) + counted(live, "/v1/similar", 499) == 2)
    assert "Traceback" not in live.logged()


def test_what_is_asked_twice_in_one_go_is_answered_twice(live: Live) -> None:
    with live.connect() as there:
        once = b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n"
        there.sendall(once * 3 + head("GET /healthz"))
        assert answer(there)[1].count(b"200 OK") == 4


def slow(live: Live, name: str) -> socket.socket:
    """A connection on which a slow question was asked."""
    there, body = live.connect(), json.dumps({"text": f"slow {name}"}).encode()
    there.sendall(head("POST /v1/similar", body) + body)
    return there


def test_work_of_clients_that_are_gone_is_not_begun(tmp_path: Path) -> None:
    """A question is at work; of those that wait, those whose clients leave never begin."""
    with serving(tmp_path) as live:
        at_work = [slow(live, "first")]
        assert waited((tmp_path / "pool" / "slow first begun").exists)
        for one in [slow(live, f"second-{number}") for number in range(20)]:
            one.close()
        assert live.ask("GET /readyz")[0] == 200
        assert live.ask("GET /healthz")[0] == 200
        for one in at_work:
            assert answer(one)[0] in (200, 422)
            one.close()
        assert counted(live, "/v1/similar", 499) == 20
        assert not list((tmp_path / "pool").glob("slow second-*"))


def ended(live: Live) -> float:
    """Tell it to stop; the seconds until it did, all well."""
    started = time.monotonic()
    live.process.send_signal(signal.SIGTERM)
    assert live.process.wait(60) == 0
    return time.monotonic() - started


def test_it_stops_at_once_where_nothing_goes_on(tmp_path: Path) -> None:
    with serving(tmp_path) as live:
        idle = live.connect()
        assert live.ask("GET /healthz")[0] == 200
        assert ended(live) < 8
        idle.close()


def test_it_stops_in_its_time_with_unfinished_bodies_and_heads(tmp_path: Path) -> None:
    with serving(tmp_path, stop_seconds=1) as live:
        bodies = [live.connect() for _ in range(5)]
        for one in bodies:
            one.sendall(head("POST /v1/profiles", content_length="1000") + b"{")
        heads = [live.connect() for _ in range(5)]
        for one in heads:
            one.sendall(b"GET /healthz HTT")
        assert live.ask("GET /healthz")[0] == 200
        assert ended(live) < 20  # the body would have had 30 seconds, the connections 60
        assert "Traceback" not in live.logged()
        assert {answer(one)[0] for one in bodies} == {503}
        for one in (*bodies, *heads):
            one.close()


def test_it_stops_in_its_time_while_work_goes_on(tmp_path: Path) -> None:
    with serving(tmp_path, stop_seconds=1) as live:
        asking = slow(live, "long")
        assert waited(lambda: (tmp_path / "pool" / "slow long begun").exists())
        ended(live)
        assert not (tmp_path / "pool" / "slow long ended").exists()
        assert "Traceback" not in live.logged()
        asking.close()


def test_what_is_asked_before_it_stops_is_answered(tmp_path: Path) -> None:
    with serving(tmp_path, stop_seconds=30) as live:
        asking = slow(live, "patient")
        assert waited(lambda: (tmp_path / "pool" / "slow patient begun").exists())
        ended(live)
        assert answer(asking)[0] in (200, 422)
        asking.close()
