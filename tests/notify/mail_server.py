"""A mail server for tests: small, real sockets, and it misbehaves when the address says so."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class MailBox:
    """What a server took, and where it listens."""

    port: int = 0
    taken: list[bytes] = field(default_factory=list)


class _Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self._say("220 test")
        to = ""
        while line := self.rfile.readline():
            word = line.decode("ascii", "replace").strip()
            verb = word[:4].upper()
            if verb == "RCPT":
                to = word
            if verb == "QUIT":
                return self._say("221 bye")
            if verb == "DATA":
                if not self._take(to):
                    return None
            elif verb == "RCPT" and "nobody@" in to:
                self._say("550 no such mailbox")
            elif verb == "RCPT" and "later@" in to:
                self._say("451 try again later")
            else:
                self._say("250 ok")
        return None

    def _take(self, to: str) -> bool:
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        self.server.box.taken.append(b"".join(lines))  # type: ignore[attr-defined]
        if "broken@" in to:
            return False
        self._say("250 taken")
        return True

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode("ascii"))


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@contextmanager
def serve_mail() -> Iterator[MailBox]:
    """Run a server on a free port of this machine while it lasts."""
    box = MailBox()
    with _Server(("127.0.0.1", 0), _Talk) as server:
        server.box = box  # type: ignore[attr-defined]
        box.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield box
        server.shutdown()
        thread.join()
