"""A real case, granted and issued in memory, becomes a page that anybody can check."""

import io
from dataclasses import replace

import pypdfium2
import pytest

from tests.builders import (
    AGENT,
    CHANGZHOU,
    SUZHOU,
    TUESDAY,
    WUXI,
    a_branch_application,
    a_network,
    catalogue,
    keep,
    keep_branch_records,
)
from tests.paper.builders import SealKey, a_decision, a_seal_key, font_folder
from tongban.crypto.digest import hex_digest
from tongban.domain.case.events import ApplicantRef
from tongban.flows.ports import Deps, Press
from tongban.flows.post_office import settle
from tongban.flows.press_port import SealPermit
from tongban.flows.seal_port import LICENCE
from tongban.flows.submit import Application, submit
from tongban.flows.verify import Found
from tongban.flows.verify_document import verify_document
from tongban.kernel.errors import Fault, Refused
from tongban.kernel.ids import CaseId, ItemId
from tongban.kernel.text import Text
from tongban.paper.notice import compose_decision
from tongban.paper.office import SealHolder, ZonePress, claim_in_words, value_in_words, verify_url
from tongban.paper.seal import ON_NOTICE, draw_seal, seal

CASE = CaseId("SZ260303-PAPER001")


def a_press(deps: Deps, key: SealKey) -> ZonePress:
    return ZonePress(
        zone=catalogue().zones[deps.zone],
        catalogue=deps.catalogue,
        clock=deps.clock,
        fonts=font_folder(),
        seal_holder=SealHolder(key.sign, (key.certificate,)),
        trusted=(key.certificate,),
        public_url="http://127.0.0.1:8003",
        is_demo=True,
    )


@pytest.fixture(scope="module")
def played() -> tuple[Deps, ZonePress, bytes]:
    """A branch filing handed in at Suzhou and decided in Changzhou, with the paper it ends in."""
    key = a_seal_key("演示印章", from_at=TUESDAY.replace(month=1))
    network = a_network()
    keep_branch_records(network)
    press = a_press(network[CHANGZHOU], key)
    network[CHANGZHOU] = replace(network[CHANGZHOU], press=press)
    submit(CASE, a_branch_application(), AGENT, network[SUZHOU])
    settle(network)
    deps = network[CHANGZHOU]
    case = deps.cases.find(CASE)
    assert case is not None
    content = deps.files.find(case.document_digest)
    assert content is not None
    return deps, press, content


def words_of(pdf: bytes) -> str:
    pages = pypdfium2.PdfDocument(pdf)
    return "".join("".join(page.get_textpage().get_text_bounded() for page in pages).split())


def test_the_press_fills_its_port(played):
    _, filled, _ = played
    press: Press = filled
    assert {name for name in vars(Press) if not name.startswith("_")} <= set(dir(press))


def test_a_granted_case_ends_in_a_page_that_says_what_was_signed(played):
    deps, _, content = played
    case = deps.cases.find(CASE)
    words = words_of(content)
    for said in (
        "旅行社分社备案登记证明",
        "无锡示例旅行社有限公司（演示）",
        "常州市新北区演示路1号",
        "L-DEMO-0001",
        "2026年3月3日",
        "自动准予",
        str(case.credential_id),
        str(CASE),
    ):
        assert said in words, said


def test_choices_are_printed_by_their_names_and_not_by_their_codes(played):
    _, _, content = played
    item = catalogue().get_item(a_branch_application().item_id, CHANGZHOU)
    assert "经营业务Business" + item.labels["answers.scope"]["domestic"].zh in words_of(content)


def test_the_page_is_checked_and_carries_its_credential(played):
    deps, press, content = played
    check = press.check_document(content)
    assert check.is_intact
    assert check.reason == ""
    assert check.token == deps.cases.find(CASE).token
    assert "演示印章" in check.sealed_by


def test_a_page_that_was_tampered_with_is_named(played):
    _, press, content = played
    changed = content.replace(b"/Creator", b"/Kreator", 1)
    check = press.check_document(changed)
    assert (check.is_intact, check.reason) == (False, "seal.broken")
    assert press.check_document(b"no pdf").reason == "pdf.not_a_pdf"
    assert press.check_document(b"").token == ""


