"""What an applicant's and an officer's page say alike of a draft in pre-check."""

from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.precheck import Precheck
from tongban.flows.ports import Deps
from tongban.kernel.moment import Moment
from tongban.kernel.text import Text
from tongban.web.shared.parts import Tag


def compose_state(asked: Precheck, deps: Deps) -> Tag:
    """Return where a pre-check stands, as a tag."""
    if asked.advice is not None:
        return Tag(_FIT, "green") if asked.advice.is_fit else Tag(_CORRECT, "yellow")
    return Tag(_LATE, "red") if asked.until_on < Moment(deps.clock.now()).on else Tag(_WAITS, "blue")


def list_marks(asked: Precheck, item: ServiceItem) -> list[tuple[Text, str]]:
    """Return what was marked, in the order of the form: the question and the officer's words."""
    marks = asked.advice.marks if asked.advice is not None else {}
    return [(one.label, marks[one.id]) for one in item.form.questions if one.id in marks]


_WAITS = Text("等待预审", "Waits for the pre-check")
_LATE = Text("预审超过承诺时间", "The pre-check is later than promised")
_FIT = Text("预审通过，可以提交", "Nothing to correct; may be handed in")
_CORRECT = Text("预审建议修改", "The pre-check suggests changes")
