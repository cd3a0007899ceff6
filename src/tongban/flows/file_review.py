"""Apply for administrative review online: one file with every document, and the body's receipt."""

import json
from dataclasses import replace
from datetime import date

from tongban.crypto.canonical import canonical
from tongban.crypto.digest import hex_digest
from tongban.domain.case.plain import to_plain
from tongban.domain.case.state import Case
from tongban.domain.voice.book import REVIEW
from tongban.domain.voice.checks import check_attachments, check_voice
from tongban.domain.voice.deadlines import find_answer_due, find_review_until
from tongban.domain.voice.voice import ACCEPTED, ANSWERED, Voice, VoiceStep
from tongban.flows.perform import get_case
from tongban.flows.ports import Deps
from tongban.flows.press_port import Part
from tongban.flows.raise_voice import Said, compose_voice
from tongban.flows.seal_paper import seal_paper
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.moment import Moment
from tongban.kernel.text import Text

GROUP = 100


def file_review(said: Said, known_on: date, was_told: bool, deps: Deps) -> Voice:
    """Hand an application for review of an act to the review body, with one file of all documents.

    What is late is told and filed all the same: whether time was lost for a good reason is the body's to say.

    Args:
        known_on: when the applicant learned of the act, or of the silence.
        was_told: whether the act told the right, the body and the time.

    Raises:
        Refused: every problem at once, also when another zone decided.
        Fault: the body is away; nothing is kept.

    Source of law: admin-review-2023#20, 22.2, 24.1.
    """
    kind, book = deps.catalogue.voices.get(REVIEW), deps.catalogue.voices
    case = get_case(said.about.case_id, deps)
    today = Moment(deps.clock.now()).on
    problems = [
        *check_voice(kind, said.about, said.asker, said.words),
        *check_attachments(len(said.files), book),
    ]
    if known_on > today:
        problems.append(Problem("review.future", _FUTURE, "known_on", "admin-review-2023#20.1"))
    if case.deciding_zone != deps.zone:
        problems.append(Problem("review.elsewhere", _ELSEWHERE, "", "admin-review-2023#19"))
    if problems:
        raise Refused(*problems)
    until = find_review_until(known_on, was_told, book, deps.catalogue.get_calendar(deps.zone))
    voice = replace(compose_voice(kind, said, deps), due_on=None, is_late=today > until)
    content = deps.press.pack_file(voice.number, _enclose(voice, case, known_on, until, deps), voice.filed_at)
    receipt = deps.review_body.take_in(voice.number, deps.zone, content)
    with deps.unit():
        digest = deps.files.put(content, "application/zip", f"{voice.number}.zip")
        files = {**voice.files, digest: f"{voice.number}.zip"}
        filed = replace(voice, files=files, body_number=receipt.number)
        deps.voices.add(filed)
        leaf = {"number": voice.number, "file": digest, "receipt": receipt.number}
        deps.ledger.append(f"review.filed/{voice.number}", leaf)
    return filed


def _enclose(voice: Voice, case: Case, known_on: date, until: date, deps: Deps) -> list[Part]:
    """Return the application, the applicant's documents, attachments, and the history's digests."""
    application = {
        "number": voice.number, "case": case.id, "document": voice.about.paper_id,
        "applicant": case.applicant.name,
        "ground": voice.about.subject, "words": voice.words, "known_on": known_on.isoformat(),
        "until": until.isoformat(), "is_late": voice.is_late, "body": body_name(deps).zh,
    }  # fmt: skip
    parts = [Part("application.json", "行政复议申请 · application for review", _json(application))]
    for kept in deps.papers.list_of([case.id])[case.id]:
        paper = kept.paper
        if paper.addressee != case.applicant.name:
            continue
        says = f"{paper.title.zh} {paper.number} · {paper.title.en}"
        parts.append(Part(f"{paper.id}.pdf", says, seal_paper(paper.id, deps)))
        parts.append(Part(f"{paper.id}.json", says, _json(to_plain(paper))))
    for place, (digest, name) in enumerate(voice.files.items(), 1):
        parts.append(Part(f"attachment-{place}", name, deps.files.find(digest) or b""))
    parts.append(Part("history.json", "办理过程及摘要链 · history, each step's digest over the one before",
                      _json(_chain(case, deps))))  # fmt: skip
    return parts


def _chain(case: Case, deps: Deps) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    before = ""
    for one in deps.cases.history(case.id):
        before = hex_digest(before.encode() + canonical(to_plain(one.event)))
        rows.append({"version": one.version, "what": type(one.event).__name__, "at": one.at.isoformat(),
                     "by": one.actor.kind, "chained_sha256": before})  # fmt: skip
    return rows


def _json(plain: object) -> bytes:
    return json.dumps(plain, ensure_ascii=False, indent=2).encode()


def body_name(deps: Deps) -> Text:
    """Return the review body of this zone's authority (admin-review-2023#24.1)."""
    remedies = deps.catalogue.zones[deps.zone].remedies
    return next((one.body for one in remedies if one.kind == "review"), Text("", ""))


def follow_reviews(deps: Deps) -> int:
    """Ask the body how open applications stand, and keep what is new; return how many moved on."""
    moved = 0
    for voice in deps.voices.list_open(REVIEW, GROUP):
        report = deps.review_body.report(voice.number, voice.filed_at)
        if report is None or report.state == voice.state:
            continue
        step = VoiceStep(deps.clock.now(), report.state, "body", body_name(deps).zh, deps.zone, report.words)
        if report.state == ANSWERED:
            after = voice.with_step(step, state=ANSWERED, outcome=report.outcome)
        else:
            kind, calendar = deps.catalogue.voices.get(REVIEW), deps.catalogue.get_calendar(deps.zone)
            due_on = find_answer_due(Moment(step.at).on, kind.answer, calendar)
            after = voice.with_step(step, state=ACCEPTED, due_on=due_on)
        with deps.unit():
            deps.voices.save(voice, after)
        moved += 1
    return moved


_FUTURE = Text("知道的日子不能在今天以后", "The day on which it became known cannot lie ahead")
_ELSEWHERE = Text("作出决定的是另一个高新区，请在该区的页面申请", "Another zone decided; apply on its page")
