"""A holder's objection to an automated grant, and an application for review, from the case's page."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tongban.domain.rules.words import fill, show_date
from tongban.domain.voice.book import OBJECTION, REVIEW, VoiceKind
from tongban.domain.voice.checks import WORDS_CHARS
from tongban.domain.voice.deadlines import find_review_until
from tongban.domain.voice.voice import About, Asker
from tongban.flows.file_review import body_name, file_review
from tongban.flows.object_to_grant import object_to_grant
from tongban.flows.ports import Deps
from tongban.flows.raise_voice import Said
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.moment import civil_date
from tongban.kernel.text import Text
from tongban.reads.case_page import CasePage
from tongban.reads.papers import PaperLine, read_papers
from tongban.web.applicant.case_pages import read_own
from tongban.web.applicant.voice_pages import holder_of
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.language import current_language
from tongban.web.shared.parts import Choice, Field, Row
from tongban.web.shared.voice_parts import read_line, read_words


def object_to(request: HttpRequest, case_id: str) -> HttpResponse:
    """Take a holder's objection to what a machine granted."""
    page, deps = read_own(request, case_id)
    kind = deps.catalogue.voices.get(OBJECTION)
    facts = _facts(page, None)
    if request.method != "POST":
        return render(request, "applicant/voice_form.html", _compose(request, kind, page, facts, (), _STAYS))
    about = About(page.case.item_id, page.case.id, read_line(request, "subject"))
    said = Said(
        OBJECTION, about, Asker(holder_of(request), page.case.applicant.name), read_words(request, "words")
    )
    try:
        voice = object_to_grant(said, deps)
    except Refused as refused:
        context = _compose(request, kind, page, facts, refused.problems, _STAYS)
        return refuse_page(request, "applicant/voice_form.html", context, refused)
    messages.success(request, _OBJECTED.in_language(current_language()))
    return redirect("applicant:voice", voice.number)


def ask_review(request: HttpRequest, case_id: str) -> HttpResponse:
    """Show the prefilled application for review; hand it with every document to the review body."""
    page, deps = read_own(request, case_id)
    if not page.is_own:
        raise NotFound(case_id)
    kind = deps.catalogue.voices.get(REVIEW)
    papers = read_papers(page.case, deps).lines
    paper = next((one for one in reversed(papers) if one.id == read_line(request, "paper")), None)
    paper = paper or next((one for one in reversed(papers) if one.is_adverse), papers[-1] if papers else None)
    today = civil_date(deps.clock.now())
    known_on = _read_date(request) or (paper.dated_on if paper else today)
    was_told = paper is not None and paper.is_adverse
    note = _until(known_on, was_told, today, deps)
    facts = _facts(page, paper, body_name(deps))
    extra = [Field("known_on", _KNOWN, "date", value=known_on.isoformat(), law="admin-review-2023#20.1")]
    if request.method != "POST":
        context = _compose(request, kind, page, facts, (), note, extra)
        return render(request, "applicant/voice_form.html", context)
    about = About(
        page.case.item_id, page.case.id, read_line(request, "subject"), paper_id=paper.id if paper else ""
    )
    asker = Asker(holder_of(request), page.case.applicant.name)
    try:
        said = Said(REVIEW, about, asker, read_words(request, "words"), files=_keep_files(request, deps))
        voice = file_review(said, known_on, was_told, deps)
    except Refused as refused:
        context = _compose(request, kind, page, facts, refused.problems, note, extra)
        return refuse_page(request, "applicant/voice_form.html", context, refused)
    messages.success(request, _FILED.in_language(current_language()))
    return redirect("applicant:voice", voice.number)


def _keep_files(request: HttpRequest, deps: Deps) -> dict[str, str]:
    most = deps.catalogue.voices.review.most_attachments
    found = request.FILES.getlist("files")
    if len(found) > most:
        raise Refused(Problem("voice.attachments", _MANY.fill(most=str(most)), "files"))
    kept = {}
    for one in found:
        media_type = "application/pdf" if one.name.lower().endswith(".pdf") else "application/octet-stream"
        kept[deps.files.put(one.read(), media_type, one.name[:100])] = one.name[:100]
    return kept


