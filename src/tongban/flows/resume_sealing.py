"""Seal what waited for the seal, once it may move again: found by its state, so that nothing is lost."""

from datetime import timedelta

from tongban.domain.seal.decide import check_ready, hour_of, may_reopen, may_take_over
from tongban.flows.ports import Deps
from tongban.flows.seal_port import PAPER

GROUP = 100
"""Most documents that are woken at a time."""
LOOKED_AT = timedelta(minutes=1)
"""A document that was woken is left alone for so long."""


def resume_sealing(deps: Deps, limit: int = GROUP) -> int:
    """Wake the jobs of documents that wait, while the seal may move; return how many documents.

    Causes: one job a case; a written document is drawn by whoever asks for it next, so it needs none.
    Twice:  a job more, which finds the document there; what waits goes on waiting until it is sealed.
    """
    now, seal = deps.clock.now(), deps.seals.read()
    book = deps.catalogue.seal
    rule = book.get_rule(deps.zone)
    is_open = deps.seal_key.is_open() or may_reopen(seal, deps.rota, now)
    used = deps.seals.count_hour(hour_of(now))
    is_ready = check_ready(seal, used, now, book, rule, is_open=is_open) is None
    if not is_ready and not may_take_over(seal, deps.rota, now):
        return 0
    with deps.unit():
        waiting = deps.seals.claim_waiting(now - LOOKED_AT, now, limit)
        for case_id in dict.fromkeys(one.case_id for one in waiting if one.kind != PAPER):
            deps.jobs.defer("seal_document", case_id=case_id)
    return len(waiting)
