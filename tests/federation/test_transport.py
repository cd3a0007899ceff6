"""HTTP to a peer that is slow, large, lying, redirecting or away: real sockets on this machine."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

import pytest

from tests.builders import AGENT, CHANGZHOU, SUZHOU, WUXI, ZONES, a_branch_application, keep_branch_records
from tests.federation.network import Network
from tongban.federation.exchange import PeerExchange
from tongban.federation.limits import MAX_RESPONSE_BYTES
from tongban.federation.station import Station
from tongban.federation.transport import HttpTransport
from tongban.flows.submit import submit
from tongban.kernel.errors import Fault
from tongban.kernel.ids import CaseId

Act = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def a_peer(act: Act) -> Iterator[str]:
    """A server on this machine that does with each request what the test wants."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            act(self)

        do_GET = do_POST

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def answer(handler: BaseHTTPRequestHandler, status: int, body: bytes, **headers: str) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def read_body(handler: BaseHTTPRequestHandler) -> bytes:
    return handler.rfile.read(int(handler.headers.get("Content-Length") or 0))


@pytest.fixture
def transport() -> Iterator[HttpTransport]:
    found = HttpTransport()
    yield found
    found.close()


def test_a_message_arrives_as_it_was_sent(transport: HttpTransport) -> None:
    seen: dict[str, object] = {}

    def keep(handler: BaseHTTPRequestHandler) -> None:
        seen.update(path=handler.path, type=handler.headers["Content-Type"], body=read_body(handler))
        answer(handler, 201, b"{}")

    with a_peer(keep) as url:
        answered = transport.post(f"{url}/exchange/messages", b"a.b.c", "application/jose")
    assert (answered.status, answered.body) == (201, b"{}")
    assert seen == {"path": "/exchange/messages", "type": "application/jose", "body": b"a.b.c"}


def test_one_connection_carries_many_messages(transport: HttpTransport) -> None:
    callers: set[object] = set()

    def keep(handler: BaseHTTPRequestHandler) -> None:
        callers.add(handler.client_address)
        read_body(handler)
        answer(handler, 200, b"{}")

    with a_peer(keep) as url:
        for _ in range(5):
            transport.post(url, b"x", "application/jose")
        transport.close()
    assert len(callers) == 1


def test_an_endless_answer_is_cut_off(transport: HttpTransport) -> None:
    def flood(handler: BaseHTTPRequestHandler) -> None:
        read_body(handler)
        answer(handler, 200, b"x" * (MAX_RESPONSE_BYTES + 1))

    with a_peer(flood) as url, pytest.raises(Fault, match=r"peer\.too-long"):
        transport.post(url, b"x", "application/jose")


def test_a_compressed_bomb_is_not_unpacked(transport: HttpTransport) -> None:
    def bomb(handler: BaseHTTPRequestHandler) -> None:
        answer(handler, 200, b"\x1f\x8b packed", **{"Content-Encoding": "gzip"})

    with a_peer(bomb) as url:
        assert transport.get(url, 100).body == b"\x1f\x8b packed"


def test_a_redirect_leads_nowhere(transport: HttpTransport) -> None:
    asked: list[str] = []

    def redirect(handler: BaseHTTPRequestHandler) -> None:
        asked.append(handler.path)
        answer(handler, 302, b"", Location="/elsewhere")

    with a_peer(redirect) as url:
        assert transport.get(f"{url}/here", 100).status == 302
    assert asked == ["/here"]


def test_no_proxy_of_the_environment_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    with a_peer(lambda handler: answer(handler, 502, b"proxy")) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy)
        monkeypatch.setenv("ALL_PROXY", proxy)
        transport = HttpTransport()
        with a_peer(lambda handler: answer(handler, 200, b"peer")) as url:
            assert transport.get(url, 100).body == b"peer"
            transport.close()


def test_a_peer_that_is_away_is_a_fault(transport: HttpTransport) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(Fault, match=r"peer\.away"):
        transport.post(f"http://127.0.0.1:{port}/exchange/messages", b"x", "application/jose")


def test_a_peer_that_hangs_up_in_the_middle_is_a_fault(transport: HttpTransport) -> None:
    def hang_up(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "100")
        handler.end_headers()
        handler.wfile.write(b"half")
        handler.close_connection = True

    with a_peer(hang_up) as url, pytest.raises(Fault, match=r"peer\.away"):
        transport.get(url, 1000)


def test_a_peer_that_says_nothing_is_a_fault() -> None:
    done = Event()
    transport = HttpTransport(answer_seconds=0.2)
    with a_peer(lambda handler: done.wait(5)) as url:  # type: ignore[arg-type, return-value]
        with pytest.raises(Fault, match=r"peer\.slow"):
            transport.get(url, 100)
        done.set()
        transport.close()


def test_a_peer_that_drips_is_a_fault() -> None:
    done = Event()

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        for _ in range(100):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            if done.wait(0.05):
                return

    transport = HttpTransport(answer_seconds=0.3)
    with a_peer(drip) as url:
        with pytest.raises(Fault, match=r"peer\.slow"):
            transport.get(url, 2000)
        done.set()
        transport.close()


@pytest.mark.parametrize("url", ["http://", "nonsense", "ftp://127.0.0.1/x", "http://127.0.0.1:99999/"])
def test_an_address_that_is_none_is_a_fault(transport: HttpTransport, url: str) -> None:
    with pytest.raises(Fault, match=r"peer\.away"):
        transport.get(url, 100)


def test_three_zones_speak_over_real_http(network: Network, transport: HttpTransport) -> None:
    """The same journey as in ``test_three_zones``, each zone behind a socket of its own."""
    urls: dict[str, str] = {}

    def serve(zone: str) -> Act:
        def act(handler: BaseHTTPRequestHandler) -> None:
            node, raw = network.wire.nodes[zone], read_body(handler)  # type: ignore[index]
            with network.wire.lock:
                take = node.accept_message if handler.path.endswith("messages") else node.accept_receipts
                response = take(raw)
            answer(handler, response.status, response.body)

        return act

    with a_peer(serve(SUZHOU)) as suzhou, a_peer(serve(WUXI)) as wuxi, a_peer(serve(CHANGZHOU)) as changzhou:
        urls.update({SUZHOU: suzhou, WUXI: wuxi, CHANGZHOU: changzhou})
        for zone in ZONES:
            old = network.node(zone).station
            station = Station(old.deps, old.messages, old.signer, urls.get)  # type: ignore[arg-type]
            network.wire.nodes[zone] = PeerExchange(station, transport)
        keep_branch_records(network.all_deps())
        submit(CaseId("SZ260303-HTTP0001"), a_branch_application(), AGENT, network.deps(SUZHOU))
        network.settle()
        transport.close()
    case = network.deps(SUZHOU).cases.find(CaseId("SZ260303-HTTP0001"))
    assert case is not None
    assert case.stage == "concluded"
