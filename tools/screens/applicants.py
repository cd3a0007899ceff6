"""Pictures of what applicants and anybody see."""

from dataclasses import dataclass

from tools.screens.shot import CHANGZHOU, ITEM, SUZHOU, WUXI, Shot


@dataclass(frozen=True)
class Made:
    """What was handed in on the way: case numbers, a licence, a receipt of one thing, a composite licence."""

    granted: str
    referred: str
    refused: str
    licence: str
    receipt: str
    composite: str


def list_applicant_shots(made: Made) -> list[Shot]:
    """From finding an item to checking its licence."""
    return [
        Shot("01-home", f"{SUZHOU}/", "", "First page of a node", is_in_all=True),
        Shot("02-search", f"{SUZHOU}/items/?q=lxs", "", "Search by pinyin initials"),
        Shot(
            "03-guide",
            f"{SUZHOU}/items/{ITEM}/?zone=changzhou",
            "",
            "Guide: what is not asked, and why",
            is_in_all=True,
        ),
        Shot("04-login", f"{SUZHOU}/login/", "", "Log in, with the demonstration's accounts"),
        Shot("05-form", f"{SUZHOU}/apply/{ITEM}/changzhou/", "agency", "Form with what is known filled in"),
        Shot(
            "06-case",
            f"{SUZHOU}/cases/{made.granted}/",
            "agency",
            "A granted case, where it was received",
            is_in_all=True,
        ),
        Shot(
            "07-referred",
            f"{SUZHOU}/cases/{made.referred}/",
            "agency",
            "A case that a person decides, with the smallest change that would do",
            is_in_all=True,
        ),
        Shot("08-my", f"{SUZHOU}/my/", "agency", "My cases"),
        Shot("09-verify", f"{WUXI}/verify/", "", "Check a licence"),
        Shot("10-verdict", f"{WUXI}/verify/?number={made.licence}", "", "What each step of a check proved"),
        Shot("15-not-here", f"{SUZHOU}/cases/SZ260101-00000000/", "agency", "A number that is not here"),
        *_list_bundle_shots(made),
        *_list_right_shots(made),
    ]


def _list_bundle_shots(made: Made) -> list[Shot]:
    promise = f"{SUZHOU}/items/hairdresser-hygiene-permit/?zone=changzhou"
    bundle = f"{SUZHOU}/bundles/open-convenience-store/"
    return [
        Shot("30-bundles", f"{SUZHOU}/items/", "", "One thing at one go, and single services"),
        Shot("31-bundle", bundle, "", "A bundle asks the situation", is_in_all=True),
        Shot(
            "43-receipt",
            f"{SUZHOU}/receipts/{made.receipt}/",
            "jobless",
            "One receipt, many case numbers",
            is_in_all=True,
        ),
        Shot(
            "44-composite",
            f"{SUZHOU}/composites/{made.composite}/",
            "jobless",
            "Business licence and permit under one number",
            is_in_all=True,
        ),
        Shot("45-composite-checked", f"{WUXI}/v/{made.composite}", "", "The same, checked at another zone"),
        Shot("32-promise", promise, "", "Guide of an item on a promise, three zones compared"),
        Shot("33-no-machine", f"{SUZHOU}/items/food-licence-new/", "", "Why a person decides here"),
    ]


def _list_right_shots(made: Made) -> list[Shot]:
    case = f"{SUZHOU}/cases/{made.granted}"
    return [
        Shot("34-rate", f"{case}/rate/deciding/", "agency", "Rating a zone"),
        Shot("35-ratings", f"{CHANGZHOU}/ratings/", "", "Public numbers of ratings"),
        Shot(
            "36-documents",
            f"{CHANGZHOU}/cases/{made.granted}/",
            "agency",
            "A case with its documents, where it was decided",
        ),
        Shot(
            "46-refused",
            f"{SUZHOU}/cases/{made.refused}/",
            "agency",
            "A refusal, with reasons and remedies",
            is_in_all=True,
        ),
        Shot("47-help", f"{SUZHOU}/help/", "", "A person, from any page, with the way back"),
        Shot("48-voices", f"{SUZHOU}/voices/", "", "Questions, complaints, objections"),
        Shot("49-complaint", f"{SUZHOU}/voices/new/complaint/", "", "A complaint, with its deadline"),
        Shot(
            "50-objection", f"{CHANGZHOU}/cases/{made.granted}/objection/", "agency", "Objecting to a machine"
        ),
        Shot(
            "51-corrections",
            f"{SUZHOU}/my/corrections/",
            "agency",
            "Answering another zone's correction notice",
        ),
        Shot("52-channels", f"{SUZHOU}/my/channels/", "agency", "How one wants to be told"),
        Shot("53-mandates", f"{SUZHOU}/my/mandates/", "agency", "Who may act for whom, and until when"),
    ]
