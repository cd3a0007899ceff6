"""On real nodes: what a zone granted, another finds by asking; a register's statement holds everywhere."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import httpx

from tests.nodes.conftest import Program, create_token
from tests.nodes.test_move_between_zones import shop_premises
from tests.patience import PATIENCE_SECONDS, ask_until
from tongban.hosting.nodes import Node
from tongban.hosting.visitor import Visitor

NAME = "enterprise-name-declaration"
PASSWORD = "demo-not-secret"


@contextmanager
def program(node: Node, account: str) -> Iterator[Program]:
    """A program that acts for one of the demonstration's accounts."""
    headers = {"Authorization": f"Bearer {create_token(node, account)}"}
    with httpx.Client(base_url=node.url, headers=headers, timeout=PATIENCE_SECONDS, trust_env=False) as http:
        yield Program(node, http)


def hand_in(node: Node, account: str, item: str, zone: str, answers: Mapping[str, object]) -> dict:
    """Hand an application in and wait until the machine has done what it may."""
    with program(node, account) as program_:
        receipt = program_.hand_in(item, zone, answers, f"registers-{account}-{item}-{zone}")
        return program_.wait_for(
            receipt["case_id"], lambda case: case["stage"] not in ("received", "accepted")
        )


def name_answers(place: str, district: str, mark: str) -> dict[str, object]:
    return {
        "mark": mark, "trade": "software", "legal_form": "limited",
        "full_name": f"{place}{district}{mark}软件有限公司（演示）", "division_is_here": "yes",
        "answers_for_name": "yes", "contact_mobile": "19900000908",
    }  # fmt: skip


def test_a_name_that_suzhou_keeps_for_somebody_is_not_free_in_wuxi(zones: Mapping[str, Node]) -> None:
    free = hand_in(zones["wuxi"], "nurse", NAME, "wuxi", name_answers("无锡", "新吴", "听雨"))
    assert free["stage"] == "concluded"
    kept = hand_in(zones["suzhou"], "jobless", NAME, "suzhou", name_answers("苏州", "虎丘", "听雨"))
    assert kept["stage"] == "assessed"
    assert [one["name"] for one in kept["steps"]][-1] == "Referred"


def test_whoever_registered_a_business_is_no_longer_registered_as_unemployed_by_a_machine(
    zones: Mapping[str, Node],
) -> None:
    shop = {
        "operator_form": "personal", "contact_mobile": "19900000908",
        "trade_name": "苏州虎丘知返软件工作室（演示）",
        "scope": ["software-development"], "premises": "苏州市虎丘区演示路951号", "right_of_use": "leased",
        "staff_count": "1",
    }  # fmt: skip
    begun = hand_in(zones["wuxi"], "jobless", "individual-business-registration", "suzhou", shop)
    assert begun["stage"] == "concluded", begun
    seeks = {
        "insured_zone": "wuxi",
        "reason": "expired",
        "seeks_work": "yes",
        "contact_mobile": "19900000908",
    }
    asked = hand_in(zones["suzhou"], "jobless", "unemployment-registration", "suzhou", seeks)
    assert asked["stage"] == "assessed", asked


def test_the_business_licence_in_a_composite_is_checked_at_another_node(zones: Mapping[str, Node]) -> None:
    answers = {
        "premises": shop_premises(), "contact_mobile": "19900000904", "activities": ["prepackaged"],
        "sale_modes": ["retail"], "outlets": ["shop"], "stores_elsewhere": "no", "sells_labelled_only": "yes",
    }  # fmt: skip
    filed = hand_in(zones["suzhou"], "shop", "prepackaged-food-filing", "suzhou", answers)
    assert filed["stage"] == "concluded", filed
    with Visitor(zones["suzhou"].url) as shop, Visitor(zones["wuxi"].url) as anybody:
        login = shop.open("/login/")
        shop.send(login, login.get_form("username", "password"), {"username": "shop", "password": PASSWORD})
        mine = shop.open("/my/")
        join = next(form for form in mine.forms if "composites/join/convenience-store" in form.action)
        number = shop.send(mine, join, {}).address.rstrip("/").split("/")[-1]
        page = ask_until(lambda: anybody.open(f"/v/{number}").html, lambda html: "2 项全部有效" in html)
    assert "登记证明" in page
    assert "签名证明了这项登记" in page
