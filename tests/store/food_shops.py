"""Food shops of Suzhou whose filings need nothing from outside, on the database instead of memory."""

from dataclasses import replace
from pathlib import Path

from tests.builders import SUZHOU, TUESDAY, a_network
from tests.ports.conftest import NODE_KEY, due_on
from tongban.domain.case.events import Actor, ApplicantRef
from tongban.domain.evidence.exchange import HeldRecord
from tongban.flows.ports import Deps
from tongban.flows.submit import Application, submit
from tongban.kernel.ids import CaseId, EvidenceKindId, ItemId
from tongban.kernel.text import Text
from tongban.store.store import open_store

FOOD = ItemId("prepackaged-food-filing")
LICENCE = EvidenceKindId("business-licence")


def deps_on(folder: Path) -> Deps:
    """What the flows of Suzhou ask, on the database instead of memory."""
    deps = a_network(zones=[SUZHOU])[SUZHOU]
    store = open_store(SUZHOU, deps.clock, NODE_KEY, folder, due_on)
    return replace(
        deps, unit=store.unit, cases=store.cases, serials=store.serials, registers=store.registers,
        jobs=store.jobs, ledger=store.ledger, credentials=store.credentials, exchange=store.exchange,
    )  # fmt: skip


def shop(number: int) -> ApplicantRef:
    """A shop, by its number."""
    return ApplicantRef("firm", f"DEMO-{number}", f"演示食品店{number}", "19900000001")


def keep_shops(deps: Deps, count: int) -> None:
    """Fill the register with the licences of as many shops."""
    for number in range(count):
        facts: dict[str, object] = {
            "status": "active", "name": shop(number).name, "legal_representative": "演示丙",
            "scope": ["prepackaged-food-sale"], "premises": f"苏州市虎丘区演示路{number}号",
        }  # fmt: skip
        record = HeldRecord(LICENCE, shop(number).id, facts, TUESDAY, Text("演示登记", "demo register"))
        deps.registers.keep(record)  # type: ignore[attr-defined]


def submit_shop(deps: Deps, number: int, *, decide_now: bool = True) -> CaseId:
    """Hand the application of a shop in, under a number of its own."""
    answers = {
        "premises": f"苏州市虎丘区演示路{number}号", "contact_mobile": "19900000001",
        "activities": ["prepackaged"], "sale_modes": ["retail"], "outlets": ["shop"],
        "stores_elsewhere": "no", "sells_labelled_only": "yes",
    }  # fmt: skip
    wanted = Application(FOOD, SUZHOU, shop(number), answers, "online", decide_now=decide_now)
    return submit(CaseId(f"SZ260303-{number:08d}"), wanted, Actor("applicant", f"shop-{number}"), deps).id


def hand_in(deps: Deps, count: int) -> list[CaseId]:
    """Hand in applications of as many shops, for a worker to decide, and fill the register with them."""
    keep_shops(deps, count)
    return [submit_shop(deps, number, decide_now=False) for number in range(count)]
