"""HTTP to other zones, with every limit that keeps a slow, large or lying peer from doing harm."""

import time
from dataclasses import dataclass
from typing import Protocol

import httpx

from tongban.federation.limits import ANSWER_SECONDS, CONNECT_SECONDS, IN_FLIGHT, MAX_RESPONSE_BYTES
from tongban.kernel.errors import Fault
from tongban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Answered:
    """What a peer answered: a status and a body within the limit."""

    status: int
    body: bytes


class Transport(Protocol):
    """The way to a peer. Raises Fault ``peer.away``, ``peer.slow`` or ``peer.too-long``."""

    def post(
        self, url: str, content: bytes, media_type: str, max_bytes: int = MAX_RESPONSE_BYTES
    ) -> Answered:
        """Send something and return the answer."""

    def get(self, url: str, max_bytes: int) -> Answered:
        """Ask for something public and return the answer."""

    def get_piece(self, url: str, begins_at: int, length: int) -> Answered:
        """Ask for ``length`` bytes of something public from a byte on; status 206 when it is those."""


class HttpTransport:
    """``Transport`` over HTTP/1.1 with connections kept open; safe for several threads.

    Waits at most 5 s to connect and 15 s for the whole answer, follows no redirects, asks no proxy and reads
    nothing from the environment. Protocol: TB-FED 2.
    """

    def __init__(
        self, connect_seconds: float = CONNECT_SECONDS, answer_seconds: float = ANSWER_SECONDS
    ) -> None:
        self._answer_seconds = answer_seconds
        self._client = httpx.Client(
            timeout=httpx.Timeout(answer_seconds, connect=connect_seconds),
            limits=httpx.Limits(max_connections=4 * IN_FLIGHT, max_keepalive_connections=4 * IN_FLIGHT),
            headers={"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "tongban"},
            follow_redirects=False,
            trust_env=False,
        )

    def post(
        self, url: str, content: bytes, media_type: str, max_bytes: int = MAX_RESPONSE_BYTES
    ) -> Answered:
        """Send something and return the answer."""
        request = self._client.build_request(
            "POST", url, content=content, headers={"Content-Type": media_type}
        )
        return self._ask(request, max_bytes)

    def get(self, url: str, max_bytes: int) -> Answered:
        """Ask for something public and return the answer."""
        return self._ask(self._client.build_request("GET", url), max_bytes)

    def get_piece(self, url: str, begins_at: int, length: int) -> Answered:
        """Ask for ``length`` bytes from a byte on (RFC 9110, section 14).

        A node that does not keep to what was asked is seen by its status, or answers more than agreed.
        """
        wanted = {"Range": f"bytes={begins_at}-{begins_at + length - 1}"}
        return self._ask(self._client.build_request("GET", url, headers=wanted), length)

    def close(self) -> None:
        """Close the connections that are kept open."""
        self._client.close()

    def _ask(self, request: httpx.Request, max_bytes: int) -> Answered:
        ends_at = time.monotonic() + self._answer_seconds
        try:
            response = self._client.send(request, stream=True)
            try:
                return Answered(response.status_code, _read(response, max_bytes, ends_at))
            finally:
                response.close()
        except httpx.ConnectTimeout as error:
            raise away() from error
        except httpx.TimeoutException as error:
            raise slow() from error
        except (httpx.TransportError, httpx.InvalidURL, httpx.StreamError) as error:
            raise away() from error


def _read(response: httpx.Response, max_bytes: int, ends_at: float) -> bytes:
    """Read the body, but no longer and no more than agreed: a peer that drips would hold us for ever."""
    body = bytearray()
    for chunk in response.iter_raw():
        body += chunk
        if len(body) > max_bytes:
            raise Fault("peer.too-long", _TOO_LONG)
        if time.monotonic() > ends_at:
            raise slow()
    return bytes(body)


def away() -> Fault:
    """Return the fault of a peer that cannot be reached."""
    return Fault("peer.away", _AWAY)


def slow() -> Fault:
    """Return the fault of a peer that does not answer in time."""
    return Fault("peer.slow", _SLOW)


_AWAY = Text("对方节点联系不上。", "The other zone's node cannot be reached.")
_SLOW = Text("对方节点没有及时回应。", "The other zone's node did not answer in time.")
_TOO_LONG = Text("对方节点的回应过长。", "The other zone's node answered more than agreed.")
