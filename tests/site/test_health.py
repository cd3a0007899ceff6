"""Is this node well?"""

import pytest
from django.db import OperationalError, connection
from django.test import Client


@pytest.mark.django_db
def test_a_well_node_says_its_zone_and_that_its_database_answers():
    answer = Client().get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"zone": "suzhou", "db": "ok"}


def test_a_node_without_its_database_says_so(monkeypatch):
    def away():
        raise OperationalError("no server")

    monkeypatch.setattr(connection, "cursor", away)
    answer = Client().get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["db"] == "away"
