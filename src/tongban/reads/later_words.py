"""The sentences of waits, other authorities, promises and what is due later."""

from collections.abc import Iterable

from tongban.domain.case import events as e
from tongban.domain.case.state import Check
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.pledge import SignedPledge
from tongban.domain.rules.words import fill, show_date
from tongban.flows.ports import Catalogue
from tongban.kernel.text import Text


def tell_later(event: e.Event, item: ServiceItem, catalogue: Catalogue) -> tuple[Text, ...]:
    """Return the sentences of one of these events; none for any other."""
    match event:
        case e.WaitOpened(until_on, told):
            return (told, fill(UNTIL, day=show_date(until_on)))
        case e.ObjectionRaised(by, reasons):
            return (Text(by, by), reasons)
        case e.ApplicationForwarded(authority):
            return (authority_name(authority, catalogue),)
        case e.AuthorityAnswered() as answered:
            name = authority_name(answered.authority, catalogue)
            words = (fill(REFERENCE, authority=name, number=Text(answered.reference, answered.reference)),)
            return (*words, answered.reasons, *((SIMULATED,) if answered.is_simulated else ()))
        case e.CheckScheduled(name, _, due_on) | e.CheckReminded(name, due_on):
            return (check_name(name, item), fill(UNTIL, day=show_date(due_on)))
        case e.CheckAnswered(name, by):
            return (
                check_name(name, item),
                _by_register(item, catalogue) if by == "register" else BY_APPLICANT,
            )
        case e.CheckRecorded(name, kept, reasons):
            return (check_name(name, item), KEPT if kept else BROKEN, reasons)
        case e.PaymentPaused(name):
            return (check_name(name, item), UNTIL_ANSWERED)
        case e.BenefitEnded(reasons, remedies) | e.CredentialVoided(reasons, remedies):
            return (reasons, remedies)
    return ()


def tell_signed(pledges: Iterable[SignedPledge], item: ServiceItem) -> list[Text]:
    """Return who signed which promise, with the beginning of the hash of its text."""
    return [
        SIGNED.fill(
            title_zh=_title(one.pledge, item).zh,
            title_en=_title(one.pledge, item).en,
            by=one.signed_by,
            version=one.version,
            hash=one.text_hash[:12],
        )
        for one in pledges
    ]


def check_name(name: str, item: ServiceItem) -> Text:
    """Return what a check is about, in words."""
    kind, _, about = name.partition(":")
    if kind == "life":
        return LIFE if item.recurs is None or item.recurs.name is None else item.recurs.name
    return _title(about, item)


def check_words(check: Check, item: ServiceItem) -> Text:
    """Return a check with its day."""
    return fill(NAMED_UNTIL, name=check_name(check.id, item), day=show_date(check.due_on))


def authority_name(authority: str, catalogue: Catalogue) -> Text:
    """Return the name of an authority outside the alliance."""
    known = catalogue.authorities.get(authority)
    return known.name if known else Text(authority, authority)


def _by_register(item: ServiceItem, catalogue: Catalogue) -> Text:
    """Return that a register answered a check, and which."""
    kind = catalogue.kinds.get(item.recurs.kind) if item.recurs else None
    return fill(BY_REGISTER, register=kind.register if kind else Text("登记", "the register"))


def _title(pledge: str, item: ServiceItem) -> Text:
    return next((one.title for one in item.pledges if one.id == pledge), Text(pledge, pledge))


UNTIL = Text("截止：{day}。", "Until {day}.")
NAMED_UNTIL = Text("{name}，截止 {day}", "{name}, until {day}")
REFERENCE = Text("{authority}，文号 {number}。", "{authority}, number {number}.")
SIMULATED = Text("这是程序模拟的答复，没有法律效力。", "A program played this answer; it binds nobody.")
SIGNED = Text(
    "{by}签署《{title_zh}》第 {version} 版（文本 SHA-256 {hash}…，演示签名）。",
    "{by} signed “{title_en}”, version {version} (text SHA-256 {hash}…, a demonstration signature).",
)
LIFE = Text("生存确认", "Life check")
BY_REGISTER = Text("由“{register}”确认，不用本人办理。", "Confirmed by “{register}”; nobody had to come.")
BY_APPLICANT = Text("由申请人提交。", "Handed in by the applicant.")
KEPT = Text("核查结果：承诺属实。", "Found: the promise was kept.")
BROKEN = Text(
    "核查结果：承诺不实，列入失信承诺名单。", "Found: broken; entered on the list of broken promises."
)
UNTIL_ANSWERED = Text("确认之前暂停，确认后恢复。", "Paused until it is confirmed, then paid again.")
