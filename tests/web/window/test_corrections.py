"""A correction notice of another zone that is answered at this window."""

from tests.builders import BRANCH_FILING, PARENT

START = "/window/corrections/"
NOTICE = {"number": "cz260303-abcd2345", "deciding_zone": "changzhou", "item": str(BRANCH_FILING)}
FORM = f"{START}?number={NOTICE['number']}&deciding_zone=changzhou&item={BRANCH_FILING}"


def test_only_what_is_corrected_is_sent_and_the_list_shows_it_on_its_way(node, clerk):
    assert "只填补正通知书要求更正的" in clerk.get(START, NOTICE).content.decode()
    answer = clerk.post(FORM, {"party": PARENT, "branch_uscc": "91320411MB0000007D"})
    assert answer.status_code == 302
    [sent] = node.deps.exchange.outgoing("CZ260303-ABCD2345")
    assert (sent.to_zone, sent.act) == ("changzhou", "correct")
    page = clerk.get(START).content.decode()
    assert "CZ260303-ABCD2345" in page
    assert "在途，等对方确认" in page


def test_what_is_missing_or_wrong_stands_at_its_field(node, clerk):
    nobody = clerk.post(FORM, {"branch_head": "演示乙"})
    assert nobody.status_code == 422
    assert "请填写来人的证件号码" in nobody.content.decode()
    assert 'value="演示乙"' in nobody.content.decode()
    assert clerk.post(FORM, {"party": PARENT}).status_code == 422
    wrong = clerk.post(FORM, {"party": PARENT, "branch_uscc": "12"})
    assert wrong.status_code == 422
    assert node.deps.exchange.outgoing("CZ260303-ABCD2345") == ()


def test_a_notice_that_fits_no_zone_or_item_is_refused_in_words(node, clerk):
    assert "请选择办理地" in clerk.get(START, {**NOTICE, "deciding_zone": ""}).content.decode()
    assert "请选择办理地" in clerk.get(START, {**NOTICE, "deciding_zone": "nowhere"}).content.decode()
    assert "不办理这个事项" in clerk.get(START, {**NOTICE, "item": "nothing"}).content.decode()
    here = clerk.post(FORM.replace("=changzhou", "=suzhou"), {"party": PARENT, "branch_head": "演示乙"})
    assert "没有这个编号的办件" in here.content.decode()
