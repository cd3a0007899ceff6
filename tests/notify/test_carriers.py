"""Carriers keep one contract: what is taken arrives once as written; refusals come back."""

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy

import pytest

from tests.notify.mail_server import MailBox, serve_mail
from tongban.flows.memory_notifications import MemoryCarrier
from tongban.flows.notification_store import FAILED, QUEUED, SENT, UNKNOWN, Carrier, HandedOver, Letter
from tongban.hosting.ports import find_free_port
from tongban.notify.mail import MailServer, SmtpCarrier
from tongban.notify.simulated import SimulatedCarrier

BODY = "【通办】已受理。\n.一个点开头的行\n..\n[Tongban] accepted."
LETTER = Letter("changzhou-7", "demo@example.cn", "办件消息 About your case", BODY)


@dataclass
class Tried:
    """A carrier, and what arrived at its other end: address and text."""

    carrier: Carrier
    box: MailBox | None = None

    def arrived(self) -> list[tuple[str, str]]:
        if self.box is None:
            assert isinstance(self.carrier, MemoryCarrier)
            return [(one.to, one.body) for one in self.carrier.carried]
        letters = [message_from_bytes(raw, policy=policy.default) for raw in self.box.taken]
        return [(str(one["To"]), one.get_content().replace("\r\n", "\n").rstrip("\n")) for one in letters]


@pytest.fixture(params=["memory", "smtp"])
def tried(request: pytest.FixtureRequest) -> Iterator[Tried]:
    if request.param == "memory":
        said = {
            "nobody@example.cn": HandedOver(FAILED, "550 no such mailbox"),
            "later@example.cn": HandedOver(QUEUED, "451 try again later"),
            "broken@example.cn": HandedOver(UNKNOWN, "SMTPServerDisconnected"),
        }
        yield Tried(MemoryCarrier(said))
        return
    with serve_mail() as box:
        server = MailServer("127.0.0.1", box.port, "tongban@example.cn", security="none")
        yield Tried(SmtpCarrier(server), box)


def to(address: str) -> Letter:
    return Letter(LETTER.mark, address, LETTER.subject, LETTER.body)


def test_a_letter_that_is_taken_arrives_once_as_it_was_written(tried: Tried) -> None:
    assert tried.carrier.hand_over(LETTER) == HandedOver(SENT)
    assert tried.arrived() == [("demo@example.cn", BODY)]


def test_a_mailbox_that_is_not_there_is_refused_for_good_in_the_servers_words(tried: Tried) -> None:
    assert tried.carrier.hand_over(to("nobody@example.cn")) == HandedOver(FAILED, "550 no such mailbox")
    assert tried.arrived() == []


def test_a_server_that_has_no_time_is_asked_again(tried: Tried) -> None:
    assert tried.carrier.hand_over(to("later@example.cn")) == HandedOver(QUEUED, "451 try again later")
    assert tried.arrived() == []


def test_a_line_that_breaks_before_the_answer_leaves_it_unknown(tried: Tried) -> None:
    said = tried.carrier.hand_over(to("broken@example.cn"))
    assert said.state == UNKNOWN
    assert len(tried.arrived()) == 1


def test_a_server_that_is_away_has_taken_nothing() -> None:
    server = MailServer("127.0.0.1", find_free_port(), "tongban@example.cn", security="none")
    said = SmtpCarrier(server).hand_over(LETTER)
    assert said.state == QUEUED
    assert "ConnectionRefusedError" in said.why


def test_a_letter_bears_the_same_mark_at_every_try_and_says_that_a_machine_wrote_it() -> None:
    with serve_mail() as box:
        carrier = SmtpCarrier(MailServer("127.0.0.1", box.port, "tongban@example.cn", security="none"))
        carrier.hand_over(LETTER)
        carrier.hand_over(LETTER)
    letters = [message_from_bytes(raw, policy=policy.default) for raw in box.taken]
    assert {str(one["Message-ID"]) for one in letters} == {"<changzhou-7@example.cn>"}
    assert {str(one["Auto-Submitted"]) for one in letters} == {"auto-generated"}


def test_a_stand_in_says_that_it_sends_nothing() -> None:
    carrier = SimulatedCarrier()
    assert carrier.hand_over(LETTER) == HandedOver(SENT, shown=BODY)
    assert "不会真的发出" in carrier.note.zh
