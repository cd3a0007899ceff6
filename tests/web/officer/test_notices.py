"""What other zones have told this one, as an officer sees it."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from tests.builders import WUXI
from tests.web.one_node import OneNode
from tongban.flows.receive import Incoming, receive
from tongban.kernel.ids import EvidenceKindId, MessageId
from tongban.store.models import Notice

NURSE = "320411199001010002"
CERTIFICATE = "nurse-certificate"


@pytest.fixture
def certificate(node: OneNode) -> None:
    """The entry of Changzhou's own register."""
    node.keep(
        CERTIFICATE, NURSE, status="active", name="演示丁（示例）", certificate_number="示例1",
        institution_name="常州示例医院（演示）", registered_on=date(2023, 5, 8),
    )  # fmt: skip


def tell(node: OneNode, number: int = 1) -> None:
    """Let Wuxi tell that the nurse has moved there."""
    body = {
        "case": f"WX-{number}", "item": "nurse-change-of-practice", "notice": "nurse-registration-moved",
        "ground": "nurses-2020#9", "entry": {"kind": CERTIFICATE, "subject": NURSE},
        "facts": {"evidence.nurse-certificate.certificate_number": "示例1",
                  "answers.starts_on": {"date": "2026-03-16"},
                  "evidence.institution-licence.name": "无锡示例医院（演示）"},
    }  # fmt: skip
    receive(Incoming(WUXI, MessageId(f"m-{number}"), "zone.notice", body), node.deps)


def first() -> int:
    return Notice.objects.order_by("number").values_list("number", flat=True)[0]


def page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


@pytest.mark.usefixtures("certificate")
def test_a_notice_is_shown_with_its_facts_its_article_and_the_entry(node: OneNode, officer: Client) -> None:
    tell(node)
    assert "护士变更执业地点注册" in page(officer, "/officer/notices/")
    shown = page(officer, f"/officer/notices/{first()}/")
    for words in (
        "无锡示例医院（演示）",
        "护士条例",
        "WX-1",
        "2026年3月16日",
        "常州示例医院（演示）",
        "已变更到其他注册部门",
    ):
        assert words in shown
    assert NURSE not in shown
    assert "Moved to another registrar" in page(officer, f"/officer/notices/{first()}/?lang=en")


@pytest.mark.usefixtures("certificate")
def test_taking_note_is_recorded_and_marks_the_entry(node: OneNode, officer: Client) -> None:
    tell(node)
    address = f"/officer/notices/{first()}/"
    assert officer.post(address, {"words": "已核对"}).status_code == 302
    shown = page(officer, address)
    assert "虚构审批员" in shown
    assert "已核对" in shown
    record = node.store.registers.find(EvidenceKindId(CERTIFICATE), NURSE)
    assert record is not None
    assert record.facts["status"] == "moved"
    assert address not in page(officer, "/officer/notices/")
    assert address in page(officer, "/officer/notices/?show=taken")
    again = officer.post(address, {"words": ""})
    assert again.status_code == 422 or "已经记录阅知" in again.content.decode()


def test_an_entry_that_is_not_held_and_one_that_differs_are_said(node: OneNode, officer: Client) -> None:
    tell(node)
    assert "登记中没有这条记录" in page(officer, f"/officer/notices/{first()}/")
    node.keep(CERTIFICATE, NURSE, status="active", certificate_number="示例2")
    assert "登记记录与通报不一致" in page(officer, f"/officer/notices/{first()}/")


def test_a_long_list_is_read_page_by_page_and_back(node: OneNode, officer: Client) -> None:
    for number in range(1, 28):
        tell(node, number)
    numbers = list(Notice.objects.order_by("number").values_list("number", flat=True))
    front = page(officer, "/officer/notices/")
    assert f"/officer/notices/{numbers[24]}/" in front
    assert f"/officer/notices/{numbers[25]}/" not in front
    rest = page(officer, f"/officer/notices/?after={numbers[24]}")
    assert f"/officer/notices/{numbers[26]}/" in rest
    assert f"before={numbers[25]}" in rest
    back = page(officer, f"/officer/notices/?before={numbers[25]}")
    assert f"/officer/notices/{numbers[0]}/" in back
    assert 'rel="prev"' not in back


def test_a_page_of_the_list_asks_the_database_little(
    node: OneNode, officer: Client, django_assert_max_num_queries
) -> None:
    for number in range(1, 20):
        tell(node, number)
    with django_assert_max_num_queries(5):
        page(officer, "/officer/notices/")


def test_nonsense_in_the_address_is_an_empty_page_or_none(officer: Client) -> None:
    assert officer.get("/officer/notices/?after=x&before=-1&show=%00").status_code == 200
    assert officer.get("/officer/notices/99999999/").status_code == 404
    assert officer.get("/officer/notices/" + "9" * 40 + "/").status_code == 404


def test_the_database_refuses_to_change_or_forget_a_notice(node: OneNode) -> None:
    tell(node)
    for change in (lambda: Notice.objects.update(case_id="WX-2"), lambda: Notice.objects.all().delete()):
        with pytest.raises(IntegrityError, match="notice"), transaction.atomic():
            change()
