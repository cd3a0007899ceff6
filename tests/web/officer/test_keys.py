"""Every key of the desk is told on a page, and is a link where there is no script."""

import re

from tongban.web.officer.key_pages import compose_lists


def test_every_list_has_a_letter_of_its_own_and_opens(node, officer):
    lists = compose_lists()
    letters = [one.letter for one in lists]
    assert len(set(letters) | {"h"}) == len(letters) + 1
    for one in lists:
        assert officer.get(one.url, follow=True).status_code == 200, one


def test_the_worklist_and_a_case_lead_to_the_lists_without_script(node, officer):
    case_id = node.referred("CZ260303-AAAA2222")
    for address in ("/officer/", f"/officer/cases/{case_id}/", "/officer/keys/"):
        page = officer.get(address).content.decode()
        told = re.findall(r'data-go="(.)" accesskey="(.)"', page)
        assert told == [(one.letter, one.letter) for one in compose_lists()], address
        assert "officer/keys.js" in page
