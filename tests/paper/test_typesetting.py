"""Typesetting: data in, PDF/A out, and a fault with a name when there is nothing to print with."""

from datetime import date
from threading import Thread

import pytest

from tests.paper.builders import CREDENTIAL, a_certificate, font_folder
from tongban.kernel.errors import Fault
from tongban.paper.certificate import compose_certificate
from tongban.paper.typesetting import TEMPLATES, date_words


def test_a_folder_without_chinese_type_is_a_fault_that_says_what_is_needed(tmp_path):
    with pytest.raises(Fault) as fault:
        compose_certificate(a_certificate(), CREDENTIAL, tmp_path)
    assert fault.value.code == "paper.not_printed"
    assert "Noto Serif SC" in fault.value.text.en
    assert str(tmp_path) not in fault.value.text.zh + fault.value.text.en


def test_dates_are_said_in_both_languages():
    assert date_words(date(2026, 3, 2)) == {"zh": "2026年3月2日", "en": "2 March 2026"}
    assert date_words(date(2026, 12, 31))["en"] == "31 December 2026"


def test_threads_may_print_at_once_and_each_gets_its_own_page():
    printed: dict[int, bytes] = {}

    def work(number: int) -> None:
        data = a_certificate(holder=f"演示{number}号")
        printed[number] = compose_certificate(data, CREDENTIAL, font_folder())

    threads = [Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for number, page in printed.items():
        assert page == compose_certificate(a_certificate(holder=f"演示{number}号"), CREDENTIAL, font_folder())
    assert len(set(printed.values())) == len(threads)


def test_no_template_reads_a_package_or_a_file_outside_its_folder():
    for template in TEMPLATES.glob("*.typ"):
        source = template.read_text("utf-8")
        assert "@preview" not in source
        assert "read(" not in source
        assert "../" not in source
