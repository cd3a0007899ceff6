"""A person may be asked at any step, and nothing that was filled in is lost by it."""

from html import unescape
from urllib.parse import urlencode

from django.test import Client

from tests.web.applicant.test_be_heard import NUMBER, hand_in

ITEM, ZONE = "travel-agency-branch-filing", "changzhou"
START = f"/apply/{ITEM}/{ZONE}/"


def text(response: object) -> str:
    return unescape(response.content.decode())


def test_a_form_is_left_for_a_person_and_found_again_as_it_was(node, agent):
    form = agent.get(START)["Location"]
    left = agent.post(form, {"branch_uscc": "half a nu", "leave": "person"})
    assert left["Location"] == f"/help/?{urlencode({'from': form})}"
    page = text(agent.get(left["Location"]))
    assert f'href="{form}"' in page
    assert "您填的内容都留着" in page
    assert "旅行社" in page
    assert "half a nu" in text(agent.get(form))


def test_whoever_asks_is_led_back_with_item_and_zone_filled_in(node, agent):
    form = agent.get(START)["Location"]
    asked = f"/voices/new/question/?{urlencode({'zone': ZONE, 'item': ITEM, 'case': '', 'from': form})}"
    assert asked in text(agent.get("/help/", {"from": form}))
    page = text(agent.get(asked))
    assert f'<option value="{ITEM}" selected>' in page
    sent = {"zone": ZONE, "item": ITEM, "words": "分社在外地行吗？", "from": form}
    raised = agent.post("/voices/new/question/", sent)["Location"]
    assert raised.endswith(f"?{urlencode({'from': form})}")
    assert f'href="{form}"' in text(agent.get(raised))


def test_a_questionnaire_is_found_again_with_its_answers(node):
    bundle = "/bundles/open-convenience-store/"
    page = text(Client().get("/help/", {"from": bundle, "food": "packed", "tobacco": "no"}))
    assert f'href="{bundle}?food=packed&tobacco=no"' in page
    assert "便利店" in page
    in_english = text(Client().get("/help/", {"from": bundle, "food": "packed", "lang": "en"}))
    assert f'href="{bundle}?food=packed"' in in_english


def test_a_case_may_be_given_to_a_person_from_there_by_its_owner_alone(node, agent, log_in):
    case_id = node.hand_in("CZ260303-CAAA2222", parent_uscc="91320205MB0000009K")
    here = {"from": f"/cases/{case_id}/"}
    assert f"/cases/{case_id}/person/" in text(agent.get("/help/", here))
    stranger = log_in(party_id="91320214MB0000099X", party_name="别人")
    assert f"/cases/{case_id}/person/" not in text(stranger.get("/help/", here))
    assert f"/cases/{case_id}/person/" not in text(Client().get("/help/", here))
    hand_in(node)
    assert f"/cases/{NUMBER}/person/" not in text(agent.get("/help/", {"from": f"/cases/{NUMBER}/"}))


def test_no_page_but_ours_is_led_back_to(node):
    for address in ("https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", "/" * 3_000):
        page = text(Client().get("/help/", {"from": address}))
        assert f'href="{address[:30]}"' not in page
        assert "回到刚才" not in page


def test_every_page_says_where_to_ask_and_the_telephone_stands_there(node, agent):
    guide = text(agent.get(f"/items/{ITEM}/", {"zone": ZONE}))
    assert f"/help/?from=%2Fitems%2F{ITEM}%2F%3Fzone%3D{ZONE}" in guide
    page = text(agent.get("/help/", {"from": f"/items/{ITEM}/?zone={ZONE}"}))
    assert "0519-0000-0001" in page
    assert "常州市新北区演示路1号" in page
