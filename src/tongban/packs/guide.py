"""Write each pack's README: the page a citizen and a lawyer can both read, made from the data alone."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from tongban.domain.catalogue.form import Question
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.clock.statute import DatedLimit
from tongban.domain.law import LawBook
from tongban.kernel.errors import Refused
from tongban.kernel.ids import EvidenceKindId, LawKey
from tongban.kernel.text import Text
from tongban.packs.guide_gate import compose_gate
from tongban.packs.guide_modes import compose_cancelled, compose_modes
from tongban.packs.load import Content, PackCatalogue, read_content
from tongban.packs.parse_example import Example, read_examples

GUIDE_NAME = "README.md"
_FEN_A_YUAN = 100
_OBJECTS = {
    "person": Text("自然人", "a person"),
    "firm": Text("企业和其他组织", "a firm or other organisation"),
}
_CHANNELS = {
    "online": Text("网上", "online"),
    "window": Text("窗口", "at a window"),
    "kiosk": Text("自助终端", "at a kiosk"),
}
_MODES = {
    "whole-process-online": Text("全程网办", "whole process online"),
    "receive-and-forward": Text("异地代收代办", "received here, decided there"),
    "joint-handling": Text("多地联办", "handled jointly"),
}
_MADE_UP = "（演示数值 · made up for demonstration）"
_OUTCOMES = {
    "grant": Text("准予", "granted"),
    "refer": Text("转工作人员", "handed to a person"),
    "correct": Text("一次告知补正", "one list of corrections"),
    "wait": Text("等待", "waits"),
    "returned": Text("退回材料", "papers given back"),
    "denied": Text("不予", "refused"),
    "refused": Text("没有收下，指出全部错误", "not taken in; every fault told"),
}


def compose_guide(item: ServiceItem, catalogue: PackCatalogue, examples: Iterable[Example]) -> str:
    """Return a pack's page as Markdown, Chinese first and English beside it; the same data, the same page.

    Args:
        item: as its base files make it, before any zone's overlay.
    """
    if item.is_cancelled:
        return "\n".join([*_head(item), *compose_cancelled(item, catalogue), *_answered(item),
                          *_basis(item, catalogue.law)]).rstrip() + "\n"  # fmt: skip
    lines = [
        *_head(item),
        *_who(item, catalogue),
        *compose_modes(item, catalogue),
        *_spared(item, catalogue),
        *_asked(item, catalogue.law),
        *_criteria(item, catalogue.law),
        *compose_gate(item, catalogue),
        *_times(item, catalogue),
        *_result(item, catalogue.law),
        *_told(item, catalogue.law),
        *_shown(examples),
        *_answered(item),
        *_basis(item, catalogue.law),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _head(item: ServiceItem) -> list[str]:
    return [
        f"# {_both(item.title)}",
        "",
        "<!-- 由事项包生成，请勿手改：manage.py check_items --write-guides · generated from the pack -->",
        "",
        item.summary.zh,
        "",
        item.summary.en,
        "",
    ]


def write_guides(folder: Path) -> tuple[Path, ...]:
    """Write the page of every pack; return those that changed.

    Raises:
        Refused: the content cannot be read; no page is written.
    """
    changed = []
    for path, page in _compose_all(folder).items():
        if not path.exists() or path.read_text(encoding="utf-8") != page:
            path.write_text(page, encoding="utf-8")
            changed.append(path)
    return tuple(changed)


def find_stale_guides(folder: Path) -> tuple[Path, ...]:
    """Return the pages that are missing or no longer say what their pack says."""
    return tuple(
        path
        for path, page in _compose_all(folder).items()
        if not path.exists() or path.read_text(encoding="utf-8") != page
    )


def _compose_all(folder: Path) -> dict[Path, str]:
    content: Content = read_content(folder)
    pages = {
        pack / GUIDE_NAME: compose_guide(item, content.catalogue, read_examples(pack, content.reading))
        for pack, item in content.bases.items()
    }
    if content.reading.problems:
        raise Refused(*content.reading.problems)
    return pages


def _both(text: Text) -> str:
    return f"{text.zh} · {text.en}"


def _heading(zh: str, en: str) -> list[str]:
    return [f"## {zh} · {en}", ""]


def _joined(texts: Iterable[Text]) -> Text:
    listed = list(texts)
    return Text("、".join(text.zh for text in listed), ", ".join(text.en for text in listed))


def _bullet(zh: str, en: str) -> str:
    return f"- {zh}  \n  {en}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    heads = list(heads)
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(_cell(cell) for cell in row)} |"
    yield ""


def _cite(key: str, law: LawBook) -> str:
    """Return an article as a page cites it, with its key for whoever looks it up."""
    article = law.find(key)
    return f"`{key}`" if article is None else f"{article.title.zh} `{key}`"


def _who(item: ServiceItem, catalogue: PackCatalogue) -> Iterator[str]:
    yield from _heading("谁可以办，在哪里办", "Who may apply, and where")
    objects = _joined(_OBJECTS[name] for name in item.objects)
    zones = _joined(catalogue.zones[zone].short_name for zone in item.zones)
    channels = _joined(_CHANNELS[name] for name in item.channels)
    modes = _joined(_MODES[name] for name in item.modes)
    yield _bullet(f"申请人：{objects.zh}。", f"Applicant: {objects.en}.")
    yield _bullet(f"办理地：{zones.zh}。", f"Decided in: {zones.en}.")
    yield _bullet(
        f"方式：{channels.zh}；{modes.zh}。在任一高新区都可以提交。",
        f"How: {channels.en}; {modes.en}. It can be handed in at any zone.",
    )
    if item.visits and item.visit_reason is not None:
        yield _bullet(
            f"要到现场 {item.visits} 次：{item.visit_reason.zh}",
            f"Visits: {item.visits}. {item.visit_reason.en}",
        )
    else:
        yield _bullet("不用到现场。", "Nobody has to come.")
    if item.fee_fen:
        yuan = f"{item.fee_fen / _FEN_A_YUAN:.2f}"
        cited = _cite(item.fee_source, catalogue.law)
        yield _bullet(f"收费 {yuan} 元，依据{cited}。", f"Fee: CNY {yuan}.")
    else:
        free = catalogue.get_regime(item.regime).free
        sources = {free.get(kind, "") for kind in item.objects}
        source = sources.pop() if len(sources) == 1 else ""
        cited = f"，依据{_cite(source, catalogue.law)}" if source else ""
        yield _bullet(f"不收费{cited}。", "There is no fee.")
    made_up = (
        Text("（演示编码）", " (made up for demonstration)") if item.codes_are_synthetic else Text("", "")
    )
    for code in item.codes.values():
        yield _bullet(f"事项编码：`{code}`{made_up.zh}。", f"Item code{made_up.en}.")
    yield ""


def _spared(item: ServiceItem, catalogue: PackCatalogue) -> Iterator[str]:
    yield from _heading("不用提交的材料，为什么", "What you need not hand in, and why")
    rows = []
    for material in item.materials:
        kind = catalogue.kinds.get(EvidenceKindId(material.exempt_through))
        how = Text("请上传", "please upload it")
        if kind is not None:
            how = Text(f"由系统查询{kind.register.zh}", f"looked up: {kind.register.en}")
        rows.append((_both(material.name), _both(how), _cite(material.source, catalogue.law)))
    yield from _table(("材料 · Paper", "怎么取得 · How it is had", "依据 · Law"), rows)
    for requirement in item.evidence:
        kind = catalogue.kinds[requirement.kind]
        ground = _cite(requirement.ground, catalogue.law)
        yield _bullet(
            f"查询“{kind.title.zh}”，证明：{requirement.proves.zh}。查询依据：{ground}。",
            f"“{kind.title.en}” is asked for to prove: {requirement.proves.en}.",
        )
    yield ""


def _asked(item: ServiceItem, law: LawBook) -> Iterator[str]:
    yield from _heading("要回答的问题，为什么问", "What is asked, and on which ground")
    rows = [
        (_both(question.label), _both(_when(question)), _cite(question.ground, law))
        for question in item.form.questions
    ]
    yield from _table(("问题 · Question", "何时 · When", "依据 · Law"), rows)


def _when(question: Question) -> Text:
    if question.evidence_kind:
        return Text("登记里查不到时才需要", "only when the register holds nothing")
    if question.shown_when is not None:
        return Text("视前面的回答而定", "depends on an earlier answer")
    return Text("必答", "always") if question.is_required else Text("选答", "if you like")


def _criteria(item: ServiceItem, law: LawBook) -> Iterator[str]:
    yield from _heading("条件", "Criteria")
    if item.rules.may_grant:
        yield "全部符合的，系统当即准予；有一条不符合或者无法确认的，转工作人员。系统从不作出不予的决定。"
        yield ""
        yield (
            "When all are met the machine grants at once; when one is not, or cannot be known, a person "
            "takes over. The machine never refuses."
        )
    elif item.elsewhere is not None:
        yield "本区逐条核对，连同全部材料转交有权机关，由该机关决定。"
        yield ""
        yield "The zone checks each and hands everything to the authority that decides."
    else:
        yield "本事项由工作人员决定。"
        yield ""
        yield "This item is decided by a person."
    yield ""
    for number, criterion in enumerate(item.rules.criteria, start=1):
        yield f"{number}. {criterion.says.zh}——{_cite(criterion.source, law)}  "
        yield f"   {criterion.says.en}"
    yield ""
    yield from _parameters(item, law)


def _parameters(item: ServiceItem, law: LawBook) -> Iterator[str]:
    if not item.parameters:
        return
    yield "地方定的数值，随日期改变。Numbers that are set locally, and change with a date:"
    yield ""
    rows = [
        (
            f"{_both(one.says)}{_MADE_UP if one.synthetic else ''}",
            _both(words),
            since.isoformat(),
            _cite(key, law),
        )
        for one in item.parameters
        for since, words, key in one.in_words
    ]
    yield from _table(("数值 · Number", "是 · Is", "自 · Since", "依据 · Law"), rows)


def _times(item: ServiceItem, catalogue: PackCatalogue) -> Iterator[str]:
    yield from _heading("时限", "Time limits")
    rows = [("法定 · by law", *_limit(row, catalogue.law)) for row in item.statutory]
    for zone in item.zones:
        own = catalogue.get_item(item.id, zone)
        name = catalogue.zones[zone].short_name
        promised_by = f"{name.zh}承诺 · promised by {name.en}"
        rows += [(promised_by, *_limit(row, catalogue.law)) for row in own.promised]
    yield from _table(("谁定的 · Set by", "期限 · Limit", "自 · Since", "依据 · Law"), rows)
    for zone in item.zones:
        for note in catalogue.get_item(item.id, zone).notes:
            name = catalogue.zones[zone].short_name
            yield _bullet(f"{name.zh}：{note.zh}", f"{name.en}: {note.en}")
    yield ""


def _limit(row: DatedLimit, law: LawBook) -> tuple[str, str, str]:
    return _both(row.limit.in_words), row.since.isoformat(), _cite(row.limit.source, law)


def _result(item: ServiceItem, law: LawBook) -> Iterator[str]:
    yield from _heading("结果", "Result")
    template = item.credential
    yield _bullet(
        f"《{template.title.zh}》，电子证照，依据{_cite(template.source, law)}。",
        f"“{template.title.en}”, an electronic licence that anybody can check.",
    )
    said = _joined(claim.title for claim in template.claims)
    yield _bullet(f"写明：{said.zh}。", f"It says: {said.en}.")
    if template.valid_until_fact:
        fact = item.rules.types[template.valid_until_fact]
        says = fact.says or Text(template.valid_until_fact, template.valid_until_fact)
        yield _bullet(f"有效期至“{says.zh}”所载之日。", f"Valid until the day given as “{says.en}”.")
    elif template.validity_months is not None:
        months = template.validity_months
        yield _bullet(f"有效期 {months} 个月。", f"Valid for {months} months.")
    else:
        yield _bullet("没有有效期限制。", "It has no last day.")
    yield ""


def _told(item: ServiceItem, law: LawBook) -> Iterator[str]:
    if not item.announcements:
        return
    yield from _heading("办结后还会告诉谁", "Who is told afterwards")
    for announcement in item.announcements:
        facts = _joined(item.rules.types[fact].says or Text(fact, fact) for fact in announcement.facts)
        yield _bullet(f"{announcement.says.zh}依据{_cite(announcement.source, law)}。", announcement.says.en)
        yield _bullet(f"只告知：{facts.zh}。", f"Only this is told: {facts.en}.")
    yield ""


def _shown(examples: Iterable[Example]) -> Iterator[str]:
    yield from _heading("例子", "Examples")
    rows = [
        (
            _both(example.says),
            _both(_OUTCOMES[example.then.outcome]),
            f"[{example.path.stem}](cases/{example.path.name})",
        )
        for example in examples
    ]
    yield from _table(("情形 · Case", "结果 · Outcome", "文件 · File"), rows)


def _answered(item: ServiceItem) -> Iterator[str]:
    if not item.questions:
        return
    yield from _heading("常见问题", "Questions people ask")
    for question in item.questions:
        yield f"**{question.asks.zh}**  "
        yield f"{question.answers.zh}"
        yield ""
        yield f"**{question.asks.en}**  "
        yield f"{question.answers.en}"
        yield ""


def _basis(item: ServiceItem, law: LawBook) -> Iterator[str]:
    yield from _heading("依据", "Law")
    yield "要点是我们的转述，以法律原文为准。Glosses are ours; the statute's own words prevail."
    yield ""
    keys: Mapping[LawKey, None] = dict.fromkeys(sorted(_cited(item)))
    rows = [(_cite(key, law), _both(article.gloss)) for key in keys if (article := law.find(key)) is not None]
    yield from _table(("条文 · Article", "要点 · Gloss"), rows)


def _cited(item: ServiceItem) -> set[LawKey]:
    keys = {*item.legal_basis, item.credential.source}
    keys |= {criterion.source for criterion in item.rules.criteria}
    keys |= {LawKey(question.ground) for question in item.form.questions}
    keys |= {key for requirement in item.evidence for key in (requirement.source, requirement.ground)}
    keys |= {row.limit.source for row in (*item.statutory, *item.promised)}
    keys |= {
        one.source for one in (item.separation, item.wait, item.recurs, item.elsewhere, item.joint) if one
    }
    keys |= {pledge.source for pledge in item.pledges}
    return keys | {announcement.source for announcement in item.announcements}
