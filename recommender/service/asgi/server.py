"""`listening` and `run`: a server that says in one line why it cannot start, and ends in a stated time when told to."""

from __future__ import annotations

import errno
import gc
import logging
import math
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from types import FrameType
from typing import Any

import uvicorn
from fastapi import FastAPI

from recommender.errors import SettingsError
from recommender.service.asgi.connections import Bounds, Connection
from recommender.settings import Settings

log = logging.getLogger("uvicorn.error")

#: Connections that the system may hold before they are taken up.
BACKLOG = 128
#: Files beside connections: the pool's, the model's, and connections taken up in one go.
OTHER_FILES = 256
#: What is made before garbage is looked for, young, older and old: an answer makes hundreds of objects without a cycle.
GARBAGE = (20_000, 20, 50)
#: Seconds past `stop_seconds` after which work in threads is broken off; what was acknowledged is durable by then.
LAST_SECONDS = 2.0


@contextmanager
def listening(settings: Settings) -> Iterator[list[socket.socket]]:
    """Sockets bound to host and port, which only this process has until the block ends.

    Raises `SettingsError` where they cannot be had.
    """
    bound: list[socket.socket] = []
    try:
        # a name may have several addresses; of free ports, each address would have another
        for family, address in _addresses(settings)[: None if settings.port else 1]:
            bound.append(_bind(family, address))
        if settings.workers > 1:
            _assert_can_share()
            for number, one in enumerate(bound):  # nobody else has it: from now on, only who shares it may
                address = one.getsockname()
                one.close()
                bound[number] = _bind(one.family, address, shared=True)
    except OSError as error:
        _close(bound)
        raise SettingsError(_why(error, settings.host, settings.port)) from error
    try:
        yield bound
    finally:
        _close(bound)


def _addresses(settings: Settings) -> list[tuple[socket.AddressFamily, Any]]:
    try:
        found = socket.getaddrinfo(
            settings.host or None, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
    except (OSError, UnicodeError) as error:
        raise SettingsError(
            f"setting host: {settings.host!r} is no name or address of this machine; give one that is"
        ) from error
    return list(dict.fromkeys((family, address) for family, _, _, _, address in found))


def beside(addresses: Iterable[tuple[int, Any]]) -> list[socket.socket]:
    """More sockets of addresses that were bound to be shared, for one of several processes.

    The system shares connections out among those that listen.
    """
    return [_bind(family, address, shared=True) for family, address in addresses]


def _assert_can_share() -> None:
    if not hasattr(socket, "SO_REUSEPORT"):
        raise SettingsError("setting workers: this system gives a port to one process alone; leave it out")


def _close(sockets: list[socket.socket]) -> None:
    for one in sockets:
        one.close()


def _bind(family: int, address: Any, shared: bool = False) -> socket.socket:
    one = socket.socket(family, socket.SOCK_STREAM)
    try:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if shared:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        if family == socket.AF_INET6:
            one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        one.bind(address)
    except OSError:
        one.close()
        raise
    return one


def _why(error: OSError, host: str, port: int) -> str:
    match error:
        case PermissionError():
            return f"setting port: {port} is for privileged processes; choose one from 1024 on"
        case _ if error.errno == errno.EADDRINUSE:
            return f"setting port: {port} of {host} is taken; stop what listens there, or choose another with --port"
        case _:
            return f"setting host: cannot listen on {host}, port {port}: {error.strerror or error}; choose another"


def run(
    app: FastAPI, settings: Settings, sockets: list[socket.socket], on_listening: Callable[[], None] | None = None
) -> None:
    """Serve until SIGTERM or SIGINT; then end within `stop_seconds`, whatever goes on.

    Args:
        on_listening: is called once connections are taken; says where, if none is given.
    """
    connections = math.ceil(settings.max_connections / settings.workers)
    config = uvicorn.Config(
        app,
        http=Connection.bounded(Bounds(_affordable(connections), settings.header_seconds)),
        ws="none",
        lifespan="on",
        log_level="info",
        access_log=False,
        proxy_headers=False,  # `proxies` reads those that it needs
        backlog=BACKLOG,
        timeout_graceful_shutdown=math.ceil(settings.stop_seconds),
    )
    if settings.access_log:
        app.state.request_log.to = sys.stdout.buffer
    _Server(config, settings.stop_seconds + LAST_SECONDS, on_listening or partial(announce, sockets)).run(sockets)


def announce(sockets: Sequence[socket.socket]) -> None:
    """Say where the service is."""
    for one in sockets:
        host, port = one.getsockname()[:2]
        place = f"[{host}]" if one.family == socket.AF_INET6 else host
        log.info("recommender running on http://%s:%d (Press CTRL+C to stop)", place, port)


def _affordable(connections: int) -> int:
    """So many connections, or as many as this process may have files."""
    if sys.platform == "win32":
        return connections
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = connections + OTHER_FILES
    if soft < wanted:
        soft = min(wanted, hard) if hard != resource.RLIM_INFINITY else wanted
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return max(min(connections, soft - OTHER_FILES), 8)


class _Server(uvicorn.Server):
    """Says where it listens. To be told to stop is all well: the process puts things in order and ends with 0."""

    def __init__(self, config: uvicorn.Config, last_seconds: float, on_listening: Callable[[], None]) -> None:
        super().__init__(config)
        self._last_seconds, self._on_listening = last_seconds, on_listening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        # what is loaded by now stays: to look through it for garbage, again and again, would hold up every request
        gc.collect()
        gc.freeze()
        gc.set_threshold(*GARBAGE)
        self._on_listening()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        before = {number: signal.signal(number, self.handle_exit) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if not self.should_exit:
            last = threading.Timer(self._last_seconds, self._break_off)
            last.daemon = True
            last.start()
        super().handle_exit(sig, frame)

    def _break_off(self) -> None:
        log.warning("work in progress was broken off")
        os._exit(0)
