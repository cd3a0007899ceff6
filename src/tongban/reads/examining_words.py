"""The sentences of the examination on the timeline: special procedures, parties, hearing, approval."""

from tongban.domain.case import events as e
from tongban.domain.case import examining as x
from tongban.domain.case.may_decide import name_of
from tongban.domain.case.state import Case
from tongban.domain.law import LawBook
from tongban.domain.party import mask_name
from tongban.domain.procedure import Regime
from tongban.domain.rules.words import fill, join, show_date
from tongban.kernel.text import Text


def tell_examining(event: e.Event, case: Case, regime: Regime, law: LawBook) -> tuple[Text, ...]:
    """Return the sentences of one of these events; none for any other.

    Args:
        case: as the event left it.
    """
    match event:
        case x.SpecialProcedureStarted(kind, basis, reason, started_on, expected_on):
            words = fill(FROM_TO, kind=kind_name(kind, regime), start=show_date(started_on),
                         end=show_date(expected_on))  # fmt: skip
            return (words, reason, fill(ON, article=name_article(law, basis)))
        case x.SpecialProcedureEnded(kind, ended_on, result):
            return (fill(ENDED, kind=kind_name(kind, regime), day=show_date(ended_on)), result)
        case x.InterestedPartyInformed(_, name, what, until_on):
            return (_told(name), what, fill(SPEAK_UNTIL, day=show_date(until_on)))
        case x.NoPartyNoted(reasons):
            return (NO_PARTY, reasons)
        case x.StatementRecorded(by, words):
            return (fill(SAYS, who=speaker_name(case, by), words=Text(words, words)),)
    return _tell_hearing(event, case) or _tell_draft(event)


def _tell_hearing(event: e.Event, case: Case) -> tuple[Text, ...]:
    match event:
        case x.HearingRightAnnounced(to, until_on):
            names = join(speaker_name(case, one) for one in to)
            return (fill(RIGHT, names=names, day=show_date(until_on)),)
        case x.HearingRequested(by, _, hold_by_on):
            return (fill(ASKED, who=speaker_name(case, by), day=show_date(hold_by_on)),)
        case x.HearingWaived(by):
            return (fill(WAIVED, who=speaker_name(case, by)),)
        case x.ChairChallenged(by, words):
            return (fill(CHALLENGED, who=speaker_name(case, by)), *((Text(words, words),) if words else ()))
        case x.ChallengeDecided(upheld, reasons):
            return (UPHELD if upheld else NOT_UPHELD, reasons)
        case x.HearingLapsed():
            return (LAPSED,)
        case x.HearingScheduled(held_on, at_time, place, _, chair_name):
            return (
                fill(SCHEDULED, day=show_date(held_on), time=Text(at_time, at_time), place=place),
                fill(CHAIR, name=Text(chair_name, chair_name)),
            )
        case x.HearingHeld(held_on, record, signed_by):
            names = join(Text(name, name) for name in signed_by)
            return (fill(HELD, day=show_date(held_on)), record, fill(SIGNED, names=names))
    return ()


def _tell_draft(event: e.Event) -> tuple[Text, ...]:
    match event:
        case x.ExaminationRecorded(finding):
            return (finding,)
        case x.DecisionApproved(note):
            return (note,) if note.zh else ()
    # What a draft says is not told before it is decided; why one was sent back stays inside the authority.
    return ()


def kind_name(kind: str, regime: Regime) -> Text:
    """Return a special procedure in words."""
    known = regime.scrutiny.special.get(kind)
    return known.says if known else Text(kind, kind)


def speaker_name(case: Case, by: str) -> Text:
    """Return who spoke or asked; a person's name is masked, for both sides read it."""
    if by in case.examination.parties:
        masked = _masked(case.examination.parties[by].name)
        return Text(masked, masked)
    return name_of(case, by)


def _told(name: str) -> Text:
    masked = _masked(name)
    return fill(PARTY, name=Text(masked, masked))


def _masked(name: str) -> str:
    """Mask what looks like a person's name; a firm's is longer and public."""
    return mask_name(name) if len(name) <= LONGEST_NAME else name


def name_article(law: LawBook, key: str) -> Text:
    """Return an article's name as a guide shows it; the key itself where nobody wrote it down."""
    article = law.find(key)
    return article.title if article else Text(key, key)


LONGEST_NAME = 4
"""Characters of the longest usual name of a person."""
FROM_TO = Text(
    "{kind}：自{start}起不计入办理期限，预计到{end}。",
    "{kind}: not counted from {start}, expected to end on {end}.",
)
ON = Text("依据：{article}。", "On: {article}.")
ENDED = Text("{kind}：{day}结束，期限继续计算。", "{kind}: ended on {day}; the clock runs on.")
PARTY = Text("已告知利害关系人：{name}。", "Told: {name}.")
SPEAK_UNTIL = Text("可以在{day}以前陈述意见。", "They may speak until {day}.")
SAYS = Text("{who}：{words}", "{who}: {words}")
RIGHT = Text(
    "{names}有权要求听证，请在{day}以前提出；逾期视为放弃。",
    "{names} may ask for a hearing until {day}; after that the right has lapsed.",
)
ASKED = Text("{who}申请听证，最迟在{day}举行。", "Asked for by {who}; it must be held by {day}.")
NO_PARTY = Text("查明没有利害关系人。", "Nobody else's major interest was found to be touched.")
WAIVED = Text("{who}不要求听证。", "{who}: no hearing is wanted.")
CHALLENGED = Text("{who}申请听证主持人回避。", "Another chair was asked for by {who}.")
UPHELD = Text("主持人回避，另行指定主持人。", "The chair stands aside; another is named.")
NOT_UPHELD = Text("主持人不需要回避。", "The chair need not stand aside.")
LAPSED = Text("在期限内没有人申请听证。", "Nobody asked for a hearing in time.")
SCHEDULED = Text("{day} {time}，{place}，公开举行。", "{day}, {time}, {place}; open to the public.")
CHAIR = Text(
    "主持人：{name}。认为主持人有直接利害关系的，可以申请回避。",
    "Chair: {name}. Whoever thinks that the chair has an interest may ask for another.",
)
HELD = Text("听证于{day}举行，决定以笔录为依据。", "Held on {day}; the decision rests on its record.")
SIGNED = Text("笔录签字：{names}。", "The record is signed by {names}.")
