"""Answer what was raised, take more time, send it on, take it back, publish; tell the head of delay."""

from datetime import timedelta

from tongban.domain.case.events import Actor
from tongban.domain.voice.book import OBJECTION
from tongban.domain.voice.checks import check_answer, check_extension, check_publishing
from tongban.domain.voice.deadlines import find_answer_due
from tongban.domain.voice.voice import ANSWERED, ELSEWHERE, TAKEN_BACK, Voice, VoiceStep
from tongban.flows.ports import Deps
from tongban.flows.raise_voice import send_on, tell_filed_in
from tongban.flows.voice_store import PublishedAnswer
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.ids import ZoneId
from tongban.kernel.moment import civil_date
from tongban.kernel.text import Text

GROUP = 500
"""How many are told to the head, or forgotten, in one transaction."""

_DESKS_OF = {"officer": ("officer",), "head": ("officer", "head")}


def get_for_desk(number: str, actor: Actor, deps: Deps) -> Voice:
    """Return what lies on somebody's desk, open or ended.

    Raises:
        NotFound: it lies elsewhere, or is about them: then they do not even learn that it is there.
    """
    voice = deps.voices.find(number)
    if voice is None or deps.catalogue.voices.get(voice.kind).desk not in _DESKS_OF.get(actor.kind, ()):
        raise NotFound(number)
    if not voice.may_be_handled_by(actor.id, actor.name):
        raise NotFound(number)
    return voice


def answer_voice(number: str, words: str, outcome: str, actor: Actor, deps: Deps) -> Voice:
    """Answer it.

    Causes: a ``voice.told`` message when it was raised in another zone.

    Raises:
        Refused: every problem at once; an objection that ends in a change without any act of a person.
    """
    voice = _get_here(number, actor, deps)
    kind = deps.catalogue.voices.get(voice.kind)
    problems = list(check_answer(voice, kind, words, outcome))
    if voice.kind == OBJECTION and outcome in ("changed", "withdrawn") and not _has_acted(voice, deps):
        problems.append(Problem("voice.no-act", _NO_ACT, "outcome", kind.ground, _ACT_FIRST))
    if problems:
        raise Refused(*problems)
    step = _step("answered", actor, words, deps)
    return _keep(voice, voice.with_step(step, state=ANSWERED, outcome=outcome), deps)


def _has_acted(voice: Voice, deps: Deps) -> bool:
    """Say whether a person has acted in the case since the objection."""
    history = deps.cases.history(voice.about.case_id)
    return any(one.at >= voice.filed_at and one.actor.kind in ("officer", "head") for one in history)


def extend_voice(number: str, words: str, actor: Actor, deps: Deps) -> Voice:
    """Take more time, once, with a reason that whoever raised it reads."""
    voice = _get_here(number, actor, deps)
    kind = deps.catalogue.voices.get(voice.kind)
    problems = check_extension(voice, kind, words)
    if problems:
        raise Refused(*problems)
    calendar = deps.catalogue.get_calendar(deps.zone)
    due_on = find_answer_due(voice.due_on, kind.extend, calendar) if voice.due_on else None
    return _keep(
        voice, voice.with_step(_step("extended", actor, words, deps), due_on=due_on, is_extended=True), deps
    )


def forward_voice(number: str, zone: ZoneId, words: str, actor: Actor, deps: Deps) -> Voice:
    """Send it on to the zone that is competent, with the reason.

    Causes: a ``voice.forward`` message to it.
    """
    voice = _get_here(number, actor, deps)
    problems = []
    if zone not in deps.catalogue.zones or zone == deps.zone:
        problems.append(Problem("voice.no-zone", _OTHER_ZONE, "zone"))
    if not words.strip():
        problems.append(Problem("voice.no-reason", _WHY_THERE, "words", "all-2019#32.2"))
    if problems:
        raise Refused(*problems)
    with deps.unit():
        return send_on(voice, zone, words.strip(), deps, actor.id, actor.name)


def take_back(voice: Voice, deps: Deps) -> Voice:
    """Take something back before it is answered; who may was looked at by the page."""
    if not voice.is_open or voice.state == ELSEWHERE:
        raise Refused(Problem("voice.ended", _ENDED))
    step = VoiceStep(deps.clock.now(), "taken-back", "", "", deps.zone)
    return _keep(voice, voice.with_step(step, state=TAKEN_BACK), deps)


def publish_answer(number: str, question: str, answer: str, actor: Actor, deps: Deps) -> PublishedAnswer:
    """Publish an answer in words that point to nobody, if whoever asked agreed.

    Source of law: pipl-2021#6.
    """
    voice = get_for_desk(number, actor, deps)
    problems = list(check_publishing(voice, question, answer))
    if voice.state != ANSWERED:
        problems.append(Problem("voice.not-answered", _NOT_ANSWERED))
    if problems:
        raise Refused(*problems)
    now = deps.clock.now()
    published = PublishedAnswer(number, voice.about.item_id, question.strip(), answer.strip(), now)
    with deps.unit():
        deps.voices.publish(published)
    return published


def escalate_overdue(deps: Deps) -> int:
    """Tell the head of what is overdue and open, each once; return how many.

    Twice: nothing. After a stop of days: all of it, at once.
    """
    now = deps.clock.now()
    return len(deps.voices.escalate_due(civil_date(now), now, GROUP))


def forget_contacts(deps: Deps) -> int:
    """Forget how to reach people whose matters ended some time ago; return how many (pipl-2021#19)."""
    before = deps.clock.now() - timedelta(days=deps.catalogue.voices.keep_contact_days)
    return deps.voices.forget_contacts(before, GROUP)


def _get_here(number: str, actor: Actor, deps: Deps) -> Voice:
    voice = get_for_desk(number, actor, deps)
    if voice.zone != deps.zone:
        raise Refused(Problem("voice.elsewhere", _ELSEWHERE))
    return voice


def _step(act: str, actor: Actor, words: str, deps: Deps) -> VoiceStep:
    return VoiceStep(deps.clock.now(), act, actor.id, actor.name, deps.zone, words.strip())


def _keep(before: Voice, after: Voice, deps: Deps) -> Voice:
    with deps.unit():
        deps.voices.save(before, after)
        tell_filed_in(after, deps)
    return after


_NO_ACT = Text(
    "还没有对这件证照作出变更、更正、撤回或者注销",
    "Nobody has changed, corrected or taken back the licence yet",
)
_ACT_FIRST = Text(
    "请先在办件页面作出该行为，再来答复；此前证照继续有效。",
    "Act on the case first, then answer; until then the licence stays valid.",
)
_OTHER_ZONE = Text("请选择有权答复的高新区", "Choose the zone that is competent")
_WHY_THERE = Text("请写明为什么由该区答复", "Say why that zone must answer")
_ENDED = Text("已经答复、撤回或者转交", "It was answered, taken back or sent on")
_NOT_ANSWERED = Text("答复以后才能公开", "It is published once it was answered")
_ELSEWHERE = Text("已经转交，由对方高新区答复", "It was sent on; the other zone answers")
