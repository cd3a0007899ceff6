"""Finding an item, and its guide: open to everybody, complete, and never asking what need not be asked."""

import pytest
from django.test import Client

from tests.builders import catalogue

GUIDE = "/items/travel-agency-branch-filing/"


@pytest.fixture
def anybody(node):
    return Client()


@pytest.mark.parametrize(
    "query", ["旅行社", "lvxingshe", "LXS", "travel agency", "分社 备案", "开个旅行社分店"]
)
def test_an_item_is_found_by_words_pinyin_initials_and_english(anybody, query):
    page = anybody.get("/items/", {"q": query}).content.decode()
    assert 'href="/items/travel-agency-branch-filing/"' in page


def test_a_search_that_finds_nothing_says_what_to_do(anybody):
    page = anybody.get("/items/", {"q": "飞船发射"}).content.decode()
    assert "没有找到合适的事项" in page
    assert "查看全部事项" in page


def test_the_zone_that_was_chosen_stays_chosen_in_the_guide(anybody):
    page = anybody.get("/items/", {"zone": "wuxi", "q": "旅行社"}).content.decode()
    assert "/items/travel-agency-branch-filing/?zone=wuxi" in page


def test_strange_searches_break_nothing(anybody):
    for query in ("\x00", "‮", "😀" * 200, "a" * 10_000, "%", "'"):
        assert anybody.get("/items/", {"q": query}).status_code == 200
    assert anybody.get("/items/", {"zone": "atlantis", "for": "ghost"}).status_code == 200


def test_the_guide_tells_what_is_not_asked_and_whose_register_is_asked_instead(anybody):
    page = anybody.get(GUIDE, {"zone": "changzhou"}).content.decode()
    item = catalogue().get_item("travel-agency-branch-filing", "changzhou")
    for material in item.materials:
        assert material.name.zh in page
    assert page.count("不用交") == len(item.materials)
    assert "“总社统一社会信用代码”所属的高新区" in page


def test_the_guide_has_every_criterion_with_its_article_and_every_question_with_its_ground(anybody):
    page = anybody.get(GUIDE).content.decode()
    item = catalogue().get_item("travel-agency-branch-filing", "changzhou")
    for criterion in item.rules.criteria:
        assert criterion.says.zh in page
    for question in item.form.questions:
        assert question.label.zh in page
    assert "旅行社条例第十条第二款" in page
    assert "20个工作日" in page
    assert "系统从不作出不予的决定" in page
    assert "演示编码" in page


def test_the_guide_is_complete_in_english(anybody):
    page = anybody.get(GUIDE, {"lang": "en"}).content.decode()
    assert "Filing of a travel-agency branch" in page
    assert "Not asked for" in page
    assert "A machine never refuses" in page
    assert "不用交" not in page


def test_an_item_or_a_zone_that_is_not_there_is_not_found(anybody):
    assert anybody.get("/items/nothing-of-the-kind/").status_code == 404
    assert anybody.get(GUIDE, {"zone": "atlantis"}).status_code == 200


def test_the_first_page_shows_items_by_who_may_apply_and_a_box_to_check_a_licence(anybody):
    page = anybody.get("/").content.decode()
    assert "企业办事" in page
    assert 'action="/verify/"' in page
