"""Check what is published: the consistency rules that service guides are inspected for."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.catalogue.zone import Zone
from tongban.domain.identifiers.item_code import (
    BasicItemCode,
    HandlingItemCode,
    ImplementingItemCode,
    LocalItemCode,
    check_item_code,
    parse_item_code,
)
from tongban.domain.procedure import Regime
from tongban.kernel.ids import ZoneId
from tongban.kernel.text import Text
from tongban.packs.reading import Reading

LICENCE_STEPS = ("Accept", "RecordAssessment", "Grant", "RecordIssue")
"""Acceptance, examination, decision, conclusion; the fifth, delivery, is the regime's limit ``deliver``."""
_TYPES_OF_CLASS = {
    "approval": ("01", "07"),
    "registration": ("01", "07"),
    "filing": ("10",),
    "benefit": ("05",),
    "service": ("20",),
    "query": ("20",),
}
"""Item types (GB/T 39046 A.1) that may stand with a service class: 许可 and 确认, 其他, 给付, 公共服务."""
_SHORTEST_AREA_CODE = 3


@dataclass(frozen=True, slots=True)
class Flaw:
    """One rule broken: where, by which name, in which words."""

    pointer: str
    code: str
    says: Text


def check_guide(item: ServiceItem, regime: Regime | None, pack: Path, reading: Reading) -> None:
    """Complain of whatever an inspection of published guides would find in an item."""
    flaws = (
        *(() if item.is_cancelled else (*_visits(item), *_channels(item))),
        *_fees(item),
        *_classes(item, regime),
        *_words(item),
        *_codes(item),
    )
    for flaw in flaws:
        reading.report(pack / "item.yaml", flaw.pointer, flaw.code, flaw.says.zh, flaw.says.en)


def _visits(item: ServiceItem) -> Iterator[Flaw]:
    if item.visits and item.visit_reason is None:
        says = Text("要到现场就要写明原因。", "Whoever has to come is told why.")
        yield Flaw("visits", "visit-without-reason", says)
    if not item.visits and item.visit_reason is not None:
        says = Text("不用到现场，就没有原因可写。", "Nobody has to come, so there is no reason to give.")
        yield Flaw("visit_reason", "reason-without-visit", says)
    if item.visits and "whole-process-online" in item.modes:
        says = Text("全程网办不能要求到现场。", "Whole-process online cannot ask anybody to come.")
        yield Flaw("visits", "online-with-visits", says)
    if not item.visits and "online" not in item.channels:
        says = Text("不用到现场，就要能在网上办理。", "Without a visit it must be possible online.")
        yield Flaw("channels", "no-visit-not-online", says)


def _channels(item: ServiceItem) -> Iterator[Flaw]:
    needs = {"whole-process-online": "online", "receive-and-forward": "window"}
    for place, mode in enumerate(item.modes):
        channel = needs.get(mode)
        if channel is not None and channel not in item.channels:
            says = Text(f"“{mode}”需要渠道“{channel}”。", f"“{mode}” needs the channel “{channel}”.")
            yield Flaw(f"modes[{place}]", "mode-without-channel", says)
    if not item.objects:
        says = Text("没有写明谁可以申请。", "It is not said who may apply.")
        yield Flaw("objects", "no-objects", says)


def _fees(item: ServiceItem) -> Iterator[Flaw]:
    if item.fee_fen and not item.fee_source:
        says = Text("收费要写明依据。", "A fee needs its ground in law.")
        yield Flaw("fee_fen", "fee-without-ground", says)
    if not item.fee_fen and item.fee_source:
        says = Text("不收费，就没有收费依据。", "Without a fee there is no ground for one.")
        yield Flaw("fee_source", "ground-without-fee", says)


def _classes(item: ServiceItem, regime: Regime | None) -> Iterator[Flaw]:
    if regime is not None and regime.counts_as_handling == (item.service_class == "query"):
        says = Text(
            "查询事项用查询流程，别的事项不用。",
            "A query has the procedure of queries, and nothing else has.",
        )
        yield Flaw("regime", "query-and-regime", says)
    fitting = _TYPES_OF_CLASS[item.service_class]
    if item.item_type not in fitting:
        listed = ", ".join(fitting)
        says = Text(
            f"{item.service_class} 类事项的类型应为 {listed}。",
            f"An item of class {item.service_class} is of type {listed}.",
        )
        yield Flaw("item_type", "type-and-class", says)
    if item.service_class != "approval":
        return
    if not item.questions:
        says = Text("许可事项至少要有一个常见问题。", "A licence's guide answers at least one question.")
        yield Flaw("questions", "no-questions", says)
    if regime is not None:
        done = {arrow.command for arrow in regime.arrows}
        lacking = [step for step in LICENCE_STEPS if step not in done]
        lacking += [] if "deliver" in regime.limits else ["deliver"]
        if lacking:
            listed = ", ".join(lacking)
            says = Text(
                f"许可的五个步骤缺少：{listed}。", f"Of a licence's five steps are missing: {listed}."
            )
            yield Flaw("regime", "steps-missing", says)


