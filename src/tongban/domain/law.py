"""What the law says: articles by key, with their words, their dates and the periods they set."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tongban.kernel.errors import Problem, Refused
from tongban.kernel.ids import LawKey
from tongban.kernel.text import Text

LIMIT_UNITS = ("working_day", "calendar_day", "month", "year", "hour", "minute", "person", "case")
"""In what a limit of the law is counted; a bare 日 outside the licensing law is a calendar day."""

ACT_KEY = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*-[0-9]{2,4}")
ARTICLE_NUMBER = re.compile(r"([1-9][0-9]{0,3})(?:\.(p?)([1-9][0-9]{0,2}))?|([a-z]+(?:-[a-z]+)*)")
_ARTICLE_KEYS = {
    "gloss", "words", "lead", "parts", "excerpt", "heading", "since", "until", "verified",
    "limits", "amounts",
}  # fmt: skip
_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Act:
    """A statute, regulation, policy document or standard, in one version.

    Args:
        key: ``statute-year``, e.g. ``all-2019``.
        title, short: full and usual name.
        number: order or document number, empty when it has none or it is not known.
        in_force_on: first day of this version.
        amended_on: day on which this version was adopted; None for an act that was never amended.
        provenance: how the text was established and how sure it is.
    """

    key: str
    title: Text
    short: Text
    issuer: Text
    number: str
    in_force_on: date
    amended_on: date | None
    provenance: str


_ACT_KEYS = {*Act.__slots__, "verified", "articles"}


@dataclass(frozen=True, slots=True)
class Limit:
    """A period or a number the law sets, e.g. 20 working days to decide.

    Args:
        amount: at least 1.
        unit: one of ``LIMIT_UNITS``.
    """

    amount: int
    unit: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article, paragraph, item or named point.

    Args:
        key: ``all-2019#32.4``; the number after the dot is an item where the article has items, otherwise a
            paragraph; ``32.p2`` is a paragraph beside items; a name stands where no number is known.
        title: how a page cites it, e.g. 行政许可法第三十二条第一款第四项.
        gloss: what it means in a line; our paraphrase.
        words: the statute's own Chinese words; empty when they were not read.
        since: first day on which it said so, as far as we know; until: last day, None while it stands.
        is_verified: whether its content was read in a text of the act.
        limits, amounts_fen: what it fixes, by name; nothing else in the house may repeat these numbers.
    """

    key: LawKey
    act: Act
    title: Text
    gloss: Text
    words: str
    since: date
    until: date | None
    is_verified: bool
    limits: Mapping[str, Limit]
    amounts_fen: Mapping[str, int]

    def is_in_force(self, on: date) -> bool:
        """Say whether it stood on a civil date, both ends included."""
        return self.since <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class LawBook:
    """Every article the house may cite."""

    articles: Mapping[LawKey, Article]

    def find(self, key: str) -> Article | None:
        """Return the article, or None when no file in ``content/law`` has it."""
        return self.articles.get(LawKey(key))

    def get(self, key: str) -> Article:
        """Return the article, or raise Refused naming the key."""
        article = self.find(key)
        if article is None:
            raise Refused(_unknown(key, ""))
        return article

    def find_act(self, key: str) -> Act | None:
        """Return the act of ``statute-year`` or of one of its articles, or None."""
        act_key = key.partition("#")[0]
        return next((one.act for one in self.articles.values() if one.act.key == act_key), None)

    def is_in_force(self, key: str, on: date) -> bool:
        """Say whether a key resolves and stood on a civil date."""
        article = self.find(key)
        return article is not None and article.is_in_force(on)

    def check(self, key: str, on: date | None, pointer: str) -> tuple[Problem, ...]:
        """Return a problem when a citation does not resolve, or did not stand on the date if one is given."""
        article = self.find(key)
        if article is None:
            return (_unknown(key, pointer),)
        if on is not None and not article.is_in_force(on):
            return (
                _problem(
                    "law.not-in-force", pointer, f"{key} 在 {on} 不施行。", f"{key} was not in force on {on}."
                ),
            )
        return ()


def compose_law_book(articles: Iterable[Article]) -> LawBook:
    """Put articles of many acts into one book; refuse a key that comes twice."""
    book: dict[LawKey, Article] = {}
    problems = []
    for article in articles:
        if article.key in book:
            problems.append(
                _problem(
                    "law.twice", article.key, f"{article.key} 出现了两次。", f"{article.key} is given twice."
                )
            )
        book[article.key] = article
    if problems:
        raise Refused(*problems)
    return LawBook(book)


