"""Check in which way an item is handled: what may no longer be asked, and what a promise must state."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from tongban.domain.case.facts import BROKEN_PROMISES
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.clock.statute import LimitKind, check_promise
from tongban.domain.evidence.exchange import EvidenceKind
from tongban.domain.evidence.requirement import EVERY_ZONE
from tongban.domain.pledge import Pledge, PledgeKind
from tongban.domain.procedure import Regime
from tongban.domain.rules.facts import Kind
from tongban.domain.rules.table import facts_of
from tongban.kernel.ids import EvidenceKindId
from tongban.kernel.text import Text
from tongban.packs.check_guide import Flaw
from tongban.packs.load import PackCatalogue
from tongban.packs.reading import Reading

JOINT = "joint-handling"
"""The mode of an item of which other zones do a part (state-council-office-2020-35)."""
_APPROVAL_ACT = "Refuse"
"""An arrow by which an authority may say no: a filing has none."""
_IS_LISTED = f"evidence.{BROKEN_PROMISES}.is_listed"


def check_modes(item: ServiceItem, catalogue: PackCatalogue, pack: Path, reading: Reading) -> None:
    """Complain of an item that asks what its way of handling no longer allows.

    Source of law: business-environment-2019#19, state-council-2021-07, state-council-office-2020-42.
    """
    regime = catalogue.regimes.get(item.regime)
    if regime is None:
        return
    flaws = (
        *_separation(item, regime, pack),
        *_pledges(item, regime),
        *_waits(item, regime, catalogue),
        *_spread(item, catalogue.kinds),
        *_joint(item),
    )
    for flaw in flaws:
        source = item.separation.source if item.separation and flaw.code.startswith("mode-") else ""
        reading.report(pack / "item.yaml", flaw.pointer, flaw.code, flaw.says.zh, flaw.says.en, None, source)


def check_cancelled(items: Mapping[Path, ServiceItem], reading: Reading) -> None:
    """Complain of an item that asks for a cancelled permit, and of an item named instead that is none."""
    gone = {item.separation.permit: item for item in items.values() if item.separation and item.is_cancelled}
    known = {item.id for item in items.values()}
    for pack, item in items.items():
        for place, requirement in enumerate(item.evidence):
            cancelled = gone.get(str(requirement.kind))
            if cancelled is not None and cancelled.separation is not None:
                reading.report(
                    pack / "item.yaml",
                    f"evidence[{place}].kind",
                    "mode-permit-cancelled",
                    f"“{cancelled.title.zh}”已经取消，任何事项都不得再要求提供。",
                    f"“{cancelled.title.en}” was cancelled; no item may ask for it any more.",
                    None,
                    cancelled.separation.source,
                )
        for place, name in enumerate(item.separation.instead if item.separation else ()):
            if name not in known:
                words = (f"没有名为“{name}”的事项。", f"There is no item called “{name}”.")
                reading.report(pack / "item.yaml", f"separation.instead[{place}]", "unknown-item", *words)


def _separation(item: ServiceItem, regime: Regime, pack: Path) -> Iterator[Flaw]:
    match item.separation.mode if item.separation else "":
        case "cancelled":
            yield from _cancelled(item, pack)
        case "filing":
            yield from _filing(regime)
        case "commitment":
            yield from _commitment(item)
        case "optimised":
            yield from _optimised(item)


def _cancelled(item: ServiceItem, pack: Path) -> Iterator[Flaw]:
    """Nothing may be asked: no form, no evidence, no papers, no fee."""
    asked = item.evidence or item.materials or item.fee_fen or item.pledges
    left = [name for name in ("form.yaml", "rules.yaml", "credential.yaml") if (pack / name).exists()]
    if asked or left or (pack / "cases").exists():
        says = Text(
            "已经取消的许可不得再要求任何材料，也没有表单、条件和证照。",
            "Of a cancelled permit nothing may be asked: no form, no criteria, no licence.",
        )
        yield Flaw("separation.mode", "mode-cancelled-asks", says)


def _filing(regime: Regime) -> Iterator[Flaw]:
    """Filing follows, and nobody can say no to it."""
    if regime.has_act(_APPROVAL_ACT):
        says = Text("改为备案的，流程里不能有“不予”。", "Where approval became filing, no arrow may say no.")
        yield Flaw("regime", "mode-filing-approves", says)
    if not regime.operates_at_once:
        says = Text(
            "改为备案的，取得营业执照即可经营，备案在后。",
            "Where approval became filing, the firm may trade at once and files afterwards.",
        )
        yield Flaw("regime", "mode-filing-before", says)


def _commitment(item: ServiceItem) -> Iterator[Flaw]:
    """There is a promise, and no inspection comes before the decision."""
    if not any(pledge.kind is PledgeKind.COMMITMENT for pledge in item.pledges):
        says = Text("实行告知承诺的，要有承诺书。", "Where it rests on a promise there must be one.")
        yield Flaw("pledges", "mode-no-pledge", says)
    on_site = item.gate.get("on_site_check_before_decision")
    if on_site is None or on_site.is_so:
        says = Text(
            "实行告知承诺的，决定以前不得现场核查。",
            "Where it rests on a promise, no inspection comes first.",
        )
        yield Flaw("gate.on_site_check_before_decision", "mode-inspects-first", says)


def _optimised(item: ServiceItem) -> Iterator[Flaw]:
    """Quicker than the law, and lighter by a paper or by a longer validity."""
    quicker = item.promised and not check_promise(item.promised[-1].limit, item.statutory[-1].limit)
    same = item.promised and (
        (item.promised[-1].limit.amount, item.promised[-1].limit.unit)
        == (item.statutory[-1].limit.amount, item.statutory[-1].limit.unit)
    )
    if not quicker or same:
        says = Text(
            "优化审批服务的，承诺时限要短于法定时限。",
            "Made lighter, it must promise less time than the law.",
        )
        yield Flaw("limits.promised", "mode-not-quicker", says)
    separation, months = item.separation, item.credential.validity_months
    was = separation.validity_was_months if separation else None
    longer = was is not None and (months is None or months > was)
    if separation is not None and not separation.drops and not longer:
        says = Text(
            "优化审批服务的，至少少交一份材料，或者有效期更长。",
            "Made lighter, it must drop a paper, or hold longer.",
        )
        yield Flaw("separation", "mode-not-lighter", says)
    listed = {material.name for material in item.materials}
    for place, name in enumerate(separation.drops if separation else ()):
        if name in listed:
            says = Text(
                f"“{name.zh}”已经取消，不得再列为材料。", f"“{name.en}” was dropped; it may not be listed."
            )
            yield Flaw(f"separation.drops[{place}]", "mode-drops-and-lists", says)


def _pledges(item: ServiceItem, regime: Regime) -> Iterator[Flaw]:
    kinds = {requirement.kind for requirement in item.evidence}
    for place, pledge in enumerate(item.pledges):
        here = f"pledges[{place}]"
        yield from _pledge(pledge, here, kinds, regime)
    if not item.pledges:
        return
    asked = next((one for one in item.evidence if one.kind == BROKEN_PROMISES), None)
    if asked is None or asked.holder != EVERY_ZONE:
        says = Text(
            f"收承诺的事项要向每个高新区查询“{BROKEN_PROMISES}”（holder: {EVERY_ZONE}）。",
            f"An item that takes a promise asks every zone for “{BROKEN_PROMISES}” (holder: {EVERY_ZONE}).",
        )
        yield Flaw("pledges", "pledge-list-not-asked", says)
    commitment = [pledge for pledge in item.pledges if pledge.kind is PledgeKind.COMMITMENT]
    if commitment and not any(
        criterion.condition.fact == _IS_LISTED and criterion.when is None for criterion in item.rules.criteria
    ):
        says = Text(
            "要有一条条件：申请人不在失信承诺名单上。",
            f"One criterion must say that the applicant is on no list of broken promises ({_IS_LISTED}).",
        )
        yield Flaw("pledges", "pledge-list-not-used", says)
    yield from _asked_though_promised(item, commitment)


def _asked_though_promised(item: ServiceItem, commitment: list[Pledge]) -> Iterator[Flaw]:
    """What a promise stands for is not looked up: no row may rest on it, unless it was not signed."""
    for pledge in commitment:
        for criterion in item.rules.criteria:
            facts = facts_of(criterion.condition)
            rests = any(fact.startswith(f"evidence.{kind}.") for kind in pledge.spares for fact in facts)
            guard = set() if criterion.when is None else set(facts_of(criterion.when))
            if rests and f"pledge.{pledge.id}.signed" not in guard:
                says = Text(
                    f"条件“{criterion.id}”要看已由承诺代替的证明。",
                    f"Criterion “{criterion.id}” looks at the proof that the promise stands for.",
                )
                yield Flaw("pledges", "asked-though-promised", says)


def _pledge(pledge: Pledge, here: str, kinds: set[EvidenceKindId], regime: Regime) -> Iterator[Flaw]:
    if not pledge.text:
        yield Flaw(
            f"{here}.text", "pledge-without-text", Text("承诺书没有正文。", "The promise has no text.")
        )
    if not pledge.due:
        says = Text(
            "没有写明核查或者补交的期限。", "It is not said when it is checked, or when the paper follows."
        )
        yield Flaw(f"{here}.due", "pledge-without-day", says)
    if pledge.kind is PledgeKind.DEFERRED and not pledge.remind:
        says = Text("容缺的要写明提醒后的期限。", "A deferred paper needs the time after the reminder.")
        yield Flaw(f"{here}.remind", "pledge-without-day", says)
    if pledge.kind is PledgeKind.DEFERRED and not pledge.spares:
        says = Text("容缺的要写明缺的是什么。", "A deferred paper must be named.")
        yield Flaw(f"{here}.spares", "pledge-spares-nothing", says)
    for number, kind in enumerate(pledge.spares):
        if kind not in kinds:
            says = Text(f"事项没有要求“{kind}”。", f"The item does not ask for “{kind}”.")
            yield Flaw(f"{here}.spares[{number}]", "pledge-spares-nothing", says)
    lacking = [act for act in ("ScheduleCheck", "RecordCheck") if not regime.has_act(act)]
    if lacking:
        says = Text(
            f"流程没有这些动作：{', '.join(lacking)}。", f"The procedure lacks: {', '.join(lacking)}."
        )
        yield Flaw("regime", "pledge-not-in-procedure", says)


def _waits(item: ServiceItem, regime: Regime, catalogue: PackCatalogue) -> Iterator[Flaw]:
    """Waits, recurrence and power elsewhere need their acts in the procedure."""
    needs = {
        "wait": (item.wait is not None, ("OpenWait", "EndWait", "Object")),
        "recurs": (item.recurs is not None, ("ScheduleCheck", "RemindOfCheck", "PausePayment", "EndBenefit")),
        "decided_elsewhere": (item.elsewhere is not None, ("ForwardToAuthority", "RecordAnswer")),
    }
    for pointer, (is_stated, acts) in needs.items():
        lacking = [act for act in acts if is_stated and not regime.has_act(act)]
        if lacking:
            says = Text(
                f"流程没有这些动作：{', '.join(lacking)}。", f"The procedure lacks: {', '.join(lacking)}."
            )
            yield Flaw(pointer, "not-in-procedure", says)
    if item.elsewhere is not None and item.elsewhere.authority not in catalogue.authorities:
        known = ", ".join(sorted(catalogue.authorities))
        says = Text(f"没有这个机关；有：{known}。", f"There is no such authority; there are: {known}.")
        yield Flaw("decided_elsewhere.authority", "unknown-authority", says)
    if item.recurs is not None:
        kind = catalogue.kinds[item.recurs.kind]
        if not any(fact.name == item.recurs.fact and fact.type == Kind.YES_NO for fact in kind.facts):
            says = Text("这里应为该登记的一个是非事实。", "A yes-or-no fact of that register belongs here.")
            yield Flaw("recurs.fact", "undeclared-fact", says)
    if item.wait is not None and LimitKind.STATUTORY is not item.wait.lasts[-1].limit.kind:
        yield Flaw("wait.lasts", "not-statutory", Text("应为法定期限。", "A statutory limit belongs here."))


def _joint(item: ServiceItem) -> Iterator[Flaw]:
    """An answer names the zone of a part, it sees what is known at acceptance, and people decide."""
    if item.joint is None:
        if JOINT in item.modes:
            says = Text(
                "写了多地联办，却没有 joint 一节。", "Handled jointly is named, but there is no joint."
            )
            yield Flaw(f"modes[{item.modes.index(JOINT)}]", "mode-without-joint", says)
        return
    if JOINT not in item.modes:
        says = Text(f"有 joint 一节的，方式要有“{JOINT}”。", f"With joint, the modes name “{JOINT}”.")
        yield Flaw("modes", "joint-mode", says)
    if item.rules.may_grant:
        says = Text("联合办理的事项由工作人员决定。", "What is handled jointly is decided by people.")
        yield Flaw("joint", "joint-machine", says)
    known = {"applicant.id", "applicant.kind", "applicant.name", "applicant.mobile"}
    known |= {f"answers.{question.id}" for question in item.form.questions}
    for place, part in enumerate(item.joint.parts):
        named = {f"joint.parts[{place}].zone": part.zone}
        named |= {f"joint.parts[{place}].shows[{number}]": name for number, name in enumerate(part.shows)}
        for pointer, name in named.items():
            if name not in known:
                says = Text(f"表单没有问“{name}”。", f"No question of the form asks for “{name}”.")
                yield Flaw(pointer, "joint-unknown-fact", says)
        if not part.answer:
            says = Text("没有写明该区提出意见的期限。", "It is not said by when that zone answers.")
            yield Flaw(f"joint.parts[{place}].answer", "joint-without-time", says)


def _spread(item: ServiceItem, kinds: Mapping[EvidenceKindId, EvidenceKind]) -> Iterator[Flaw]:
    """Several zones' answers are joined as yes or no, or summed; nobody can upload a zone's silence."""
    used = {fact for criterion in item.rules.criteria for fact in facts_of(criterion.condition)}
    for place, requirement in enumerate(item.evidence):
        if not requirement.is_spread:
            continue
        if requirement.may_upload:
            says = Text("多区查询的不能上传副本代替（may_upload: false）。",
                        "What several zones are asked cannot be uploaded (may_upload: false).")  # fmt: skip
            yield Flaw(f"evidence[{place}].may_upload", "spread-upload", says)
        for fact in kinds[requirement.kind].facts:
            is_joined = fact.type == Kind.YES_NO or fact.is_summed
            if f"evidence.{requirement.kind}.{fact.name}" in used and not is_joined:
                says = Text(f"“{fact.name}”既不是是非事实，也没有写明相加，多区的答复无法合并。",
                            f"“{fact.name}” is no yes or no and not summed: not to be joined.")  # fmt: skip
                yield Flaw(f"evidence[{place}].kind", "spread-type", says)
