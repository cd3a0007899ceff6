"""Did the seal move for this file on the one way it may? The register of uses, and the leaf in the ledger."""

from tongban.crypto.digest import hex_digest
from tongban.flows.ports import Deps
from tongban.flows.verify import Found, Step, ledger_steps
from tongban.kernel.text import Text


def seal_use_steps(content: bytes, digest: str, deps: Deps) -> tuple[Step, ...]:
    """Return what the register of this zone's seal says about a sealed file.

    The leaf of a use tells digest and length of the document before it was sealed; a sealed file begins with
    just these bytes, so the file itself proves that it is the one for which the seal was allowed to move.

    Args:
        digest: hex SHA-256 of the file.
    """
    filed = deps.seals.find_filed(digest)
    if filed is None:
        return (Step(_ASKS_USE, Found.UNKNOWN, _NOT_THERE),)
    use = filed.use
    if hex_digest(content[: use.drawn_bytes]) != use.drawn_digest:
        return (Step(_ASKS_USE, Found.FAILED, _OTHER),)
    leaf = ledger_steps(deps.zone, ("doc", f"sha256:{use.drawn_digest}"), filed, deps)[0]
    if leaf.found is not Found.PROVED:
        return (Step(_ASKS_USE, leaf.found, leaf.says),)
    place = (filed.leaf_index or 0) + 1
    return (Step(_ASKS_USE, Found.PROVED, _THERE.fill(number=use.number, place=place)),)


_ASKS_USE = Text("用印", "Use of the seal")
_THERE = Text(
    "用印登记第 {number} 号就是为这份文件，账本第 {place} 条可以证明。",
    "Use no. {number} of the seal was for this very file; leaf {place} of the ledger proves it.",
)
_OTHER = Text("用印登记的是另一份文件。", "The register of the seal names another document for this file.")
_NOT_THERE = Text(
    "用印登记里没有这份文件：它在登记开始以前盖章，或者不是依规定盖章的。",
    "The register of the seal has no use for this file: it was sealed before the register began, or not "
    "by its rules.",
)
