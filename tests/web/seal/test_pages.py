"""The custodians' pages: two put the seal to use, either suspends it, and the register tells every use."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from tests.builders import CHANGZHOU, TUESDAY
from tests.web.one_node import start_node
from tests.web.seal.conftest import SECRETS
from tongban.domain.case.events import Actor
from tongban.flows.keep_seal import confirm_seal, propose_seal
from tongban.flows.resume_sealing import resume_sealing
from tongban.flows.seal_document import seal_document
from tongban.kernel.ids import CaseId
from tongban.reads.seals import PAGE_ROWS, list_refusals_since
from tongban.store.models import SealRefusal, SealUse

CASE = "CZ260303-AAAA2222"
A, B = Actor("custodian", "cz-1", "保管员甲（示例）"), Actor("custodian", "cz-2", "保管员乙（示例）")


def activate(node) -> None:
    propose_seal(4, SECRETS[A.id], A, node.deps)
    confirm_seal(SECRETS[B.id], B, node.deps)


def a_granted_case(node):
    """A case that is granted; its document waits for the seal unless it is in use."""
    node.referred(CASE, scope=("domestic",))
    seal_document(CaseId(CASE), node.deps)
    return node.find(CaseId(CASE))


def test_two_custodians_put_it_to_use_on_their_pages(first, second, node):
    assert "未启用" in first.get("/seal/").content.decode()
    assert "另一名保管员登录确认" in first.get("/seal/propose/").content.decode()
    assert first.post("/seal/propose/", {"hours": "4", "secret": SECRETS["custodian-0"]}).status_code == 302
    page = first.get("/seal/").content.decode()
    assert "提出的人不能自己确认" in page
    assert "/seal/confirm/" not in page
    assert first.post("/seal/confirm/").status_code == 422
    assert "/seal/confirm/" in second.get("/seal/").content.decode()
    assert second.post("/seal/confirm/", {"secret": SECRETS["custodian-1"]}).status_code == 302
    page = second.get("/seal/").content.decode()
    assert "启用中" in page
    assert "印章保管员庚（示例）提出、印章保管员辛（示例）确认" in page
    assert node.deps.seals.read().is_active(TUESDAY)


@pytest.mark.parametrize("hours", ["", "0", "13", "x", "²", "1e9", "-1"])
def test_a_wrong_length_is_told_and_what_was_typed_is_kept(first, hours):
    answer = first.post("/seal/propose/", {"hours": hours})
    assert answer.status_code == 422
    assert "一班为 1 至 12 小时" in answer.content.decode()


def test_either_suspends_it_with_reasons_and_the_page_says_why(first, second, node):
    activate(node)
    assert first.post("/seal/suspend/", {"reasons_zh": " "}).status_code == 422
    assert second.post("/seal/suspend/", {"reasons_zh": "钥匙丢了"}).status_code == 302
    page = first.get("/seal/").content.decode()
    assert "已停用" in page
    assert "钥匙丢了" in page
    assert not node.deps.seals.read().is_active(TUESDAY)


def test_the_head_looks_and_does_not_touch(node):
    head = node.log_in("head")
    page = head.get("/seal/").content.decode()
    assert "/seal/suspend/" not in page
    for act in ("propose", "confirm", "suspend"):
        assert head.post(f"/seal/{act}/", {"hours": "4", "reasons_zh": "x"}).status_code == 403


def test_while_the_seal_rests_the_case_page_says_so_and_nothing_is_lost(first, node):
    case = a_granted_case(node)
    assert case.credential_id
    assert case.document_digest == ""
    officer = node.log_in("officer")
    shown = officer.get(f"/officer/cases/{CASE}/").content.decode()
    assert "等待用印" in shown
    assert "电子证照已经生效" in shown
    assert "等待用印" in first.get("/seal/refusals/").content.decode()
    assert [row.code for row in list_refusals_since(TUESDAY, 9)] == ["seal.not-active"]
    node.clock.at = TUESDAY + timedelta(minutes=5)
    activate(node)
    assert resume_sealing(node.deps) == 1
    seal_document(CaseId(CASE), node.deps)
    assert node.find(CaseId(CASE)).document_digest
    assert "后来已盖章" in first.get("/seal/refusals/").content.decode()
    assert "盖章文件在等待用印" not in officer.get(f"/officer/cases/{CASE}/").content.decode()


def test_each_use_stands_in_the_register_and_on_a_page_of_its_own(first, node):
    activate(node)
    case = a_granted_case(node)
    page = first.get("/seal/uses/").content.decode()
    for told in (CASE, case.credential_id, "保管员甲（示例）", case.document_digest[:16]):
        assert told in page
    use = SealUse.objects.get()
    shown = first.get(f"/seal/uses/{use.number}/").content.decode()
    assert use.drawn_digest in shown
    assert use.salt in shown
    assert first.get(f"/seal/uses/{use.number + 1}/").status_code == 404
    assert first.get(f"/seal/uses/{10**30}/").status_code == 404


def fill(count: int) -> None:
    """A register with many uses, one an hour."""
    for number in range(count):
        SealUse.objects.create(
            kind="paper", document_id=f"cz-filed-2026-{number}", case_id=f"CZ260303-FILL{number:04d}",
            printed_number=f"常高新审演备〔2026〕{number}号",
            version=4, event="Granted", drawn_digest="a" * 64,
            drawn_bytes=9, activation=1, first_id="cz-1", first_name="保管员甲（示例）", second_id="cz-2",
            second_name="保管员乙（示例）", at=TUESDAY + timedelta(hours=number), salt="s" * 22,
            sealed_digest=f"{number:064d}",
        )  # fmt: skip


def test_the_register_is_searched_by_day_case_and_document_number(first):
    fill(30)
    for asked in ("CZ260303-FILL0007", "cz-filed-2026-7", "常高新审演备〔2026〕7号"):
        page = first.get("/seal/uses/", {"number": asked}).content.decode()
        assert page.count("<tr>") == 2, asked
        assert "CZ260303-FILL0007" in page
    page = first.get("/seal/uses/", {"on": "2026-03-03"}).content.decode()
    assert page.count("<tr>") == 1 + 14  # from ten in the morning to midnight in China
    assert "没有符合条件" in first.get("/seal/uses/", {"on": "2025-01-01"}).content.decode()
    places = ({"after": "x"}, {"before": "9" * 40}, {"after": "²"})
    for strange in ({"on": "never"}, {"number": "\x00'"}, *places):
        assert first.get("/seal/uses/", strange).status_code == 200


def test_pages_of_the_register_lead_on_and_back_with_a_bounded_number_of_questions(
    first, django_assert_max_num_queries
):
    fill(2 * PAGE_ROWS + 3)
    seen, address = [], "/seal/uses/"
    while address:
        with django_assert_max_num_queries(6):
            answer = first.get(address)
        seen += [row.number for row, _, _ in answer.context["rows"]]
        address = f"/seal/uses/{answer.context['next_url']}" if answer.context["next_url"] else ""
        back = answer.context["back_url"]
    assert len(seen) == 2 * PAGE_ROWS + 3
    assert seen == sorted(seen, reverse=True)
    before = [row.number for row, _, _ in first.get(f"/seal/uses/{back}").context["rows"]]
    assert before == seen[PAGE_ROWS : 2 * PAGE_ROWS]


def test_what_was_refused_is_told_with_its_reason(first):
    SealRefusal.objects.create(
        kind="licence", document_id="L-1", case_id=CASE, version=3, code="seal.wrong-digest",
        says_zh="文件内容与办件当时留下的不一致", says_en="not the one that the event left",
        source="order-716-2019#9.1", first_at=TUESDAY, at=TUESDAY, is_waiting=False, times=3,
    )  # fmt: skip
    page = first.get("/seal/refusals/", {"number": CASE}).content.decode()
    assert "文件内容与办件当时留下的不一致" in page
    assert "拒绝" in page
    assert "共 3 次" in page


def test_a_demonstration_says_that_the_seal_is_put_to_use_by_itself(db, tmp_path, monkeypatch):
    node = start_node(CHANGZHOU, tmp_path, monkeypatch)
    a_granted_case(node)
    page = node.log_in("custodian").get("/seal/").content.decode()
    assert "演示：印章会自动启用" in page
    assert "演示自动启用，用印章保管员庚（示例）和印章保管员辛（示例）的名义" in page


def test_a_wrong_secret_is_told_where_it_was_typed_never_shown_again_and_counted(first, second, node):
    for _ in range(2):
        answer = first.post("/seal/propose/", {"hours": "4", "secret": "not this one"})
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "印章口令不对" in page
        assert "secret-problems" in page
        assert "not this one" not in page
    assert "请输入您自己的印章口令" in first.post("/seal/propose/", {"hours": "4"}).content.decode()
    assert node.deps.seals.read().proposed is None
    (row,) = SealRefusal.objects.all()
    assert (row.kind, row.document_id, row.code, row.times) == (
        "custody",
        "custodian-0 2026-03-03",
        "seal.wrong-secret",
        2,
    )
    page = first.get("/seal/refusals/").content.decode()
    assert "共 2 次" in page
    assert "印章保管员庚（示例）：印章口令不对" in page


def test_a_key_that_was_lost_with_its_program_is_told_and_two_open_it_again(first, node):
    activate(node)
    node.deps.seal_key.close()
    page = first.get("/seal/").content.decode()
    assert "密钥未打开" in page
    case = a_granted_case(node)
    assert case.document_digest == ""
    node.clock.at = TUESDAY + timedelta(minutes=5)
    assert resume_sealing(node.deps) == 0
    activate(node)
    assert resume_sealing(node.deps) == 1


def test_only_a_demonstration_tells_the_secret(node, tmp_path, monkeypatch):
    account = get_user_model().objects.create_user(
        "changzhou-custodian-1", "x", display_name="印章保管员庚（示例）", role="custodian"
    )
    client = Client()
    client.force_login(account, "django.contrib.auth.backends.ModelBackend")
    secret = node.deps.catalogue.seal.secrets_of(CHANGZHOU)["changzhou-custodian-1"]
    assert secret not in client.get("/seal/propose/").content.decode()
    start_node(CHANGZHOU, tmp_path, monkeypatch)
    page = client.get("/seal/propose/").content.decode()
    assert f"演示用的口令，公开的：{secret}" in page
