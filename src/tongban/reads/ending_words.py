"""The sentences of the beginning and the end: told at once, delivered, renewed, ended, undone, archived."""

from collections.abc import Mapping

from tongban.domain.case import ending as g
from tongban.domain.case.later import list_open_duties
from tongban.domain.case.state import Case
from tongban.domain.procedure import Regime
from tongban.domain.rules.words import fill, show_date
from tongban.flows.ports import Catalogue
from tongban.kernel.text import Text

ENDING_COMMANDS: Mapping[str, str] = {
    "NotNeededDeclared": "TellNotNeeded",
    "NotCompetentDeclared": "TellNotCompetent",
    "ErrorCorrected": "CorrectAtOnce",
    "CorrectionLapsed": "LapseCorrection",
    "DeadlineFixed": "SetDeadline",
    "Delivered": "RecordDelivery",
    "RenewalDeemed": "DeemRenewed",
    "EndingProposed": "ProposeEnding",
    "ProposalAnswered": "StateOnEnding",
    "ProposalDropped": "DropProposal",
    "LicenceWithdrawn": "WithdrawLicence",
    "LicenceVoided": "VoidLicence",
    "LicenceCancelled": "CancelLicence",
    "LicenceRevoked": "RevokeLicence",
    "LicenceRestored": "RestoreLicence",
    "LicenceReplaced": "ReplaceLicence",
    "CaseArchived": "ArchiveCase",
}
"""The command behind each event of this room."""

WAY_WORDS: Mapping[str, Text] = {
    "electronic": Text("电子送达", "Electronically"),
    "post": Text("邮寄送达", "By post"),
    "pick-up": Text("窗口领取", "Picked up at a window"),
}
COMPENSATION_WORDS: Mapping[str, Text] = {
    "owed": Text("由此造成财产损失的，依法给予补偿。", "Whoever loses property by it is compensated by law."),
    "damages": Text(
        "合法权益因此受到损害的，依法给予赔偿。", "Whoever's lawful rights are harmed by it is paid damages."
    ),
    "none": Text("", ""),
}


def may_end(command: str, case: Case, regime: Regime) -> bool:
    """Say whether an act of the beginning or end has anything to act on; True for any other act."""
    ending, is_in_force = case.ending, case.licence_state in ("01", "02")
    if ending.archived is not None and command not in regime.aftermath.open_when_archived:
        return False
    proposal = ending.proposal
    match command:
        case "RecordDelivery":
            return ending.delivered is None and is_in_force
        case "ProposeEnding":
            return proposal is None and is_in_force
        case "DropProposal" | "StateOnEnding":
            return proposal is not None
        case "WithdrawLicence" | "VoidLicence":
            return proposal is not None and proposal.act == command
        case "RevokeLicence":
            return is_in_force
        case "CancelLicence":
            return case.issued is not None and case.licence_state != "04"
        case "RestoreLicence":
            return ending.act_in_force is not None
        case "ArchiveCase":
            return ending.archived is None and not list_open_duties(case, regime)
    return True


def tell_ending(event: object, regime: Regime, catalogue: Catalogue) -> tuple[Text, ...]:
    """Return the sentences of one of these events; none for any other."""
    match event:
        case g.NotNeededDeclared(reasons, remedies):
            return (reasons, remedies)
        case g.NotCompetentDeclared(authority, reasons, remedies):
            return (fill(APPLY_TO, authority=authority), reasons, remedies)
        case g.ErrorCorrected(what):
            return (Text(what, what), NO_ROUND)
        case g.CorrectionLapsed(until_on) | g.DeadlineFixed(until_on=until_on):
            return (fill(DAY, what=_deadline_name(event), day=show_date(until_on)),)
        case g.Delivered():
            return _tell_delivery(event, catalogue)
        case g.RenewalDeemed(expired_on):
            return (fill(DEEMED, day=show_date(expired_on)),)
        case g.CaseArchived():
            return _tell_archive(event)
    return _tell_act(event, regime)


def _deadline_name(event: object) -> Text:
    name = event.name.partition(":")[0] if isinstance(event, g.DeadlineFixed) else "correction"
    return DEADLINE_WORDS.get(name, Text(name, name))


