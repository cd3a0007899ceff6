"""A joint item on the pages: of the lead, of the zone that does a part, and of the applicant."""

from dataclasses import replace

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from tests.builders import AGENT, CHANGZHOU, SUZHOU, a_branch_application, a_network
from tests.flows.from_examples import apply, hold, read_example
from tests.flows.test_joint_item import STORE
from tests.web.peers import tell
from tongban.domain.assignment import OF_APPLICANT, DeskOfficer, Team
from tongban.domain.case.events import ApplicantRef
from tongban.flows.assign_officer import part_on_desk
from tongban.flows.joint import find_joint, get_joint
from tongban.flows.submit import Application, submit
from tongban.kernel.ids import CaseId, ItemId
from tongban.kernel.text import Text

ITEM, LED = "food-licence-new", CaseId("CZ260303-LEAD0001")
ASKED = CaseId("SZ260303-ASKED001")
SHOP = ApplicantRef("firm", "92320411YY99010339", "常州新北听潮餐饮店（演示）", "19900000021")


@pytest.fixture
def led(node) -> CaseId:
    """A case that this node leads: the shop is here, its store in Wuxi."""
    example = read_example(ITEM, "01")
    for row in example["zones_hold"]["suzhou"]:
        node.keep(row["kind"], SHOP.id, **{**row["facts"], "name": SHOP.name})
    answers = {**example["answers"], **STORE}
    submit(LED, Application(ItemId(ITEM), CHANGZHOU, SHOP, answers, "online"), AGENT, node.deps)
    return LED


@pytest.fixture
def asked(node) -> str:
    """A part that Suzhou asks of this node; the number of the joint case."""
    network = a_network()
    hold(network, ITEM)
    there = {"store_zone": "changzhou", "store_address": "常州市新北区演示路12号"}
    case = apply(network, ITEM, ASKED, received_in="wuxi", **there)
    tell(node, network, SUZHOU, "zone.act")
    begun = find_joint(case, network[SUZHOU])
    assert begun is not None
    return begun.id


def owner(node) -> Client:
    account = get_user_model().objects.create_user(
        "shop", "x", display_name="演示店主", role="applicant", party_kind="firm", party_id=SHOP.id,
        party_name=SHOP.name, mobile="19900000021",
    )  # fmt: skip
    client = Client()
    client.force_login(account, "django.contrib.auth.backends.ModelBackend")
    return client


def test_the_lead_sees_the_state_of_each_part_on_the_case(node, officer, led):
    page = officer.get(f"/officer/cases/{led}/").content.decode()
    for words in (
        "联合办理：各区的部分", "核查外设仓库的食品贮存条件", "已转告，待立子办件", "对自己部分的意见最迟",
    ):  # fmt: skip
        assert words in page
    english = officer.get(f"/officer/cases/{led}/?lang=en").content.decode()
    assert "each zone’s part" in english


def test_a_sub_case_sits_in_the_worklist_under_its_own_number_and_is_found_by_it(node, officer, asked):
    number = get_joint(asked, node.deps).sub_cases[CHANGZHOU].number
    assert number.startswith("CZ260303-")
    page = officer.get("/officer/").content.decode()
    assert number in page
    assert "为别的区办理的子办件" in page
    found = officer.get("/officer/find/", {"number": number})
    assert found["Location"] == f"/officer/joint/{asked}/"
    assert number in officer.get("/officer/joint/").content.decode()


def test_the_sub_case_shows_what_its_part_needs_and_an_officer_gives_the_part(node, officer, asked):
    page = officer.get(f"/officer/joint/{asked}/").content.decode()
    for words in ("本区的子办件", "常州市新北区演示路12号", "热食类食品制售", "核查中"):
        assert words in page
    assert "演示癸（示例）" not in page, "the lead shows no more than the part needs"
    wrong = officer.post(f"/officer/joint/{asked}/part/", {"outcome": "perhaps", "words": ""})
    assert wrong.status_code == 422
    given = {"outcome": "conditional", "words": "离墙存放后可以使用"}
    assert officer.post(f"/officer/joint/{asked}/part/", given).status_code == 302
    page = officer.get(f"/officer/joint/{asked}/").content.decode()
    assert "附条件同意" in page
    assert "离墙存放后可以使用" in page
    assert "为别的区办理的子办件" not in officer.get("/officer/").content.decode()


