"""Applicants and rows in words, so that whoever reads a proof sees somebody and not a formula."""

from collections.abc import Collection, Iterable

from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.rules.facts import TODAY, Unknown, reading_for
from tongban.domain.rules.table import RuleTable
from tongban.domain.rules.words import Wording, name_fact, show_seen
from tongban.kernel.text import Text
from tongban.proofs.solving import Applicant

FACTS_MAX = 14
"""Facts of an example that are told; those that matter come first."""


def name_row(table: RuleTable, criterion_id: str) -> Text:
    """Return what a row asks, with its id."""
    criterion = table.find_criterion(criterion_id)
    if criterion is None:
        return Text(criterion_id, criterion_id)
    return Text(f"{criterion.says.zh}（{criterion_id}）", f"{criterion.says.en} ({criterion_id})")


def tell_applicant(applicant: Applicant, item: ServiceItem, rows: Collection[str] = ()) -> dict[str, str]:
    """Return an applicant's facts in words, under ``facts_zh`` and ``facts_en``.

    Args:
        rows: the criteria it is about; their facts are told, or else those of every row.
    """
    names = dict.fromkeys(_facts_of(item.rules, rows))
    told = [_tell_fact(name, applicant, item) for name in [*names][:FACTS_MAX]]
    more = len(names) - len(told)
    zh, en = "，".join(one.zh for one in told), "; ".join(one.en for one in told)
    if more > 0:
        zh, en = f"{zh}，另有 {more} 项", f"{en}; and {more} more"
    return {"facts_zh": zh, "facts_en": en}


def _facts_of(table: RuleTable, rows: Collection[str]) -> Iterable[str]:
    for row in table.compiled.rows:
        if not rows or row.criterion in rows:
            yield from (name for name in row.uses if not name.startswith(("derived.", "parameter.")))


def _tell_fact(name: str, applicant: Applicant, item: ServiceItem) -> Text:
    table, wording = item.rules, Wording(labels=item.labels)
    if name in applicant.facts:
        value = reading_for(table.types[name])(applicant.facts[name])
    else:
        value = Unknown.NOT_PROVIDED
    said, called = show_seen(value, name, table, wording), name_fact(name, table)
    if name == TODAY:
        called = Text("当天", "on the day")
    return Text(f"{called.zh}为{said.zh}", f"{called.en}: {said.en}")
