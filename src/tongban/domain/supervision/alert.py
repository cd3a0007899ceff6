"""Alerts: raised once for each finding, never taken back, answered by the head; from values alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from tongban.domain.clock.calendar import WorkingCalendar
from tongban.domain.supervision.book import RED, SupervisionRule
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text

ANSWERS = ("explained", "put-right", "unfounded")
"""There was a good reason; it was wrong and was put right; it was none."""
WORDS_CHARS = 500
HANDLINGS_MAX = 20
"""Answers to one alert; each further one is added behind the others."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """Something that a rule looks for and that happened.

    Args:
        case_id: empty for a message that is about no case.
        cause: which one: a kind of the agenda, the version of an event, a message's number.
        cause_on: the civil date on which it became a finding; with rule and case it is its name.
        seen_at: the instant by which a pass goes on from here.
    """

    case_id: CaseId
    cause: str
    cause_on: date
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class AlertHandling:
    """An answer of the head; it is never changed."""

    at: datetime
    by: str
    name: str
    answer: str
    words: str


@dataclass(frozen=True, slots=True)
class SupervisionAlert:
    """A finding that was raised.

    Args:
        handle_by: last day for the head's answer; None when the calendar is not published so far.
        number: counts up in a zone; 0 until it is kept.
        handlings: every answer, in order.
    """

    rule: str
    case_id: CaseId
    cause: str
    cause_on: date
    raised_at: datetime
    handle_by: date | None
    number: int = 0
    handlings: tuple[AlertHandling, ...] = ()

    @property
    def name(self) -> tuple[str, CaseId, date]:
        """What it is called, once and for ever."""
        return self.rule, self.case_id, self.cause_on


def raise_alerts(
    rule: SupervisionRule, sightings: Iterable[Sighting], now: datetime, today: date,
    calendar: WorkingCalendar,
) -> tuple[SupervisionAlert, ...]:  # fmt: skip
    """Return an alert for each finding of a rule, each name once, in the order in which they were seen.

    Source of law: demonstration-notices-2026#supervision (made up).
    """
    try:
        handle_by = calendar.add_working_days(today, rule.handle_days)
    except Refused:  # past the last year that has been published
        handle_by = None
    raised: dict[tuple[str, CaseId, date], SupervisionAlert] = {}
    for one in sightings:
        alert = SupervisionAlert(rule.id, one.case_id, one.cause, one.cause_on, now, handle_by)
        raised.setdefault(alert.name, alert)
    return tuple(raised.values())


def fold_handlings(alert: SupervisionAlert, handlings: Sequence[AlertHandling]) -> SupervisionAlert:
    """Return the alert as it stands after these answers; nothing that was said before is lost."""
    return replace(alert, handlings=(*alert.handlings, *handlings))


def is_overdue(alert: SupervisionAlert, today: date) -> bool:
    """Say whether the head's answer is late."""
    return not alert.handlings and alert.handle_by is not None and today > alert.handle_by


def read_colour(alert: SupervisionAlert, level: str, today: date) -> str:
    """Return ``red``, ``yellow``, or ``grey`` once it was answered; unanswered in time it is red."""
    if alert.handlings:
        return "grey"
    return RED if is_overdue(alert, today) else level


def check_handling(alert: SupervisionAlert, answer: str, words: str, actor_kind: str) -> tuple[Problem, ...]:
    """Return everything that is wrong with an answer, at once."""
    law, problems = "demonstration-notices-2026#supervision", []
    if actor_kind != "head":
        problems.append(Problem("supervision.not-head", _NOT_HEAD, "", law))
    if answer not in ANSWERS:
        problems.append(Problem("supervision.no-answer", _NO_ANSWER, "answer", law))
    if not words.strip():
        problems.append(Problem("supervision.no-words", _NO_WORDS, "words", law))
    if len(words) > WORDS_CHARS:
        problems.append(Problem("supervision.too-long", _TOO_LONG, "words", law))
    if len(alert.handlings) >= HANDLINGS_MAX:
        problems.append(Problem("supervision.too-many", _TOO_MANY, "", law))
    return tuple(problems)


_NOT_HEAD = Text("预警由负责人处理", "Alerts are answered by the head")
_NO_ANSWER = Text("请选择怎样处理", "Choose how it was handled")
_NO_WORDS = Text("请写明理由：查到什么，做了什么", "Write the reason: what was found, what was done")
_TOO_LONG = Text(f"最多写 {WORDS_CHARS} 字", f"At most {WORDS_CHARS} characters")
_TOO_MANY = Text("这条预警的处理记录已满", "No more answers can be added to this alert")
