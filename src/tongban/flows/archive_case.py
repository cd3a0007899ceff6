"""Seal the whole file of a closed case: papers, licence and history, with a list of their digests."""

import json
from collections.abc import Iterator, Mapping
from datetime import date

from tongban.crypto.canonical import canonical
from tongban.crypto.digest import hex_digest
from tongban.domain.case.decide_ending import check_may_archive
from tongban.domain.case.ending import CaseArchived
from tongban.domain.case.ending_commands import ArchiveCase
from tongban.domain.case.events import Actor
from tongban.domain.case.plain import recorded_to_plain, to_plain
from tongban.domain.case.state import Case
from tongban.domain.credential.credential import add_months
from tongban.domain.grounds import Retention
from tongban.flows.perform import get_case, perform
from tongban.flows.ports import Deps, Part
from tongban.flows.seal_paper import seal_paper
from tongban.flows.write_papers import write_papers_of
from tongban.kernel.ids import CaseId
from tongban.kernel.moment import Moment

MANIFEST = "manifest.json"
_MONTHS_A_YEAR = 12


def archive_case(case_id: CaseId, actor: Actor, deps: Deps) -> Case:
    """Seal the file of a case that is closed for good.

    Causes: a package in the file store, a ledger leaf with the digest of its manifest, ``CaseArchived``.
    Twice:  nothing; an archived case is left alone.
    Fails:  ``Fault`` if the press is away.

    Raises:
        Refused: something is still to be done, told all at once; or this kind of case is not kept.

    Source of law: order-716-2019#12, archives-2020#37.
    """
    case = get_case(case_id, deps)
    if case.ending.archived is not None:
        return case
    regime = deps.catalogue.get_regime(deps.catalogue.get_item(case.item_id, case.deciding_zone).regime)
    retention = check_may_archive(case, regime)
    write_papers_of(case_id, deps)
    # Drawn before the transaction is opened: sealing takes its time and must not hold a row.
    parts = tuple(_list_parts(case, deps))
    manifest = _compose_manifest(case, parts, deps)
    whole = (*parts, Part(MANIFEST, "归档清单 · list of what is archived", manifest))
    now = deps.clock.now()
    package = deps.press.pack_file(case.id, whole, now)
    digest = hex_digest(manifest)
    with deps.unit():
        package_digest = deps.files.put(package, "application/zip", f"{case.id}-archive.zip")
        leaf: dict[str, object] = {
            "t": "case.archive/1",
            "z": deps.zone,
            "at": int(now.timestamp()),
            "manifest": f"sha256:{digest}",
            "package": f"sha256:{package_digest}",
        }
        deps.ledger.append(f"archive:{case.id}", leaf)
        archived = CaseArchived(
            package_digest, digest, len(package), _keep_until(retention, Moment(now)), retention.source
        )
        return perform(case_id, ArchiveCase(archived), actor, deps)


def _keep_until(retention: Retention, moment: Moment) -> date | None:
    return add_months(moment.on, retention.years * _MONTHS_A_YEAR) if retention.years else None


def _list_parts(case: Case, deps: Deps) -> Iterator[Part]:
    """Yield what goes into the package: documents sealed and as data, the licence, the whole history."""
    for kept in deps.papers.list_of([case.id])[case.id]:
        paper = kept.paper
        says = f"{paper.title.zh} {paper.number} · {paper.title.en}"
        yield Part(f"{paper.id}.pdf", says, seal_paper(paper.id, deps))
        yield Part(f"{paper.id}.json", says, _json(to_plain(paper)))
    licence = deps.files.find(case.document_digest) if case.document_digest else None
    if licence is not None:
        yield Part("licence.pdf", f"电子证照 {case.credential_id} · electronic licence", licence)
    if case.token:
        yield Part("licence.sd-jwt", "电子凭证 · electronic credential", case.token.encode())
    history = [recorded_to_plain(one) for one in deps.cases.history(case.id)]
    yield Part("history.json", "办件全过程记录 · the whole history", _json(history))


def _compose_manifest(case: Case, parts: tuple[Part, ...], deps: Deps) -> bytes:
    """Return the list of the parts; uploads are named by digest, their bytes stay in the file store."""
    item = deps.catalogue.get_item(case.item_id, case.deciding_zone)
    uploads = [
        {"question": question.id, "sha256": str(case.answers[question.id])}
        for question in item.form.questions
        if question.type == "file" and case.answers.get(question.id)
    ]
    listed = [
        {"file": one.name, "says": one.says, "sha256": hex_digest(one.content), "bytes": len(one.content)}
        for one in parts
    ]
    # The salt keeps anybody from guessing what the ledger's digest stands for.
    whole: Mapping[str, object] = {
        "case": case.id,
        "item": case.item_id,
        "zone": deps.zone,
        "version": case.version,
        "files": listed,
        "uploads": uploads,
        "n": deps.chance.salts(1)[0],
    }
    return canonical(whole)


def _json(plain: object) -> bytes:
    return json.dumps(plain, ensure_ascii=False, indent=2).encode()
