"""Answer a correction notice at a zone that neither received nor decides; the one that decides does it."""

from collections.abc import Mapping
from typing import Any

from tongban.domain.case.commands import Command, Correct
from tongban.domain.case.events import Actor
from tongban.domain.case.plain import to_plain
from tongban.domain.case.state import Case
from tongban.domain.catalogue.form import Form, parse_alone, parse_answers
from tongban.flows.acts_under_way import CORRECT, compose_words
from tongban.flows.correct import UNCHANGED, correct
from tongban.flows.deliver_elsewhere import PARTY, check_collector
from tongban.flows.file_transfers import OfferedFile
from tongban.flows.hold_files import find_digests, keep_drafts_files
from tongban.flows.offer_files import compose_offer
from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.ids import CaseId, ItemId, ZoneId
from tongban.kernel.text import Text


def correct_elsewhere(
    case_id: CaseId,
    route: tuple[ItemId, ZoneId],
    party: str,
    raw_answers: Mapping[str, object],
    actor: Actor,
    deps: Deps,
) -> None:
    """Hand in only what the notice asks for, for a case of which this zone may know nothing.

    Causes: a signed ``case.act`` message to the deciding zone, which compares the number and reads the
        answers with its own form; an offer of each file that came with them. Where the case is known here,
        what ``correct`` does. The files stay no longer than an upload that nobody names.
    Twice:  refused while the first is under way; the deciding zone refuses what is corrected already.

    Args:
        route: the item that the notice names, and the zone that decides it.
        party: the number on the original document of who came.

    Raises:
        Refused: an answer is wrong, nothing was answered, or one is under way.
        NotFound: this zone decides, and has no such case.

    Source of law: all-2019#32.4; state-council-office-2020-35 (answered at any zone).
    """
    item_id, deciding_zone = route
    known = deps.cases.find(case_id)
    if known is None and deciding_zone == deps.zone:
        raise NotFound(case_id)
    answers = read_some(deps.catalogue.get_item(item_id, deciding_zone).form, raw_answers)
    if known is not None:
        check_collector(known, party, deps, CORRECT)
        correct(case_id, answers, actor, deps, helper_id=party if party != known.applicant.id else "")
        return
    body = {"case": case_id, "act": CORRECT, "actor": to_plain(actor), "answers": to_plain(answers),
            "pledges": [], PARTY: party}  # fmt: skip
    files = _lock_files(case_id, deciding_zone, find_digests(answers), deps)
    with deps.unit():
        _check_none_under_way(case_id, deps)
        deps.exchange.post(deciding_zone, "case.act", body, case_id)
        for offered, offer in files:
            # Behind the act that names them: messages of one case keep their order.
            deps.transfers.offer(offered)
            deps.exchange.post(deciding_zone, "file.offer", offer, case_id)


def read_some(form: Form, raw_answers: Mapping[str, object]) -> dict[str, object]:
    """Return the answers given, each read alone: whether the rest is complete, only the deciding zone knows.

    Raises:
        Refused: every answer that cannot be read, at once; or there is none.
    """
    values: dict[str, object] = {}
    problems: list[Problem] = []
    for question in form.questions:
        value, faults = parse_alone(question, raw_answers.get(question.id))
        problems.extend(faults)
        if value is not None and not faults:
            values[question.id] = value
    if problems or not values:
        raise Refused(*(problems or [Problem("correction.unchanged", UNCHANGED, source="all-2019#32.4")]))
    return values


def _check_none_under_way(case_id: CaseId, deps: Deps) -> None:
    for one in deps.exchange.outgoing(case_id):
        if one.act == CORRECT and one.is_on_its_way:
            raise Refused(Problem("act.under-way", compose_words(one, deps), next_step=_WAIT))


def _lock_files(
    case_id: CaseId, to_zone: ZoneId, digests: tuple[str, ...], deps: Deps
) -> list[tuple[OfferedFile, dict[str, object]]]:
    """Return each file that was not offered yet, locked for the zone that decides, with its message."""
    keep_drafts_files(digests, deps)
    known = {one.digest for one in deps.transfers.offered(case_id)}
    held = [(digest, deps.files.find(digest)) for digest in digests if digest not in known]
    return [
        compose_offer(case_id, digest, content, to_zone, deps.files.find_name(digest), deps)
        for digest, content in held
        if content is not None
    ]


def check_correction_of_any_zone(
    command: Command, body: Mapping[str, Any], case: Case, deps: Deps
) -> Correct | None:
    """Return a correction from a zone that did not receive the case, as it may be carried out.

    Returns:
        None when the act is no correction, or nobody of the case is named with it.

    Raises:
        Refused: the case waits for no correction; nobody of the case came, or an agent who may not correct;
            an answer does not fit the form; nothing changes. The sender reads the first reason.
    """
    if not isinstance(command, Correct) or PARTY not in body or command.pledges:
        return None
    check_collector(case, str(body[PARTY]), deps, CORRECT)
    item = deps.catalogue.get_item(case.item_id, case.deciding_zone)
    deps.catalogue.get_regime(item.regime).get_arrow(case.stage, "Correct", "applicant")
    answers = parse_answers(item.form, {**case.answers, **command.answers})
    if answers.problems:
        raise Refused(*answers.problems)
    changed = {name: value for name, value in answers.values.items() if case.answers.get(name) != value}
    if not changed:
        raise Refused(Problem("correction.unchanged", UNCHANGED, source="all-2019#32.4"))
    return Correct(changed, command.at_zone)


_WAIT = Text(
    "对方确认以后再看结果，不要重复提交。", "Look again once that zone has confirmed; do not send it twice."
)
