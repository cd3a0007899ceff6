"""What messages about something raised cause: another zone's to answer, and what it says of ours."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tongban.domain.case.plain import from_plain
from tongban.domain.voice.book import COMPLAINT, QUESTION
from tongban.domain.voice.checks import check_voice
from tongban.domain.voice.plain import voice_from_plain
from tongban.domain.voice.voice import ELSEWHERE, FILED, STATES, Asker, Voice, VoiceStep
from tongban.flows.ports import Deps
from tongban.flows.raise_voice import find_barred
from tongban.kernel.errors import Fault, NotFound, Problem, Refused
from tongban.kernel.ids import ZoneId
from tongban.kernel.text import Text

_STEPS_MAX = 50
_MAY_BE_FORWARDED = (QUESTION, COMPLAINT)


def take_in_voice(body: Mapping[str, Any], from_zone: ZoneId, deps: Deps) -> None:
    """Keep something that another zone sent here to be answered; the day for the answer runs on.

    Twice: nothing. What comes back after it was sent on is open here again.

    Raises:
        Refused: it may not be sent on, or is wrong.
        ValueError, TypeError, LookupError, AttributeError: it cannot be read.
    """
    voice = voice_from_plain(from_plain(body["voice"]))
    if voice.zone != deps.zone or voice.kind not in _MAY_BE_FORWARDED or len(voice.steps) > _STEPS_MAX:
        raise Refused(Problem("message.wrong-route", _WRONG_ROUTE))
    if voice.steps[-1].zone != from_zone:
        raise Refused(Problem("message.wrong-route", _WRONG_ROUTE))
    if voice.filed_in not in deps.catalogue.zones or voice.filed_in == deps.zone:
        raise Refused(Problem("message.wrong-route", _WRONG_ROUTE))
    kind = deps.catalogue.voices.get(voice.kind)
    asker = Asker(may_publish=voice.asker.may_publish is True)
    problems = check_voice(kind, replace(voice.about, case_id=voice.about.case_id or "-"), asker, voice.words)  # type: ignore[arg-type]
    if problems:
        raise Refused(*problems)
    barred = find_barred(voice.kind, voice.about.case_id, deps)
    mine = replace(voice, state=FILED, asker=asker, code="", files={}, barred=barred)
    with deps.unit():
        kept = deps.voices.find(voice.number)
        if kept is None:
            deps.voices.add(mine)
        elif kept.state == ELSEWHERE and mine.version > kept.version:
            deps.voices.save(kept, mine)


def take_in_news(body: Mapping[str, Any], from_zone: ZoneId, deps: Deps) -> None:
    """Note what the zone where it lies says of something that was raised here.

    Twice: nothing; older news: nothing.

    Raises:
        Fault: a zone where it does not lie speaks, or its news overtook that of its going there.
        ValueError, TypeError, LookupError, AttributeError: it cannot be read.
    """
    number, zone, state = str(body["number"]), ZoneId(str(body["zone"])), str(body["state"])
    steps = tuple(VoiceStep(**step) for step in from_plain(body["steps"]))
    if state not in STATES or len(steps) > _STEPS_MAX or zone not in deps.catalogue.zones:
        raise ValueError("no state, too many steps, or no zone")
    with deps.unit():
        voice = deps.voices.find(number)
        if voice is None or voice.filed_in != deps.zone:
            raise NotFound(number)
        if len(steps) <= len(voice.steps):
            return
        if voice.zone != from_zone:
            raise Fault("message.too-early", _TOO_EARLY)
        deps.voices.save(voice, _told(voice, zone, state, steps, body))


def _told(
    voice: Voice, zone: ZoneId, state: str, steps: tuple[VoiceStep, ...], body: Mapping[str, Any]
) -> Voice:
    return replace(
        voice,
        zone=zone,
        # Lying there it is elsewhere as seen from here, whatever it is called there while it is open.
        state=ELSEWHERE if state in ("filed", "accepted", "elsewhere") else state,
        steps=steps,
        due_on=from_plain(body["due_on"]),
        outcome=str(body["outcome"])[:40],
        is_extended=body["is_extended"] is True,
        version=voice.version + 1,
    )


_WRONG_ROUTE = Text("这条诉求不能转到这里。", "This cannot be sent on to this zone.")
_TOO_EARLY = Text(
    "这条消息先于它所依据的消息到达。", "This message arrived before the one on which it rests."
)
