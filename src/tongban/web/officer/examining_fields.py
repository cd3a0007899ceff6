"""The questions of the acts of an examination, as fields with what may be chosen."""

from collections.abc import Sequence

from tongban.domain.case.decide_examining import list_grounds
from tongban.domain.case.decide_hearing import list_bounds
from tongban.domain.case.examining import APPLICANT
from tongban.domain.case.may_decide import name_of
from tongban.domain.case.setting import Setting
from tongban.domain.case.state import Case
from tongban.domain.law import LawBook
from tongban.domain.rules.words import fill, show_date
from tongban.flows.be_heard import WORDS_CHARS
from tongban.kernel.errors import Problem
from tongban.kernel.text import Text
from tongban.reads.examining_words import name_article
from tongban.reads.officers import list_officers
from tongban.web.officer.acts import ENGLISH_HELP
from tongban.web.officer.examining_acts import IN_ENGLISH, ExaminingAct, Values, list_names
from tongban.web.officer.review_parts import NAMES, RECORD, RECORD_CHOICES, compose_review_fields
from tongban.web.shared.parts import Choice, Field

LINE_CHARS = 200
"""Characters of an answer in one line; long answers have ``be_heard.WORDS_CHARS``."""
_LONG = frozenset(
    ("reason", "result", "what", "words", "interest", "record", "signed_by", "finding", "reasons", "note")
)
_DAYS = frozenset(("expected_on", "held_on"))


def compose_fields(
    act: ExaminingAct,
    values: Values,
    problems: Sequence[Problem],
    case: Case,
    setting: Setting,
    law: LawBook,
) -> list[Field]:
    """Return the act's questions with what was typed and what is wrong with it."""
    asked = [
        name for name in list_names(act) if name != "rests_on" or case.examination.hearing.held is not None
    ]
    asks_review = "agrees" in act.asks and case.assessment is not None
    review = compose_review_fields(values, tuple(problems)) if asks_review else []
    others = [name for name in asked if name not in NAMES]
    return review + [_compose(name, values.get(name, ""), problems, case, setting, law) for name in others]


def _compose(
    name: str, value: str, problems: Sequence[Problem], case: Case, setting: Setting, law: LawBook
) -> Field:
    choices = _list_choices(name, case, setting, law)
    plain = name.removesuffix(IN_ENGLISH)
    kind = "long_text" if plain in _LONG else "date" if name in _DAYS else "select" if choices else "text"
    return Field(
        name,
        label_of(name),
        kind,  # type: ignore[arg-type]
        value=value,
        choices=choices,
        help=ENGLISH_HELP if name != plain else _help(name, case, setting),
        is_required=name != "note" and name == plain,
        max_length=(WORDS_CHARS if plain in _LONG else LINE_CHARS) if not choices else None,
        problems=[one for one in problems if one.pointer in (name, _POINTERS.get(name))],
    )


def label_of(name: str) -> Text:
    """Return what a question is called; of an English answer, with that said."""
    label = _LABELS[name.removesuffix(IN_ENGLISH)]
    return Text(f"{label.zh}（英文）", f"{label.en}, in English") if name.endswith(IN_ENGLISH) else label


def list_typed(
    act: ExaminingAct, values: Values, case: Case, setting: Setting, law: LawBook
) -> list[tuple[Text, Text]]:
    """Return what was answered, as the page that asks before shows it: label and words."""
    typed = []
    for name in list_names(act):
        value = values.get(name, "").strip()
        if not value or name in NAMES:
            continue
        chosen = (one.label for one in _list_choices(name, case, setting, law) if one.value == value)
        typed.append((label_of(name), next(chosen, Text(value, value))))
    return typed


def _list_choices(name: str, case: Case, setting: Setting, law: LawBook) -> list[Choice]:
    special = setting.regime.scrutiny.special
    match name:
        case "kind":
            return [Choice(kind.id, kind.says) for kind in special.values()]
        case "basis":
            keys = dict.fromkeys(key for kind in special.values() for key in list_grounds(kind, setting))
            return [Choice(key, name_article(law, key)) for key in keys]
        case "by":
            everybody = (APPLICANT, *case.examination.parties)
            return [Choice(one, name_of(case, one)) for one in everybody]
        case "chair":
            not_free = case.examination.examiners | case.examination.hearing.barred
            free = (one for one in list_officers() if one.id not in not_free)
            return [Choice(f"{one.id}|{one.name}", Text(one.name, one.name)) for one in free]
        case "outcome":
            return [Choice("grant", Text("准予", "Grant")), Choice("refuse", Text("不予", "Refuse"))]
        case "rests_on":
            return RECORD_CHOICES
        case "upheld":
            return [
                Choice("yes", Text("回避，另行指定主持人", "The chair stands aside; another is named")),
                Choice("no", Text("不回避", "The chair stays")),
            ]
    return []


def _help(name: str, case: Case, setting: Setting) -> Text | None:
    if name != "held_on":
        return _HELP.get(name)
    first_on, last_on = list_bounds(case, setting)
    if last_on is None:
        return fill(_FROM, first=show_date(first_on))
    return fill(_BETWEEN, first=show_date(first_on), last=show_date(last_on))


_FROM = Text("最早{first}。", "{first} at the earliest.")
_BETWEEN = Text("最早{first}，最迟{last}。", "{first} at the earliest, {last} at the latest.")
_LABELS = {
    "kind": Text("程序", "Procedure"),
    "basis": Text("依据条款", "Article that asks for it"),
    "reason": Text("为什么需要", "Why it is needed"),
    "expected_on": Text("预计结束日期", "Expected to end on"),
    "result": Text("结果", "Result"),
    "name": Text("利害关系人姓名或者名称", "Name of the party"),
    "what": Text("告知的事项", "What they are told"),
    "by": Text("由谁提出", "By whom"),
    "words": Text("陈述的内容", "What was said"),
    "held_on": Text("举行日期", "Day"),
    "at_time": Text("时间", "Time"),
    "place": Text("地点", "Place"),
    "chair": Text("主持人", "Chair"),
    "record": Text("笔录", "Record"),
    "signed_by": Text("签字的参加人", "Signed by"),
    "finding": Text("核查所见", "What you found"),
    "outcome": Text("拟作出的决定", "Decision"),
    "reasons": Text("理由", "Reasons"),
    "rests_on": RECORD,
    "upheld": Text("决定", "Decision"),
    "interest": Text("主持人与本事项的直接利害关系", "Which direct interest the chair has"),
    "note": Text("批示", "Note"),
}
_POINTERS = {"interest": "words"}
_HELP = {
    "at_time": Text("例如 09:30", "E.g. 09:30"),
    "signed_by": Text("每行一人。", "One name a line."),
    "basis": Text(
        "只列出这个事项所依据的条款和法律规定的条款。",
        "The item's own articles, and those that the law names.",
    ),
    "finding": Text("写明时间、地点和所见的事实。", "When, where, and the facts seen."),
    "what": Text("写明申请的内容，以及关系到其哪些利益。", "What is applied for, and how it touches them."),
}