def _tell_delivery(event: g.Delivered, catalogue: Catalogue) -> tuple[Text, ...]:
    zone = catalogue.zones.get(event.at_zone)
    by = Text(event.received_by, event.received_by)
    says = [
        WAY_WORDS.get(event.way, Text(event.way, event.way)),
        fill(SERVED, by=by, day=show_date(event.delivered_on)),
    ]
    if event.way == "pick-up" and zone is not None:
        says.append(zone.short_name)
    if event.waybill:
        says.append(fill(WAYBILL, number=Text(event.waybill, event.waybill)))
    if event.authority:
        says.append(fill(AGENT, authority=Text(event.authority, event.authority)))
    if event.is_identity_checked:
        says.append(CHECKED)
    return tuple(says)


def _tell_archive(event: g.CaseArchived) -> tuple[Text, ...]:
    kept = fill(KEPT_UNTIL, day=show_date(event.keep_until_on)) if event.keep_until_on else KEPT_FOR_EVER
    return (fill(PACKAGE, hash=Text(event.manifest_digest[:16], event.manifest_digest[:16])), kept)


def _tell_act(event: object, regime: Regime) -> tuple[Text, ...]:
    match event:
        case g.EndingProposed(act, ground, reasons, until_on):
            last = fill(STATE_UNTIL, day=show_date(until_on))
            return (ACT_NAMES.get(act, Text(act, act)), ground_words(act, ground, regime), reasons, last)
        case g.ProposalAnswered(statement):
            return (Text(statement, statement),)
        case g.ProposalDropped(reasons) | g.LicenceRestored(reasons=reasons):
            return (reasons,)
        case g.LicenceReplaced(by):
            return (Text(by, by),)
        case g.LicenceRevoked(ground, _, reasons, remedies, _, authority, number):
            said = fill(PUNISHED, authority=Text(authority, authority), number=Text(number, number))
            return (ground_words("RevokeLicence", ground, regime), said, reasons, remedies)
        case g.LicenceWithdrawn() | g.LicenceVoided() | g.LicenceCancelled():
            act = ENDING_COMMANDS[type(event).__name__]
            paid = COMPENSATION_WORDS.get(event.compensation, Text("", ""))
            says = (ground_words(act, event.ground, regime), event.reasons, paid, event.remedies)
            return tuple(one for one in says if one.zh)
    return ()


def ground_words(act: str, ground: str, regime: Regime) -> Text:
    """Return what a ground says, or its id where the regime no longer knows it."""
    known = regime.aftermath.find_ground(act, ground)
    return known.says if known else Text(ground, ground)


ACT_NAMES: Mapping[str, Text] = {
    "WithdrawLicence": Text("撤回行政许可", "Withdraw the licence"),
    "VoidLicence": Text("撤销行政许可", "Void the licence"),
    "CancelLicence": Text("注销行政许可", "Cancel the licence"),
    "RevokeLicence": Text("吊销行政许可证件", "Revoke the licence"),
    "ReplaceLicence": Text("由新证照替代", "Replace the licence"),
}
DEADLINE_WORDS: Mapping[str, Text] = {
    "correction": Text("补正的最后一日", "Last day to correct"),
    "renewal": Text(
        "原许可届满，此前不决定即视为准予延续", "The licence expires; not decided by then, it is renewed"
    ),
    "archive": Text("归档日", "To be archived"),
}
APPLY_TO = Text("请向{authority}申请。", "Apply to: {authority}.")
NO_ROUND = Text("当场更正，不计入补正次数。", "Corrected on the spot; no round of correction is used for it.")
DAY = Text("{what}：{day}。", "{what}: {day}.")
DEEMED = Text(
    "原许可于{day}届满，届满前没有作出决定，依法视为准予延续。",
    "The licence expired on {day} and nobody had decided: by law it is renewed.",
)
SERVED = Text("由{by}于{day}签收。", "Received by {by} on {day}.")
WAYBILL = Text("快递单号 {number}。", "Waybill {number}.")
AGENT = Text("代理权限：{authority}。", "Agent's authority: {authority}.")
CHECKED = Text("已核对证件原件。", "The original document of who came was checked.")
PACKAGE = Text("归档清单 SHA-256 {hash}…，已记入账本。", "Manifest SHA-256 {hash}…, filed in the ledger.")
KEPT_UNTIL = Text("保管至{day}。", "Kept until {day}.")
KEPT_FOR_EVER = Text("永久保管。", "Kept for ever.")
STATE_UNTIL = Text("可以在{day}以前陈述、申辩。", "You may state your case until {day}.")
PUNISHED = Text("{authority}，决定书文号 {number}。", "{authority}, decision number {number}.")
