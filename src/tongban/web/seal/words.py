"""The seal's register in words: kinds of documents, and what custodians did."""

from tongban.domain.seal.events import ActivationProposed, SealAct, SealActivated, SealSuspended
from tongban.kernel.text import Text

KINDS = {
    "licence": Text("证照", "Licence"),
    "composite": Text("综合证照", "Composite licence"),
    "paper": Text("文书", "Written document"),
    "custody": Text("启用口令", "Secret of a custodian"),
}


def name_kind(kind: str) -> Text:
    """Return what a kind of document is called."""
    return KINDS.get(kind, Text(kind, kind))


def compose_act(act: SealAct) -> Text:
    """Return what a custodian did, in a sentence."""
    match act.event:
        case ActivationProposed(by):
            return _PROPOSED.fill(who=by.name)
        case SealActivated(first, second, is_by_rota=True):
            return _BY_ROTA.fill(first=first.name, second=second.name)
        case SealActivated(first, second):
            return _ACTIVATED.fill(first=first.name, second=second.name)
        case SealSuspended(by, reasons):
            return _SUSPENDED.fill(who=by.name, zh=reasons.zh, en=reasons.en)


_PROPOSED = Text("{who}提出启用", "{who} proposed to put it to use")
_ACTIVATED = Text("{first}提出、{second}确认，启用", "Put to use: {first} proposed, {second} confirmed")
_BY_ROTA = Text(
    "演示自动启用，用{first}和{second}的名义",
    "Put to use by the demonstration itself, in the names of {first} and {second}",
)
_SUSPENDED = Text("{who}停用：{zh}", "{who} suspended it: {en}")
