"""The common standard: a steward proposes what a node runs, comments, ratifies, or takes a proposal back."""

from tongban.domain.case.events import Actor
from tongban.domain.standard.acts import Commented, Proposed, Ratified, Retracted
from tongban.domain.standard.packed import FILES_BYTES, PACKED_CHARS, count_bytes, pack_files
from tongban.domain.standard.plain import WORDS_CHARS
from tongban.domain.standard.proposal import Proposal, ProposalState, read_proposals, read_standards
from tongban.flows.ports import Deps
from tongban.flows.tell_alliance import tell_alliance
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.ids import ItemId
from tongban.kernel.text import Text


def propose(item_id: ItemId, reason: str, actor: Actor, deps: Deps) -> str:
    """Propose the base pack that this node runs as the standard; return the proposal's number.

    Causes: the proposal here, and a message to each other zone.

    Raises:
        NotFound: there is no such item.
        Refused: it is the standard already, the same content is proposed already, or it is too long.
    """
    item = deps.catalogue.get_item(item_id, deps.zone)
    base = deps.catalogue.get_base(item_id)
    proposals = read_proposals(deps.alliance.list_acts(), deps.catalogue.zones.keys())
    standard = read_standards(proposals).get(item_id)
    problems = list(check_words(reason, "reason"))
    if standard is not None and standard.content_hash == base.content_hash:
        problems.append(Problem("standard.in-force", _IN_FORCE))
    if any(
        one.state is ProposalState.OPEN and one.proposed.content_hash == base.content_hash
        for one in proposals
        if one.proposed.item == item_id
    ):
        problems.append(Problem("standard.proposed-already", _PROPOSED_ALREADY))
    if count_bytes(base.files) > FILES_BYTES or len(pack_files(base.files)) > PACKED_CHARS:
        problems.append(Problem("standard.too-long", _TOO_LONG.fill(most=FILES_BYTES, packed=PACKED_CHARS)))
    if problems:
        raise Refused(*problems)
    based_on = standard.content_hash if standard else ""
    act = Proposed(item_id, item.version, base.content_hash, based_on, reason.strip(), base.files)
    return tell_alliance(act, "", actor, deps).subject


def comment(proposal_id: str, words: str, actor: Actor, deps: Deps) -> None:
    """Say something about a proposal, whatever became of it."""
    get_proposal(proposal_id, deps)
    _refuse(*check_words(words, "words"))
    tell_alliance(Commented(words.strip()), proposal_id, actor, deps)


def ratify(proposal_id: str, content_hash: str, actor: Actor, deps: Deps) -> None:
    """Ratify a proposal for this zone; it is in force once every zone has done so.

    Args:
        content_hash: of the content that the steward has read; it must be the proposal's.
    """
    proposal = get_proposal(proposal_id, deps)
    if proposal.state is not ProposalState.OPEN:
        raise Refused(Problem("standard.not-open", _NOT_OPEN))
    if deps.zone in proposal.ratified:
        raise Refused(Problem("standard.ratified-already", _RATIFIED_ALREADY))
    if content_hash != proposal.proposed.content_hash:
        raise Refused(Problem("standard.other-content", _OTHER_CONTENT, "content_hash"))
    tell_alliance(Ratified(content_hash), proposal_id, actor, deps)


def retract(proposal_id: str, reason: str, actor: Actor, deps: Deps) -> None:
    """Take a proposal of this zone back, before all zones have ratified it."""
    proposal = get_proposal(proposal_id, deps)
    if proposal.zone != deps.zone:
        raise Refused(Problem("standard.not-ours", _NOT_OURS))
    if proposal.state is not ProposalState.OPEN:
        raise Refused(Problem("standard.not-open", _NOT_OPEN))
    _refuse(*check_words(reason, "reason"))
    tell_alliance(Retracted(reason.strip()), proposal_id, actor, deps)


def get_proposal(proposal_id: str, deps: Deps) -> Proposal:
    """Return a proposal as it stands among all of them, with its files; raises NotFound."""
    about = deps.alliance.list_about(proposal_id)
    others = (one for one in deps.alliance.list_acts() if one.subject != proposal_id)
    for one in read_proposals((*about, *others), deps.catalogue.zones.keys()):
        if one.id == proposal_id:
            return one
    raise NotFound(proposal_id)


def check_words(words: str, pointer: str) -> tuple[Problem, ...]:
    """Return what is wrong with words that somebody wrote: nothing, or too much."""
    if not words.strip():
        return (Problem("standard.no-words", _NO_WORDS, pointer),)
    if len(words) > WORDS_CHARS or "\x00" in words:
        return (Problem("standard.too-many-words", _TOO_MANY_WORDS.fill(most=WORDS_CHARS), pointer),)
    return ()


def _refuse(*problems: Problem) -> None:
    if problems:
        raise Refused(*problems)


_NO_WORDS = Text("请写明内容。", "Write something.")
_TOO_MANY_WORDS = Text("最多 {most} 个字。", "At most {most} characters.")
_IN_FORCE = Text("本节点运行的就是现行标准。", "What this node runs is the standard in force.")
_PROPOSED_ALREADY = Text(
    "同样的内容已经提出，请在该提案下办理。", "The same content is proposed already; go on there."
)
_TOO_LONG = Text(
    "基本目录文件及其所依据的内容超过 {most} 字节，或压缩后超过 {packed} 个字符，不能作为一条消息发出。"
    "请缩短或拆分该事项的文件。",
    "The base files with what they stand on have more than {most} bytes, or more than {packed} characters "
    "packed, and do not fit into one message. Shorten or split the files of this item.",
)
_NOT_OPEN = Text("这项提案已经有了结果。", "This proposal has come to its end.")
_RATIFIED_ALREADY = Text("本区已经批准过。", "This zone has ratified it already.")
_OTHER_CONTENT = Text("提案内容与您所看的不同，请重新查看。", "The content is not what you read; look again.")
_NOT_OURS = Text("只有提出的区可以撤回。", "Only the zone that proposed may take it back.")
