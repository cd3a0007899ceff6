"""Regimes: which act leads from which stage to which, who may do it, and the article that says so."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tongban.domain.clock.statute import TimeLimit, parse_time_limit
from tongban.domain.grounds import Aftermath, read_aftermath
from tongban.domain.rules.complaints import LAW_KEY, SHORT_NAME, Complaints
from tongban.domain.scrutiny import Scrutiny, read_scrutiny
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.ids import LawKey
from tongban.kernel.text import Text

STAGES = (
    "nothing",
    "received",
    "correcting",
    "returned",
    "accepted",
    "assessed",
    "published",
    "elsewhere",
    "granted",
    "concluded",
    "paused",
    "ended",
    "refused",
    "declined",
    "unneeded",
    "withdrawn",
)
CLOSED_STAGES = frozenset(
    ("concluded", "paused", "ended", "refused", "declined", "unneeded", "returned", "withdrawn")
)
"""Decided and done, or left in another way."""
ACTOR_KINDS = ("applicant", "machine", "clerk", "officer", "head", "zone", "time", "authority")


@dataclass(frozen=True, slots=True)
class Arrow:
    """One permitted act.

    Args:
        command: name of the command class.
        from_stages: stages in which it may be done.
        to_stage: stage afterwards, or empty when the stage stays.
        who: kinds of actor who may do it.
        source: the article.
        says: what the timeline calls the act.
    """

    command: str
    from_stages: tuple[str, ...]
    to_stage: str
    who: tuple[str, ...]
    source: LawKey
    says: Text


@dataclass(frozen=True, slots=True)
class Regime:
    """A kind of procedure, e.g. licensing or filing, as arrows with articles.

    Args:
        limits: the regime's own time limits by name, e.g. ``correction-notice``.
        stages: what each stage is called on screen.
        remedies: articles told with an adverse decision.
        documents: what its papers are called: ``receipt``, ``refusal``; empty where the usual names do.
        operates_at_once: the firm may work with its business licence before this is done.
        counts_as_handling: False for queries, which no figure of handled cases may count.
        scrutiny: what stops the clock, who verifies and what the head approves.
        free: by kind of applicant, the article by which nothing is charged unless an item names a fee.
        aftermath: grounds on which its licences end, and what becomes of closed cases.
    """

    id: str
    title: Text
    arrows: tuple[Arrow, ...]
    limits: Mapping[str, TimeLimit]
    stages: Mapping[str, Text]
    remedies: tuple[LawKey, ...]
    by_command: Mapping[tuple[str, str], Arrow]
    documents: Mapping[str, Text] = field(default_factory=dict)
    operates_at_once: bool = False
    counts_as_handling: bool = True
    scrutiny: Scrutiny = field(default_factory=Scrutiny)
    free: Mapping[str, LawKey] = field(default_factory=dict)
    aftermath: Aftermath = field(default_factory=Aftermath)

    def has_act(self, command: str) -> bool:
        """Say whether the regime knows an act at all, in any stage."""
        return any(arrow.command == command for arrow in self.arrows)

    @property
    def runs_from_receipt(self) -> bool:
        """True when the time to decide runs from the receipt of complete papers: no silence accepts them."""
        return not self.has_act("DeemAccepted")

    def find_arrow(self, stage: str, command: str) -> Arrow | None:
        """Return the arrow for a command in a stage, or None when the regime has none."""
        return self.by_command.get((stage, command))

    def get_arrow(self, stage: str, command: str, actor_kind: str) -> Arrow:
        """Return the arrow an actor may follow, or raise Refused saying why not."""
        arrow = self.find_arrow(stage, command)
        if arrow is None:
            raise Refused(
                Problem(
                    "procedure.not-now",
                    _NOT_NOW.fill(**self._name(command, stage)),
                    next_step=_RELOAD,
                )
            )
        if actor_kind not in arrow.who:
            problem = _NOT_YOU.fill(**self._name(command, stage))
            raise Refused(Problem("procedure.not-you", problem, source=arrow.source))
        return arrow

    def _name(self, command: str, stage: str) -> dict[str, str]:
        """Return how an act and a stage are called on screen; an act that the regime lacks keeps its name."""
        said = next((arrow.says for arrow in self.arrows if arrow.command == command), Text(command, command))
        at = self.stages.get(stage, Text(stage, stage))
        return {"act_zh": said.zh, "act_en": said.en, "stage_zh": at.zh, "stage_en": at.en}


_NOT_NOW = Text(
    "办件处于“{stage_zh}”阶段，现在不能进行这一步：{act_zh}。",
    "The case is at the stage “{stage_en}”; this step is not open now: {act_en}.",
)
_RELOAD = Text("请刷新页面，查看办件的最新状态。", "Reload the page to see where the case stands now.")
_NOT_YOU = Text("您的身份不能进行这一步：{act_zh}。", "This step is not yours to take: {act_en}.")


LIST_MAX = 100
_COMMAND = re.compile(r"[A-Z][A-Za-z]+")
_ARROW = ("command", "from", "who", "source", "says")


def parse_regime(plain: object, file_name: str) -> Regime:
    """Read a regime from a plain mapping; raises Refused with every problem found.

    Args:
        plain: keys ``id``, ``title``, ``limits``, ``stages``, ``remedies``, ``arrows``.
        file_name: for the pointers of problems.
    """
    complaints = Complaints(room="procedure")
    part = complaints.read_mapping(plain, "", _REGIME, _MORE) or {}
    identity = complaints.read_matching(part.get("id"), "id", SHORT_NAME, "licensing")
    title = complaints.read_text(part.get("title"), "title")
    stages = _read_stages(part.get("stages"), complaints)
    limits = {
        name: _read_limit(row, f"limits.{name}", complaints)
        for name, row in _pairs(part.get("limits"), "limits", complaints)
    }
    remedies = [
        complaints.read_matching(key, f"remedies[{place}]", LAW_KEY, "admin-review-2023#20.1")
        for place, key in enumerate(complaints.read_list(part.get("remedies", []), "remedies", LIST_MAX))
    ]
    arrows = [
        _read_arrow(row, f"arrows[{place}]", complaints)
        for place, row in enumerate(complaints.read_list(part.get("arrows", []), "arrows", LIST_MAX))
    ]
    more = _read_more(part, complaints)
    if complaints.problems or identity is None or title is None:
        raise _refused(complaints, file_name)
    whole = tuple(arrow for arrow in arrows if arrow is not None)
    return Regime(
        id=identity,
        title=title,
        arrows=whole,
        limits={name: limit for name, limit in limits.items() if limit is not None},
        stages={name: words for name, words in stages.items() if words is not None},
        remedies=tuple(LawKey(key) for key in remedies if key is not None),
        by_command={(stage, arrow.command): arrow for arrow in whole for stage in arrow.from_stages},
        **more,
    )


def _read_more(part: Mapping[str, object], complaints: Complaints) -> dict[str, Any]:
    """Return the fields that not every regime states, by name."""
    return {
        "documents": _read_documents(part, complaints),
        "scrutiny": read_scrutiny(part.get("examination"), complaints),
        "free": _read_free(part.get("free", []), complaints),
        "aftermath": read_aftermath(part.get("aftermath"), complaints),
        "operates_at_once": part.get("operates_at_once") is True,
        "counts_as_handling": part.get("counts_as_handling") is not False,
    }


def _refused(complaints: Complaints, file_name: str) -> Refused:
    return Refused(*(replace(one, pointer=f"{file_name}:{one.pointer}") for one in complaints.problems))


_REGIME = ("id", "title", "limits", "stages", "remedies", "arrows")
_MORE = ("documents", "operates_at_once", "counts_as_handling", "examination", "free", "aftermath")
_APPLICANTS = ("firm", "person")
DOCUMENTS = ("receipt", "refusal")


def _read_stages(raw: object, complaints: Complaints) -> dict[str, Text | None]:
    return {
        stage: complaints.read_text(words, f"stages.{stage}")
        for stage, words in _pairs(raw, "stages", complaints)
        if complaints.read_one_of(stage, f"stages.{stage}", STAGES)
    }


def _read_free(raw: object, complaints: Complaints) -> dict[str, LawKey]:
    free = {}
    for place, entry in enumerate(complaints.read_list(raw, "free", LIST_MAX)):
        row = complaints.read_mapping(entry, f"free[{place}]", ("for", "source")) or {}
        kind = complaints.read_one_of(row.get("for"), f"free[{place}].for", _APPLICANTS)
        source = complaints.read_matching(row.get("source"), f"free[{place}].source", LAW_KEY, "all-2019#58")
        if kind is not None and source is not None:
            free[kind] = LawKey(source)
    return free


def _read_documents(whole: Mapping[str, object], complaints: Complaints) -> dict[str, Text]:
    raw = whole.get("documents", {})
    part = complaints.read_mapping(raw, "documents", (), DOCUMENTS) or {}
    words = {str(name): complaints.read_text(value, f"documents.{name}") for name, value in part.items()}
    return {name: text for name, text in words.items() if text is not None}


def _pairs(raw: object, pointer: str, complaints: Complaints) -> list[tuple[str, object]]:
    """Return the entries of a mapping with free keys, or none after a complaint."""
    known = tuple(str(key) for key in raw) if isinstance(raw, Mapping) else ()
    part = complaints.read_mapping(raw, pointer, (), known)
    return [(str(key), value) for key, value in (part or {}).items()]


def _read_limit(raw: object, pointer: str, complaints: Complaints) -> TimeLimit | None:
    if not isinstance(raw, Mapping):
        complaints.read_mapping(raw, pointer, ())
        return None
    try:
        return parse_time_limit(raw, pointer)
    except Refused as refused:
        complaints.problems.extend(refused.problems)
        return None


def _read_arrow(raw: object, pointer: str, complaints: Complaints) -> Arrow | None:
    row = complaints.read_mapping(raw, pointer, _ARROW, ("to",))
    if row is None or any(key not in row for key in _ARROW):
        return None
    command = complaints.read_matching(row["command"], f"{pointer}.command", _COMMAND, "Accept")
    stages = [
        complaints.read_one_of(stage, f"{pointer}.from[{place}]", STAGES)
        for place, stage in enumerate(complaints.read_list(row["from"], f"{pointer}.from", LIST_MAX))
    ]
    to_stage = complaints.read_one_of(row["to"], f"{pointer}.to", STAGES) if "to" in row else ""
    actors = [
        complaints.read_one_of(kind, f"{pointer}.who[{place}]", ACTOR_KINDS)
        for place, kind in enumerate(complaints.read_list(row["who"], f"{pointer}.who", LIST_MAX))
    ]
    source = complaints.read_matching(row["source"], f"{pointer}.source", LAW_KEY, "all-2019#32.5")
    says = complaints.read_text(row["says"], f"{pointer}.says")
    if not (command and source and says) or to_stage is None or None in stages or None in actors:
        return None
    from_stages, who = tuple(str(stage) for stage in stages), tuple(str(kind) for kind in actors)
    return Arrow(command, from_stages, to_stage, who, LawKey(source), says)
