"""Saving and discarding the draft of a decision from the form of an act."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from tongban.domain.assignment import DeskDraft
from tongban.flows.draft_decision import discard_draft, keep_draft
from tongban.flows.ports import Deps
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text
from tongban.web.officer.act_parts import Act, actor_of
from tongban.web.shared.language import current_language

DRAFT_STEPS = ("save", "discard")
DRAFTED = ("Grant", "Refuse", "Decline")
"""The acts of which a draft may be kept."""


def find_draft(act: Act, case_id: CaseId, deps: Deps) -> DeskDraft | None:
    """Return the draft of this act in a case, or None."""
    draft = deps.desk.find_draft(case_id) if act.command in DRAFTED else None
    return draft if draft is not None and draft.act == act.slug else None


def prefill(raw: dict[str, str], draft: DeskDraft | None, request: HttpRequest) -> dict[str, str]:
    """Return what was typed, or the draft where the form is opened anew."""
    if draft is None or request.method == "POST":
        return raw
    return {name: draft.values.get(name, "") for name in raw}


def carry_draft(
    request: HttpRequest, act: Act, case_id: CaseId, raw: Mapping[str, str], deps: Deps
) -> HttpResponse:
    """Keep the draft or throw it away, and lead back to the case."""
    if request.POST.get("step") == "save":
        keep_draft(case_id, act.slug, raw, actor_of(request), deps)
        done = _KEPT
    else:
        discard_draft(case_id, actor_of(request), deps)
        done = _GONE
    messages.success(request, done.in_language(current_language()))
    return redirect("officer:case", case_id=case_id)


_KEPT = Text("草稿已保存，只有本区审批人员看得到。", "The draft is kept; only this zone's officers see it.")
_GONE = Text("草稿已丢弃。", "The draft was thrown away.")
