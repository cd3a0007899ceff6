"""The steward's pages: what the machine may do, stopping it, alarms, replay; each act has a way back."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.builders import BRANCH_FILING, TUESDAY
from tongban.flows.item_check_store import ItemCheck, Proved
from tongban.kernel.errors import Problem
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text
from tongban.store.models import DriftAlarm, LaterCheck, MachineOpinion, RailAct
from tongban.web.steward.words import say_bound
from tongban.wiring.replaying import replay_all

ITEM = f"/steward/items/{BRANCH_FILING}/"


def text(response) -> str:
    return response.content.decode()


def check(case: str, verdict: str) -> None:
    LaterCheck.objects.create(
        case_id=case, item_id=BRANCH_FILING, rules_hash="a" * 64, chosen_at=TUESDAY, verdict=verdict,
        judged_at=TUESDAY if verdict else None,
    )  # fmt: skip


def alarm() -> DriftAlarm:
    return DriftAlarm.objects.create(
        item_id=BRANCH_FILING, rules_hash="a" * 64, block=5, feature="outcome", value="grant",
        before_hits=360, before_cases=400, now_hits=60, now_cases=100, chance_ppb=12, at=TUESDAY,
    )  # fmt: skip


def keep_check(node, **changes) -> None:
    """Keep a check of the content that runs, with changes."""
    note = Problem(
        "proof.redundant",
        Text("演示：这一条多余。", "Demonstration: a row too many."),
        "rules.yaml:criteria[2]",
    )
    says = (Text("演示：有人能获准。", "Demonstration: somebody is granted."),)
    check = ItemCheck(
        BRANCH_FILING, 1, node.deps.catalogue.get_pack_hash(BRANCH_FILING), TUESDAY, (), 8,
        Proved(41, 3, 2, says, (note,)),
    )  # fmt: skip
    node.deps.item_checks.keep([replace(check, **changes)])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_list_says_of_every_item_whether_a_machine_may_grant_and_does(steward, language):
    page = text(steward.get(f"/steward/?q=旅行社&lang={language}"))
    assert ("旅行社分社备案" if language == "zh" else "Filing of a travel-agency branch") in page
    assert ("自动准予中" if language == "zh" else "Granting") in page
    assert "5%" in page


def test_the_bound_is_shown_with_what_it_was_computed_from(steward):
    for number in range(59):
        check(f"CZ260303-AAAA{number:04d}", "correct")
    assert "5.0% (0/59)" in text(steward.get("/steward/?q=旅行社"))
    page = text(steward.get(f"{ITEM}?lang=en"))
    assert "at most 5.0% (confidence 95%; 0 of 59 false, exact binomial)" in page
    check("CZ260303-BBBB0001", "false")
    assert "7.7% (1/60)" in text(steward.get("/steward/?q=旅行社"))


@pytest.mark.parametrize(
    ("share", "said"), [(1.0, "100%"), (0.0495, "5.0%"), (0.04, "4.0%"), (0.00501, "0.51%")]
)
def test_a_bound_is_rounded_up_never_down(share, said):
    assert say_bound(share) == said


def test_the_page_asks_as_often_for_much_as_for_little(steward):
    def ask(address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert steward.get(address).status_code == 200
        return len(asked)

    few = ask("/steward/"), ask(ITEM)
    for number in range(20):
        check(f"CZ260303-AAAA{number:04d}", "correct")
        alarm()
    assert (ask("/steward/"), ask(ITEM)) == few
    assert max(few) <= 14


def test_an_item_that_is_not_here_is_not_found(steward):
    for address in (
        "/steward/items/none/",
        "/steward/items/none/stop/",
        f"{ITEM}paint/",
        "/steward/alarms/9/",
    ):
        assert steward.get(address).status_code == 404, address


def test_the_machine_is_stopped_after_a_question_and_lifted_the_same_way(node, steward):
    asked = text(steward.get(f"{ITEM}stop/"))
    assert "申请人会看到您写的理由" in asked
    assert RailAct.objects.count() == 0
    steward.post(f"{ITEM}stop/", {"reasons_zh": "演示：规则有误", "reasons_en": "a rule is wrong"})
    page = text(steward.get(ITEM))
    assert "系统已暂停自动准予" in page
    assert "演示：规则有误" in page
    node.referred("CZ260303-AAAA2222", scope=("domestic",))
    case = node.find(CaseId("CZ260303-AAAA2222"))
    assert (case.stage, case.needs_person) == ("assessed", True)
    steward.post(f"{ITEM}lift/", {"reasons_zh": "演示：已更正"})
    assert "自动准予中" in text(steward.get(ITEM))
    assert [act.kind for act in RailAct.objects.order_by("id")] == ["stop", "lift"]


def test_without_reasons_nothing_is_stopped_and_the_page_says_so(steward):
    response = steward.post(f"{ITEM}stop/", {"reasons_zh": "  "})
    assert response.status_code == 422
    assert "请写明理由" in text(response)
    assert RailAct.objects.count() == 0


@pytest.mark.parametrize(("typed", "kept"), [("12.5", 125_000), ("100%", 1_000_000), ("0", 0)])
def test_a_rate_is_typed_in_percent(steward, typed, kept):
    steward.post(f"{ITEM}rate/", {"rate": typed, "reasons_zh": "演示"})
    assert RailAct.objects.get().sample_ppm == kept


@pytest.mark.parametrize("typed", ["", "-1", "101", "nan", "inf", "1e9", "五"])
def test_what_is_no_rate_is_refused_and_kept_on_the_page(steward, typed):
    response = steward.post(f"{ITEM}rate/", {"rate": typed, "reasons_zh": "演示"})
    assert response.status_code == 422
    assert RailAct.objects.count() == 0
    assert "演示" in text(response)


def test_a_head_stops_it_too_and_a_clerk_does_not(node):
    head = node.log_in("head", "演示负责人")
    head.post(f"{ITEM}stop/", {"reasons_zh": "演示"})
    assert RailAct.objects.get().actor_kind == "head"
    assert node.log_in("clerk").post(f"{ITEM}lift/", {"reasons_zh": "演示"}).status_code == 403
    assert head.get(f"{ITEM}propose/").status_code == 403


def test_an_alarm_is_looked_into_and_can_be_put_back(steward):
    number = alarm().pk
    assert "由 90.0% 变为 60.0%" in text(steward.get(ITEM))
    address = f"/steward/alarms/{number}/"
    assert steward.post(address, {"step": "seen", "reasons_zh": ""}).status_code == 422
    steward.post(address, {"step": "seen", "reasons_zh": "登记机关换了系统"})
    assert "登记机关换了系统" in text(steward.get(address))
    steward.post(address, {"step": "reopen"})
    assert DriftAlarm.objects.get().seen_at is None


def test_the_replay_page_says_that_nothing_was_run_and_then_what_came_of_it(node, steward):
    assert "还没有运行过" in text(steward.get("/steward/replay/"))
    node.referred("CZ260303-AAAA2222")
    replay_all(node)
    page = text(steward.get("/steward/replay/?lang=en"))
    assert "No drift" in page
    assert "1 decisions run again" in page


def test_the_gate_stands_on_the_page_row_by_row(steward):
    page = text(steward.get(ITEM))
    assert page.count("成立：") >= 12
    assert "没有数量限制" in page


def test_where_only_people_grant_there_is_nothing_to_stop_or_sample(node, steward):
    items = node.deps.catalogue.list_items(node.deps.zone)
    manual = next(item for item in items if not item.rules.may_grant)
    page = text(steward.get(f"/steward/items/{manual.id}/"))
    assert "只由人决定" in page
    assert f"/steward/items/{manual.id}/stop/" not in page
    assert f"/steward/items/{manual.id}/rate/" not in page
    assert "抽查比例" not in page


@pytest.mark.parametrize(
    ("language", "says"), [("zh", "不能，由工作人员决定"), ("en", "No, a person decides")]
)
def test_a_guide_says_by_which_article_no_machine_grants(node, steward, language, says):
    items = node.deps.catalogue.list_items(node.deps.zone)
    tobacco = next(item for item in items if "tobacco" in item.id)
    page = text(steward.get(f"/items/{tobacco.id}/?lang={language}"))
    assert says in page
    assert ("第五十七条" if language == "zh" else "art. 57") in page


@pytest.mark.parametrize(
    ("language", "says"), [("zh", "还没有保存过检查结果"), ("en", "No check was kept yet")]
)
def test_without_a_check_the_page_says_which_command_makes_one(steward, language, says):
    page = text(steward.get(f"{ITEM}?lang={language}"))
    assert says in page
    assert "manage.py check_items --keep" in page


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_check_stands_on_the_page_with_what_was_played_and_proved(node, steward, language):
    keep_check(node)
    page = text(steward.get(f"{ITEM}?lang={language}"))
    for said in (
        Text("检查与证明", "Checks and proofs"),
        Text("运行了 8 个", "8 played"),
        Text("证明了 41 个命题；各区两两比较 3 对，其中 2 对", "41 sentences proved; 2 of 3 pairs"),
        Text("演示：有人能获准。", "Demonstration: somebody is granted."),
        Text("演示：这一条多余。", "Demonstration: a row too many."),
        Text("现在运行的内容", "what runs now"),
    ):
        assert said.in_language(language) in page
    assert "rules.yaml:criteria[2]" in page
    assert "check_items" not in page


@pytest.mark.parametrize(
    ("language", "says"),
    [("zh", "检查的不是现在运行的内容"), ("en", "What was checked is not what runs now")],
)
def test_a_check_of_another_version_says_so_and_what_to_run(node, steward, language, says):
    keep_check(node, content_hash="f" * 64)
    page = text(steward.get(f"{ITEM}?lang={language}"))
    assert says in page
    assert "ffffffffffff" in page
    assert "manage.py check_items --keep" in page
    assert "what runs now</strong>" not in page


def test_problems_stand_there_with_file_and_line_and_missing_proofs_with_the_reason(node, steward):
    fault = Problem("pack.strange", Text("演示：<不认识>", "?"), "items/x/item.yaml:18 vists", "all-2019#30")
    keep_check(node, problems=(fault,), proved=None, unproved=Text("演示：没有运行求解器。", "left out"))
    page = text(steward.get(ITEM))
    assert "演示：&lt;不认识&gt;" in page
    assert "items/x/item.yaml:18 vists" in page
    assert "演示：没有运行求解器。" in page
    assert "证明了什么" not in page


def test_the_versions_that_run_are_named_with_their_hashes(node, steward):
    item = node.deps.catalogue.get_item(BRANCH_FILING, node.deps.zone)
    page = text(steward.get(f"{ITEM}?lang=en"))
    pack_hash = node.deps.catalogue.get_pack_hash(BRANCH_FILING)[:12]
    assert f"pack version {item.version}, hash <code>{pack_hash}</code>" in page
    assert f"rules version {item.rules.version}, hash <code>{item.rules_hash[:12]}</code>" in page


def test_each_rules_version_says_with_which_pack_version_it_came(node, steward):
    item = node.deps.catalogue.get_item(BRANCH_FILING, node.deps.zone)
    with node.deps.unit():
        node.deps.rule_tables.keep(item.rules_hash, item.rules, 7)
        node.deps.rule_tables.keep("b" * 64, item.rules)
    page = text(steward.get(f"{ITEM}?lang=en"))
    assert "came with pack version 7" in page
    assert "the pack's version was not recorded then" in page.replace("&#x27;", "'")


def test_how_often_people_differ_from_the_machine_is_told_with_their_reasons(steward):
    assert "还没有人在看过系统的核对结果后作出决定" in text(steward.get(ITEM))
    for number, agrees in enumerate([True, True, False]):
        MachineOpinion.objects.create(
            case_id=f"CZ-{number}", item_id=BRANCH_FILING, granted=True, agrees=agrees,
            differs_zh="" if agrees else "登记昨天已经变更。", actor_name="演示审批员", at=TUESDAY,
        )  # fmt: skip
    page = text(steward.get(ITEM))
    assert "2 件同意，1 件不同意（33.3%）" in page
    assert "登记昨天已经变更。" in page
    assert "1/3" in text(steward.get("/steward/?q=旅行社"))


def test_the_list_comes_in_pages_and_the_figures_are_of_all_items(steward):
    check("CZ260303-CCCC0001", "")
    first = text(steward.get("/steward/"))
    assert "下一页" in first
    assert "page=2" in first
    last = text(steward.get("/steward/?page=999"))
    assert "上一页" in last
    for page in (first, last):
        assert "<strong>1</strong> <span>件等待抽查" in page
    assert "没有找到合适的事项" in text(steward.get("/steward/?q=飞船发射"))