def parse_statute(mapping: Mapping[str, Any], file_name: str) -> tuple[Article, ...]:
    """Read one file of ``content/law``.

    Args:
        mapping: keys ``key``, ``title``, ``short``, ``issuer``, ``number``, ``amended_on``, ``in_force_on``,
            ``provenance``, ``verified``, ``articles``; dates as dates or ISO text.
        file_name: for the pointers of problems; its stem must be the act's key.

    Returns:
        The articles in file order. An article given only in parts has its lead and parts joined as its words.

    Raises:
        Refused: with every problem of the file at once.
    """
    read = _Reader(file_name)
    top = read.mapping(mapping, "", _ACT_KEYS)
    act = read.act(top)
    rows = read.mapping(top.get("articles"), "articles", None)
    numbers = {
        str(number): read.mapping(row, f"articles.{number}", _ARTICLE_KEYS) for number, row in rows.items()
    }
    default = top.get("verified") is True
    articles = [read.article(act, number, row, numbers, default) for number, row in numbers.items()]
    if not articles:
        read.report("empty", "articles", "没有条文。", "There are no articles.")
    if read.problems:
        raise Refused(*read.problems)
    return tuple(_with_joined_words(one, numbers, articles) for one in articles)


class _Reader:
    """Reads values and keeps every problem, so that a file is mended in one go."""

    def __init__(self, file_name: str) -> None:
        self.file_name = file_name
        self.problems: list[Problem] = []

    def report(self, code: str, where: str, zh: str, en: str) -> None:
        self.problems.append(_problem(f"law.{code}", f"{self.file_name}:{where}", zh, en))

    def mapping(self, value: object, where: str, keys: set[str] | None) -> Mapping[str, Any]:
        if not isinstance(value, Mapping):
            self.report(
                "not-a-mapping", where, "这里应为键值表。", "This should be a mapping of keys to values."
            )
            return {}
        for key in sorted({str(key) for key in value} - (keys or {str(key) for key in value})):
            self.report("unknown-key", f"{where}.{key}", f"不认识的键“{key}”。", f"Unknown key “{key}”.")
        return value

    def text(self, value: object, where: str) -> Text:
        plain = value if isinstance(value, Mapping) else {}
        zh, en = plain.get("zh"), plain.get("en")
        if isinstance(zh, str) and zh and isinstance(en, str) and en and len(plain) == 2:
            return Text(zh, en)
        self.report(
            "no-words", where, "中文和英文都要写。", "Give both the Chinese (zh) and the English (en)."
        )
        return Text("", "")

    def line(self, value: object, where: str, may_be_empty: bool = False) -> str:
        if isinstance(value, str) and (value.strip() or may_be_empty):
            return value.strip()
        self.report("no-words", where, "此处应为文字。", "This should be text.")
        return ""

    def day(self, value: object, where: str) -> date:
        if type(value) is date:
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.report(
                "bad-date", where, f"{value!r:.40} 不是日期。", f"{value!r:.40} is no date (YYYY-MM-DD)."
            )
            return date.max

    def act(self, top: Mapping[str, Any]) -> Act:
        key = self.line(top.get("key"), "key")
        if not ACT_KEY.fullmatch(key) or self.file_name.rpartition("/")[2] != f"{key}.yaml":
            self.report(
                "bad-key", "key", f"“{key}”应与文件名一致，如 all-2019。", f"“{key}” must be the file's name."
            )
        amended = top.get("amended_on")
        title = self.text(top.get("title"), "title")
        return Act(
            key,
            title,
            self.text(top["short"], "short") if "short" in top else title,
            self.text(top.get("issuer"), "issuer"),
            self.line(top.get("number"), "number", may_be_empty=True),
            self.day(top.get("in_force_on"), "in_force_on"),
            None if amended is None else self.day(amended, "amended_on"),
            self.line(top.get("provenance"), "provenance"),
        )

    def article(
        self, act: Act, number: str, row: Mapping[str, Any], rows: Mapping[str, Any], is_verified: bool
    ) -> Article:
        where = f"articles.{number}"
        self.check_number(number, row, rows)
        since = self.day(row.get("since", act.in_force_on), f"{where}.since")
        until = row.get("until")
        until_on = None if until is None else self.day(until, f"{where}.until")
        if until_on is not None and until_on < since:
            self.report("bad-dates", f"{where}.until", "止日早于起日。", "It ends before it begins.")
        verified = row.get("verified", is_verified)
        if not isinstance(verified, bool):
            self.report(
                "bad-flag", f"{where}.verified", "应为 true 或 false。", "This should be true or false."
            )
        return Article(
            LawKey(f"{act.key}#{number}"),
            act,
            _title(act, number, row, rows),
            self.text(row.get("gloss"), f"{where}.gloss"),
            self.line(row.get("words", ""), f"{where}.words", may_be_empty=True),
            since,
            until_on,
            verified is True,
            self.limits(row.get("limits", {}), f"{where}.limits"),
            self.amounts(row.get("amounts", {}), f"{where}.amounts"),
        )

    def check_number(self, number: str, row: Mapping[str, Any], rows: Mapping[str, Any]) -> None:
        where = f"articles.{number}"
        match = ARTICLE_NUMBER.fullmatch(number)
        if match is None:
            self.report("bad-number", where, f"“{number}”不是条号。", f"“{number}” is no article number.")
        elif match[3] and match[1] not in rows:
            self.report("no-parent", where, f"缺少第{match[1]}条。", f"Article {match[1]} is missing.")
        elif match[3] and rows[match[1]].get("parts") not in ("items", "paragraphs"):
            self.report(
                "no-parts", f"articles.{match[1]}", "须注明 parts。", "Say parts: items or paragraphs."
            )
        elif match[4]:
            self.text(row.get("heading"), f"{where}.heading")

    def limits(self, value: object, where: str) -> Mapping[str, Limit]:
        read = {}
        for name, row in self.mapping(value, where, None).items():
            amount, unit = (row.get("amount"), row.get("unit")) if isinstance(row, Mapping) else (None, None)
            if type(amount) is not int or amount < 1 or unit not in LIMIT_UNITS:
                self.report(
                    "bad-limit", f"{where}.{name}", "应为数量和单位。", "Give a positive amount and a unit."
                )
            else:
                read[str(name)] = Limit(amount, str(unit))
        return read

    def amounts(self, value: object, where: str) -> Mapping[str, int]:
        read = {}
        for name, row in self.mapping(value, where, None).items():
            fen = row.get("fen") if isinstance(row, Mapping) else None
            if type(fen) is not int or fen < 1:
                self.report("bad-amount", f"{where}.{name}", "应为以分计的金额。", "Give the amount in fen.")
            else:
                read[str(name)] = fen
        return read