def test_the_public_check_begins_with_the_seal(played):
    deps, _, content = played
    assert verify_document(content, deps).steps[0].found is Found.PROVED
    assert verify_document(content[:-900], deps).steps[0].found is Found.FAILED


def test_a_sealed_decision_is_no_licence(played):
    _, press, _ = played
    decision = compose_decision(a_decision(), font_folder())
    stamp = draw_seal(press.zone.authority.name, font_folder())
    sealed = seal(decision, press.seal_holder.sign, press.seal_holder.certificates, stamp, TUESDAY, ON_NOTICE)
    check = press.check_document(sealed)
    assert (check.reason, check.token) == ("credential.missing", "")


def test_a_zone_without_a_seal_seals_nothing(played):
    _, press, _ = played
    permit = SealPermit(LICENCE, hex_digest(b"%PDF-"), 1)
    with pytest.raises(Fault, match="no-seal"):
        replace(press, seal_holder=None).seal_drawn(b"%PDF-", permit)


def test_a_sealed_document_begins_with_the_bytes_that_were_drawn(played):
    deps, press, content = played
    case = deps.cases.find(CASE)
    item = deps.catalogue.get_item(case.item_id, CHANGZHOU)
    drawn = press.draw_licence(case, item, deps.credentials.find(case.credential_id))
    assert content.startswith(drawn)
    assert drawn == press.draw_licence(case, item, deps.credentials.find(case.credential_id))
    assert deps.seals.find_use(LICENCE, case.credential_id).drawn_digest == hex_digest(drawn)


def test_the_press_seals_no_other_bytes_than_those_that_were_allowed(played):
    _, press, content = played
    with pytest.raises(Refused, match="wrong-digest"):
        press.seal_drawn(content, SealPermit(LICENCE, hex_digest(b"other"), 1))


def test_the_code_on_the_page_can_be_read_from_a_photograph(played):
    deps, press, content = played
    photo = io.BytesIO()
    pypdfium2.PdfDocument(content)[0].render(scale=2.5).to_pil().convert("RGB").save(photo, "JPEG")
    issued = deps.credentials.find(deps.cases.find(CASE).credential_id)
    assert press.read_qr(photo.getvalue()) == verify_url("http://127.0.0.1:8003", issued)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("domestic", Text("国内", "domestic travel")),
        (["domestic", "other"], Text("国内、other", "domestic travel, other")),
        (True, Text("是", "yes")),
        (12, Text("12", "12")),
    ],
)
def test_a_value_is_said_in_words(value, said):
    assert value_in_words(value, {"domestic": Text("国内", "domestic travel")}) == said


def test_an_amount_is_said_in_yuan_and_a_count_is_not():
    item = catalogue().get_item(ItemId("housing-fund-proof"), WUXI)
    account = "evidence.housing-fund-account"
    assert claim_in_words(8_600_000, f"{account}.balance_fen", item) == Text("86,000 元", "CNY 86,000")
    assert claim_in_words(60, f"{account}.months_paid", item) == Text("60", "60")


def test_a_certificate_of_another_authority_names_it_and_says_that_it_is_simulated():
    network = a_network()
    press = a_press(network[WUXI], a_seal_key("演示印章", from_at=TUESDAY.replace(month=1)))
    network[WUXI] = replace(network[WUXI], press=press)
    who = ApplicantRef("person", "320214198807080006", "演示己（示例）", "19900000018")
    amounts = {"months_paid": 74, "monthly_fen": 240_000, "balance_fen": 12_600_000, "has_arrears": False}
    account = {"name": who.name, "city": "wuxi", "status": "active", **amounts}
    keep(network[WUXI], "housing-fund-account", who.id, **account)
    answers = {"target": "changzhou", "purpose": "purchase", "contact_mobile": who.mobile}
    submit(
        CASE, Application(ItemId("housing-fund-proof"), WUXI, who, answers, "online"), AGENT, network[SUZHOU]
    )
    settle(network)
    case = network[WUXI].cases.find(CASE)
    assert case is not None
    pdf = network[WUXI].files.find(case.document_digest)
    assert pdf is not None
    said = words_of(pdf)
    assert "由住房公积金管理中心（模拟）决定" in said
    assert "126,000元" in said
    assert "审批人员" not in said
