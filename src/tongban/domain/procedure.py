"""Regimes: which act leads from which stage to which, who may do it, and the article that says so."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tongban.domain.clock.statute import TimeLimit, parse_time_limit
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.ids import LawKey
from tongban.kernel.text import Text

STAGES = (
    "nothing",
    "received",
    "correcting",
    "accepted",
    "assessed",
    "granted",
    "concluded",
    "refused",
    "declined",
    "withdrawn",
)
ACTOR_KINDS = ("applicant", "machine", "clerk", "officer", "head", "zone", "time")


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
    """

    id: str
    title: Text
    arrows: tuple[Arrow, ...]
    limits: Mapping[str, TimeLimit]
    stages: Mapping[str, Text]
    remedies: tuple[LawKey, ...]
    by_command: Mapping[tuple[str, str], Arrow]

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
                    _NOT_NOW.fill(
                        command=command,
                        stage_zh=self.stages.get(stage, Text(stage, stage)).zh,
                        stage_en=self.stages.get(stage, Text(stage, stage)).en,
                    ),
                    next_step=_RELOAD,
                )
            )
        if actor_kind not in arrow.who:
            raise Refused(Problem("procedure.not-you", _NOT_YOU.fill(command=command), source=arrow.source))
        return arrow


_NOT_NOW = Text(
    "办件处于“{stage_zh}”阶段，现在不能进行这一步（{command}）。",
    "The case is at the stage “{stage_en}”; this act ({command}) is not open now.",
)
_RELOAD = Text("请刷新页面，查看办件的最新状态。", "Reload the page to see where the case stands now.")
_NOT_YOU = Text("您的身份不能进行这一步（{command}）。", "This act ({command}) is not yours to do.")


def parse_regime(plain: Mapping[str, Any], file_name: str) -> Regime:
    """Read a regime from a plain mapping; raises Refused with every problem found."""
    problems: list[Problem] = []
    arrows = []
    for number, row in enumerate(plain.get("arrows", ())):
        problems.extend(_check_arrow(row, f"{file_name}:arrows[{number}]"))
        arrows.append(
            Arrow(
                command=str(row.get("command", "")),
                from_stages=tuple(row.get("from", ())),
                to_stage=str(row.get("to", "") or ""),
                who=tuple(row.get("who", ())),
                source=LawKey(str(row.get("source", ""))),
                says=Text(**row.get("says", {"zh": "", "en": ""})),
            )
        )
    if problems:
        raise Refused(*problems)
    return Regime(
        id=str(plain["id"]),
        title=Text(**plain["title"]),
        arrows=tuple(arrows),
        limits={
            name: parse_time_limit(row, f"{file_name}:limits.{name}") for name, row in plain["limits"].items()
        },
        stages={name: Text(**words) for name, words in plain["stages"].items()},
        remedies=tuple(LawKey(key) for key in plain.get("remedies", ())),
        by_command={(stage, arrow.command): arrow for arrow in arrows for stage in arrow.from_stages},
    )


def _check_arrow(row: Mapping[str, Any], pointer: str) -> list[Problem]:
    """Return what is wrong with one arrow: unknown stages or actors, or no article."""
    problems = []
    stages = [*row.get("from", ()), *([row["to"]] if row.get("to") else [])]
    for stage in stages:
        if stage not in STAGES:
            problems.append(_problem("procedure.unknown-stage", pointer, str(stage)))
    for who in row.get("who", ()):
        if who not in ACTOR_KINDS:
            problems.append(_problem("procedure.unknown-actor", pointer, str(who)))
    for key in ("command", "from", "who", "source", "says"):
        if not row.get(key):
            problems.append(_problem("procedure.missing-key", pointer, key))
    return problems


def _problem(code: str, pointer: str, what: str) -> Problem:
    return Problem(code, Text(f"办理流程数据有误：{what}", f"The procedure's data is wrong: {what}"), pointer)