def test_a_sub_case_is_one_officer_s_who_is_named_and_another_takes_it_over_with_a_reason(
    node, officer, request
):
    team = Team("permits", Text("许可组", "Permits"), frozenset({ItemId(ITEM)}))
    with node.deps.unit():
        node.deps.desk.keep_team(team)
        node.deps.desk.keep_officer(DeskOfficer("colleague", "虚构同事", frozenset({"permits"})))
    address = f"/officer/joint/{request.getfixturevalue('asked')}/"
    page = officer.get(address).content.decode()
    assert "承办：" in page
    assert f"{address}part/" not in page
    assert f"{address}take/" not in page, "not competent"
    assert "虚构同事" in officer.get("/officer/").content.decode()
    with node.deps.unit():
        node.deps.desk.keep_officer(DeskOfficer("officer-0", "虚构审批员", frozenset({"permits"})))
    refused = officer.post(f"{address}part/", {"outcome": "agreed", "words": "可以"})
    assert "虚构同事" in refused.content.decode()
    assert refused.status_code == officer.post(f"{address}take/", {"reason": " "}).status_code == 422
    assert officer.post(f"{address}take/", {"reason": "同事出差"}).status_code == 302
    assert f"{address}part/" in officer.get(address).content.decode()
    assert "由我承办" in officer.get("/officer/").content.decode()
    head = node.log_in("head", "虚构负责人")
    assert "虚构同事" in head.get(f"{address}give/").content.decode()
    assert head.post(f"{address}give/", {"officer": "colleague", "reason": "均衡"}).status_code == 302
    assert f"{address}part/" not in officer.get(address).content.decode()


def test_silence_past_its_day_is_shown_in_red_and_explained(node, officer, led):
    node.clock.at = node.clock.at.replace(day=20)
    page = officer.get(f"/officer/cases/{led}/").content.decode()
    assert "逾期未答复" in page
    assert "不算同意也不算不同意" in page


def test_the_applicant_sees_the_progress_of_each_part_and_not_what_officers_wrote(node, led):
    page = owner(node).get(f"/cases/{led}/").content.decode()
    for words in ("联合办理进度", "无锡", "核查外设仓库的食品贮存条件"):
        assert words in page


def test_the_guide_says_that_the_item_is_handled_jointly(node):
    page = Client().get(f"/items/{ITEM}/", {"zone": "changzhou"}).content.decode()
    assert "多区联合办理" in page
    assert "一份申请，一个决定，一张证照" in page
    english = Client().get(f"/items/{ITEM}/", {"zone": "changzhou", "lang": "en"})
    assert "Handled jointly by several zones" in english.content.decode()


def test_an_officer_declares_a_conflict_with_a_sub_case_and_it_moves_on(node, officer, request):
    team = Team("permits", Text("许可组", "Permits"), frozenset({ItemId(ITEM)}))
    with node.deps.unit():
        node.deps.desk.keep_team(team)
        node.deps.desk.keep_officer(DeskOfficer("officer-0", "虚构审批员", frozenset({"permits"})))
    address = f"/officer/joint/{request.getfixturevalue('asked')}/"
    with node.deps.unit():
        node.deps.desk.keep_officer(DeskOfficer("colleague", "虚构同事", frozenset({"permits"})))
    assert f"{address}declare/" in officer.get(address).content.decode()
    form = officer.get(f"{address}declare/").content.decode()
    assert "只有这个办件" in form
    assert "这个申请人的所有办件" in form, "the lead shows whose matter it is"
    refused = officer.post(f"{address}declare/", {"about": "case", "reason": ""})
    assert refused.status_code == 422
    assert officer.post(f"{address}declare/", {"about": OF_APPLICANT, "reason": "亲属"}).status_code == 302
    page = officer.get(address).content.decode()
    assert "虚构同事" in page
    assert f"{address}declare/" not in page
    assert f"{address}part/" not in page


def test_a_conflict_with_an_applicant_that_is_declared_on_a_case_moves_the_sub_case_too(
    node, officer, request
):
    team = Team("permits", Text("许可组", "Permits"), frozenset({ItemId(ITEM)}))
    with node.deps.unit():
        node.deps.desk.keep_team(team)
        node.deps.desk.keep_officer(DeskOfficer("officer-0", "虚构审批员", frozenset({"permits"})))
    joint = get_joint(request.getfixturevalue("asked"), node.deps)
    part = part_on_desk(joint, node.deps)
    with node.deps.unit():
        node.deps.desk.keep_officer(DeskOfficer("colleague", "虚构同事", frozenset({"permits"})))
    firm = ApplicantRef("firm", part.applicant_id, "演示企业", "19900000001")
    of_same_firm = replace(a_branch_application(), applicant=firm)
    case_id = node.hand_in("CZ260303-AAAA2222", of_same_firm)
    declared = {"do": "declare", "about": "applicant", "reason": "持股"}
    assert officer.post(f"/officer/cases/{case_id}/desk/", declared).status_code == 302
    assert node.deps.desk.find(part.id).officer == "colleague"
