"""The one way to seal anything: allowed, written down, sealed, kept. Nobody else asks the press for it."""

from typing import NoReturn

from tongban.crypto.canonical import canonical
from tongban.crypto.digest import hex_digest
from tongban.domain.seal.decide import check_ready, hour_of, may_take_over, take_over
from tongban.domain.seal.state import Seal
from tongban.flows.check_seal_order import check_seal_order, name_event
from tongban.flows.keep_seal import record_act
from tongban.flows.open_seal import is_open_for
from tongban.flows.ports import Deps
from tongban.flows.press_port import SealPermit
from tongban.flows.seal_port import SealOrder, SealRefusal, SealUse
from tongban.kernel.errors import Fault, Problem, Refused
from tongban.kernel.text import Text


class SealWaits(Fault):
    """Nothing is wrong with the document; the seal may not move now, and later it may."""


def use_seal(order: SealOrder, deps: Deps) -> tuple[bytes, SealUse]:
    """Return the sealed bytes and the use that stands in the register for them; ``finish_use`` ends it.

    Causes: one use in the register and one ledger leaf, kept before the key is touched: there is no signature
        without its leaf. A refusal is kept too.
    Twice:  the same use, when the shift and the drawn bytes are the same and nothing was kept yet.

    Raises:
        Refused: this may never be sealed; every reason at once.
        SealWaits: the seal is not in use, suspended, or at its limit; the register keeps that it waits.

    Source of law: order-716-2019#9.1.
    """
    problems = check_seal_order(order, deps)
    if problems:
        with deps.unit():
            deps.seals.refuse(_compose_refusal(order, problems, is_waiting=False, deps=deps))
        raise Refused(*problems)
    allowed = _allow(order, deps)
    if isinstance(allowed, Problem):
        _wait(allowed)
    # Signed outside every unit: it takes its time, and others want the seal meanwhile.
    permit = SealPermit(order.kind, allowed.drawn_digest, allowed.number)
    return deps.press.seal_drawn(order.drawn, permit), allowed


def finish_use(use: SealUse, sealed: bytes, deps: Deps) -> None:
    """Note the sealed document of a use, in the unit that keeps the document.

    Causes: the use is finished, and a ledger leaf with the digest of the sealed document.
    """
    digest = hex_digest(sealed)
    deps.seals.finish_use(use.number, digest)
    leaf: dict[str, object] = {
        "t": "doc.seal/1",
        "z": deps.zone,
        "at": int(deps.clock.now().timestamp()),
        "doc": f"sha256:{digest}",
        "n": deps.chance.salts(1)[0],
    }
    deps.ledger.append(document_leaf_key(use.kind, use.document_id), leaf)


def document_leaf_key(kind: str, document_id: str) -> str:
    """Return under which key the leaf of a sealed document is filed."""
    return f"sealed-paper:{document_id}" if kind == "paper" else f"document:{document_id}"


def compose_use_leaf(use: SealUse, zone: str) -> dict[str, object]:
    """Return the ledger leaf of a use: which bytes, after which event; for whom and by whom as a salted hash.

    Case, version, document and custodians are in ``use``: nobody reads from a public log what a case is of,
    and whoever is shown the row of the register can see that it is the one that was filed.
    """
    said = {
        "case": use.case_id,
        "version": use.version,
        "document": [use.kind, use.document_id],
        "by": [use.first.id, use.second.id],
        "n": use.salt,
    }
    return {
        "t": "seal.use/1",
        "z": zone,
        "at": int(use.at.timestamp()),
        "event": use.event,
        "doc": f"sha256:{use.drawn_digest}",
        "len": use.drawn_bytes,
        "use": f"sha256:{hex_digest(canonical(said))}",
    }


def _allow(order: SealOrder, deps: Deps) -> SealUse | Problem:
    """Take the seal, look whether it may move, and write the use down; or keep that it waits."""
    with deps.unit():
        seal, now = _take(deps), deps.clock.now()
        book, rule = deps.catalogue.seal, deps.catalogue.seal.get_rule(deps.zone)
        is_open = is_open_for(seal, deps)
        known = deps.seals.find_use(order.kind, order.document_id)
        if known is not None and is_open and seal.is_active(now) and _is_begun(known, order, seal):
            return known  # somebody died between the leaf and the document
        used = deps.seals.count_hour(hour_of(now))
        problem = check_ready(seal, used, now, book, rule, is_open=is_open)
        if problem is not None:
            deps.seals.refuse(_compose_refusal(order, (problem,), is_waiting=True, deps=deps))
            return problem
        use = deps.seals.add_use(_compose_use(order, seal, deps), hour_of(now))
        deps.ledger.append(use.leaf_key, compose_use_leaf(use, deps.zone))
        return use


def _compose_use(order: SealOrder, seal: Seal, deps: Deps) -> SealUse:
    now, act = deps.clock.now(), seal.activated
    shift = seal.find_shift(now)
    if shift is None or act is None:
        raise ValueError("the seal is not in use")
    return SealUse(
        order.kind, order.document_id, order.printed_number, order.case_id, order.version,
        name_event(order, deps), order.drawn_digest, len(order.drawn), act.number,
        shift.first, shift.second, now, deps.chance.salts(1)[0],
    )  # fmt: skip


def _take(deps: Deps) -> Seal:
    """Take the seal; in a demonstration, begin a shift when the last has ended and nobody suspended it."""
    seal, now = deps.seals.take(), deps.clock.now()
    if not may_take_over(seal, deps.rota, now):
        return seal
    record_act(take_over(deps.rota, now, deps.catalogue.seal.get_rule(deps.zone)), deps)
    return deps.seals.read()


def _is_begun(known: SealUse, order: SealOrder, seal: Seal) -> bool:
    """Say whether a use was allowed for just these bytes in this shift, and its document was never kept."""
    is_same = known.drawn_digest == order.drawn_digest
    return is_same and not known.sealed_digest and seal.is_under(known.activation)


def _wait(problem: Problem) -> NoReturn:
    words, step = problem.text, problem.next_step or Text("", "")
    raise SealWaits(problem.code, Text(words.zh + step.zh, f"{words.en} {step.en}".strip()))


def _compose_refusal(
    order: SealOrder, problems: tuple[Problem, ...], *, is_waiting: bool, deps: Deps
) -> SealRefusal:
    first, now = problems[0], deps.clock.now()
    says = Text("".join(one.text.zh for one in problems), " ".join(one.text.en for one in problems))
    return SealRefusal(
        order.kind, order.document_id, order.case_id, order.version, first.code, says, first.source, now, now,
        is_waiting,
    )  # fmt: skip
