"""The search over a thousand items: words, sounds, initials, slips of the hand and sentences."""

import random
from collections.abc import Iterator
from dataclasses import replace

from tongban.commands.measuring.timing import Figures, milliseconds, seconds_of
from tongban.domain.catalogue.item import ServiceItem
from tongban.kernel.ids import ItemId
from tongban.kernel.text import Text
from tongban.reads.search import SearchIndex
from tongban.wiring import get_deps

_ASKED = 600
_WHAT = (
    "食品经营",
    "出版物",
    "卫生",
    "旅行社",
    "道路运输",
    "人力资源",
    "医疗器械",
    "农药",
    "劳务派遣",
    "护士执业",
)
_OF_WHOM = (
    "企业",
    "个人",
    "分支机构",
    "合作社",
    "连锁门店",
    "外资企业",
    "高新区企业",
    "学校食堂",
    "社区",
    "园区",
)
_ACT = ("许可", "备案", "变更", "延续", "注销", "补发", "核查", "公告", "登记", "验收")
_ENGLISH = (
    "food",
    "books",
    "hygiene",
    "travel",
    "freight",
    "staffing",
    "devices",
    "pesticide",
    "labour",
    "nursing",
)


def measure_search(count: int) -> Figures:
    """Return p50 and p99 of one search among ``count`` made-up items, all kinds of query mixed."""
    deps, chance = get_deps(), random.Random(1)  # noqa: S311  a sample, not a secret
    items = list(made_up_items(deps.catalogue.list_items(deps.zone)[0], count))
    built: list[SearchIndex] = []
    building_s = seconds_of(lambda: built.append(SearchIndex(items, deps.catalogue.finding)))
    queries = [query for item in items for query in queries_for(item, chance)]
    chance.shuffle(queries)
    asked = queries[:_ASKED]
    durations = [seconds_of(lambda query=query: built[0].search(query)) for query in asked]  # type: ignore[misc]
    return {"items": len(items), "building_s": building_s, **milliseconds(durations)}


def made_up_items(like: ServiceItem, count: int) -> Iterator[ServiceItem]:
    """Yield items that differ in id, title and search words; no two titles are the same."""
    for number in range(count):
        what, whom, act = number % 10, number // 10 % 10, number // 100 % 10
        round_ = number // 1000
        zh = f"{_OF_WHOM[whom]}{_WHAT[what]}{_ACT[act]}" + (f"第{round_}类" if round_ else "")
        title = Text(zh, f"{_ENGLISH[what]} matter {number}")
        words = (_WHAT[what], _ACT[act], f"{_WHAT[what]}{_ACT[act]}", _ENGLISH[what], _OF_WHOM[whom])
        yield replace(like, id=ItemId(f"made-up-{number:05d}"), title=title, words=words)


def queries_for(item: ServiceItem, chance: random.Random) -> tuple[str, ...]:
    """Return what people might type for an item: title, a part, a slip, a sentence, an English word."""
    zh = item.title.zh
    place = chance.randrange(len(zh))
    slip = zh[:place] + zh[place + 1 :]
    sentence = f"我想办理{zh}需要什么材料"
    return (zh, zh[2:6], slip, sentence, "shipin xuke", "fod matter", item.title.en)
