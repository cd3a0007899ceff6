"""The logins that a demonstration shows on its login page; they exist nowhere else."""

from dataclasses import dataclass

from tongban.kernel.text import Text

DEMO_PASSWORD = "tongban-demo"  # noqa: S105 (printed on the login page of a demonstration)


@dataclass(frozen=True, slots=True)
class DemoLogin:
    """One account of the demonstration, with what can be tried with it."""

    username: str
    role: str
    says: Text


DEMO_LOGINS = (
    DemoLogin(
        "firm",
        "applicant",
        Text(
            "虚构企业的经办人：网上办事、看进度、收证照", "acts for a fictional firm: apply, follow, receive"
        ),
    ),
    DemoLogin(
        "clerk",
        "clerk",
        Text(
            "窗口人员：替人收件，三个区的事项都能收", "at the window: takes in for somebody, any zone's item"
        ),
    ),
    DemoLogin(
        "officer", "officer", Text("审批人员：待办、审查、决定", "case officer: worklist, findings, decision")
    ),
    DemoLogin("head", "head", Text("审批负责人：全部待办与复核", "head of approvals: all cases and review")),
)
"""The command that loads fictional data makes these accounts, with DEMO_PASSWORD."""
