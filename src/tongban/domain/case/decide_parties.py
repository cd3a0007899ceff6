"""Whether interested parties may be told and heard (all-2019#36)."""

from tongban.domain.case import commands as c
from tongban.domain.case import events as e
from tongban.domain.case import examining as x
from tongban.domain.case import examining_commands as xc
from tongban.domain.case.decide_later import check_reasons
from tongban.domain.case.later import count_until
from tongban.domain.case.setting import Setting
from tongban.domain.case.state import Case
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.text import Text

STATEMENTS_MAX, PARTIES_MAX = 50, 50
"""Most statements and parties that one case keeps."""


def decide_parties(case: Case, command: c.Command, setting: Setting) -> tuple[e.Event, ...] | None:
    """Return the events, or None for a command that is not of this room."""
    match command:
        case xc.TellInterestedParty(name, what):
            return (_inform(case, name, what, setting),)
        case xc.NoteNoParty(reasons):
            return (_find_none(case, reasons),)
        case xc.RecordStatement(by, words, at_zone):
            return (_hear(case, x.StatementRecorded(by, words.strip(), at_zone), setting),)
    return None


def is_done_with_parties(case: Case, command: c.Command) -> bool:
    """Say whether the case already holds what a command of this room would cause."""
    examination = case.examination
    match command:
        case xc.TellInterestedParty(name, what):
            told = ((party.name, party.what) for party in examination.parties.values())
            return (name.strip(), what) in told
        case xc.RecordStatement(by, words):
            return any((said.by, said.words) == (by, words.strip()) for said in examination.statements)
        case xc.NoteNoParty():
            return examination.no_party is not None
    return False


def _inform(case: Case, name: str, what: Text, setting: Setting) -> x.InterestedPartyInformed:
    problems = []
    if not name.strip():
        problems.append(Problem("party.no-name", _NO_NAME, "name", "all-2019#36"))
    if not what.zh.strip():
        problems.append(Problem("party.nothing-told", _NOTHING_TOLD, "what", "all-2019#36"))
    if any(party.name == name.strip() for party in case.examination.parties.values()):
        problems.append(Problem("party.told-already", _TOLD_ALREADY, "name", "all-2019#36"))
    if len(case.examination.parties) >= PARTIES_MAX:
        problems.append(Problem("party.too-many", _TOO_MANY, "name", "all-2019#36"))
    if problems:
        raise Refused(*problems)
    until_on = count_until(setting.moment.on, setting.regime.limits["hear-party"], setting.calendar)
    party = f"party-{len(case.examination.parties) + 1}"
    return x.InterestedPartyInformed(party, name.strip(), what, until_on)


def _find_none(case: Case, reasons: Text) -> x.NoPartyNoted:
    """Take an officer's word that nobody is touched, which ends where somebody was told."""
    check_reasons(reasons)
    if case.examination.parties:
        raise Refused(Problem("party.is-told", _IS_TOLD, source="all-2019#36"))
    return x.NoPartyNoted(reasons)


def _hear(case: Case, said: x.StatementRecorded, setting: Setting) -> x.StatementRecorded:
    check_speaker(case, said.by, setting)
    if not said.words:
        raise Refused(Problem("statement.empty", _EMPTY, "words", "all-2019#36"))
    if len(case.examination.statements) >= STATEMENTS_MAX:
        raise Refused(Problem("statement.too-many", _TOO_MANY, "words", "all-2019#36"))
    return said


def check_speaker(case: Case, by: str, setting: Setting) -> None:
    """Refuse somebody who is neither the applicant nor a party; the applicant speaks for themselves only."""
    if by != x.APPLICANT and (by not in case.examination.parties or setting.actor.kind == "applicant"):
        raise Refused(Problem("party.unknown", _NO_PARTY, "by", "all-2019#36"))


_NO_NAME = Text("请写明利害关系人。", "Name the interested party.")
_NOTHING_TOLD = Text("请写明告知的内容。", "Say what they are told.")
_TOLD_ALREADY = Text("这个利害关系人已经告知过。", "This party has been told.")
_TOO_MANY = Text("数量超过了一个办件能够记录的上限。", "That is more than one case keeps.")
_NO_PARTY = Text(
    "只能是申请人或者已经告知的利害关系人。", "Only the applicant or a party who was told may speak."
)
_EMPTY = Text("请写明陈述的内容。", "Say what was stated.")
_IS_TOLD = Text(
    "已经告知过利害关系人，不能再写明没有利害关系人。",
    "An interested party was told; it cannot be said that there is none.",
)
