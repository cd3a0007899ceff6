"""Every word with which a zone turns a message away: its HTTP status, and its sentence in both languages.

Two kinds. Before the sender is certain nothing is signed, and the sender tries again: anybody could say so.
Once the sender is certain, the refusal is a signed receipt, and it is final.
"""

from tongban.kernel.errors import Problem, Refused
from tongban.kernel.text import Text

STATUS: dict[str, int] = {
    "message.too-large": 413,
    "message.unreadable": 400,
    "message.wrong-type": 400,
    "message.unknown-key": 403,
    "message.wrong-use": 403,
    "message.wrong-algorithm": 403,
    "message.bad-signature": 403,
    "message.wrong-issuer": 403,
    "message.key-not-in-force": 403,
    "message.wrong-audience": 421,
    "message.not-yet": 400,
    "message.expired": 400,
    "message.too-early": 425,
    "message.id-reused": 409,
    "node.busy": 503,
}
"""By code. A code that is not here comes from the rules: 422, with a signed receipt."""

REFUSED_BY_THE_RULES = 422

_WORDS: dict[str, Text] = {
    "message.too-large": Text("消息过大。", "The message is too large."),
    "message.unreadable": Text("无法读取这条消息。", "The message cannot be read."),
    "message.wrong-type": Text(
        "这不是一条{expected}。", "This is another kind of signed object than {expected}."
    ),
    "message.unknown-key": Text(
        "签名密钥不在联盟名录中。", "The signing key is not in the alliance's directory."
    ),
    "message.wrong-use": Text("该密钥不用于签署消息。", "That key is not for signing messages."),
    "message.wrong-algorithm": Text(
        "签名算法与名录中该密钥的算法不符。",
        "The algorithm is not the one that the directory gives that key.",
    ),
    "message.bad-signature": Text("签名与内容不符。", "The signature does not fit the content."),
    "message.wrong-issuer": Text("签名密钥不属于发出方。", "The signing key is not the sender's."),
    "message.key-not-in-force": Text(
        "签名时该密钥不在有效期内。", "The key was not in force when the message was signed."
    ),
    "message.wrong-audience": Text("这条消息不是发给本区的。", "The message is meant for another zone."),
    "message.not-yet": Text(
        "消息的时间在将来，请核对双方时钟。", "The message is from the future; compare the two clocks."
    ),
    "message.expired": Text("消息已过期。", "The message has expired."),
    "message.too-early": Text(
        "这条消息先于它所依据的消息到达，请稍后重发。",
        "The message arrived before one on which it rests; send it again later.",
    ),
    "message.id-reused": Text("同一编号已用于另一内容。", "The same id was used before for another content."),
    "message.not-here": Text("这里没有这个办件或事项。", "There is no such case or item here."),
    "receipt.unreadable": Text("无法读取这份回执。", "The receipt cannot be read."),
    "receipt.wrong-message": Text("回执对应的不是这条消息。", "The receipt is for another message."),
    "node.busy": Text("本节点正忙，请稍后重发。", "This node is busy; send it again shortly."),
}


def problem(code: str, **values: object) -> Problem:
    """Return one of the protocol's refusals in words."""
    return Problem(code, _WORDS[code].fill(**values))


def refused(code: str, **values: object) -> Refused:
    """Return one of the protocol's refusals, to be raised."""
    return Refused(problem(code, **values))


def code_of(error: Refused) -> str:
    """Return the first code of a refusal: the one that a receipt names."""
    return error.problems[0].code
