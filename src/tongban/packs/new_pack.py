"""Make the pack of a new item: whole, its cases playable, and marked wherever its author must write."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template

from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.procedure import Regime
from tongban.domain.rules.complaints import SHORT_NAME
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.text import Text
from tongban.packs.load import PackCatalogue

SKELETON = Path(__file__).with_name("skeleton")
ID_MAX, TITLE_MAX = 60, 60
_SERIAL = re.compile(r"T(\d{3})")
_SECTOR = "99"
"""Where a synthetic code names the sector: one that no list of sectors has."""
_CLASSES = {
    "licensing": ("approval", "01"),
    "filing": ("filing", "10"),
    "confirmation": ("registration", "07"),
    "benefit-once": ("benefit", "05"),
    "service": ("service", "20"),
}
"""Procedure to service class and type of item (GB/T 39046). The others need more than a skeleton can give."""
PROCEDURES = tuple(_CLASSES)


@dataclass(frozen=True, slots=True)
class NewItem:
    """What is asked for.

    Args:
        id: the folder's name.
        object: ``firm`` or ``person``: who may apply.
        title: where a language is empty, it is marked as still to be written.
    """

    id: str
    procedure: str
    object: str
    title: Text


def make_pack(new: NewItem, catalogue: PackCatalogue, folder: Path) -> tuple[Path, ...]:
    """Write the pack into a content folder and return its files, in order.

    Raises:
        Refused: with every reason at once; nothing is written then.
    """
    pack = folder / "items" / new.id
    problems = tuple(_problems(new, catalogue.regimes, pack))
    if problems:
        raise Refused(*problems)
    words = _words(new, catalogue)
    written = []
    for template in sorted(SKELETON.rglob("*.yaml")):
        path = pack / template.relative_to(SKELETON)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(Template(template.read_text(encoding="utf-8")).substitute(words), encoding="utf-8")
        written.append(path)
    return tuple(written)


def _problems(new: NewItem, regimes: Mapping[str, Regime], pack: Path) -> Iterable[Problem]:
    if not SHORT_NAME.fullmatch(new.id) or len(new.id) > ID_MAX:
        yield _problem(
            "id",
            f"“{new.id}”不能作编号：用小写英文、数字和连字符，不超过 {ID_MAX} 个字符。",
            f"“{new.id}” is no id: small letters, digits and hyphens, at most {ID_MAX} characters.",
        )
    elif pack.exists():
        yield _problem("id", f"“{new.id}”已经有了。", f"There is an item “{new.id}” already.")
    if new.procedure not in PROCEDURES or new.procedure not in regimes:
        listed = ", ".join(PROCEDURES)
        yield _problem(
            "procedure",
            f"没有“{new.procedure}”的样子可抄；有：{listed}。",
            f"There is no skeleton for “{new.procedure}”; there are: {listed}.",
        )
    if new.object not in _OBJECTS:
        yield _problem("for", "写 firm 或者 person。", "Write firm or person.")
    for language, title in (("zh", new.title.zh), ("en", new.title.en)):
        if len(title) > TITLE_MAX or not set(title).isdisjoint('"\\\n$'):
            yield _problem(
                f"title-{language}",
                f"标题最多 {TITLE_MAX} 个字符，不能有引号、反斜杠、美元符号。",
                f"At most {TITLE_MAX} characters, without quotes, backslashes or dollar signs.",
            )


def _problem(pointer: str, zh: str, en: str) -> Problem:
    return Problem(f"new-item.{pointer}", Text(zh, en), pointer)


def _words(new: NewItem, catalogue: PackCatalogue) -> dict[str, str]:
    """Return what stands for each name in the skeleton."""
    service_class, item_type = _CLASSES[new.procedure]
    serial = _next_serial(catalogue.items.values())
    zones = sorted(catalogue.zones)
    return {
        "id": new.id,
        "procedure": new.procedure,
        "object": new.object,
        "title_zh": new.title.zh or "待写：事项名称",
        "title_en": new.title.en or "TO WRITE: what the item is called",
        "service_class": service_class,
        "item_type": item_type,
        "serial": f"T{serial:03d}",
        "code": f"00{item_type}{_SECTOR}{serial:03d}000",
        "zones": ", ".join(catalogue.zones),
        "received_in": zones[-1],
        "decided_in": zones[0],
        **_OBJECTS[new.object],
    }


def _next_serial(items: Iterable[ServiceItem]) -> int:
    """Return a number above those that synthetic licences and codes have."""
    found = (_SERIAL.fullmatch(item.credential.type_serial) for item in items)
    return max((int(match[1]) for match in found if match), default=0) + 1


_FIRM = {
    "kind": "business-licence",
    "proves_zh": "申请人已经登记",
    "proves_en": "The applicant is registered",
    "material_zh": "营业执照副本",
    "material_en": "Copy of the business licence",
    "applicant": "91320411YY9000024B",
    "name": "常州新北示例商行（演示）",
    "facts": "status: active, name: 常州新北示例商行（演示）, kind: company, scope: [daily-goods-sale],"
    " premises: 常州市新北区演示路1号, registered_on: 2025-12-01",
    "criterion_id": "business-active",
    "criterion_zh": "营业执照处于存续状态",
    "criterion_en": "The business licence is in force",
    "fact": "status",
    "value": "active",
    "wrong_value": "cancelled",
}
_PERSON = {
    "kind": "person-identity",
    "proves_zh": "申请人的身份",
    "proves_en": "Who the applicant is",
    "material_zh": "居民身份证",
    "material_en": "Identity card",
    "applicant": "320214195404060007",
    "name": "演示寿（示例）",
    "facts": 'name: 演示寿（示例）, born_on: 1954-04-06, is_valid: true, is_alive: true, division: "320214"',
    "criterion_id": "identity-in-force",
    "criterion_zh": "身份证件有效",
    "criterion_en": "The identity card is in force",
    "fact": "is_valid",
    "value": "true",
    "wrong_value": "false",
}
_OBJECTS = {"firm": _FIRM, "person": _PERSON}
