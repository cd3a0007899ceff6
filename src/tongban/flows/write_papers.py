"""Write the documents that the law wants in writing, for what has happened in cases since the last time."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tongban.crypto.canonical import canonical
from tongban.crypto.digest import hex_digest
from tongban.domain.case import ending as g
from tongban.domain.case import events as e
from tongban.domain.case.due import running_clocks
from tongban.domain.case.ended import ACT_OF
from tongban.domain.case.examining import SpecialProcedureStarted
from tongban.domain.case.plain import to_plain
from tongban.domain.case.state import Case, apply
from tongban.domain.clock.reading import Reading
from tongban.domain.paperwork.paper import Numbering, Paper, PaperKind, compose_paper, dated_on
from tongban.domain.rules.words import fill, show_date
from tongban.flows.paper_store import LEAF_KEY, KeptPaper
from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound
from tongban.kernel.ids import CaseId, LawKey
from tongban.kernel.moment import Moment
from tongban.kernel.text import Text

GROUP = 100
"""Most cases whose documents are written in one transaction."""


@dataclass(frozen=True, slots=True)
class Due:
    """A document that is still to be written."""

    kind: PaperKind
    case: Case
    recorded: e.Recorded


def write_papers(deps: Deps, limit: int = GROUP) -> int:
    """Write and number what is due, for a group of cases in one transaction; return how many cases.

    Numbers are drawn last, so that others wait for them as short as can be.

    Causes: documents with a ledger leaf each.
    Twice:  nothing; a document that is there is not written again.

    Source of law: all-2019#32, all-2019#38, all-2019#44.
    """
    with deps.unit():
        case_ids = deps.papers.claim_due(limit)
        if not case_ids:
            return 0
        deps.cases.preload(case_ids)
        there = deps.papers.list_of(case_ids)
        due: list[Due] = []
        for case_id in case_ids:
            due += _due_of(case_id, there.get(case_id, ()), deps)
        for paper in _write(due, deps):
            _keep(paper, deps)
        return len(case_ids)


def write_papers_of(case_id: CaseId, deps: Deps) -> None:
    """Write what one case still lacks, at once: before its file is sealed.

    Causes, twice: as ``write_papers``.
    """
    with deps.unit():
        there = deps.papers.list_of([case_id]).get(case_id, ())
        for paper in _write(list(_due_of(case_id, there, deps)), deps):
            _keep(paper, deps)


def _due_of(case_id: CaseId, there: Sequence[KeptPaper], deps: Deps) -> Iterator[Due]:
    """Yield what a case still lacks, and note that it has been looked at."""
    try:
        history = deps.cases.history(case_id)
    except NotFound:  # erased meanwhile
        history = ()
    deps.papers.mark_written(case_id, len(history))
    written = {(one.paper.version, one.paper.kind) for one in there}
    case = Case(case_id)
    for recorded in history:
        case = apply(case, recorded)
        if isinstance(recorded.event, e.Granted) and recorded.event.by in ("authority", "deemed"):
            continue  # another authority decided and wrote; what silence grants has a notice of its own
        regime = deps.catalogue.get_item(case.item_id, case.deciding_zone).regime
        for kind in deps.catalogue.papers.kinds_after(
            type(recorded.event).__name__, regime, _parts(case, deps)
        ):
            if (recorded.version, kind.id) not in written:
                yield Due(kind, case, recorded)


def _parts(case: Case, deps: Deps) -> tuple[str, ...]:
    """Return which parts of the handling are this zone's."""
    receives = ("receiving",) if case.receiving_zone == deps.zone else ()
    return (*receives, "deciding") if case.deciding_zone == deps.zone else receives


def _write(due: Sequence[Due], deps: Deps) -> Iterator[Paper]:
    """Yield the documents with their numbers, series by series, in the order in which series are locked."""
    zone, letters = deps.catalogue.zones[deps.zone], deps.catalogue.papers.letters.get(deps.zone, "")
    series = Counter((one.kind.id, dated_on(one.recorded).year) for one in due)
    first = {key: deps.papers.next_serial(*key, series[key]) for key in sorted(series)}
    salts = deps.chance.salts(len(due)) if due else ()
    for one, salt in zip(due, salts, strict=True):
        key = (one.kind.id, dated_on(one.recorded).year)
        numbering = Numbering(letters, zone.letters, one.kind, key[1], first[key])
        first[key] += 1
        values, basis = _values(one, deps), _basis(one, deps)
        yield compose_paper(one.case, one.recorded, values, numbering, deps.zone, salt, basis)


