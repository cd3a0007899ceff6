"""Raise a question, a complaint or an objection; what another zone must answer goes there at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from tongban.domain.case.events import Actor
from tongban.domain.case.plain import to_plain
from tongban.domain.voice.book import COMPLAINT, QUESTION, VoiceKind
from tongban.domain.voice.checks import check_attachments, check_voice
from tongban.domain.voice.deadlines import find_answer_due
from tongban.domain.voice.voice import ELSEWHERE, FILED, About, Asker, Voice, VoiceStep
from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.ids import CaseId, ZoneId
from tongban.kernel.moment import Moment
from tongban.kernel.text import Text

_RANDOM_CHARACTERS = 8
_STAFF = ("officer", "head", "clerk")


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody raises, as it was given on a form.

    Args:
        zone: whom it is about; empty for this zone, or for whoever handles the case.
        files: digest of each attachment to its name.
        taken_down_by: the clerk who wrote it down for somebody at a window; None for who wrote it themselves.
    """

    kind: str
    about: About
    asker: Asker
    words: str
    zone: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    taken_down_by: Actor | None = None


def raise_voice(said: Said, deps: Deps) -> Voice:
    """Keep what somebody raises under a number and with a day for the answer.

    Causes: when another zone is competent, a ``voice.forward`` message to it; without contact and account.

    Raises:
        Refused: every problem at once.
    """
    kind = deps.catalogue.voices.get(said.kind)
    if problems := check_said(said, deps):
        raise Refused(*problems)
    voice = compose_voice(kind, said, deps)
    with deps.unit():
        deps.voices.add(voice)
        zone = find_competent(said, deps)
        return send_on(voice, zone, "", deps) if zone != deps.zone else voice


def check_said(said: Said, deps: Deps) -> tuple[Problem, ...]:
    """Return everything that is wrong with what somebody raises."""
    kind = deps.catalogue.voices.get(said.kind)
    problems = list(check_voice(kind, said.about, said.asker, said.words))
    problems += check_attachments(len(said.files), deps.catalogue.voices)
    if said.zone and ZoneId(said.zone) not in deps.catalogue.zones:
        problems.append(Problem("voice.no-zone", _NO_ZONE, "zone"))
    if kind.id == QUESTION and said.about.item_id and not problems:
        problems += _check_item(said, deps)
    return tuple(problems)


def _check_item(said: Said, deps: Deps) -> list[Problem]:
    zone = ZoneId(said.zone) if said.zone else deps.zone
    try:
        deps.catalogue.get_item(said.about.item_id, zone)
    except NotFound:
        return [Problem("voice.no-item", _NO_ITEM, "item")]
    return []


def compose_voice(kind: VoiceKind, said: Said, deps: Deps) -> Voice:
    """Return what was said as a new value: number, code, last day, and who may not handle it."""
    now = deps.clock.now()
    today = Moment(now).on
    letters = deps.catalogue.zones[deps.zone].letters
    calendar = deps.catalogue.get_calendar(deps.zone)
    return Voice(
        number=f"{letters}-{kind.letter}{today:%y%m%d}-{deps.chance.token(_RANDOM_CHARACTERS)}",
        kind=kind.id,
        code=deps.chance.token(_RANDOM_CHARACTERS),
        zone=deps.zone,
        filed_in=deps.zone,
        filed_at=now,
        state=FILED,
        due_on=find_answer_due(today, kind.answer, calendar),
        about=said.about,
        asker=said.asker,
        words=said.words.strip(),
        steps=(_raised(said, deps),),
        barred=_bar_whoever_wrote(said, find_barred(kind.id, said.about.case_id, deps)),
        files=dict(said.files),
    )


def _raised(said: Said, deps: Deps) -> VoiceStep:
    by = said.taken_down_by
    return VoiceStep(deps.clock.now(), "raised", by.id if by else "", by.name if by else "", deps.zone)


def _bar_whoever_wrote(said: Said, barred: tuple[str, ...]) -> tuple[str, ...]:
    """Return who may not handle it: whoever took a complaint down does not answer it."""
    if said.kind != COMPLAINT or said.taken_down_by is None:
        return barred
    return tuple(sorted({*barred, said.taken_down_by.id}))


def find_barred(kind_id: str, case_id: CaseId, deps: Deps) -> tuple[str, ...]:
    """Return the accounts of staff that acted in the case that a complaint is about; none for other kinds."""
    if kind_id != COMPLAINT or not case_id:
        return ()
    acted = {one.actor.id for one in deps.cases.history(case_id) if one.actor.kind in _STAFF}
    for part in ("receiving", "deciding"):
        rating = deps.ratings.find(case_id, part)
        if rating is not None and rating.rectified is not None:
            acted.add(rating.rectified.by)
    return tuple(sorted(acted))


def find_competent(said: Said, deps: Deps) -> ZoneId:
    """Return the zone that must answer: the one that was named, else the one that handles the case here."""
    if said.zone:
        return ZoneId(said.zone)
    case = deps.cases.find(said.about.case_id) if said.about.case_id else None
    if case is None:
        return deps.zone
    return case.receiving_zone if said.about.subject == "window" else case.deciding_zone


def send_on(voice: Voice, zone: ZoneId, words: str, deps: Deps, by: str = "", name: str = "") -> Voice:
    """Send something on to the zone that must answer it, inside a unit; its asker sees where it lies."""
    step = VoiceStep(deps.clock.now(), "forwarded", by, name, deps.zone, words)
    after = voice.with_step(step, zone=zone, state=ELSEWHERE)
    deps.voices.save(voice, after)
    bare = replace(after, code="", asker=Asker(may_publish=after.asker.may_publish), files={}, barred=())
    deps.exchange.post(zone, "voice.forward", {"voice": to_plain(bare)}, CaseId(voice.number))
    if voice.filed_in not in (deps.zone, zone):
        tell_filed_in(after, deps)
    return after


def tell_filed_in(voice: Voice, deps: Deps) -> None:
    """Tell the zone where it was raised how it stands, inside a unit; nothing when that is this zone."""
    if voice.filed_in == deps.zone:
        return
    body = {
        "number": voice.number, "zone": voice.zone, "state": voice.state, "due_on": to_plain(voice.due_on),
        "outcome": voice.outcome, "is_extended": voice.is_extended,
        "steps": to_plain(voice.steps),
    }  # fmt: skip
    deps.exchange.post(voice.filed_in, "voice.told", body, CaseId(voice.number))


_NO_ZONE = Text("没有这个高新区", "There is no such zone")
_NO_ITEM = Text("这个高新区没有这个事项", "This zone does not offer this item")
