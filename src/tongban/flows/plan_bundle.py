"""What a situation calls for, before anything is handed in: members, one form, papers, longest way."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from tongban.domain.bundle.bundle import Bundle
from tongban.domain.bundle.choose import Choice, Chosen, choose_members
from tongban.domain.bundle.materials import MergedMaterial, merge_materials
from tongban.domain.bundle.path import LongestPath, Stretch, binding_limit, find_longest_path
from tongban.domain.bundle.union import UnionForm, compose_union
from tongban.domain.catalogue.form import parse_answers
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.clock.statute import TimeLimit, get_in_force
from tongban.flows.ports import Deps
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.ids import BundleId, ZoneId
from tongban.kernel.moment import Moment
from tongban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class BundlePlan:
    """A bundle in one situation, led by one zone.

    Args:
        situation: typed answers to the questionnaire.
        items: by member; members handled elsewhere have none.
    """

    bundle: Bundle
    lead: ZoneId
    situation: Mapping[str, object]
    choice: Choice
    items: Mapping[str, ServiceItem]
    union: UnionForm

    @property
    def materials(self) -> tuple[MergedMaterial, ...]:
        """Return the papers, each listed once."""
        return merge_materials(self.bundle, self.choice, self.items)


def plan_bundle(
    bundle_id: BundleId, raw_situation: Mapping[str, object], lead: ZoneId, deps: Deps
) -> BundlePlan:
    """Return what a situation calls for.

    Raises:
        Refused: every question of the questionnaire that is not well answered, under ``situations.<id>``, or
            a zone that does not lead this bundle.
        NotFound: no such bundle, or a zone that does not offer a member's item.
    """
    bundle = deps.catalogue.get_bundle(bundle_id)
    answers = parse_answers(bundle.situations, raw_situation)
    problems = [_in_situations(problem) for problem in answers.problems]
    if lead not in bundle.zones:
        problems.append(Problem("bundle.not-led-here", _NOT_LED, "lead"))
    if problems:
        raise Refused(*problems)
    return compose_plan(bundle, answers.values, lead, deps)


def compose_plan(bundle: Bundle, situation: Mapping[str, object], lead: ZoneId, deps: Deps) -> BundlePlan:
    """Return the plan for a situation that is typed already; raises NotFound as ``plan_bundle``."""
    choice = choose_members(bundle, situation, lead)
    items = {
        one.member.id: deps.catalogue.get_item(one.member.item, one.zone)
        for one in choice.wanted
        if one.member.item is not None
    }
    union = compose_union(bundle, choice, items, situation)
    return BundlePlan(bundle, lead, situation, choice, items, union)


def check_party(plan: BundlePlan, kind: str) -> tuple[Problem, ...]:
    """Return a problem for each wanted member that whoever hands in cannot apply for.

    Args:
        kind: ``person`` or ``firm``.

    Source of law: all-2019#29.1 (an item is for those whom its conditions name).
    """
    if kind not in plan.bundle.objects:
        return (Problem("applicant.wrong-kind", _WRONG_KIND, "applicant.kind"),)
    return tuple(
        Problem(
            "applicant.wrong-kind",
            _not_for(one.member.title, _KINDS[kind]),
            "applicant.kind",
            next_step=_OTHER_PARTY[kind],
        )
        for one in plan.choice.wanted
        if one.member.id in plan.items
        and plan.choice.get_party_kind(one.member, kind) not in plan.items[one.member.id].objects
    )


def list_parties(plan: BundlePlan) -> tuple[str, ...]:
    """Return the kinds of applicant that may hand in the bundle in this situation."""
    return tuple(kind for kind in plan.bundle.objects if not check_party(plan, kind))


def _not_for(title: Text, party: Text) -> Text:
    return Text(f"“{title.zh}”不能由{party.zh}申请。", f"“{title.en}” is not for {party.en}.")


def read_plan_path(plan: BundlePlan, begins_at: datetime, deps: Deps) -> LongestPath:
    """Return by when all of it would be done if it were handed in at an instant."""
    stretches = {
        one.member.id: Stretch(
            needs=one.needs,
            limit=limit_of(one, plan.items.get(one.member.id), Moment(begins_at)),
            calendar=deps.catalogue.get_calendar(one.zone),
            wait=wait_of(plan.items.get(one.member.id), Moment(begins_at)),
        )
        for one in plan.choice.wanted
    }
    return find_longest_path(stretches, begins_at)


def limit_of(one: Chosen, item: ServiceItem | None, moment: Moment) -> TimeLimit | None:
    """Return the limit that binds a member: the zone's promise, else the law's, else what elsewhere says."""
    if item is not None:
        return binding_limit((item.find_promised_limit(moment.on), item.get_statutory_limit(moment.on)))
    return one.member.elsewhere.limit if one.member.elsewhere else None


def wait_of(item: ServiceItem | None, moment: Moment) -> TimeLimit | None:
    """Return how long others may object before an item is decided, or None when it does not wait."""
    return get_in_force(item.wait.lasts, moment.on) if item is not None and item.wait is not None else None


def _in_situations(problem: Problem) -> Problem:
    pointer = problem.pointer.replace("answers.", "situations.", 1)
    return Problem(problem.code, problem.text, pointer, problem.source, problem.next_step)


_NOT_LED = Text("所选高新区不牵头办理这一件事。", "The zone chosen does not lead this bundle.")
_WRONG_KIND = Text("这一件事不面向您这类申请人。", "This bundle is not for this kind of applicant.")
_KINDS = {"person": Text("个人", "a person"), "firm": Text("企业", "a firm")}
_OTHER_PARTY = {
    "person": Text(
        "已经有营业执照的，请以这家企业的身份申请；还没有的，请在情形里这样回答。",
        "With a business licence, apply as that firm; without one, say so in the situation.",
    ),
    "firm": Text(
        "企业已经登记了的，请在情形里回答执照已经办好；还没有登记的，由个人申请。",
        "If it is registered, say in the situation that the licence is there; if not, a person applies.",
    ),
}
