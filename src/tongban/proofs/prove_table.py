"""One item's table: it can grant, each row can hold and fail, none is idle, every case has an end."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import z3

from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.rules.table import Criterion
from tongban.kernel.errors import Problem
from tongban.kernel.text import Text
from tongban.proofs.applicants import list_conditions, own_symbols, told_everything
from tongban.proofs.solving import Solving, check, likely_facts
from tongban.proofs.space import Space
from tongban.proofs.translate import TableTerms, translate
from tongban.proofs.words import name_row, tell_applicant


@dataclass(slots=True)
class Proofs:
    """What came of proving.

    Args:
        proved: how many sentences were proved, or shown by an applicant that was found.
        problems: what must be mended, each with its file and place in it.
        notes: what is true and worth knowing, and no fault by itself.
    """

    proved: int = 0
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)

    def add(self, other: "Proofs") -> None:
        """Take in what came of proving something else."""
        self.proved += other.proved
        self.problems.extend(other.problems)
        self.notes.extend(other.notes)


def prove_table(item: ServiceItem, on: date, rows: Collection[str] | None = None) -> Proofs:
    """Prove what must hold of an item's table by itself, whichever zone decides.

    Args:
        on: a day, for the examples; what is proved holds on every day.
        rows: ids of the criteria that are looked at one by one; None for all of them.
    """
    space = Space(item.rules)
    terms = translate(item.rules, space, own_symbols(item, space, zone=False))
    conditions = [*list_conditions(item, terms.symbols, space)]
    everything = [*told_everything(item, terms.symbols, space)]
    proofs, solving = Proofs(), Solving(space, conditions)
    can_grant = _prove_grant(item, terms, solving, proofs)
    likely = likely_facts(terms.symbols, on)
    for place, criterion in enumerate(item.rules.criteria):
        if rows is not None and criterion.id not in rows:
            continue
        where = f"rules.yaml:criteria[{place}]"
        _prove_row(criterion, where, terms, solving, proofs)
        _prove_end(criterion, terms, solving, proofs)
        if can_grant:
            _find_redundant(criterion, where, terms, solving, proofs)
        found = _find_unasked(criterion, terms, solving, everything, likely)
        if found is None:
            proofs.proved += 1
        else:
            told = tell_applicant(found, item)
            text = _UNASKED.fill(row_zh=criterion.says.zh, row_en=criterion.says.en, **told)
            proofs.notes.append(Problem("proof.unasked", text, where, str(criterion.source), _ASK))
    return proofs


def _prove_grant(item: ServiceItem, terms: TableTerms, solving: Solving, proofs: Proofs) -> bool:
    """Somebody is granted; else name the rows that contradict each other."""
    if not item.rules.may_grant:
        return False
    applicant = solving.find(terms.grants)
    if applicant is not None:
        check(applicant, item, grants=True)
        proofs.proved += 1
        return True
    core = solving.find_core({name: z3.Not(row.blocks) for name, row in terms.rows.items()})
    places = [place for place, row in enumerate(item.rules.criteria) if row.id in core]
    where = f"rules.yaml:criteria[{places[-1]}]" if places else "rules.yaml:may_grant"
    listed = [name_row(item.rules, name) for name in core]
    text = _NEVER_GRANTS.fill(
        rows_zh="；".join(one.zh for one in listed), rows_en="; ".join(one.en for one in listed)
    )
    proofs.problems.append(Problem("proof.contradiction", text, where, "", _MEND_CONTRADICTION))
    return False


def _prove_row(criterion: Criterion, where: str, terms: TableTerms, solving: Solving, proofs: Proofs) -> None:
    """A row applies to somebody, and there it can be met and can fail."""
    row = terms.rows[criterion.id]
    if not solving.is_possible(row.applies):
        problem = Problem("proof.never-applies", _NEVER_APPLIES, where, str(criterion.source), _MEND_ROW)
        proofs.problems.append(problem)
        return
    for term, code, text in ((row.met, "never-met", _NEVER_MET), (row.unmet, "never-unmet", _NEVER_UNMET)):
        if solving.is_possible(term):
            proofs.proved += 1
        else:
            problem = Problem(f"proof.{code}", text, where, str(criterion.source), _MEND_ROW)
            proofs.problems.append(problem)


def _prove_end(criterion: Criterion, terms: TableTerms, solving: Solving, proofs: Proofs) -> None:
    """Every applicant gets exactly one mark in a row, so that a table leaves nobody without an outcome."""
    row = terms.rows[criterion.id]
    marks = (row.met, row.unmet, row.unknown, row.not_applicable)
    if solving.is_possible(z3.Not(z3.PbEq([(mark, 1) for mark in marks], 1))):
        raise AssertionError(f"{criterion.id} has no mark, or two")
    proofs.proved += 1


def _find_redundant(
    criterion: Criterion, where: str, terms: TableTerms, solving: Solving, proofs: Proofs
) -> None:
    """Name a row that never decides anything: whoever passes all others passes it."""
    others = [z3.Not(row.blocks) for name, row in terms.rows.items() if name != criterion.id]
    if solving.is_possible(*others, terms.rows[criterion.id].blocks):
        proofs.proved += 1
        return
    named = {name: z3.Not(row.blocks) for name, row in terms.rows.items() if name != criterion.id}
    core = solving.find_core({**named, "": terms.rows[criterion.id].blocks})
    listed = [name_row(terms.table, name) for name in core if name]
    text = _REDUNDANT.fill(
        row_zh=criterion.says.zh, row_en=criterion.says.en,
        rows_zh="；".join(one.zh for one in listed), rows_en="; ".join(one.en for one in listed),
    )  # fmt: skip
    proofs.notes.append(Problem("proof.redundant", text, where, str(criterion.source), _MAY_GO))


def _find_unasked(
    criterion: Criterion, terms: TableTerms, solving: Solving, everything: list[Any], likely: list[Any]
) -> Any:
    """Return somebody who answered all that was asked, and of whom the row still cannot be told."""
    needed = [*_base_facts(criterion, terms)]
    if not needed:
        return None
    lacks = z3.Or([z3.Not(terms.symbols[name].known) for name in needed])
    row = terms.rows[criterion.id]
    return solving.find(*everything, row.unknown, lacks, likely=likely)


def _base_facts(criterion: Criterion, terms: TableTerms) -> Iterator[str]:
    """Yield the answers and records a row looks at, through what is derived from them."""
    uses = next(row.uses for row in terms.table.compiled.rows if row.criterion == criterion.id)
    for name in uses:
        if name.startswith(("answers.", "evidence.")):
            yield name


_NEVER_GRANTS = Text(
    "没有人能由系统准予：这些条件不可能同时成立：{rows_zh}。",
    "Nobody can be granted by the machine: these cannot all hold: {rows_en}.",
)
_MEND_CONTRADICTION = Text(
    "改其中一条，或写 may_grant: false。", "Mend one of them, or write may_grant: false."
)
_NEVER_APPLIES = Text(
    "这一条对谁都不适用，或者对谁都无从判断。", "This row applies to nobody, or can be told of nobody."
)
_NEVER_MET = Text("没有人能满足这一条。", "Nobody can meet this row.")
_NEVER_UNMET = Text("没有人会不满足这一条。", "Nobody can fail this row.")
_MEND_ROW = Text(
    "对照表单的取值范围、选项和显示条件检查这一条。",
    "Compare the row with the form: ranges, choices, and when a question is shown.",
)
_REDUNDANT = Text(
    "“{row_zh}”从不起决定作用：满足其余条件的人都满足它。由这些得出：{rows_zh}。",
    "“{row_en}” never decides anything: whoever passes the others passes it. It follows from: {rows_en}.",
)
_MAY_GO = Text(
    "可以删去；法律分别写明的，可以保留。", "It may go; where the law says it separately, it may stay."
)
_UNASKED = Text(
    "有人答完了所有问题、各登记机关也都作了答复，“{row_zh}”仍然无从判断，只能转人工。例如：{facts_zh}。",
    "Somebody has answered everything and every register has answered, and “{row_en}” still cannot be told; "
    "a person has to look. For example: {facts_en}.",
)
_ASK = Text(
    "给这一条加上 when，或让问题总是显示；本来就应由人工审查的，可以保留。",
    "Give the row a “when”, or always ask the question; where a person should look anyway, it may stay.",
)
