"""Without the node: what a browser brings back is kept exactly once, and becomes one case."""

import base64
import json

import pytest

from tests.builders import PARENT, branch_answers
from tests.web.window.desk import identity
from tongban.crypto.dropbox import lock_for

LINES = {
    "item": "travel-agency-branch-filing",
    "zone": "changzhou",
    "kind": "firm",
    "name": "无锡示例旅行社有限公司（演示）",
    "id": PARENT,
    "mobile": "19900000001",
    "agent_name": "",
    "agent_id": "",
    "papers": "营业执照复印件",
    "note": "",
    "taken_at": "2026-03-03T01:30:00+00:00",
}


def numbers(clerk) -> list[str]:
    """Ask for a range and return its numbers."""
    given = clerk.post("/window/offline/numbers/", {}, content_type="application/json").json()
    return [f"P-{given['letters']}-{n:06d}" for n in range(given["first"], given["last"] + 1)]


def box(clerk, number: str, **changes) -> dict[str, str]:
    point = base64.b64decode(clerk.get("/window/offline/state/").json()["point"])
    locked = lock_for(point, json.dumps(LINES | changes).encode(), number.encode())
    return {"number": number, "box": base64.b64encode(locked).decode()}


def bring(clerk, *boxes: dict[str, str]) -> list[str]:
    sent = clerk.post(
        "/window/offline/bring-back/", {"brought": list(boxes)}, content_type="application/json"
    )
    return [one["what"] for one in sent.json()["outcomes"]]


def test_what_is_brought_back_is_kept_once_however_often_it_is_sent(node, clerk):
    number = numbers(clerk)[0]
    one = box(clerk, number)
    assert [bring(clerk, one), bring(clerk, one, one), bring(clerk, box(clerk, number))] == [
        ["kept"], ["again", "again"], ["again"],
    ]  # fmt: skip
    assert len(node.deps.hall.intakes.list_open(9)) == 1


def test_other_content_under_the_same_number_is_shown_to_a_clerk(node, clerk):
    number = numbers(clerk)[0]
    bring(clerk, box(clerk, number))
    assert bring(clerk, box(clerk, number, name="另一个名字（演示）")) == ["conflict"]
    page = clerk.get("/window/provisional/").content.decode()
    assert "另一个名字（演示）" in page
    assert LINES["name"] in page
    digest = node.deps.hall.intakes.list_conflicts(9)[0].digest
    clerk.post(f"/window/provisional/{number}/{digest}/settle/")
    assert "另一个名字（演示）" not in clerk.get("/window/provisional/").content.decode()


def test_it_becomes_one_case_under_the_number_drawn_for_it(node, clerk):
    number = numbers(clerk)[0]
    bring(clerk, box(clerk, number))
    case_id = node.deps.hall.intakes.find(number).case_id
    for _ in range(2):  # two tabs go on with it
        assert clerk.post(f"/window/provisional/{number}/")["Location"] == "/window/client/"
    page = clerk.get("/window/client/").content.decode()
    assert PARENT in page
    assert "营业执照复印件" in page
    checks = ["identity", "complete", "consent"]
    identity = {"firm_name": LINES["name"], "firm_id": PARENT, "mobile": LINES["mobile"], "comes": "self"}
    clerk.post("/window/client/", identity | {"checks": checks})
    clerk.post("/window/form/", branch_answers())
    done = clerk.post("/window/check/", {"read_through": "yes"})
    assert done["Location"] == f"/window/cases/{case_id}/receipt/"
    assert number in clerk.get(done["Location"]).content.decode()
    assert node.deps.hall.intakes.list_open(9) == ()
    assert clerk.post(f"/window/provisional/{number}/").status_code == 404
    assert bring(clerk, box(clerk, number)) == ["again"]


def test_ranges_of_two_windows_never_overlap(node, clerk):
    other = node.log_in("clerk", "虚构窗口乙")
    assert set(numbers(clerk)) & set(numbers(other)) == set()


@pytest.mark.parametrize(
    "changes",
    [{"item": "nothing"}, {"zone": "nowhere"}, {"name": ""}, {"name": "x" * 200}, {"kind": "robot"},
     {"taken_at": "yesterday"}, {"papers": 7}],
)  # fmt: skip
def test_what_is_wrong_in_it_is_refused_with_why_and_nothing_is_kept(node, clerk, changes):
    number = numbers(clerk)[0]
    sent = clerk.post(
        "/window/offline/bring-back/", {"brought": [box(clerk, number, **changes)]},
        content_type="application/json",
    ).json()["outcomes"][0]  # fmt: skip
    assert (sent["what"], sent["done"]) == ("refused", False)
    assert sent["why"]
    assert node.deps.hall.intakes.find(number) is None


def test_a_number_that_was_never_given_out_or_a_box_of_another_number_is_refused(node, clerk):
    first, second = numbers(clerk)[:2]
    moved = box(clerk, first) | {"number": second}
    assert bring(clerk, box(clerk, "P-SZ-999999"), box(clerk, "P-WX-000001"), moved) == ["refused"] * 3


NO_LISTS = (
    "", "[]", "{}", '{"brought": 1}', '{"brought": [{"number": 1}]}',
    '{"brought": [{"number": "x", "box": "?"}]}',
)  # fmt: skip


@pytest.mark.parametrize("body", NO_LISTS)
def test_what_is_no_list_of_boxes_is_refused(node, clerk, body):
    assert clerk.post("/window/offline/bring-back/", body, content_type="application/json").status_code == 400


def test_the_page_that_the_browser_keeps_has_nothing_of_a_client(node, clerk):
    clerk.get("/window/take-in/travel-agency-branch-filing/changzhou/")
    clerk.post("/window/client/", identity())
    page = clerk.get("/window/offline/").content.decode()
    assert PARENT not in page
    assert "无锡示例旅行社" not in page
    worker = clerk.get("/window/worker.js")
    assert worker["Content-Type"].startswith("text/javascript")
    assert "/window/offline/" in worker.content.decode()
    assert "/window/client/" not in worker.content.decode()
