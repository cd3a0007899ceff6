"""Look after the rules of supervision, and take the head's answer to an alert."""

from datetime import timedelta

from tongban.domain.case.events import Actor
from tongban.domain.supervision.alert import (
    WORDS_CHARS,
    AlertHandling,
    SupervisionAlert,
    check_handling,
    raise_alerts,
)
from tongban.domain.supervision.book import SupervisionRule
from tongban.flows.ports import Deps
from tongban.kernel.errors import Conflict, NotFound, Refused
from tongban.kernel.moment import Moment

GROUP = 1000
"""Most findings of one rule taken along in one transaction."""
OVERLAP = timedelta(days=1)
"""Each pass looks back so far behind the last: a transaction that was slow to end is not passed over."""


def supervise(deps: Deps, limit: int = GROUP) -> int:
    """Raise an alert for whatever the rules find; return the most that one rule found.

    Twice: nothing; rule, case and day are kept once.

    Source of law: demonstration-notices-2026#supervision (made up).
    """
    return max(
        (_look_after(rule, deps, limit) for rule in deps.catalogue.supervision.rules.values()), default=0
    )


def _look_after(rule: SupervisionRule, deps: Deps, limit: int) -> int:
    now = deps.clock.now()
    with deps.unit():
        mark = deps.supervision.find_mark(rule.id)
        since = mark - OVERLAP if mark is not None else None
        seen = deps.supervision.find_sightings(rule, since, now, limit)
        calendar = deps.catalogue.get_calendar(deps.zone)
        deps.supervision.keep(raise_alerts(rule, seen, now, Moment(now).on, calendar))
        # With a full hand more is waiting, so the next pass goes on from the last one seen.
        deps.supervision.set_mark(rule.id, seen[-1].seen_at if len(seen) >= limit else now)
    return len(seen)


def check_answer(number: int, answer: str, words: str, actor: Actor, deps: Deps) -> SupervisionAlert:
    """Return the alert when the answer could be added to it.

    Raises:
        NotFound: there is no such alert; Refused: everything that is wrong with the answer.
    """
    alert = deps.supervision.find(number)
    if alert is None:
        raise NotFound(f"alert {number}")
    problems = check_handling(alert, answer, words, actor.kind)
    if problems:
        raise Refused(*problems)
    return alert


def answer_alert(number: int, answer: str, words: str, actor: Actor, deps: Deps, seen: int) -> None:
    """Add the head's answer to an alert.

    Args:
        words: the reason, up to ``WORDS_CHARS`` characters.
        seen: how many answers there were when the form was opened.

    Raises:
        NotFound, Refused: see ``check_answer``; Conflict: somebody was quicker.
    """
    alert = check_answer(number, answer, words, actor, deps)
    if len(alert.handlings) != seen:
        raise Conflict(f"alert {number}: answered in between")
    said = AlertHandling(deps.clock.now(), actor.id, actor.name, answer, words.strip()[:WORDS_CHARS])
    with deps.unit():
        deps.supervision.answer(alert, said)
