"""What is wrong with something that is raised, answered or published, said all at once."""

import re

from tongban.domain.voice.book import COMPLAINT, REVIEW, VoiceBook, VoiceKind
from tongban.domain.voice.voice import About, Asker, Voice
from tongban.kernel.errors import Problem
from tongban.kernel.text import Text

WORDS_CHARS = 2000
LINE_CHARS = 120
_NUMBERS = re.compile(r"\d{17}[\dXx]|(?<!\d)1\d{10}(?!\d)|\d{11,}")
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_CASE = re.compile(r"[A-Z]{2}\d{6}-[0-9A-Z]{6,}")


def check_voice(kind: VoiceKind, about: About, asker: Asker, words: str) -> tuple[Problem, ...]:
    """Return everything that is wrong with what is raised."""
    problems = []
    if not words.strip():
        problems.append(Problem("voice.no-words", _NO_WORDS, "words", kind.ground))
    if len(words) > WORDS_CHARS:
        problems.append(Problem("voice.too-long", _TOO_LONG, "words"))
    lines = {"place": about.place, "person": about.person, "contact": asker.contact, "name": asker.name}
    problems += [
        Problem("voice.long-line", _LONG_LINE, name) for name, one in lines.items() if len(one) > LINE_CHARS
    ]
    if kind.subjects and about.subject not in kind.subjects:
        problems.append(Problem("voice.no-subject", _NO_SUBJECT, "subject", kind.ground))
    if kind.id == COMPLAINT and about.subject == "officer" and not (about.person.strip() or about.case_id):
        problems.append(Problem("voice.no-person", _NO_PERSON, "person", next_step=_ROUGHLY))
    if kind.id == REVIEW and not (asker.holder or asker.name.strip()):
        problems.append(Problem("voice.no-name", _NO_NAME, "name", "admin-review-2023#22.3"))
    return tuple(problems)


def check_answer(voice: Voice, kind: VoiceKind, words: str, outcome: str) -> tuple[Problem, ...]:
    """Return everything that is wrong with an answer."""
    problems = []
    if not words.strip():
        problems.append(Problem("voice.no-answer", _NO_ANSWER, "words", kind.ground))
    if len(words) > WORDS_CHARS:
        problems.append(Problem("voice.too-long", _TOO_LONG, "words"))
    if kind.outcomes and outcome not in kind.outcomes:
        problems.append(Problem("voice.no-outcome", _NO_OUTCOME, "outcome", kind.ground))
    if not voice.is_open:
        problems.append(Problem("voice.ended", _ENDED))
    return tuple(problems)


def check_extension(voice: Voice, kind: VoiceKind, words: str) -> tuple[Problem, ...]:
    """Return why the time for an answer cannot be extended: once, in time, with a reason."""
    problems = []
    if not words.strip():
        problems.append(Problem("voice.no-reason", _NO_REASON, "words", kind.ground))
    if len(words) > WORDS_CHARS:
        problems.append(Problem("voice.too-long", _TOO_LONG, "words"))
    if voice.is_extended:
        problems.append(Problem("voice.extended-twice", _TWICE, "", kind.ground))
    if not voice.is_open:
        problems.append(Problem("voice.ended", _ENDED))
    return tuple(problems)


def check_publishing(voice: Voice, question: str, answer: str) -> tuple[Problem, ...]:
    """Return why an answer cannot be published.

    Source of law: pipl-2021#6 (no more personal data than needed; here: none).
    """
    problems = []
    if not voice.asker.may_publish:
        problems.append(Problem("voice.not-agreed", _NOT_AGREED, "", "pipl-2021#6"))
    for pointer, text in (("question", question), ("answer", answer)):
        if not text.strip():
            problems.append(Problem("voice.nothing", _NOTHING, pointer))
        if len(text) > WORDS_CHARS:
            problems.append(Problem("voice.too-long", _TOO_LONG, pointer))
        found = find_personal_data(
            text, (voice.asker.name, voice.about.person, voice.number, voice.about.case_id)
        )
        if found:
            told = _PERSONAL.fill(found=found)
            problems.append(Problem("voice.personal", told, pointer, "pipl-2021#6", _REWORD))
    return tuple(problems)


def find_personal_data(text: str, names: tuple[str, ...] = ()) -> str:
    """Return the first thing in a text that points to somebody: a number, an address, a name; or nothing.

    A machine finds shapes and the names it knows; whoever publishes reads the text as well.
    """
    for pattern in (_NUMBERS, _ADDRESS, _CASE):
        match = pattern.search(text)
        if match:
            return match[0]
    return next((name for name in names if name.strip() and name.strip() in text), "")


def check_attachments(count: int, book: VoiceBook) -> tuple[Problem, ...]:
    """Return a problem when more is attached than may be."""
    if count <= book.review.most_attachments:
        return ()
    return (Problem("voice.attachments", _MANY.fill(most=str(book.review.most_attachments)), "files"),)


_NO_WORDS = Text("请写明要说的事", "Write what you want to say")
_TOO_LONG = Text(f"最多写 {WORDS_CHARS} 字", f"At most {WORDS_CHARS} characters")
_LONG_LINE = Text(f"最多写 {LINE_CHARS} 字", f"At most {LINE_CHARS} characters")
_NO_SUBJECT = Text("请选择一项", "Choose one")
_NO_PERSON = Text("请写明是谁，或者写办件编号", "Write who it was, or the number of the case")
_ROUGHLY = Text(
    "不知道姓名的，可以写工号、窗口号，或者改选“窗口”。",
    "Without a name, write the number of the person or of the window, or choose “A window”.",
)
_NO_NAME = Text("请写明申请人", "Write who applies")
_NO_ANSWER = Text("请写明答复", "Write the answer")
_NO_OUTCOME = Text("请选择处理结果", "Choose how it ends")
_ENDED = Text("已经答复或者撤回", "It was answered or taken back")
_NO_REASON = Text("延长要写明原因，并告诉提出的人", "Say why; whoever raised it is told")
_TWICE = Text("只能延长一次", "It can be extended once")
_NOT_AGREED = Text("提出的人没有同意公开", "Whoever raised it did not agree to have it published")
_NOTHING = Text("这里不能空着", "This cannot be empty")
_PERSONAL = Text("含有可能指向个人的内容：{found}", "It holds something that may point to a person: {found}")
_REWORD = Text("请改写，只说事情本身。", "Reword it, so that it only tells the matter.")
_MANY = Text("最多附 {most} 个文件", "At most {most} files")
