"""Ports of this machine's own address."""

from __future__ import annotations

import secrets
import socket
import time

ADDRESS = "127.0.0.1"
# Below the range from which systems give ports to outgoing connections, so a remembered one stays free.
_RANGE = range(20000, 32000)
_PAUSE = 0.05


def is_free(port: int) -> bool:
    """Whether a server could listen there now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As Java does: connections of an ended server that are still being forgotten don't count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError:
            return False
        return True


def comes_free(port: int, wait: float) -> bool:
    """Whether a server could listen there, now or within `wait` seconds."""
    deadline = time.monotonic() + wait
    while not is_free(port):
        if time.monotonic() > deadline:
            return False
        time.sleep(_PAUSE)
    return True


def answers(port: int) -> bool:
    """Whether something listens there now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.settimeout(1.0)
        return probe.connect_ex((ADDRESS, port)) == 0


def choose(but_not: int = 0) -> int:
    """A port that nobody listens on. Raises OSError where none of many tried is free."""
    for _ in range(1000):
        port = secrets.choice(_RANGE)
        if port != but_not and is_free(port):
            return port
    raise OSError(f"no free port between {_RANGE.start} and {_RANGE.stop} on {ADDRESS}")
