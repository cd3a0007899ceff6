"""Cases that begin as an example of a pack does, so that tests need not write forms again."""

from collections.abc import Mapping

import yaml

from tests.builders import AGENT, CONTENT, keep
from tongban.domain.case.events import ApplicantRef
from tongban.domain.case.state import Case
from tongban.domain.evidence.exchange import Trust
from tongban.domain.pledge import SignedPledge
from tongban.flows.ports import Deps
from tongban.flows.post_office import settle
from tongban.flows.submit import Application, submit
from tongban.kernel.ids import CaseId, ItemId, ZoneId

Network = Mapping[ZoneId, Deps]


def read_example(item: str, start: str) -> dict:
    """Return the example whose file name begins so."""
    path = next((CONTENT / "items" / item / "cases").glob(f"{start}*.yaml"))
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def hold(network: Network, item: str, start: str = "01", without: tuple[str, ...] = ()) -> None:
    """Put what the example's zones hold into their registers, but for some kinds."""
    for zone, rows in read_example(item, start).get("zones_hold", {}).items():
        for row in rows:
            if row["kind"] not in without:
                trust = Trust(row.get("trust", "S"))
                keep(network[ZoneId(zone)], row["kind"], row["subject"], trust, **row["facts"])


def apply(
    network: Network,
    item: str,
    number: str,
    start: str = "01",
    decided_in: str = "",
    received_in: str = "",
    applicant: Mapping[str, str] | None = None,
    **changes: object,
) -> Case:
    """Hand the example in with changed answers and let everything follow; return the deciding zone's case."""
    example = read_example(item, start)
    deciding = ZoneId(decided_in or example["decided_in"])
    who = {**example["applicant"], **(applicant or {})}
    offered = network[deciding].catalogue.get_item(ItemId(item), deciding)
    texts = {one.id: one for one in offered.pledges}
    signed = tuple(
        SignedPledge(name, texts[name].version, texts[name].text_hash, who["name"])
        for name in example.get("pledges", [])
    )
    application = Application(
        ItemId(item),
        deciding,
        ApplicantRef(who["kind"], who["id"], who["name"], who.get("mobile", "")),
        {**example["answers"], **changes},
        "online",
        pledges=signed,
    )
    submit(CaseId(number), application, AGENT, network[ZoneId(received_in or example["received_in"])])
    settle(network)
    case = network[deciding].cases.find(CaseId(number))
    assert case is not None
    return case


def row_of(deps: Deps, kind: str, subject: str) -> dict[str, object]:
    """Return what a zone's register says of a subject; nothing when it holds no row."""
    record = deps.registers.find(kind, subject)  # type: ignore[arg-type]
    return {} if record is None else dict(record.facts)
