"""Whether a document may be sealed at all: it must be what an event of a competent authority left behind."""

from tongban.crypto.canonical import canonical
from tongban.crypto.digest import hex_digest
from tongban.domain.case.events import Recorded
from tongban.domain.case.plain import to_plain
from tongban.domain.case.state import Case
from tongban.domain.credential.credential import signed_part_digest
from tongban.flows.ports import Deps
from tongban.flows.seal_port import COMPOSITE, LICENCE, PAPER, SealOrder
from tongban.kernel.errors import Problem
from tongban.kernel.ids import CredentialId
from tongban.kernel.text import Text


def check_seal_order(order: SealOrder, deps: Deps) -> tuple[Problem, ...]:
    """Return every reason why the seal must not move for this document; empty when it may.

    Nothing that the order says is believed: case, event and document are looked up.
    """
    law = deps.catalogue.seal.source
    problems = []
    if order.zone != deps.zone:
        problems.append(Problem("seal.wrong-zone", _WRONG_ZONE, "zone", law))
    if hex_digest(order.drawn) != order.drawn_digest:
        problems.append(Problem("seal.wrong-digest", _NOT_AS_DRAWN, "drawn_digest", law))
    case = deps.cases.find(order.case_id)
    recorded = _find_event(order, deps)
    if case is None or recorded is None:
        problems.append(Problem("seal.no-event", _NO_EVENT, "version", law))
        return tuple(problems)
    match order.kind:
        case "licence":
            problems += _check_licence(order, case, recorded, deps)
        case "composite":
            problems += _check_composite(order, recorded, deps)
        case "paper":
            problems += _check_paper(order, case, recorded, deps)
        case _:
            problems.append(Problem("seal.no-document", _NO_DOCUMENT, "kind", law))
    return tuple(problems)


def name_event(order: SealOrder, deps: Deps) -> str:
    """Return the name of the event an order rests on, or nothing when there is none."""
    recorded = _find_event(order, deps)
    return type(recorded.event).__name__ if recorded else ""


def _find_event(order: SealOrder, deps: Deps) -> Recorded | None:
    history = deps.cases.history(order.case_id) if deps.cases.find(order.case_id) else ()
    return next((one for one in history if one.version == order.version), None)


def _check_licence(order: SealOrder, case: Case, recorded: Recorded, deps: Deps) -> list[Problem]:
    law = deps.catalogue.seal.source
    problems = []
    if type(recorded.event).__name__ != deps.catalogue.seal.licence_event:
        problems.append(Problem("seal.wrong-event", _WRONG_EVENT, "version", law))
    if case.deciding_zone != deps.zone:
        problems.append(Problem("seal.not-competent", _NOT_COMPETENT, "zone", law))
    issued = deps.credentials.find(CredentialId(order.document_id))
    if issued is None or issued.case_id != case.id or case.credential_id != order.document_id:
        problems.append(Problem("seal.no-document", _NO_DOCUMENT, "document_id", law))
    elif signed_part_digest(issued.token) != order.source_digest or issued.token != case.token:
        problems.append(Problem("seal.wrong-digest", _NOT_THE_SAME, "source_digest", law))
    return problems


def _check_composite(order: SealOrder, recorded: Recorded, deps: Deps) -> list[Problem]:
    """One that joins several is this zone's when its register has it; it decides nothing of its own."""
    law = deps.catalogue.seal.source
    problems = []
    if type(recorded.event).__name__ != deps.catalogue.seal.licence_event:
        problems.append(Problem("seal.wrong-event", _WRONG_EVENT, "version", law))
    issued = deps.credentials.find(CredentialId(order.document_id))
    if issued is None or issued.case_id != order.case_id:
        problems.append(Problem("seal.no-document", _NO_DOCUMENT, "document_id", law))
    elif signed_part_digest(issued.token) != order.source_digest:
        problems.append(Problem("seal.wrong-digest", _NOT_THE_SAME, "source_digest", law))
    return problems


def _check_paper(order: SealOrder, case: Case, recorded: Recorded, deps: Deps) -> list[Problem]:
    kept = deps.papers.find(order.document_id)
    if kept is None or (kept.paper.case_id, kept.paper.version) != (case.id, order.version):
        return [Problem("seal.no-document", _NO_DOCUMENT, "document_id", deps.catalogue.seal.source)]
    kind = next((one for one in deps.catalogue.papers.kinds if one.id == kept.paper.kind), None)
    law = kind.source if kind else deps.catalogue.seal.source
    problems = []
    if kind is None or kind.event != type(recorded.event).__name__:
        problems.append(Problem("seal.wrong-event", _WRONG_EVENT, "version", law))
    made_in = case.receiving_zone if kind and kind.made_in == "receiving" else case.deciding_zone
    if made_in != deps.zone:
        problems.append(Problem("seal.not-competent", _NOT_COMPETENT, "zone", law))
    digest = hex_digest(canonical(to_plain(kept.paper)))
    if not digest == kept.digest == order.source_digest:
        problems.append(Problem("seal.wrong-digest", _NOT_THE_SAME, "source_digest", law))
    return problems


KINDS = (LICENCE, COMPOSITE, PAPER)
"""Every kind that has a check here."""

_WRONG_ZONE = Text("这枚印章不是本区的。", "This is not this zone's seal.")
_NOT_AS_DRAWN = Text(
    "送来盖章的内容与制作时的摘要不符。", "The bytes to be sealed are not those of which the digest was told."
)
_NO_EVENT = Text(
    "没有这件办件，或者办件里没有这一步，不能用印。",
    "There is no such case, or no such event in it; nothing is sealed.",
)
_NO_DOCUMENT = Text(
    "这件办件没有留下这份文件，不能用印。", "The case left no such document; nothing is sealed."
)
_WRONG_EVENT = Text(
    "这一步之后依规定不制作这种文件，不能用印。",
    "After this event no document of this kind is made; nothing is sealed.",
)
_NOT_COMPETENT = Text(
    "这份文件应由另一个区作出，本区无权用印。",
    "Another zone makes this document; this one has no power to seal it.",
)
_NOT_THE_SAME = Text(
    "文件内容与办件当时留下的不一致，不能用印。",
    "The document is not the one that the event left; nothing is sealed.",
)
