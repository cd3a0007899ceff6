"""Every answer of a check in a browser: nothing keeps people out of reading it."""

from typing import Any

from django.test import Client
from playwright.sync_api import Browser

from tests.web.rooms_in_browser import list_faults
from tests.web.verify.conftest import LicenceToCheck


def test_no_answer_of_a_check_keeps_anybody_out(
    browser: Browser, licence: LicenceToCheck, live_server: Any
) -> None:
    by_number = f"/verify/?number={licence.number}"
    unknown = f"/verify/?number={licence.number[:-1]}0"
    faults = list_faults(browser, Client(), live_server.url, [by_number, unknown, "/verify/?number=x"])
    licence.place_in_ledger()
    by_code = f"/v/{licence.address.rpartition('/v/')[2]}"
    faults += list_faults(browser, Client(), live_server.url, [by_number, by_code])
    licence.set_state("04")
    assert faults + list_faults(browser, Client(), live_server.url, [by_number]) == []