def _words(item: ServiceItem) -> Iterator[Flaw]:
    has_latin = any(word.isascii() for word in item.words)
    has_chinese = any(not word.isascii() for word in item.words)
    if not (has_latin and has_chinese):
        says = Text("检索词要有中文，也要有英文。", "Search words are given in Chinese and in English.")
        yield Flaw("words", "words-one-language", says)
    if len(set(item.words)) < len(item.words):
        yield Flaw("words", "twice", Text("检索词有重复。", "A search word comes twice."))


def _codes(item: ServiceItem) -> Iterator[Flaw]:
    for name, text in item.codes.items():
        pointer = f"codes.{name}"
        problems = check_item_code(text, pointer)
        if problems:
            yield from (Flaw(pointer, "code", problem.text) for problem in problems)
            continue
        basic = _basic_of(parse_item_code(text))
        if basic is None or basic.text != item.codes.get("basic"):
            says = Text("与基本编码不一致。", "It does not hold the basic code.")
            yield Flaw(pointer, "code-prefix", says)
        elif basic.item_type != item.item_type:
            says = Text(
                f"编码里的类型是 {basic.item_type}，事项类型是 {item.item_type}。",
                f"The code says type {basic.item_type}, the item type {item.item_type}.",
            )
            yield Flaw(pointer, "code-type", says)
        elif basic.is_synthetic != item.codes_are_synthetic:
            says = Text(
                "演示编码的部门位应为99，并写明 synthetic。", "A made-up code has department 99 and says so."
            )
            yield Flaw(pointer, "code-synthetic", says)


def _basic_of(
    code: BasicItemCode | ImplementingItemCode | HandlingItemCode | LocalItemCode,
) -> BasicItemCode | None:
    match code:
        case BasicItemCode():
            return code
        case ImplementingItemCode():
            return code.basic
        case HandlingItemCode():
            return code.implementing.basic
    return None


_OWN: tuple[tuple[str, str, Callable[[ServiceItem], str]], ...] = (
    ("codes.basic", "item.yaml", lambda item: item.codes.get("basic", "")),
    ("vct", "credential.yaml", lambda item: item.credential.vct),
    ("type_serial", "credential.yaml", lambda item: item.credential.type_serial),
)
"""What no two items share: where it stands, and how it is read."""


def check_between_items(items: Mapping[Path, ServiceItem], reading: Reading) -> None:
    """Complain of two items that share what each must have for itself."""
    for pointer, file, what in _OWN:
        first: dict[str, str] = {}
        for pack, item in items.items():
            value = what(item)
            if value and value in first:
                reading.report(
                    pack / file,
                    pointer,
                    "taken",
                    f"“{value}”已由 {first[value]} 使用。",
                    f"“{value}” is taken by {first[value]}.",
                )
            first.setdefault(value, item.id)


def check_zones(zones: Mapping[ZoneId, Zone], reading: Reading) -> None:
    """Complain of contacts that an inspection of guides would find: one telephone for help and complaint."""
    for zone in zones:
        path = reading.folder / "zones" / f"{zone}.yaml"
        source = reading.sources.get(path)
        contacts = source.plain.get("contacts") if source and isinstance(source.plain, dict) else None
        if not isinstance(contacts, dict):
            continue
        numbers = {name: _digits(contacts.get(name)) for name in ("help", "complaint")}
        if numbers["help"] == numbers["complaint"]:
            words = ("咨询和投诉不能是同一个电话。", "Help and complaints need two telephone numbers.")
            reading.report(path, "contacts.complaint", "one-telephone", *words)
        for name, number in numbers.items():
            if not number.startswith("0") or number.index("-") < _SHORTEST_AREA_CODE:
                words = ("电话要带区号。", "A telephone number has its area code.")
                reading.report(path, f"contacts.{name}", "no-area-code", *words)


def _digits(words: object) -> str:
    text = str(words.get("zh", "")) if isinstance(words, dict) else ""
    number = "".join(char for char in text if char.isascii() and (char.isdigit() or char == "-"))
    return number if "-" in number else f"{number}-"
