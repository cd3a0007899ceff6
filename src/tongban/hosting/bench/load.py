"""Load over HTTP: clients that keep their connection, one request behind the other."""

import http.client
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil
from urllib.parse import urlsplit

SECONDS_TO_ANSWER = 60


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent, the same every time, and the status that must come back."""

    method: str
    path: str
    body: bytes
    headers: dict[str, str]
    expects: int


@dataclass(frozen=True, slots=True)
class Load:
    """What came of a load.

    Args:
        seconds: from the first request to the last answer.
        durations: of each request, in seconds.
    """

    clients: int
    seconds: float
    durations: Sequence[float]

    @property
    def per_s(self) -> float:
        """Requests answered a second."""
        return len(self.durations) / self.seconds

    def quantile_ms(self, part: float) -> float:
        """Return the milliseconds that ``part`` of all requests did not exceed."""
        ordered = sorted(self.durations)
        return ordered[max(0, ceil(part * len(ordered)) - 1)] * 1000


class WrongAnswer(Exception):
    """The node answered something else than it must; a rate of errors is no rate."""


def run_load(address: str, request: Request, clients: int, count: int) -> Load:
    """Send a request ``count`` times from so many clients at once.

    Raises:
        WrongAnswer: any answer had another status.
    """
    left = iter(range(count))
    lock = threading.Lock()
    durations: list[float] = []
    wrong: list[str] = []

    def take() -> bool:
        with lock:
            return not wrong and next(left, None) is not None

    def work() -> None:
        try:
            durations.extend(_send_while(take, address, request))
        except (WrongAnswer, OSError, http.client.HTTPException) as trouble:
            wrong.append(f"{type(trouble).__name__}: {trouble}")

    threads = [threading.Thread(target=work) for _ in range(clients)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - began
    if wrong:
        raise WrongAnswer(wrong[0])
    return Load(clients, seconds, durations)


def _send_while(take: Callable[[], bool], address: str, request: Request) -> list[float]:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=SECONDS_TO_ANSWER)
    durations = []
    try:
        while take():
            began = time.perf_counter()
            connection.request(request.method, request.path, request.body or None, request.headers)
            answer = connection.getresponse()
            content = answer.read()
            durations.append(time.perf_counter() - began)
            if answer.status != request.expects:
                raise WrongAnswer(f"{answer.status} {content[:300].decode(errors='replace')}")
    finally:
        connection.close()
    return durations
