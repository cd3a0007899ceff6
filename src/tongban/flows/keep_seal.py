"""Put the seal forward, put it to use, take it out of use: the acts of its custodians."""

from collections.abc import Iterator
from contextlib import contextmanager

from tongban.crypto.canonical import canonical
from tongban.crypto.digest import hex_digest
from tongban.domain.case.events import Actor
from tongban.domain.seal.decide import confirm_activation, propose_activation, suspend
from tongban.domain.seal.events import Custodian, SealAct, SealActivated, SealEvent, SealSuspended
from tongban.flows.open_seal import give_secret, keep_wrong_secret
from tongban.flows.ports import Deps
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.text import Text


def propose_seal(hours: int, secret: str, actor: Actor, deps: Deps) -> None:
    """Put the seal forward for a shift of some hours that begins now; it does not move by that.

    Args:
        secret: with which this custodian opens their share of the key; waits in memory for the other's.

    Causes: one act. Twice: the newer proposal takes the older one's place.

    Raises:
        Refused: no custodian, longer than this zone allows, or a wrong secret, which the register keeps.
    """
    book = deps.catalogue.seal
    with _keeping_wrong_secrets(actor, deps), deps.unit():
        deps.seals.take()
        rule, now = book.get_rule(deps.zone), deps.clock.now()
        proposed = propose_activation(Custodian(actor.id, actor.name), actor.kind, hours, now, book, rule)
        give_secret(secret, actor, proposed.ends_at, now + rule.patience, deps)
        record_act(proposed, deps)


def confirm_seal(secret: str, actor: Actor, deps: Deps) -> None:
    """Put the seal to use, as the other custodian proposed.

    Args:
        secret: with which this custodian opens their share; with the proposer's it opens the key.

    Causes: the key is open in memory, one act and one ledger leaf; what waits is sealed from now on.
    Twice:  refused; nothing is proposed any more.

    Raises:
        Refused: the proposer confirms, nothing is proposed, it has lapsed, no custodian, a wrong secret, or
            the proposer's share is no longer in memory.
    """
    book = deps.catalogue.seal
    with _keeping_wrong_secrets(actor, deps), deps.unit():
        seal = deps.seals.take()
        rule, now = book.get_rule(deps.zone), deps.clock.now()
        who = Custodian(actor.id, actor.name)
        activated = confirm_activation(seal, who, actor.kind, now, book, rule)
        if not give_secret(secret, actor, activated.ends_at, now + rule.patience, deps):
            raise Refused(Problem("seal.share-gone", _SHARE_GONE, "", book.ground, _PROPOSE_AGAIN))
        record_act(activated, deps)


def suspend_seal(reasons: Text, actor: Actor, deps: Deps) -> None:
    """Take the seal out of use at once; one custodian is enough.

    Causes: one act and one ledger leaf; the key is let go. From the end of this unit the seal moves for
        nothing: whoever is about to use it has to take it first, and finds it suspended.
    Twice:  recorded again, with its own reasons.

    Raises:
        Refused: no custodian, or no reasons.
    """
    with deps.unit():
        deps.seals.take()
        who = Custodian(actor.id, actor.name)
        record_act(suspend(who, actor.kind, reasons, deps.catalogue.seal), deps)
    # After the commit: a suspension that failed must not leave a seal in use whose key is gone.
    deps.seal_key.close()


def record_act(event: SealEvent, deps: Deps) -> None:
    """Keep an act; one that settles something leaves a ledger leaf. With the seal taken."""
    act = deps.seals.record(SealAct(event, deps.clock.now()))
    leaf = _compose_leaf(act, deps)
    if leaf is not None:
        deps.ledger.append(f"seal-act:{act.number}", leaf)


@contextmanager
def _keeping_wrong_secrets(actor: Actor, deps: Deps) -> Iterator[None]:
    """Keep a wrong secret in the register, outside the unit that failed with it."""
    try:
        yield
    except Refused as refused:
        keep_wrong_secret(refused, actor, deps)
        raise


def _compose_leaf(act: SealAct, deps: Deps) -> dict[str, object] | None:
    """Return the leaf of an act: who by login, from when to when; reasons as a salted hash."""
    plain: dict[str, object] = {"z": deps.zone, "at": int(act.at.timestamp()), "n": deps.chance.salts(1)[0]}
    match act.event:
        case SealActivated(first, second, begins, ends, by_rota):
            span = {"nbf": int(begins.timestamp()), "exp": int(ends.timestamp())}
            return plain | span | {"t": "seal.activate/1", "by": [first.id, second.id], "rota": by_rota}
        case SealSuspended(by, reasons):
            said = hex_digest(canonical({"zh": reasons.zh, "en": reasons.en, "n": plain["n"]}))
            return plain | {"t": "seal.suspend/1", "by": [by.id], "said": f"sha256:{said}"}
    return None


_SHARE_GONE = Text(
    "提出启用的保管员的密钥份额已不在内存中（程序重新启动过，或时间已过），密钥没有打开。",
    "The proposer's share of the key is no longer in memory (the program was started anew, or its time is "
    "over), and the key stays closed.",
)
_PROPOSE_AGAIN = Text("请重新提出启用。", "Propose it again.")
