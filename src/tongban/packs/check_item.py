"""Check one pack: what its files promise each other must hold before anybody applies."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from tongban.domain.catalogue.item import Announcement, ServiceItem
from tongban.domain.catalogue.register import CREDIT_CODE
from tongban.domain.catalogue.zone import Zone
from tongban.domain.evidence.exchange import EvidenceKind
from tongban.domain.evidence.requirement import Requirement
from tongban.domain.rules.derive import How
from tongban.domain.rules.facts import Kind
from tongban.domain.rules.table import facts_of
from tongban.kernel.ids import EvidenceKindId, ZoneId
from tongban.kernel.text import Text
from tongban.packs.load import BASE_FILES
from tongban.packs.reading import Reading

ALWAYS_KNOWN = frozenset(
    {"applicant.id", "applicant.kind", "applicant.name", "case.received_on", "case.deciding_zone", "today"}
)
"""Facts that no granted case is without."""
PACK_FILES = {*BASE_FILES.values(), "README.md", "survey.yaml"}
PACK_FOLDERS = {"zones", "cases", "earlier"}
_SUBJECT_TYPES = {"uscc": "firm", "citizen_number": "person"}


def check_item(
    item: ServiceItem,
    pack: Path,
    kinds: Mapping[EvidenceKindId, EvidenceKind],
    zones: Mapping[ZoneId, Zone],
    reading: Reading,
) -> None:
    """Complain of everything in a pack that could not work, though each file by itself is well formed."""
    _check_files(item, pack, reading)
    if item.is_cancelled:
        return
    _check_evidence(item, pack / "item.yaml", kinds, reading)
    _check_materials(item, pack / "item.yaml", reading)
    _check_claims(item, pack / "credential.yaml", reading)
    _check_announcements(item, pack / "item.yaml", kinds, reading)
    _check_overlays(item, pack, zones, reading)


def certain_facts(item: ServiceItem) -> frozenset[str]:
    """Return the facts that are known in every granted case.

    A case is granted only when no criterion is unknown, so whatever a row without ``when`` compares is
    known, and so is whatever a ``when`` asks; and a required question that is always shown was answered.
    """
    known = set(ALWAYS_KNOWN)
    if item.allots is not None:
        known.add(CREDIT_CODE)
    for question in item.form.questions:
        if question.is_required and question.shown_when is None:
            known.add(f"answers.{question.id}")
    if item.rules.may_grant:
        for criterion in item.rules.criteria:
            asked = criterion.condition if criterion.when is None else criterion.when
            known.update(facts_of(asked))
    for derivation in reversed(item.rules.derivations):
        if derivation.fact in known:
            # Of a pick only the choice is certain; the facts of the codes not chosen may be unknown.
            known.update(derivation.inputs[:1] if derivation.how is How.PICK else derivation.inputs)
    for count in item.working_day_facts:
        if count.fact in known:
            known.update((count.since, count.until))
    for derivation in item.rules.derivations:
        # A later day can always be told from a day that is known.
        if derivation.how is How.DATE_AFTER and known.issuperset(derivation.inputs):
            known.add(derivation.fact)
    return frozenset(known)


def _check_files(item: ServiceItem, pack: Path, reading: Reading) -> None:
    """A file nobody reads is a slip in its name."""
    for path in sorted(pack.iterdir()):
        if path.name not in (PACK_FOLDERS if path.is_dir() else PACK_FILES):
            reading.report(
                path,
                "",
                "strange-file",
                "没有人读这个文件。",
                "Nobody reads this file.",
                Text("请检查文件名。", "Look at its name."),
            )
    for path in sorted((pack / "zones").glob("*")):
        if path.stem not in item.zones or path.suffix != ".yaml":
            words = ("这个高新区不办理此事项。", "This zone does not offer the item.")
            reading.report(path, "", "strange-overlay", *words)


def _check_evidence(
    item: ServiceItem, path: Path, kinds: Mapping[EvidenceKindId, EvidenceKind], reading: Reading
) -> None:
    used = set(_facts_in_use(item))
    seen: set[str] = set()
    for place, requirement in enumerate(item.evidence):
        here, kind = f"evidence[{place}]", kinds[requirement.kind]
        if requirement.kind in seen:
            words = (f"“{kind.id}”要求了两次。", f"“{kind.id}” is required twice.")
            reading.report(path, f"{here}.kind", "twice", *words)
        seen.add(requirement.kind)
        _check_ground(requirement, kind, here, path, reading)
        _check_subject(requirement, kind, item, here, path, reading)
        if not any(fact.startswith(f"evidence.{kind.id}.") for fact in used):
            reading.report(
                path,
                f"{here}.kind",
                "asked-for-nothing",
                f"“{kind.id}”的内容哪里也没有用到，不该查询。",
                f"Nothing of “{kind.id}” is used anywhere, so it may not be asked for.",
                Text("删去它，或写明用途。", "Take it out, or use what it carries."),
                "pipl-2021#6",
            )


def _check_ground(
    requirement: Requirement, kind: EvidenceKind, here: str, path: Path, reading: Reading
) -> None:
    if requirement.ground in kind.grounds:
        return
    listed = ", ".join(kind.grounds)
    reading.report(
        path,
        f"{here}.ground",
        "ground-not-accepted",
        f"凭 {requirement.ground} 查不到“{kind.id}”，持有方会拒绝。",
        f"On the ground of {requirement.ground} the holder of “{kind.id}” will not answer.",
        Text(f"持有方认可：{listed}。", f"Its holder accepts: {listed}."),
    )


def _check_subject(
    requirement: Requirement,
    kind: EvidenceKind,
    item: ServiceItem,
    here: str,
    path: Path,
    reading: Reading,
) -> None:
    """What a register is searched by must be such a number."""
    fact = requirement.subject
    if kind.subject == "any_number":
        fits = fact == "applicant.id"
    elif fact == "applicant.id":
        fits = set(item.objects) == {_SUBJECT_TYPES.get(kind.subject)}
    elif fact.startswith("answers."):
        asked = item.form.get_question(fact.removeprefix("answers.")).type
        fits = asked == ("text" if kind.subject == "name" else kind.subject)
    else:
        fits = True
    if not fits:
        reading.report(
            path,
            f"{here}.subject",
            "wrong-subject",
            f"“{kind.id}”按 {kind.subject} 查询，{fact} 不是这种号码。",
            f"“{kind.id}” is searched by {kind.subject}, which {fact} is not.",
        )
    needed_when = requirement.needed_when
    if needed_when and item.rules.types[needed_when].kind is not Kind.YES_NO:
        words = (f"{needed_when} 不是是非题。", f"{needed_when} is no yes or no.")
        reading.report(path, f"{here}.needed_when", "wrong-type", *words)


def _facts_in_use(item: ServiceItem) -> Iterator[str]:
    for row in item.rules.compiled.rows:
        yield from row.uses
    for derivation in item.rules.derivations:
        yield from derivation.inputs
    for claim in item.credential.claims:
        yield claim.fact
    yield item.credential.valid_until_fact
    for announcement in item.announcements:
        yield from (announcement.zone, *announcement.facts)
    for count in item.working_day_facts:
        yield from (count.since, count.until)
    for rule in item.register:
        yield from (given.fact for given in rule.facts.values())


def _check_materials(item: ServiceItem, path: Path, reading: Reading) -> None:
    """A listed paper is either spared through evidence that is required, or can be handed in."""
    kinds = [requirement.kind for requirement in item.evidence]
    takes_files = any(question.type == "file" for question in item.form.questions)
    for place, material in enumerate(item.materials):
        through = material.exempt_through
        if through and through not in kinds:
            listed = ", ".join(kinds)
            reading.report(
                path,
                f"materials[{place}].exempt_through",
                "not-spared",
                f"事项没有查询“{through}”，不能用它免交。",
                f"The item does not ask for “{through}”, so that spares nobody the paper.",
                Text(f"可以写：{listed}。", f"It asks for: {listed}."),
            )
        if not through and not takes_files:
            reading.report(
                path,
                f"materials[{place}]",
                "no-way-in",
                "列明要交的材料，表单里却没有上传的地方。",
                "A paper is to be handed in, and the form has no question for a file.",
            )


def _check_claims(item: ServiceItem, path: Path, reading: Reading) -> None:
    """Every line of a licence must be certain to be known when it is issued, or say that it need not be."""
    certain, claims = certain_facts(item), enumerate(item.credential.claims)
    facts = [(f"claims[{place}].fact", claim.fact) for place, claim in claims if not claim.is_when_known]
    if item.rules.may_grant:
        for place, claim in enumerate(item.credential.claims):
            if claim.is_when_known:
                reading.report(path, f"claims[{place}].when_known", "claim-left-open", *_LEFT_OPEN)
    if item.credential.valid_until_fact:
        facts.append(("valid_until", item.credential.valid_until_fact))
    for pointer, fact in facts:
        if fact not in certain:
            reading.report(path, pointer, "claim-uncertain", *_uncertain(fact), _MAKE_CERTAIN)


def _uncertain(fact: str) -> tuple[str, str]:
    return (f"准予时不一定知道 {fact}。", f"A case may be granted without {fact} being known.")


_LEFT_OPEN = (
    "机器可以准予的事项，证照上的每一项都要确知。",
    "Where a machine may grant, every line of the licence must be certain.",
)
_MAKE_CERTAIN = Text(
    "把问题设为必答，或加一条用到它的条件（例如 present）。",
    "Make its question required, or add a criterion that uses it (for example “present”).",
)


def _check_announcements(
    item: ServiceItem, path: Path, kinds: Mapping[EvidenceKindId, EvidenceKind], reading: Reading
) -> None:
    certain = certain_facts(item)
    for place, announcement in enumerate(item.announcements):
        here = f"announcements[{place}]"
        named = [
            (f"{here}.zone", announcement.zone),
            *((f"{here}.facts[{number}]", fact) for number, fact in enumerate(announcement.facts)),
        ]
        for pointer, fact in named:
            if fact not in item.rules.types:
                words = (f"没有声明过 {fact}。", f"{fact} is declared nowhere.")
                reading.report(path, pointer, "undeclared-fact", *words)
            elif fact not in certain:
                reading.report(path, pointer, "announcement-uncertain", *_uncertain(fact), _MAKE_CERTAIN)
        _check_concerned(item, announcement, here, path, kinds, reading)


def _check_concerned(
    item: ServiceItem,
    announcement: Announcement,
    here: str,
    path: Path,
    kinds: Mapping[EvidenceKindId, EvidenceKind],
    reading: Reading,
) -> None:
    """The entry concerned is of a kind that was asked for, and is marked with a value its register knows."""
    if not announcement.concerns:
        return
    asked = [requirement.kind for requirement in item.evidence]
    kind = kinds.get(EvidenceKindId(announcement.concerns))
    if kind is None or kind.id not in asked:
        words = (
            f"事项没有查询“{announcement.concerns}”。",
            f"The item does not ask for “{announcement.concerns}”.",
        )
        reading.report(path, f"{here}.concerns", "not-asked", *words)
        return
    choices = {fact.name: fact.choices for fact in kind.facts}
    for name, value in announcement.marks.items():
        if value not in choices.get(name, {}):
            words = (f"{kind.id} 的 {name} 没有“{value}”。", f"{name} of {kind.id} is never “{value}”.")
            reading.report(path, f"{here}.marks", "unknown-mark", *words)


def _check_overlays(item: ServiceItem, pack: Path, zones: Mapping[ZoneId, Zone], reading: Reading) -> None:
    """A paper that a zone drops must be one that the base lists, and that no form goes on asking for."""
    names = [material.name.en for material in item.materials]
    handed_in = {material.name.en for material in item.materials if not material.exempt_through}
    for zone in zones:
        path = pack / "zones" / f"{zone}.yaml"
        source = reading.sources.get(path)
        dropped = source.plain.get("drop_materials", []) if source and isinstance(source.plain, dict) else []
        for place, name in enumerate(dropped):
            if name not in names:
                listed = _listed(names)
                reading.report(
                    path,
                    f"drop_materials[{place}]",
                    "unknown-material",
                    f"基本目录里没有“{name}”。",
                    f"The base catalogue lists no “{name}”.",
                    Text(f"有：{listed}。", f"It lists: {listed}."),
                )
            elif name in handed_in:
                words = ("表单仍然要求上传它。", "The form, the same in every zone, goes on asking for it.")
                reading.report(path, f"drop_materials[{place}]", "dropped-but-asked", *words)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
