"""What pages of all roles show of something that was raised."""

from dataclasses import dataclass

from django.http import HttpRequest

from tongban.domain.rules.words import fill
from tongban.domain.voice.book import REVIEW
from tongban.domain.voice.checks import LINE_CHARS, WORDS_CHARS
from tongban.domain.voice.deadlines import count_overdue_days
from tongban.domain.voice.voice import FILED, Voice
from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound
from tongban.kernel.moment import civil_date
from tongban.kernel.text import Text
from tongban.web.shared.parts import Tag, TimelineStep


def read_line(request: HttpRequest, name: str) -> str:
    """Return a short answer as it was sent, bounded."""
    return request.POST.get(name, "").replace("\x00", "")[: LINE_CHARS * 2]


def read_words(request: HttpRequest, name: str) -> str:
    """Return a long answer as it was sent, bounded."""
    return request.POST.get(name, "").replace("\x00", "").replace("\r\n", "\n")[: WORDS_CHARS * 2]


def state_tag(voice: Voice) -> Tag:
    """Return its state in a word or two."""
    if voice.kind == REVIEW and voice.state == FILED:
        return Tag(_WITH_THE_BODY, "blue")
    words, colour = _STATES[voice.state]
    return Tag(words, colour)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class ShownVoice:
    """Something raised as one line: where it stands, and how it came out."""

    voice: Voice
    title: Text
    tag: Tag
    outcome: Text | None


def show_line(voice: Voice, deps: Deps) -> ShownVoice:
    """Return the line of something that was raised; ``outcome`` is None while there is none."""
    kind = deps.catalogue.voices.get(voice.kind)
    return ShownVoice(voice, kind.title, state_tag(voice), kind.outcomes.get(voice.outcome))


def voice_context(voice: Voice, deps: Deps) -> dict[str, object]:
    """Return what a page about something raised shows."""
    kind, zones = deps.catalogue.voices.get(voice.kind), deps.catalogue.zones
    today, calendar = civil_date(deps.clock.now()), deps.catalogue.get_calendar(deps.zone)
    try:
        item = deps.catalogue.get_item(voice.about.item_id, voice.zone).title if voice.about.item_id else None
    except NotFound:
        item = Text(voice.about.item_id, voice.about.item_id)
    return {
        "voice": voice,
        "kind": kind,
        "tag": state_tag(voice),
        "lies_in": zones[voice.zone].short_name,
        "taken_down_by": voice.taken_down_by,
        "is_elsewhere": voice.zone != voice.filed_in,
        "item": item,
        "subject": kind.subjects.get(voice.about.subject),
        "outcome": kind.outcomes.get(voice.outcome),
        "overdue_days": count_overdue_days(voice.due_on, today, calendar) if voice.is_open else 0,
        "files": list(voice.files.items()),
        "steps": [
            TimelineStep(fill(_STEPS[one.act], zone=zones[one.zone].short_name), at=one.at,
                         words=Text(one.words, one.words) if one.words and one.act != "answered" else None,
                         authority=zones[one.zone].short_name)
            for one in voice.steps if one.act in _STEPS
        ],
    }  # fmt: skip


_WITH_THE_BODY = Text("已提交复议机关", "With the review body")
_STATES = {
    "filed": (Text("待答复", "To be answered"), "blue"),
    "elsewhere": (Text("已转交", "Sent on"), "blue"),
    "accepted": (Text("已受理", "Accepted"), "blue"),
    "answered": (Text("已答复", "Answered"), "green"),
    "taken-back": (Text("已撤回", "Taken back"), "grey"),
}
_STEPS = {
    "raised": Text("提出", "Raised"),
    "forwarded": Text("转交有权的高新区", "Sent on to the zone that is competent"),
    "extended": Text("延长答复时间", "More time was taken"),
    "accepted": Text("受理", "Accepted"),
    "answered": Text("答复", "Answered"),
    "taken-back": Text("撤回", "Taken back"),
}
