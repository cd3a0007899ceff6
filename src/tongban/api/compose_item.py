"""A service item as the public API tells it."""

from datetime import date

from tongban.api.problems import text_out
from tongban.api.schemas import (
    ChoiceOut,
    ConditionOut,
    CriterionOut,
    EvidenceOut,
    GateRowOut,
    GuideQuestionOut,
    ItemDetail,
    ItemSummary,
    LawOut,
    LimitOut,
    MaterialOut,
    QuestionOut,
    SectionOut,
)
from tongban.domain.catalogue.form import DEFAULT_MAX_LENGTH, Question
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.clock.statute import TimeLimit
from tongban.domain.evidence.requirement import Requirement
from tongban.domain.guard.gate import GateRow, read_gate
from tongban.flows.ports import Catalogue


def compose_summary(item: ServiceItem, today: date) -> ItemSummary:
    """Return what a list shows of an item."""
    return ItemSummary.model_construct(**_summary_fields(item, today))


def _summary_fields(item: ServiceItem, today: date) -> dict[str, object]:
    promised = item.find_promised_limit(today)
    return {
        "id": item.id,
        "zone": item.zone,
        "version": item.version,
        "title": text_out(item.title),
        "summary": text_out(item.summary),
        "service_class": item.service_class,
        "regime": item.regime,
        "objects": list(item.objects),
        "channels": list(item.channels),
        "statutory": None if item.is_cancelled else _limit(item.get_statutory_limit(today)),
        "promised": _limit(promised) if promised else None,
        "visits": item.visits,
        "fee_fen": item.fee_fen,
    }


def compose_detail(item: ServiceItem, catalogue: Catalogue, today: date) -> ItemDetail:
    """Return everything the guide says of an item, each part with its article."""
    tell = _Telling(catalogue)
    gate = read_gate(item, catalogue.get_regime(item.regime), catalogue.gate)
    return ItemDetail.model_construct(
        **_summary_fields(item, today),
        codes=dict(item.codes),
        codes_are_synthetic=item.codes_are_synthetic,
        legal_basis=[tell.law(key) for key in item.legal_basis],
        materials=[
            MaterialOut(
                name=text_out(one.name), exempt_through=one.exempt_through, source=tell.law(one.source)
            )
            for one in item.materials
        ],
        evidence=[tell.evidence(one) for one in item.evidence],
        form=[
            SectionOut(
                id=section.id,
                title=text_out(section.title),
                questions=[tell.question(one) for one in section.questions],
            )
            for section in item.form.sections
        ],
        criteria=[
            CriterionOut(
                id=one.id, fact=one.condition.fact, says=text_out(one.says), source=tell.law(one.source)
            )
            for one in item.rules.criteria
        ],
        may_be_granted_by_rules=item.rules.may_grant,
        is_automatable=gate.is_automatable,
        automation_gate=[_gate_row(row) for row in gate.rows],
        rules_hash=item.rules_hash,
        questions=[
            GuideQuestionOut(asks=text_out(one.asks), answers=text_out(one.answers)) for one in item.questions
        ],
        notes=[text_out(note) for note in item.notes],
    )


def _gate_row(row: GateRow) -> GateRowOut:
    return GateRowOut(
        id=row.id,
        holds=row.holds,
        says=text_out(row.says),
        because=text_out(row.because),
        grounds=list(row.grounds),
    )


class _Telling:
    """Tells parts of an item with the articles and kinds they name."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def law(self, key: str) -> LawOut:
        article = self._catalogue.law.get(key)
        return LawOut(key=key, title=text_out(article.title), gloss=text_out(article.gloss))

    def evidence(self, one: Requirement) -> EvidenceOut:
        return EvidenceOut(
            kind=one.kind,
            title=text_out(self._catalogue.kinds[one.kind].title),
            proves=text_out(one.proves),
            subject=one.subject,
            holder=one.holder,
            source=self.law(one.source),
            ground=self.law(one.ground),
        )

    def question(self, one: Question) -> QuestionOut:
        is_text = one.type in ("text", "long_text")
        return QuestionOut(
            id=one.id,
            type=one.type,
            label=text_out(one.label),
            help=text_out(one.help) if one.help else None,
            ground=self.law(one.ground),
            is_required=one.is_required,
            max_length=(one.max_length or DEFAULT_MAX_LENGTH) if is_text else None,
            at_least=one.at_least,
            at_most=one.at_most,
            choices=[ChoiceOut(value=value, label=text_out(words)) for value, words in one.choices.items()],
            shown_when=_condition(one),
            evidence_kind=one.evidence_kind,
        )


def _condition(question: Question) -> ConditionOut | None:
    if question.shown_when is None:
        return None
    other, values = question.shown_when
    return ConditionOut(question=other, values=[_plain(value) for value in values])


def _plain(value: object) -> str | bool | int:
    return value if isinstance(value, str | bool | int) else str(value)


def _limit(limit: TimeLimit) -> LimitOut:
    return LimitOut(
        amount=limit.amount, unit=limit.unit.value, words=text_out(limit.in_words), source=limit.source
    )
