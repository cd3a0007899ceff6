"""Uploads that a case or a receipt names are kept for ever; those that nobody came back to are not."""

from datetime import timedelta
from typing import cast

from tests.builders import AGENT, CHANGZHOU, SUZHOU, a_branch_application, a_network
from tests.flows.test_bundles import FIRM, NUMBER, a_network_with, branch_then_food, values
from tongban.domain.bundle.opened import Standing, read_standings
from tongban.flows.hold_files import forget_abandoned, keep_drafts_files
from tongban.flows.keep_upload import keep_upload
from tongban.flows.memory import MemoryClock
from tongban.flows.open_bundle import BundleApplication, open_bundle
from tongban.flows.open_next import read_cases
from tongban.flows.ports import Deps
from tongban.flows.submit import new_case_id, submit

WEEK = timedelta(days=7)
PDF = b"%PDF-1.7 a copy"


def upload(deps: Deps, content: bytes = PDF) -> str:
    return keep_upload(content, "副本.pdf", "answers.parent_licence_copy", deps).digest


def go_on(deps: Deps, time: timedelta) -> None:
    clock = cast(MemoryClock, deps.clock)
    clock.at += time


def test_what_nobody_handed_in_is_gone_after_a_week() -> None:
    deps = a_network()[SUZHOU]
    digest = upload(deps)
    go_on(deps, WEEK)
    assert forget_abandoned(WEEK, deps) == 0
    go_on(deps, timedelta(seconds=1))
    assert forget_abandoned(WEEK, deps) == 1
    assert deps.files.find(digest) is None


def test_a_draft_that_is_worked_on_keeps_its_files() -> None:
    deps = a_network()[SUZHOU]
    digest = upload(deps)
    go_on(deps, WEEK)
    keep_drafts_files([digest], deps)
    go_on(deps, WEEK)
    assert forget_abandoned(WEEK, deps) == 0
    assert deps.files.find(digest) == PDF


def test_what_a_case_names_stays_in_the_zone_that_took_it_in() -> None:
    network = a_network()
    here = network[SUZHOU]
    digest = upload(here)
    application = a_branch_application(parent_licence_copy=digest)
    submit(new_case_id(here), application, AGENT, here)
    go_on(here, 9 * WEEK)
    assert forget_abandoned(WEEK, here) == 0
    assert here.files.find(digest) == PDF


def test_what_a_member_that_waits_will_need_stays_with_the_receipt() -> None:
    bundle = branch_then_food()
    here = a_network_with(bundle)[CHANGZHOU]
    digest = upload(here)
    situation = {"wanted": "yes"}
    application = BundleApplication(bundle.id, FIRM, situation, values(food__licence_copy=digest), "online")
    opened = open_bundle(NUMBER, application, AGENT, here)
    assert read_standings(opened, read_cases(opened, here))["food"] is Standing.WAITS
    go_on(here, 9 * WEEK)
    assert forget_abandoned(WEEK, here) == 0
    assert here.files.find(digest) == PDF
