"""One zone's node for tests of pages and reads: the real store on PostgreSQL, a clock that the test moves."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from tests.builders import (
    AGENT,
    BRANCH,
    PARENT,
    TUESDAY,
    ZONES,
    DirectoryForTests,
    SealerForTests,
    a_branch_application,
    catalogue,
    issue_signer,
    key_record,
)
from tongban.domain.case import commands as c
from tongban.domain.case.due import find_due_on
from tongban.domain.case.events import Actor
from tongban.domain.case.state import Case
from tongban.domain.evidence.exchange import Evidence, HeldRecord, Trust
from tongban.flows.memory import MemoryClock, memory_deps
from tongban.flows.perform import perform
from tongban.flows.plan_agenda import plan_for
from tongban.flows.ports import Deps
from tongban.flows.submit import Application, submit
from tongban.kernel.ids import CaseId, EvidenceKindId, ZoneId
from tongban.kernel.text import Text
from tongban.store.store import Store, open_store
from tongban.wiring.node import FROM_THE_STORE

NODE_KEY = bytes(range(32))
REGISTER = Text("演示登记机关", "demonstration registrar")


def _due_on(case: Case) -> date | None:
    """The day by which the zone must answer, as wiring computes it."""
    item = catalogue().get_item(case.item_id, case.deciding_zone)
    regime = catalogue().get_regime(item.regime)
    return find_due_on(case, item, regime, catalogue().get_calendar(case.deciding_zone))


@dataclass(frozen=True)
class OneNode:
    """A node of one zone, with what a test wants to do to it."""

    deps: Deps
    store: Store
    clock: MemoryClock

    def log_in(self, role: str, name: str = "虚构工作人员") -> Client:
        """A browser in which somebody of a role is logged in."""
        account = get_user_model().objects.create_user(
            f"{role}-{get_user_model().objects.count()}", "x", display_name=name, role=role
        )
        client = Client()
        client.force_login(account, "django.contrib.auth.backends.ModelBackend")
        return client

    def keep(self, of_kind: str, subject: str, /, trust: Trust = Trust.SHARED_DATA, **facts: object) -> None:
        """Put a record into one of this zone's own registers."""
        self.store.registers.keep(
            HeldRecord(EvidenceKindId(of_kind), subject, facts, self.clock.now(), REGISTER, trust)
        )

    def keep_branch(self) -> None:
        """Put the branch's business licence into the register."""
        self.keep(
            "business-licence", BRANCH, status="active", kind="branch",
            name="无锡示例旅行社有限公司常州新北分社（演示）", legal_representative="演示甲",
            premises="常州市新北区演示路1号",
            registered_on=self.clock.now().date() - timedelta(days=1), parent_uscc=PARENT,
        )  # fmt: skip

    def hand_in(self, number: str, application: Application | None = None, **changes: object) -> CaseId:
        """Hand an application in at this node."""
        case_id = CaseId(number)
        submit(case_id, application or a_branch_application(**changes), AGENT, self.deps)
        return case_id

    def answer(
        self, case_id: CaseId, of_kind: str, /, zone: str = "wuxi", about: str = PARENT, **facts: object
    ) -> None:
        """Let another zone answer what this one asked it."""
        evidence = Evidence(
            EvidenceKindId(of_kind),
            Trust.SHARED_DATA,
            facts,
            self.clock.now(),
            REGISTER,
            ZoneId(zone),
            about,
        )
        perform(case_id, c.AttachEvidence(evidence, "m-1"), Actor("zone", zone), self.deps)

    def referred(self, number: str, scope: tuple[str, ...] = ("domestic", "outbound")) -> CaseId:
        """A case with an officer: its branch wants more than the parent may."""
        self.keep_branch()
        case_id = self.hand_in(number, scope=list(scope))
        self.answer(case_id, "travel-agency-licence", status="active", licence_number="L-DEMO-0001",
                    scope=["domestic", "inbound"])  # fmt: skip
        self.answer(case_id, "deposit-proof", paid=True, amount_fen=20_000_000)
        return case_id

    def find(self, case_id: CaseId) -> Case:
        """The case as it stands."""
        case = self.deps.cases.find(case_id)
        assert case is not None
        return case


def start_node(
    zone: ZoneId, folder: Path, monkeypatch: pytest.MonkeyPatch, at: datetime = TUESDAY
) -> OneNode:
    """Put a node together and let the pages of this process find it."""
    clock = MemoryClock(at)
    directory = DirectoryForTests(key_record(each) for each in ZONES)
    store = open_store(zone, clock, NODE_KEY, folder, _due_on, plan=plan_for(catalogue(), zone))
    deps = memory_deps(zone, catalogue(), clock, SealerForTests(issue_signer(zone)), directory)
    ports: Mapping[str, object] = {name: getattr(store, name) for name in FROM_THE_STORE}
    deps = replace(deps, **ports)
    monkeypatch.setattr("tongban.wiring.node.get_node", lambda: SimpleNamespace(deps=deps, store=store))
    return OneNode(deps, store, clock)
