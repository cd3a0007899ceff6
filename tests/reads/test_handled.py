"""A figure of handled cases leaves queries out."""

from tests.builders import CHANGZHOU
from tests.web.one_node import start_node
from tongban.domain.case.events import ApplicantRef
from tongban.flows.submit import Application
from tongban.kernel.ids import ItemId
from tongban.reads.handled import handled_cases

ASKER = ApplicantRef("person", "320411199003070001", "赵临溪（示例）", "19900000014")


def test_a_query_is_answered_and_not_counted(db, tmp_path, monkeypatch) -> None:
    node = start_node(CHANGZHOU, tmp_path, monkeypatch)
    node.keep("insurance-record", ASKER.id, is_insured=True, in_arrears=False, months=100, name=ASKER.name)
    query = Application(ItemId("insurance-record-query"), CHANGZHOU, ASKER, {"purpose": "own"}, "online")
    asked = node.hand_in("CZ260303-QAAA2222", query)
    counted = node.hand_in("CZ260303-BAAA2222")
    assert node.find(asked).stage == "concluded"
    assert [row.case_id for row in handled_cases(node.deps)] == [counted]
