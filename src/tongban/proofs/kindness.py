"""A zone's overlay is kind: whoever the base catalogue grants, the zone grants, asking and taking no more."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import z3

from tongban.domain.catalogue.item import DatedLimit, ServiceItem
from tongban.domain.clock.statute import TimeLimit, check_promise
from tongban.domain.rules.evaluate import evaluate
from tongban.kernel.errors import Problem
from tongban.kernel.text import Text
from tongban.proofs.applicants import list_conditions, own_facts, own_symbols
from tongban.proofs.prove_table import Proofs
from tongban.proofs.solving import Solving, check, likely_facts
from tongban.proofs.space import Space
from tongban.proofs.translate import translate
from tongban.proofs.words import tell_applicant


def prove_kind(base: ServiceItem, zone: ServiceItem, on: date) -> Proofs:
    """Prove that a zone is nowhere less kind than the base catalogue (all-2019#16).

    Args:
        on: a day for examples; limits are compared on every day on which one of them changes.
    """
    proofs = Proofs()
    where = f"zones/{zone.zone}.yaml:"
    _prove_grants(base, zone, on, where, proofs)
    for problem in (*_limits(base, zone, where), *_burdens(base, zone, where)):
        proofs.problems.append(problem)
    if not proofs.problems:
        proofs.proved += 1
    return proofs


def _prove_grants(base: ServiceItem, zone: ServiceItem, on: date, where: str, proofs: Proofs) -> None:
    """Granted under the base means granted under the overlay, for every applicant."""
    space = Space(base.rules, zone.rules)
    base = replace(base, zone=zone.zone)
    ours = translate(base.rules, space, own_symbols(base, space, zone=True))
    theirs = translate(zone.rules, space, own_symbols(zone, space, zone=True))
    taken_in = z3.And([*list_conditions(zone, theirs.symbols, space)])
    solving = Solving(space, list_conditions(base, ours.symbols, space))
    applicant = solving.find(
        ours.grants, z3.Not(z3.And(taken_in, theirs.grants)), likely=likely_facts(ours.symbols, on)
    )
    if applicant is None:
        proofs.proved += 1
        return
    check(applicant, base, grants=True, zone=True)
    rows = evaluate(zone.rules, own_facts(zone, applicant.facts, zone=True)).not_met
    text = _GRANTS_LESS.fill(**tell_applicant(applicant, zone, rows))
    proofs.problems.append(Problem("proof.zone-grants-less", text, where, "all-2019#16", _BE_KIND))


def _limits(base: ServiceItem, zone: ServiceItem, where: str) -> Iterator[Problem]:
    """On every day on which a limit changes, the zone's is no longer than the base's."""
    for name, ours, theirs in (
        ("promised", base.promised, zone.promised),
        ("statutory", base.statutory, zone.statutory),
    ):
        for day in sorted({row.since for row in (*ours, *theirs)}):
            wanted, given = _in_force(ours, day), _in_force(theirs, day)
            if wanted is None:
                continue
            if given is None:
                text = _NO_LIMIT.fill(
                    day=day.isoformat(), wanted_zh=wanted.in_words.zh, wanted_en=wanted.in_words.en
                )
                yield Problem("proof.limit-longer", text, f"{where}{name}", wanted.source, _KEEP_LIMIT)
            elif given != wanted and check_promise(given, wanted):
                text = _LONGER.fill(
                    day=day.isoformat(), given_zh=given.in_words.zh, given_en=given.in_words.en,
                    wanted_zh=wanted.in_words.zh, wanted_en=wanted.in_words.en,
                )  # fmt: skip
                yield Problem("proof.limit-longer", text, f"{where}{name}", wanted.source, _KEEP_LIMIT)


def _in_force(rows: tuple[DatedLimit, ...], on: date) -> TimeLimit | None:
    found = [row.limit for row in rows if row.since <= on]
    return found[-1] if found else None


def _burdens(base: ServiceItem, zone: ServiceItem, where: str) -> Iterator[Problem]:
    """Nothing more is asked for, paid or come for, and no way in is closed."""
    asked = {m.name.en for m in zone.materials if not m.exempt_through}
    more = sorted(asked - {m.name.en for m in base.materials if not m.exempt_through})
    closed = sorted(set(base.channels) - set(zone.channels))
    required = {q.id for q in zone.form.questions} - {q.id for q in base.form.questions}
    for name, is_harder, words in (
        ("drop_materials", bool(more), ", ".join(more)),
        ("channels", bool(closed), ", ".join(closed)),
        ("fee_fen", zone.fee_fen > base.fee_fen, f"{base.fee_fen} → {zone.fee_fen}"),
        ("visits", zone.visits > base.visits, f"{base.visits} → {zone.visits}"),
        ("questions", bool(required), ", ".join(sorted(required))),
    ):
        if is_harder:
            text = _HARDER.fill(name=name, words=words)
            yield Problem("proof.zone-asks-more", text, f"{where}{name}", "all-2019#16", _BE_KIND)


_GRANTS_LESS = Text(
    "基本目录准予的申请人，这个区却不准予：{facts_zh}。",
    "Somebody whom the base catalogue grants is not granted here: {facts_en}.",
)
_BE_KIND = Text("高新区只能比基本目录更宽。", "A zone may only be kinder than the base catalogue.")
_LONGER = Text(
    "自 {day} 起，本区时限 {given_zh}，不能保证不长于基本目录的 {wanted_zh}。",
    "From {day} on the zone's {given_en} is not sure to be within the base catalogue's {wanted_en}.",
)
_NO_LIMIT = Text(
    "自 {day} 起，基本目录承诺 {wanted_zh}，本区没有承诺。",
    "From {day} on the base catalogue promises {wanted_en}, and the zone promises nothing.",
)
_KEEP_LIMIT = Text(
    "补上这一段的承诺，或缩短时限。", "Promise for that time as well, or make the limit shorter."
)
_HARDER = Text(
    "本区的“{name}”比基本目录更重：{words}。",
    "“{name}” weighs more here than in the base catalogue: {words}.",
)
