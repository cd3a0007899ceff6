"""Is this node well?"""

import pytest
from django.db import OperationalError, connection
from django.test import Client

from tests.builders import SUZHOU
from tests.domain.standard.acts import proposed, ratified_by_all
from tests.web.one_node import start_node
from tongban.kernel.ids import ItemId


@pytest.fixture
def node(monkeypatch, tmp_path):
    return start_node(SUZHOU, tmp_path, monkeypatch)


@pytest.mark.django_db
def test_a_well_node_says_its_zone_and_that_its_database_answers(node):
    answer = Client().get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"zone": "suzhou", "db": "ok", "not_as_ratified": []}


@pytest.mark.django_db
def test_a_node_that_runs_other_content_than_ratified_says_which(node):
    for act in (proposed(item=ItemId("prepackaged-food-filing")), *ratified_by_all()):
        node.deps.alliance.keep(act)
    answer = Client().get("/healthz")
    assert answer.status_code == 200
    assert answer.json()["not_as_ratified"] == ["prepackaged-food-filing"]


def test_a_node_without_its_database_says_so(monkeypatch):
    def away():
        raise OperationalError("no server")

    monkeypatch.setattr(connection, "cursor", away)
    answer = Client().get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["db"] == "away"
