"""Rate one side of a handling that has ended, and put a bad rating right."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tongban.domain.case.events import Actor
from tongban.domain.case.state import Case
from tongban.domain.hall.ticket import FINISHED, QueueTicket
from tongban.domain.rating import WORDS_CHARS, check_rating
from tongban.flows.perform import get_case
from tongban.flows.ports import Deps
from tongban.flows.rating_store import PARTS, VISIT, Rating, Rectified
from tongban.kernel.errors import Conflict, NotFound, Problem, Refused
from tongban.kernel.ids import CaseId, ItemId, ZoneId
from tongban.kernel.moment import Moment
from tongban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Opinion:
    """A rating as it was given on a form: level, ticked details, words."""

    level: str
    details: Sequence[str] = ()
    words: str = ""


def parts_of(case: Case) -> tuple[str, ...]:
    """Return the sides of a handling that are rated: both zones of a cross-region case, else one."""
    return PARTS if case.receiving_zone != case.deciding_zone else ("deciding",)


def rate(case_id: CaseId, part: str, opinion: Opinion, deps: Deps) -> Rating:
    """Rate one side of a case that has ended, once; staff see it only afterwards and cannot change it.

    Causes: a rating here; when another zone is rated, a ``case.rating`` message to it.

    Raises:
        Refused: every problem at once; the case has not ended, or was rated.

    Source of law: rating-2019#levels.
    """
    case = get_case(case_id, deps)
    problems = list(check_rating(opinion.level, opinion.details, opinion.words, deps.catalogue.ratings))
    if case.is_open:
        problems.append(Problem("rating.too-early", _TOO_EARLY))
    if part not in parts_of(case):
        raise NotFound(part)
    if deps.ratings.find(case_id, part) is not None:
        problems.append(Problem("rating.twice", _TWICE))
    if problems:
        raise Refused(*problems)
    zone = case.receiving_zone if part == "receiving" else case.deciding_zone
    rating = compose_rating(case, part, zone, opinion, deps)
    with deps.unit():
        deps.ratings.keep(rating)
        if zone != deps.zone:
            body = {
                "case": case_id, "part": part, "level": opinion.level,
                "details": list(opinion.details), "words": opinion.words,
            }  # fmt: skip
            deps.exchange.post(zone, "case.rating", body, case_id)
    return rating


def rate_visit(ticket: QueueTicket, opinion: Opinion, deps: Deps) -> Rating:
    """Rate a visit to this zone's hall whose number is done with, once, on the day itself and without a name.

    Raises:
        Refused: every problem at once; the visit has not ended, or was rated.

    Source of law: rating-2019#levels.
    """
    problems = list(check_rating(opinion.level, opinion.details, opinion.words, deps.catalogue.ratings))
    if ticket.state != FINISHED:
        problems.append(Problem("rating.visit-too-early", _VISIT_TOO_EARLY))
    number = name_visit(ticket)
    if deps.ratings.find(number, VISIT) is not None:
        problems.append(Problem("rating.twice", _TWICE))
    if problems:
        raise Refused(*problems)
    rating = _compose(number, ItemId(f"{VISIT}:{ticket.business}"), VISIT, deps.zone, opinion, deps)
    with deps.unit():
        deps.ratings.keep(rating)
    return rating


def name_visit(ticket: QueueTicket) -> CaseId:
    """Return under which name a visit is rated; no case is numbered like this."""
    return CaseId(f"VISIT-{ticket.on:%Y%m%d}-{ticket.label}")


def compose_rating(case: Case, part: str, zone: ZoneId, opinion: Opinion, deps: Deps) -> Rating:
    """Return a rating that has been checked, with the day by which a bad one must be put right."""
    return _compose(case.id, case.item_id, part, zone, opinion, deps)


def _compose(
    case_id: CaseId, item_id: ItemId, part: str, zone: ZoneId, opinion: Opinion, deps: Deps
) -> Rating:
    level = deps.catalogue.ratings.find_level(opinion.level)
    is_bad = level is not None and level.is_bad
    return Rating(
        case_id=case_id,
        part=part,
        zone=zone,
        item_id=item_id,
        level=opinion.level,
        details=tuple(opinion.details),
        words=opinion.words.strip(),
        is_bad=is_bad,
        rated_at=deps.clock.now(),
        rectify_by=_rectify_by(zone, deps) if is_bad else None,
    )


def _rectify_by(zone: ZoneId, deps: Deps) -> date | None:
    limit = deps.catalogue.ratings.rectify
    try:
        return deps.catalogue.get_calendar(zone).add_working_days(Moment(deps.clock.now()).on, limit.amount)
    except Refused:  # past the last year that has been published
        return None


def rectify(case_id: CaseId, part: str, words: str, is_called_back: bool, actor: Actor, deps: Deps) -> None:
    """Note what was done about a bad rating of this zone.

    Raises:
        Refused: nothing was written, or the person was not called back; Conflict: it was noted before.

    Source of law: rating-2019#rectify.
    """
    rating = deps.ratings.find(case_id, part)
    if rating is None or rating.zone != deps.zone or not rating.is_bad:
        raise NotFound(case_id)
    problems = []
    if not words.strip():
        problems.append(Problem("rating.no-words", _NO_WORDS, "words", "rating-2019#rectify"))
    if len(words) > WORDS_CHARS:
        problems.append(Problem("rating.too-long", _TOO_LONG, "words"))
    if not is_called_back and part != VISIT:  # whoever visited left no name
        problems.append(Problem("rating.no-call", _NO_CALL, "called", "rating-2019#rectify"))
    if problems:
        raise Refused(*problems)
    if rating.rectified is not None:
        raise Conflict(f"{case_id}: put right already")
    done = Rectified(deps.clock.now(), actor.id, actor.name, words.strip(), is_called_back)
    with deps.unit():
        deps.ratings.rectify(case_id, part, done)


_TOO_EARLY = Text("办件结束以后才能评价", "A case is rated when it has ended")
_VISIT_TOO_EARLY = Text("办完以后才能评价", "A visit is rated when it has ended")
_TWICE = Text("已经评价过了，每件只评一次", "It has been rated; each side is rated once")
_NO_WORDS = Text("请写明怎样核实、怎样整改", "Write what was found and what was done")
_TOO_LONG = Text(f"最多写 {WORDS_CHARS} 字", f"At most {WORDS_CHARS} characters")
_NO_CALL = Text("请先回访，再记录整改", "Call the person back before you record it")
