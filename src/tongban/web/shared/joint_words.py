"""A joint case in words: states and outcomes of its parts, with their colours; its one result."""

from typing import Any

from tongban.domain.liaison.joint import AGREED, CONDITIONAL, FAILED, OUTCOMES, Joint, PartState
from tongban.flows.ports import Deps
from tongban.kernel.text import Text
from tongban.reads.joint_parts import JointPage, PartLine, read_part_clocks
from tongban.web.shared.case_parts import light_of
from tongban.web.shared.liaison_words import day_light
from tongban.web.shared.parts import Choice, Tag

OUTCOME_TAGS = {
    AGREED: Tag(Text("同意", "Agreed"), "green"),
    CONDITIONAL: Tag(Text("附条件同意", "Agreed with conditions"), "yellow"),
    FAILED: Tag(Text("不同意", "Not agreed"), "red"),
}
OUTCOME_CHOICES = [Choice(name, OUTCOME_TAGS[name].words) for name in OUTCOMES]
STATE_TAGS = {
    PartState.ASKED: Tag(Text("已转告，待立子办件", "Asked; not opened yet"), "blue"),
    PartState.EXAMINED: Tag(Text("核查中", "Being examined"), "yellow"),
    PartState.SILENT: Tag(Text("逾期未答复", "No answer in time"), "red"),
    PartState.CLOSED: Tag(Text("随牵头区办结", "Closed by the lead’s result"), "grey"),
}
RESULT_TAGS = {
    "granted": Tag(Text("准予", "Granted"), "green"),
    "refused": Tag(Text("不予许可", "Refused"), "red"),
    "withdrawn": Tag(Text("申请人已撤回", "Withdrawn by the applicant"), "grey"),
    "ended": Tag(Text("已终止", "Ended"), "grey"),
}
UNDECIDED = Tag(Text("尚未决定", "Not decided"), "yellow")


def part_tag(line: PartLine) -> Tag:
    """Return how a part stands."""
    return OUTCOME_TAGS[line.outcome] if line.outcome else STATE_TAGS[line.state]


def result_tag(joint: Joint) -> Tag:
    """Return the one result, or that there is none yet."""
    return RESULT_TAGS.get(joint.closing.result, UNDECIDED) if joint.closing is not None else UNDECIDED


def compose_parts(page: JointPage | None) -> dict[str, Any] | None:
    """Return what ``shared/parts/joint_parts.html`` shows; None for a case that is not joint."""
    if page is None:
        return None
    rows = [
        (line, part_tag(line), day_light(line.answer_by, page.today) if _is_waited_for(line) else None)
        for line in page.lines
    ]
    silent = any(line.state is PartState.SILENT for line in page.lines)
    return {
        "rows": rows,
        "result": result_tag(page.joint),
        "joint": page.joint,
        "has_silent": silent,
        "page": page,
    }


def add_part_clocks(context: dict[str, Any], page: JointPage | None, deps: Deps) -> None:
    """Put the clocks of the other zones' parts behind those of the case itself, and the parts beside them."""
    context["joint"] = compose_parts(page)
    if page is not None:
        lines = read_part_clocks(page, deps)
        context["clocks"] = [*context["clocks"], *((line, light_of(line)) for line in lines)]


def _is_waited_for(line: PartLine) -> bool:
    return line.state in (PartState.ASKED, PartState.EXAMINED, PartState.SILENT)
