"""A written document becomes a sealed page: its words, its articles, and the remedies of whatever says no."""

from datetime import date

import pytest

from tests.builders import CHANGZHOU, catalogue
from tests.paper.builders import font_folder
from tests.paper.test_notice import words_of
from tongban.domain.paperwork.paper import Paper
from tongban.kernel.ids import CaseId, LawKey
from tongban.kernel.text import Text
from tongban.paper.letters import compose_letter
from tongban.paper.notice import compose_decision


def a_refusal(*, is_adverse: bool = True) -> Paper:
    return Paper(
        "cz-refusal-2026-7", "常高新审演不准〔2026〕7号", "refusal", CaseId("CZ260303-AAAA2222"), 9,
        CHANGZHOU, Text("不予行政许可决定书", "Decision to refuse a licence"), "演示甲",
        ((Text("理由", "Reasons"), (Text("总社没有这项许可。", "The parent holds no such licence."),)),),
        (LawKey("all-2019#38.2"),), is_adverse, date(2026, 3, 3), "salt",
    )  # fmt: skip


def letter(paper: Paper):
    zone = catalogue().zones[CHANGZHOU]
    return compose_letter(
        paper, zone, catalogue().law, "https://cz.example/p/cz-refusal-2026-7.0123456789abcdef", True
    )


def test_an_adverse_document_names_every_remedy_of_its_zone() -> None:
    assert [remedy.body for remedy in letter(a_refusal()).remedies] == [
        remedy.body for remedy in catalogue().zones[CHANGZHOU].remedies
    ]
    assert letter(a_refusal(is_adverse=False)).remedies == ()


@pytest.mark.parametrize(
    "words",
    ["不予行政许可决定书", "常高新审演不准〔2026〕7号", "总社没有这项许可", "人民政府", "人民法院", "60日"],
)
def test_the_page_says_it(words: str) -> None:
    assert words in words_of(compose_decision(letter(a_refusal()), font_folder()))
