"""What somebody says at the window: written down in their words, read back, on paper, gone with the next."""

from tongban.kernel.moment import civil_date

SAID = {
    "zone": "suzhou",
    "subject": "window",
    "place": "3号窗口",
    "words": "等了一个小时没有人叫号。",
    "name": "来人甲（示例）",
    "contact": "19900000001",
    "read_back": "yes",
}


def take_down(clerk, kind: str = "complaint", **changes: object):
    return clerk.post(f"/window/voices/{kind}/", SAID | changes)


def number_of(response) -> str:
    return response["Location"].rstrip("/").split("/")[-1]


def text(response) -> str:
    return response.content.decode()


def test_a_complaint_is_written_down_and_its_receipt_has_number_code_and_day(node, clerk):
    assert "投诉" in text(clerk.get("/window/"))
    done = take_down(clerk)
    found = node.deps.voices.find(number_of(done))
    assert found.taken_down_by == "虚构窗口甲"
    assert (found.asker.name, found.words) == ("来人甲（示例）", "等了一个小时没有人叫号。")
    page = text(clerk.get(done["Location"]))
    assert found.number in page
    assert found.code in page
    assert found.due_on > civil_date(node.deps.clock.now())
    assert "虚构窗口甲" in page


def test_who_wrote_a_complaint_down_does_not_handle_it_and_the_head_sees_who_did(node, clerk):
    found = node.deps.voices.find(number_of(take_down(clerk)))
    assert not found.may_be_handled_by(next(iter(found.barred)), "")
    head = node.log_in("head")
    page = text(head.get(f"/officer/voices/at/{found.number}/"))
    assert "窗口代为记录" in page
    assert "来人甲（示例）" in page


def test_whoever_wrote_a_question_down_bars_nobody(node, clerk):
    done = take_down(clerk, "question", item="travel-agency-branch-filing")
    assert node.deps.voices.find(number_of(done)).barred == ()


def test_everything_that_is_wrong_is_told_at_once_and_nothing_is_lost(node, clerk):
    wrong = take_down(clerk, words="", subject="", read_back="")
    assert wrong.status_code == 422
    page = text(wrong)
    for said in ("请写明要说的事", "请选择一项", "请先把记下的内容念给来人听", "3号窗口"):
        assert said in page


def test_the_next_client_cannot_see_what_the_last_one_said(clerk):
    done = take_down(clerk)
    assert clerk.get(done["Location"]).status_code == 200
    clerk.post("/window/next-client/")
    assert clerk.get(done["Location"]).status_code == 404


def test_a_client_opens_it_later_with_number_and_code_alone(node, clerk, client):
    found = node.deps.voices.find(number_of(take_down(clerk)))
    assert client.post("/voices/", {"number": found.number, "code": found.code}).status_code == 302
    assert "窗口代为记录" in text(client.get(f"/voices/at/{found.number}/"))


def test_objections_and_reviews_are_not_taken_down_here(clerk):
    assert clerk.get("/window/voices/objection/").status_code == 404
    assert clerk.get("/window/voices/review/").status_code == 404
