"""The guide says of every paper whether it is asked for, and of every question to a zone on which ground."""

import pytest

from tests.builders import BRANCH, BRANCH_FILING, CHANGZHOU, PARENT, SUZHOU, WUXI, a_network, branch_answers
from tongban.domain.case.events import Actor, ApplicantRef
from tongban.flows.guard_ports import RailAct
from tongban.kernel.errors import NotFound
from tongban.kernel.ids import ItemId
from tongban.kernel.text import Text
from tongban.reads.guide import read_asked_of, read_guide

AGENCY = ApplicantRef("firm", PARENT, "演示旅行社")


@pytest.fixture
def deps():
    return a_network()[SUZHOU]


def test_without_a_zone_it_is_this_nodes_own(deps):
    assert read_guide(BRANCH_FILING, None, deps).offer.zone.id == SUZHOU
    assert read_guide(BRANCH_FILING, WUXI, deps).offer.zone.id == WUXI


def test_a_paper_that_a_register_holds_is_not_asked_for(deps):
    guide = read_guide(BRANCH_FILING, CHANGZHOU, deps)
    assert guide.spared == len(guide.materials) == 3
    own, parents, _ = guide.materials
    assert own.held_by.zh == "常州高新区"
    assert "总社统一社会信用代码" in parents.held_by.zh
    assert parents.may_upload
    assert all(deps.catalogue.law.find(line.ground) for line in guide.materials)


def test_what_will_be_asked_names_the_zone_that_the_numbers_lead_to(deps):
    item = deps.catalogue.get_item(BRANCH_FILING, CHANGZHOU)
    asked = read_asked_of(item, branch_answers(), AGENCY, deps)
    assert [(one.kind.id, one.zone.id, one.subject) for one in asked] == [
        ("business-licence", CHANGZHOU, BRANCH),
        ("travel-agency-licence", WUXI, PARENT),
        ("deposit-proof", WUXI, PARENT),
    ]


def test_a_number_of_no_zone_leads_nowhere(deps):
    item = deps.catalogue.get_item(BRANCH_FILING, CHANGZHOU)
    asked = read_asked_of(item, branch_answers(parent_uscc="91310115MB0000008N"), AGENCY, deps)
    assert [one.zone is None for one in asked] == [False, True, True]


def test_an_item_that_nobody_offers_is_not_found(deps):
    with pytest.raises(NotFound):
        read_guide(ItemId("nothing"), None, deps)


def test_a_machine_that_is_stopped_is_said_to_be_where_this_node_knows(deps):
    why = Text("演示", "demonstration")
    deps.rails.turn(RailAct(BRANCH_FILING, "stop", why, Actor("head", "h"), deps.clock.now()))
    assert read_guide(BRANCH_FILING, SUZHOU, deps).is_stopped
    assert not read_guide(BRANCH_FILING, WUXI, deps).is_stopped


def test_the_gate_stands_in_the_guide(deps):
    gate = read_guide(BRANCH_FILING, SUZHOU, deps).gate
    assert gate.is_automatable
    assert len(gate.rows) == len(deps.catalogue.gate)
