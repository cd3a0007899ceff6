"""The carrier of letters by SMTP (RFC 5321), with the standard library alone."""

import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY

from tongban.flows.notification_store import FAILED, QUEUED, SENT, UNKNOWN, HandedOver, Letter
from tongban.kernel.text import Text

_PERMANENT = 500
_WHY_MAX = 300


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where letters are handed in.

    Args:
        security: ``starttls``, ``tls`` from the first byte, or ``none`` for a server on the same machine.
        timeout_seconds: for each answer of the server.
    """

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = ""
    security: str = "starttls"
    timeout_seconds: float = 20


@dataclass(frozen=True, slots=True)
class SmtpCarrier:
    """Hands letters to a mail server, each over a connection of its own."""

    server: MailServer
    note: Text = field(default_factory=lambda: Text("", ""))

    def hand_over(self, letter: Letter) -> HandedOver:
        """Hand a letter over once.

        Up to the last line of the letter a broken line means that nothing was taken. After it, only the
        server's answer tells: without one, the letter may be on its way, and that is what is said.
        """
        try:
            connection = self._connect()
        except (OSError, smtplib.SMTPException) as error:
            return HandedOver(QUEUED, _words(error))
        try:
            return self._speak(connection, letter)
        finally:
            connection.close()

    def _connect(self) -> smtplib.SMTP:
        server, context = self.server, ssl.create_default_context()
        if server.security == "tls":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=server.timeout_seconds, context=context
            )
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=server.timeout_seconds)
        try:
            if server.security == "starttls":
                connection.starttls(context=context)
            if server.user:
                connection.login(server.user, server.password)
        except BaseException:
            connection.close()
            raise
        return connection

    def _speak(self, connection: smtplib.SMTP, letter: Letter) -> HandedOver:
        content = self._compose(letter)
        try:
            connection.ehlo_or_helo_if_needed()
            for ask in (
                lambda: connection.mail(self.server.sender),
                lambda: connection.rcpt(letter.to),
                lambda: connection.docmd("data"),
            ):
                code, said = ask()
                if code >= 400:
                    return _refused(code, said)
        except (OSError, smtplib.SMTPException) as error:
            return HandedOver(QUEUED, _words(error))
        return _finish(connection, content)

    def _compose(self, letter: Letter) -> bytes:
        message = EmailMessage(policy=SMTP_POLICY)
        message["From"], message["To"], message["Subject"] = self.server.sender, letter.to, letter.subject
        message["Message-ID"] = f"<{letter.mark}@{self.server.sender.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.body, cte="base64")
        return message.as_bytes()


def _finish(connection: smtplib.SMTP, content: bytes) -> HandedOver:
    """Send the letter itself, and read the one answer that says whether it was taken."""
    try:
        connection.send(b"".join(_stuff(line) for line in content.splitlines(keepends=True)))
    except (OSError, smtplib.SMTPException) as error:
        return HandedOver(QUEUED, _words(error))
    try:
        connection.send(b".\r\n")
        code, said = connection.getreply()
    except (OSError, smtplib.SMTPException) as error:
        return HandedOver(UNKNOWN, _words(error))
    if code >= 400:
        return _refused(code, said)
    return HandedOver(SENT)


def _stuff(line: bytes) -> bytes:
    """Return a line so that a dot at its beginning does not end the letter (RFC 5321, 4.5.2)."""
    return b"." + line if line.startswith(b".") else line


def _refused(code: int, said: bytes) -> HandedOver:
    words = f"{code} {said.decode('utf-8', 'replace')}"[:_WHY_MAX]
    return HandedOver(FAILED if code >= _PERMANENT else QUEUED, words)


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:_WHY_MAX]