def _with_joined_words(
    article: Article, rows: Mapping[str, Mapping[str, Any]], all_: Iterable[Article]
) -> Article:
    """Give an article that is kept in parts the words of its lead and its parts, unless it is an excerpt."""
    number = article.key.partition("#")[2]
    row = rows[number]
    parts = [one.words for one in all_ if one.key.startswith(f"{article.key}.")]
    if article.words or not parts or row.get("excerpt") is True or not all(parts):
        return article
    lead = [str(row["lead"])] if row.get("lead") else []
    return replace(article, words="\n".join([*lead, *parts]))


def _title(act: Act, number: str, row: Mapping[str, Any], rows: Mapping[str, Any]) -> Text:
    """Compose how a page cites it, in both languages."""
    match = ARTICLE_NUMBER.fullmatch(number)
    if match is None:
        return act.short
    if match[4]:
        heading = row.get("heading")
        plain = heading if isinstance(heading, Mapping) else {}
        return Text(f"{act.short.zh}（{plain.get('zh', '')}）", f"{act.short.en} ({plain.get('en', '')})")
    article, paragraph_mark, part = match[1], match[2], match[3]
    zh, en = f"{act.short.zh}第{chinese_number(int(article))}条", f"{act.short.en} art. {article}"
    if part is None:
        return Text(zh, en)
    if paragraph_mark or rows.get(article, {}).get("parts") != "items":
        return Text(f"{zh}第{chinese_number(int(part))}款", f"{en} para. {part}")
    has_paragraphs = any(other.startswith(f"{article}.p") for other in rows)
    first = "第一款" if has_paragraphs else ""
    return Text(f"{zh}{first}第{chinese_number(int(part))}项", f"{en}({part})")


def chinese_number(number: int) -> str:
    """Return 1 to 9999 as the numbering of articles writes it, e.g. 三十二, 一百零三."""
    if number <= 0 or number > 9_999:
        raise ValueError(f"{number} is no article number")
    written, zero_due = "", False
    for place, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            is_bare_ten = place == 10 and digit == 1 and not written
            written += ("零" if zero_due else "") + ("" if is_bare_ten else _DIGITS[digit]) + unit
        zero_due = bool(written) and not digit
    return written


def _unknown(key: str, pointer: str) -> Problem:
    return _problem(
        "law.unknown",
        pointer,
        f"{key} 在 content/law 中没有。",
        f"{key} is not in content/law.",
        Text(
            "请更正引用，或先把该条文写入 content/law。",
            "Mend the citation, or write the article into content/law first.",
        ),
    )


def _problem(code: str, pointer: str, zh: str, en: str, next_step: Text | None = None) -> Problem:
    return Problem(code, Text(zh, en), pointer, next_step=next_step)
