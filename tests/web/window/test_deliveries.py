"""A licence of another zone that is collected at this window."""

FORM = {"number": "CZ260303-ABCD2345", "deciding_zone": "changzhou", "party": "91320411MB0000007D",
        "received_by": "演示甲", "checked": "yes", "note": "纸质回证已签字"}  # fmt: skip


def test_a_licence_of_another_zone_is_noted_and_the_deciding_zone_told(node, clerk):
    assert "代他区交付证照" in clerk.get("/window/deliveries/elsewhere/").content.decode()
    assert clerk.post("/window/deliveries/elsewhere/", FORM).status_code == 302
    rows = node.store.session.read("SELECT to_zone, type FROM store_outgoingmessage", [])
    assert ("changzhou", "case.act") in [tuple(row) for row in rows]


def test_what_is_missing_stands_at_its_question_and_nothing_typed_is_lost(node, clerk):
    bare = {**FORM, "checked": "no", "note": ""}
    answer = clerk.post("/window/deliveries/elsewhere/", bare)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="演示甲"' in page
    assert "请写明领取人怎样签收" in page
    assert clerk.post("/window/deliveries/elsewhere/", {**FORM, "party": ""}).status_code == 422
    here = clerk.post("/window/deliveries/elsewhere/", {**FORM, "deciding_zone": "suzhou"})
    assert here.status_code == 422
