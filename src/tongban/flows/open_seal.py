"""Open the seal's key: each custodian gives their own secret; a demonstration gives the published ones."""

from datetime import datetime

from tongban.domain.case.events import Actor
from tongban.domain.seal.decide import may_reopen
from tongban.domain.seal.state import Seal
from tongban.flows.ports import Deps
from tongban.flows.seal_port import CUSTODY, SealRefusal
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.ids import CaseId
from tongban.kernel.moment import civil_date
from tongban.kernel.text import Text


def give_secret(secret: str, actor: Actor, ends_at: datetime, waits_until: datetime, deps: Deps) -> bool:
    """Give a custodian's secret for a shift; return whether the key is open now.

    Raises:
        Refused: no secret, a wrong one, or they hold no share.
        Fault: whoever keeps the key is away.
    """
    if not secret:
        raise Refused(Problem("seal.no-secret", _NO_SECRET, "secret", deps.catalogue.seal.ground))
    return deps.seal_key.give(actor.id, secret, ends_at, waits_until)


def is_open_for(seal: Seal, deps: Deps) -> bool:
    """Say whether the key is open; a demonstration opens it for the shift that it began by itself."""
    if deps.seal_key.is_open():
        return True
    shift = seal.find_shift(deps.clock.now())
    if shift is None or not may_reopen(seal, deps.rota, deps.clock.now()):
        return False
    secrets = deps.catalogue.seal.secrets_of(deps.zone)
    given = [
        deps.seal_key.give(one.id, secrets.get(one.id, ""), shift.ends_at, shift.ends_at) for one in deps.rota
    ]
    return any(given)


def keep_wrong_secret(refused: Refused, actor: Actor, deps: Deps) -> None:
    """Keep in the register that somebody gave a wrong secret; the same person's next one that day is counted.

    Causes: one refusal in the register, or one more time of it. Other refusals are not kept.
    """
    wrong = next((one for one in refused.problems if one.code in _KEPT), None)
    if wrong is None:
        return
    now, ground = deps.clock.now(), deps.catalogue.seal.ground
    who = Text(f"{actor.name}：{wrong.text.zh}", f"{actor.name}: {wrong.text.en}")
    with deps.unit():
        deps.seals.refuse(
            SealRefusal(
                CUSTODY,
                f"{actor.id} {civil_date(now)}",
                CaseId(""),
                0,
                wrong.code,
                who,
                ground,
                now,
                now,
                is_waiting=False,
            )
        )


_KEPT = ("seal.wrong-secret", "seal.no-share")
_NO_SECRET = Text("请输入您自己的印章口令。", "Type your own secret of the seal.")