def _read_date(request: HttpRequest) -> date | None:
    try:
        return date.fromisoformat(read_line(request, "known_on"))
    except ValueError:
        return None


def _until(known_on: date, was_told: bool, today: date, deps: Deps) -> Text:
    until = find_review_until(
        known_on, was_told, deps.catalogue.voices, deps.catalogue.get_calendar(deps.zone)
    )
    return fill(_LATE if today > until else _IN_TIME, on=show_date(until))


def _facts(page: CasePage, paper: PaperLine | None, body: Text | None = None) -> list[Row]:
    rows = [
        Row(_CASE, [page.case.id]),
        Row(_APPLICANT, [page.case.applicant.name]),
        Row(_RESPONDENT, [page.deciding.authority.name]),
    ]
    if paper is not None:
        rows.append(
            Row(_DOCUMENT, [fill(_TITLED, title=paper.title, number=Text(paper.number, paper.number))])
        )
    if body is not None:
        rows.insert(0, Row(_BODY, [body], law="admin-review-2023#24.1"))
    return rows


def _compose(
    request: HttpRequest, kind: VoiceKind, page: CasePage, facts: list[Row], problems: tuple[Problem, ...],
    note: Text, extra: list[Field] | None = None,
) -> dict[str, object]:  # fmt: skip
    def wrong(name: str) -> list[Problem]:
        return [problem for problem in problems if problem.pointer == name]

    fields = [
        Field("subject", _GROUND, "choice", value=read_line(request, "subject"), problems=wrong("subject"),
              choices=[Choice(one, title) for one, title in kind.subjects.items()]),
        Field("words", _WORDS, "long_text", value=read_words(request, "words"), max_length=WORDS_CHARS,
              problems=wrong("words")),
        *(extra or []),
    ]  # fmt: skip
    if kind.id == REVIEW:
        fields.append(Field("files", _FILES, "file", is_required=False, problems=wrong("files")))
    return {
        "kind": kind, "fields": fields, "facts": facts, "note": note, "has_files": kind.id == REVIEW,
        "back_url": reverse("applicant:case", args=[page.case.id]),
    }  # fmt: skip


_CASE = Text("办件", "Case")
_APPLICANT = Text("申请人", "Applicant")
_RESPONDENT = Text("作出决定的机关", "The authority that decided")
_DOCUMENT = Text("文书", "Document")
_TITLED = Text("{title}（{number}）", "{title} ({number})")
_BODY = Text("复议机关", "Review body")
_GROUND = Text("理由", "Ground")
_WORDS = Text("请求、事实和理由", "What you ask for, the facts and your reasons")
_KNOWN = Text("哪天知道的", "When did you learn of it?")
_FILES = Text("证据材料", "Evidence")
_MANY = Text("最多附 {most} 个文件", "At most {most} files")
_IN_TIME = Text(
    "{on}以前可以申请，不收费。本演示没有接通真实的复议机关，由模拟的接收方出具回执。"
    "提交时自动附上全部文书和办理过程的摘要链。",
    "It may be asked for until {on}, free of charge. No real review body is connected: a stand-in gives"
    " the receipt. Every document and the digests of the history go with it.",
)
_LATE = Text(
    "从您填写的日子算，已过{on}。系统不拒收，会注明逾期；因不可抗力等正当理由耽误的，请在理由中写明。",
    "By the day you gave, the time ended on {on}. It is taken in all the same and marked as late; if you"
    " were kept from it for a good reason, say so.",
)
_STAYS = Text(
    "由人员复核。复核期间证照继续有效；需要变更、撤回的，由审批人员另行作出行为。",
    "A person looks at it again. Until then the licence stays valid; a change or a taking back is an act"
    " of its own.",
)
_OBJECTED = Text("异议已收到，由人员复核。", "Your objection was received; a person looks at it.")
_FILED = Text(
    "复议申请已转交复议机关（模拟），回执编号见下。",
    "Your application went to the review body (simulated); its receipt is below.",
)
