"""What the documents of the beginning and end say by name: whom to ask, how it was served, why."""

from tongban.domain.case import ending as g
from tongban.domain.rules.words import show_date
from tongban.kernel.text import Text

ENDING_PLACES = (
    "competent", "ground", "act", "until_on", "compensation", "way", "received_by", "proof", "delivered_on",
    "expired_on", "punished_by", "document_number", "remedies",
)  # fmt: skip
"""``ground`` and ``act`` are filled in by the regime's words, the rest by the event."""
_WAYS = {
    "electronic": Text("电子送达", "electronically"),
    "post": Text("邮寄送达", "by post"),
    "pick-up": Text("窗口领取", "picked up at a window"),
}
_COMPENSATION = {
    "owed": Text(
        "由此给您造成财产损失的，依法给予补偿。", "Where you lose property by it, you are compensated by law."
    ),
    "damages": Text(
        "您的合法权益因此受到损害的，依法给予赔偿。",
        "Where your lawful rights are harmed by it, damages are paid by law.",
    ),
}
_NOTHING = Text("", "")


def tell_places(event: object) -> dict[str, Text]:
    """Return the places that an event of the beginning or end fills; none for any other."""
    match event:
        case g.NotNeededDeclared(reasons, remedies):
            return {"reasons": reasons, "remedies": remedies}
        case g.NotCompetentDeclared(authority, reasons, remedies):
            return {"competent": authority, "reasons": reasons, "remedies": remedies}
        case g.CorrectionLapsed(until_on):
            return {"until_on": show_date(until_on)}
        case g.Delivered():
            return _tell_delivery(event)
        case g.RenewalDeemed(expired_on):
            return {"expired_on": show_date(expired_on)}
        case g.EndingProposed(_, _, reasons, until_on):
            return {"reasons": reasons, "until_on": show_date(until_on)}
        case g.LicenceRestored(_, reasons) | g.ProposalDropped(reasons):
            return {"reasons": reasons}
        case g.LicenceRevoked() as revoked:
            by, number = revoked.authority, revoked.document_number
            return _tell_end(revoked) | {"punished_by": Text(by, by), "document_number": Text(number, number)}
        case g.LicenceWithdrawn() | g.LicenceVoided() | g.LicenceCancelled():
            return _tell_end(event)
    return {}


def _tell_end(event: g.LicenceEnded) -> dict[str, Text]:
    paid = _COMPENSATION.get(event.compensation, _NOTHING)
    return {"reasons": event.reasons, "remedies": event.remedies, "compensation": paid}


def _tell_delivery(event: g.Delivered) -> dict[str, Text]:
    """Return who received it, how, when, and what proves it."""
    proof = [Text(one, one) for one in (event.waybill, event.authority) if one]
    if event.note == "opened":
        proof.append(Text("由收件人打开电子证照", "the holder opened the electronic licence"))
    elif event.note:
        proof.append(Text(event.note, event.note))
    if event.is_identity_checked:
        proof.append(Text("已核对证件原件", "the original document was checked"))
    return {
        "way": _WAYS.get(event.way, Text(event.way, event.way)),
        "received_by": Text(event.received_by, event.received_by),
        "delivered_on": show_date(event.delivered_on),
        "proof": Text("；".join(one.zh for one in proof), "; ".join(one.en for one in proof)),
    }
