"""An applicant chooses a way to be told outside the house: an address, proved by a code sent to it."""

from dataclasses import dataclass, replace
from datetime import timedelta

from tongban.crypto.digest import hex_digest
from tongban.domain.case.events import ApplicantRef
from tongban.domain.notification import read_address
from tongban.flows.notification_store import SENT, Channel, HandedOver, Letter, account_mark
from tongban.flows.ports import Deps
from tongban.flows.tell_parties import recipients_of
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.text import Text

_DAY = timedelta(days=1)
_CODE_CHARS = 10


@dataclass(frozen=True, slots=True)
class CodeSent:
    """A code is on its way; ``shown`` is what a stand-in would have carried, empty for a real carrier."""

    channel: Channel
    shown: str


def ask_code(party: ApplicantRef, username: str, channel: str, address: str, deps: Deps) -> CodeSent:
    """Send a code to an address; the channel counts once the code was typed in.

    There is one address for each channel: asking for another switches the channel off until it is proved.

    Raises:
        Refused: no address of this channel, no carrier, too many codes today, or it could not be sent.
    """
    book, now = deps.catalogue.notifications, deps.clock.now()
    to = read_address(channel, address)
    carrier = deps.carriers.get(channel)
    if carrier is None:
        raise Refused(Problem("channel.no-carrier", _NO_CARRIER, "channel"))
    account = account_mark(username)
    before = deps.channels.find(account, channel)
    codes, since = (before.codes, before.since) if before else (0, None)
    if since is None or now - since >= _DAY:
        codes, since = 0, now
    if codes >= book.code.a_day:
        raise Refused(Problem("channel.too-many-codes", _TOO_MANY, "address", book.ground))
    digits = "".join(str(deps.chance.draw(10)) for _ in range(book.code.digits))
    until = now + timedelta(minutes=book.code.valid_minutes)
    mark = f"{deps.zone}-code-{deps.chance.token(_CODE_CHARS)}"
    kept = Channel(channel, to, False, _mark_code(digits, account, channel), until, 0, codes + 1, since)
    with deps.unit():
        deps.channels.save(account, recipients_of(party)[0], kept)
    said = carrier.hand_over(_compose(mark, to, digits, deps))
    if said.state != SENT:
        raise Refused(Problem("channel.not-sent", _why(said), "address", next_step=_TRY_AGAIN))
    return CodeSent(kept, said.shown)


def prove_address(party: ApplicantRef, username: str, channel: str, code: str, deps: Deps) -> Channel:
    """Take a code; with the right one the channel counts from now on.

    Raises:
        Refused: none was sent, it is too old, wrong, or was tried too often; each try is counted.
    """
    account, now = account_mark(username), deps.clock.now()
    with deps.unit():
        kept = deps.channels.find(account, channel)
        if kept is None or not kept.code or kept.code_until is None or now > kept.code_until:
            raise Refused(Problem("channel.no-code", _NO_CODE, "code", next_step=_ASK_AGAIN))
        if kept.tries >= deps.catalogue.notifications.code.tries:
            raise Refused(Problem("channel.too-many-tries", _NO_CODE, "code", next_step=_ASK_AGAIN))
        is_right = _mark_code(code.strip(), account, channel) == kept.code
        after = replace(kept, tries=kept.tries + 1)
        if is_right:
            after = replace(kept, is_proved=True, code="", code_until=None, tries=0)
        deps.channels.save(account, recipients_of(party)[0], after)
    if not is_right:
        raise Refused(Problem("channel.wrong-code", _WRONG_CODE, "code"))
    return after


def switch_off(username: str, channel: str, deps: Deps) -> None:
    """Forget a channel and its address at once; what still waits for it is not sent."""
    with deps.unit():
        deps.channels.remove(account_mark(username), channel)


def _mark_code(code: str, account: str, channel: str) -> str:
    """Return a digest of a code, bound to account and channel; it lies locked in the row."""
    return hex_digest(f"{account}|{channel}|{code}".encode())


def _compose(mark: str, to: str, digits: str, deps: Deps) -> Letter:
    book = deps.catalogue.notifications
    says = book.code_says.fill(code=digits, minutes=book.code.valid_minutes)
    return Letter(mark, to, f"{book.subject.zh} {book.subject.en}", f"{says.zh}\n{says.en}")


def _why(said: HandedOver) -> Text:
    return Text(f"验证码没有发出：{said.why}", f"The code could not be sent: {said.why}")


_NO_CARRIER = Text("本区没有开通这种渠道", "This zone has no such channel")
_TOO_MANY = Text("今天已经发了太多验证码，请明天再试", "Too many codes were sent today; try again tomorrow")
_TRY_AGAIN = Text("请核对地址，或者过一会儿再试。", "Check the address, or try again in a while.")
_NO_CODE = Text("没有可用的验证码", "There is no code that counts")
_ASK_AGAIN = Text("请重新发送验证码。", "Have a new one sent.")
_WRONG_CODE = Text("验证码不对", "This is not the code")
