"""Authorisations as pages show them: on a case, and in the principal's own space."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tongban.domain.case.state import Case
from tongban.domain.mandate import ACTS, CONSENTS, Mandate
from tongban.domain.party import mask_citizen_number, mask_name
from tongban.flows.ports import Deps
from tongban.kernel.errors import Problem
from tongban.kernel.ids import ItemId
from tongban.kernel.moment import civil_date
from tongban.kernel.text import Text

_MOST = 50


@dataclass(frozen=True, slots=True)
class ShownMandate:
    """An authorisation in words.

    Args:
        helper: name and number, hidden in part.
        items: titles of its items, where they are not those of the page.
        problem: why it is not in force today; None when it is.
    """

    id: str
    helper: str
    acts: Sequence[Text]
    items: Sequence[Text]
    from_on: date
    until_on: date
    consent: Text
    problem: Problem | None


def read_mandates(case: Case, deps: Deps) -> tuple[ShownMandate, ...]:
    """Return what the applicant gave the case's agent for its item; one question, none without an agent."""
    who = case.applicant
    if not who.agent_id:
        return ()
    given = deps.hall.mandates.list_between(who.id, who.agent_id, _MOST)
    return tuple(_show(one, (), deps) for one in given if case.item_id in one.items)


def list_mandates(principal_id: str, deps: Deps) -> tuple[ShownMandate, ...]:
    """Return everything a principal gave, the newest first; one question."""
    titles = {item.id: item.title for item in deps.catalogue.list_items(deps.zone)}
    given = deps.hall.mandates.list_of_principal(principal_id, _MOST)
    return tuple(
        _show(one, tuple(titles.get(item, Text(item, item)) for item in one.items), deps) for one in given
    )


def list_item_titles(deps: Deps) -> dict[ItemId, Text]:
    """Return the items for which somebody may be authorised here."""
    return {item.id: item.title for item in deps.catalogue.list_items(deps.zone)}


def _show(one: Mandate, items: Sequence[Text], deps: Deps) -> ShownMandate:
    today = civil_date(deps.clock.now())
    problem = one.find_problem(one.items[0], one.acts[0], today)
    helper = f"{mask_name(one.helper_name)} {mask_citizen_number(one.helper_id)}"
    return ShownMandate(
        one.id, helper, tuple(ACTS[act] for act in one.acts), items, one.from_on, one.until_on,
        CONSENTS[one.consent], problem,
    )  # fmt: skip
