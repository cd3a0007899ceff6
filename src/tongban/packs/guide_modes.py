"""The guide's chapters on the way an item is handled: separation, promises, waits, who decides."""

from collections.abc import Iterator

from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.catalogue.parse_modes import SEPARATION_MODES
from tongban.domain.clock.statute import DatedLimit
from tongban.domain.law import LawBook
from tongban.domain.pledge import PledgeKind
from tongban.kernel.text import Text
from tongban.packs.load import PackCatalogue

NOTHING_TO_APPLY_FOR = Text(
    "不用申请，也没有人可以再要求这个许可。取得营业执照即可经营。",
    "Nothing to apply for; nobody may ask for this permit. With the business licence you may trade.",
)


def compose_modes(item: ServiceItem, catalogue: PackCatalogue) -> Iterator[str]:
    """Return the lines of these chapters; none for an item that is handled in the plain way."""
    law = catalogue.law
    if item.separation is not None:
        mode = SEPARATION_MODES[item.separation.mode]
        yield from _heading("证照分离", "Separated from the business licence")
        yield _bullet(f"{mode.zh}。{item.separation.says.zh} 依据{_cite(item.separation.source, law)}。",
                      f"{mode.en[0].upper()}{mode.en[1:]}. {item.separation.says.en}")  # fmt: skip
        for name in item.separation.drops:
            yield _bullet(f"不再要求：{name.zh}。", f"No longer asked for: {name.en}.")
        yield ""
    if item.elsewhere is not None:
        authority = catalogue.authorities.get(item.elsewhere.authority)
        name = authority.name if authority else Text(item.elsewhere.authority, item.elsewhere.authority)
        yield from _heading("由谁决定", "Who decides")
        yield _bullet(f"{name.zh}。{item.elsewhere.why.zh} 依据{_cite(item.elsewhere.source, law)}。",
                      f"{name.en}. {item.elsewhere.why.en}")  # fmt: skip
        if authority is not None and authority.is_simulated:
            yield _bullet(authority.note.zh, authority.note.en)
        yield ""
    if item.wait is not None:
        yield from _heading("决定以前，谁可以提出异议", "Who may object before the decision")
        cited, lasts = _cite(item.wait.source, law), item.wait.lasts
        yield _bullet(
            f"{item.wait.told.zh}期限：{_limits(lasts, 'zh')}，依据{cited}。",
            f"{item.wait.told.en} Time: {_limits(lasts, 'en')}.",
        )
        yield ""
    yield from _joint(item, law)
    yield from _pledges(item, law)
    if item.recurs is not None:
        yield from _heading("以后还要做什么", "What is asked again later")
        cited, every = _cite(item.recurs.source, law), item.recurs.every
        yield _bullet(
            f"{item.recurs.says.zh}每隔{_limits(every, 'zh')}，依据{cited}。",
            f"{item.recurs.says.en} Every {_limits(every, 'en')}.",
        )
        yield ""


def _joint(item: ServiceItem, law: LawBook) -> Iterator[str]:
    if item.joint is None:
        return
    yield from _heading("多区联合办理", "Handled jointly by several zones")
    yield _bullet(f"{item.joint.says.zh} 依据{_cite(item.joint.source, law)}。", item.joint.says.en)
    for part in item.joint.parts:
        yield _bullet(
            f"另一区的部分：{part.does.zh}；期限：{_limits(part.answer, 'zh')}。",
            f"The other zone's part: {part.does.en}; within {_limits(part.answer, 'en')}.",
        )
    yield ""


def _pledges(item: ServiceItem, law: LawBook) -> Iterator[str]:
    if not item.pledges:
        return
    yield from _heading("可以用承诺代替的", "What a promise may stand for")
    for pledge in item.pledges:
        cited, days = _cite(pledge.source, law), _cite(pledge.due[-1].limit.source, law)
        due_zh, due_en = _limits(pledge.due, "zh"), _limits(pledge.due, "en")
        if pledge.kind is PledgeKind.COMMITMENT:
            spared_zh = "签署后不再索要证明" if pledge.spares else "签署后决定以前不现场检查"
            spared_en = "no proof is asked" if pledge.spares else "no inspection before the decision"
            zh = f"“{pledge.title.zh}”：{spared_zh}，依据{cited}；决定后{due_zh}内核查，期限依据{days}。"
            en = f"“{pledge.title.en}”: {spared_en}; checked within {due_en} of the decision."
        else:
            zh = f"“{pledge.title.zh}”：先受理，受理后{due_zh}内补交，依据{cited}。"
            en = f"“{pledge.title.en}”: accepted first; the paper follows within {due_en}."
        yield _bullet(zh, en)
        for paragraph in pledge.text:
            yield f"  > {paragraph.zh}  "
            yield f"  > {paragraph.en}"
        yield f"  > {pledge.consequence.zh}  "
        yield f"  > {pledge.consequence.en}"
    yield ""


def compose_cancelled(item: ServiceItem, catalogue: PackCatalogue) -> list[str]:
    """Return the rest of the page of a permit that is no longer asked for."""
    lines = [*compose_modes(item, catalogue)]
    lines += _heading("现在怎么办", "What to do now")
    lines.append(_bullet(NOTHING_TO_APPLY_FOR.zh, NOTHING_TO_APPLY_FOR.en))
    if item.separation is not None:
        for name in item.separation.instead:
            other = next((one for (known, _), one in catalogue.items.items() if known == name), None)
            if other is not None:
                lines.append(_bullet(f"您可能在找：[{other.title.zh}](../{name}/README.md)。",
                                     f"You may be looking for: {other.title.en}."))  # fmt: skip
    return [*lines, ""]


def _limits(rows: tuple[DatedLimit, ...], language: str) -> str:
    return rows[-1].limit.in_words.in_language(language) if rows else "—"


def _heading(zh: str, en: str) -> list[str]:
    return [f"## {zh} · {en}", ""]


def _bullet(zh: str, en: str) -> str:
    return f"- {zh}  \n  {en}"


def _cite(key: str, law: LawBook) -> str:
    article = law.find(key)
    return f"`{key}`" if article is None else f"{article.title.zh} `{key}`"
