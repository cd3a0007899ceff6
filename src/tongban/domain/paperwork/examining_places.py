"""What the documents of the examination say by name: special procedures, parties, hearing, findings."""

from tongban.domain.case import events as e
from tongban.domain.case import examining as x
from tongban.domain.case.state import Case
from tongban.domain.rules.words import fill, join, show_date
from tongban.kernel.text import Text

EXAMINING_PLACES = (
    "special", "started_on", "expected_on", "basis", "what", "until_on", "held_on", "at_time", "place",
    "chair", "outcome", "record", "signed_by", "finding", "officer", "hearing",
)  # fmt: skip
"""``special`` is filled by whoever knows the regime's words; the others by the event."""


def fill_examining(case: Case, recorded: e.Recorded) -> dict[str, Text]:
    """Return the places that an event of the examination, or a decision after a hearing, fills."""
    match recorded.event:
        case x.SpecialProcedureStarted(_, basis, reason, started_on, expected_on):
            return {
                "basis": _same(basis),
                "reasons": reason,
                "started_on": show_date(started_on),
                "expected_on": show_date(expected_on),
            }
        case x.InterestedPartyInformed(_, _, what, until_on):
            return {"what": what, "until_on": show_date(until_on)}
        case x.HearingRightAnnounced(_, until_on):
            return {"until_on": show_date(until_on)}
        case x.HearingScheduled(held_on, at_time, place, _, chair_name):
            return {
                "held_on": show_date(held_on),
                "at_time": _same(at_time),
                "place": place,
                "chair": _same(chair_name),
            }
        case x.ChallengeDecided(upheld, reasons):
            return {"outcome": _ASIDE if upheld else _STAYS, "reasons": reasons}
        case x.HearingHeld(held_on, record, signed_by):
            names = join(_same(name) for name in signed_by)
            return {"held_on": show_date(held_on), "record": record, "signed_by": names}
        case x.ExaminationRecorded(finding):
            return {"finding": finding, "officer": _same(recorded.actor.name)}
        case e.Granted(rests_on=rests_on) | e.GrantRefused(rests_on=rests_on) if rests_on:
            held = case.examination.hearing.held
            return {"hearing": fill(_RESTS_ON, day=show_date(held.held_on))} if held else {}
    return {}


def addressee_of(case: Case, event: e.Event) -> str:
    """Return to whom a document is addressed: an interested party is told by name, all else the applicant."""
    return event.name if isinstance(event, x.InterestedPartyInformed) else case.applicant.name


def _same(words: str) -> Text:
    return Text(words, words)


_ASIDE = Text("主持人回避，另行指定主持人。", "the chair stands aside and another is named.")
_STAYS = Text("主持人不回避，听证照常举行。", "the chair need not stand aside; the hearing is held.")
_RESTS_ON = Text(
    "本决定根据{day}举行的听证的笔录作出。", "This decision rests on the record of the hearing of {day}."
)
