"""What a check found, in the words and colours of its page; shared by the verifier's and the holder's."""

from typing import Literal

from tongban.flows.verify import Found
from tongban.flows.verify_composite import PartVerdict
from tongban.kernel.text import Text
from tongban.web.shared.parts import Tag

OUTCOMES: dict[Found, Literal["pass", "fail", "waiting", "skipped"]] = {
    Found.PROVED: "pass",
    Found.FAILED: "fail",
    Found.WAITING: "waiting",
    Found.UNKNOWN: "skipped",
}


def part_tag(part: PartVerdict) -> Tag:
    """Return how one part of a composite stands."""
    match part.verdict.outcome:
        case "good":
            return Tag(Text("有效", "Valid"), "green")
        case "unsure":
            return Tag(Text("暂时不能确定", "Not certain yet"), "yellow")
    return Tag(Text("现在无效", "Not valid now"), "red")
