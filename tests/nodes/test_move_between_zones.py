"""A firm moves between zones on real nodes: one receipt where it was handed in, decided at another."""

from collections.abc import Mapping

import httpx

from tests.nodes.conftest import create_token, fiction
from tests.patience import PATIENCE_SECONDS, ask_until
from tongban.hosting.nodes import Node

SITUATION = {
    "to_zone": "suzhou", "from_zone": "wuxi", "old_licence": "none", "food": "packed", "has_staff": "no",
}  # fmt: skip


def shop_premises() -> str:
    """Where the story's food shop is, as Suzhou's register has it."""
    shop = fiction().story["food-shop"]
    found = (one for one in fiction().records if (one.kind, one.subject) == ("business-licence", shop))
    return str(next(found).facts["premises"])


def standings(receipt: Mapping[str, list[dict[str, str]]]) -> dict[str, str]:
    """Where each member stands."""
    return {one["id"]: one["standing"] for one in receipt["members"]}


def test_a_move_is_led_at_one_node_and_decided_at_another(zones: Mapping[str, Node]) -> None:
    wuxi = zones["wuxi"]
    headers = {"Authorization": f"Bearer {create_token(wuxi, 'shop')}"}
    with httpx.Client(
        base_url=f"{wuxi.url}/api/v1", headers=headers, timeout=PATIENCE_SECONDS, trust_env=False
    ) as http:
        answers = {
            "premises": shop_premises(), "contact_mobile": "19900000001",
            "packed_food__activities": ["prepackaged"], "packed_food__sale_modes": ["retail"],
            "packed_food__outlets": ["shop"], "packed_food__stores_elsewhere": "no",
            "packed_food__sells_labelled_only": "yes",
        }  # fmt: skip
        wanted = {"bundle_id": "move-firm-between-zones", "situation": SITUATION, "answers": answers}
        opened = http.post("/bundle-applications", json=wanted)
        assert opened.status_code == 201, opened.text
        number = opened.json()["number"]
        assert standings(opened.json())["packed-food"] == "waits"
        http.post(f"/receipts/{number}/done/register-move", json={})
        receipt = ask_until(
            lambda: http.get(f"/receipts/{number}").json(),
            lambda now: standings(now)["packed-food"] not in ("waits", "runs"),
        )
        assert standings(receipt)["packed-food"] == "done", receipt
        case_id = next(one["case_id"] for one in receipt["members"] if one["id"] == "packed-food")
        case = http.get(f"/cases/{case_id}").json()
    assert (case["receiving_zone"], case["zone"], case["stage"]) == ("wuxi", "suzhou", "concluded")