def _basis(one: Due, deps: Deps) -> tuple[LawKey, ...]:
    """Return the item's own articles for a decision; the other documents rest on procedure alone."""
    if not isinstance(one.recorded.event, e.Granted | e.GrantRefused):
        return ()
    return deps.catalogue.get_item(one.case.item_id, one.case.deciding_zone).legal_basis


def _values(one: Due, deps: Deps) -> Mapping[str, Text]:
    """Return what a document says beside what the case itself knows."""
    case, catalogue = one.case, deps.catalogue
    item, deciding = catalogue.get_item(case.item_id, case.deciding_zone), catalogue.zones[case.deciding_zone]
    values = {
        "item": item.title,
        "zone": deciding.short_name,
        "authority": deciding.authority.name,
        "licence_title": item.credential.title,
    }
    values |= _of_act(one, deps)
    match one.recorded.event:
        case e.Granted(by="rules"):
            values["reasons"] = _BY_RULES.fill(version=item.rules.version)
        case SpecialProcedureStarted(kind=special, basis=basis):
            article = catalogue.law.find(basis)
            values["basis"] = article.title if article else Text(basis, basis)
            known = catalogue.get_regime(item.regime).scrutiny.special.get(special)
            values["special"] = known.says if known else Text(special, special)
        case e.Accepted():
            regime, now = catalogue.get_regime(item.regime), Moment(one.recorded.at)
            calendar = catalogue.get_calendar(case.deciding_zone)
            clocks = running_clocks(case, item, regime, calendar, now)
            statutory = next((clock for clock in clocks if clock.name == "statutory"), None)
            if statutory and isinstance(statutory.reading, Reading):
                values["due_on"] = fill(
                    _DUE, on=show_date(statutory.reading.due_on), limit=statutory.limit.in_words
                )
            elif statutory:
                values["due_on"] = statutory.limit.in_words
    return values


def _of_act(one: Due, deps: Deps) -> dict[str, Text]:
    """Return what an act against a licence is called, and what its ground says, in the regime's words."""
    event = one.recorded.event
    act = event.act if isinstance(event, g.EndingProposed) else ACT_OF.get(type(event), "")
    ground = getattr(event, "ground", "")
    if not act or not ground:
        return {}
    regime = deps.catalogue.get_regime(
        deps.catalogue.get_item(one.case.item_id, one.case.deciding_zone).regime
    )
    known = regime.aftermath.find_ground(act, ground)
    arrow = next((one for one in regime.arrows if one.command == act), None)
    words = {"act": arrow.says} if arrow else {}
    if known is not None:
        article = deps.catalogue.law.get(known.source).title
        words["ground"] = Text(f"{known.says.zh}（{article.zh}）", f"{known.says.en} ({article.en})")
    return words


def _keep(paper: Paper, deps: Deps) -> None:
    """Keep a document, and file its digest: who holds it can prove that it was written, and when."""
    digest = hex_digest(canonical(to_plain(paper)))
    deps.papers.add(KeptPaper(paper, digest))
    leaf: dict[str, object] = {
        "t": "paper.write/1",
        "z": deps.zone,
        "at": int(deps.clock.now().timestamp()),
        "id": paper.id,
        "doc": f"sha256:{digest}",
    }
    deps.ledger.append(LEAF_KEY.format(paper_id=paper.id), leaf)


_BY_RULES = Text(
    "全部条件满足，按公布的规则（第 {version} 版）由系统自动准予。您可以要求说明，也可以要求人工复核。",
    "Every criterion is met; granted automatically under the published rules (version {version}). You may "
    "ask for an explanation and for a person to look again.",
)
_DUE = Text("{on}（法定期限{limit}）", "{on} (statutory limit {limit})")
