"""The document is whole, and the node keeps to it whatever it is asked (schemathesis)."""

import contextlib
from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.api.conftest import Program
from tongban.flows.ports import Deps

EXAMPLES = 12
BOUNDED = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    document: dict[str, Any] = Client().get("/api/v1/openapi.json").json()
    return document


def test_it_is_openapi_3_1(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    assert document["info"]["version"] == "1"


def test_every_operation_declares_every_error_as_a_problem(document: dict[str, Any]) -> None:
    for path, operations in document["paths"].items():
        for operation in operations.values():
            said = operation["responses"]
            wanted = {"400", "413", "422", "429", "503"}
            if "security" in operation:
                wanted |= {"401", "403", "404", "409"}
            assert wanted <= set(said), path
            for status, response in said.items():
                if status >= "400":
                    assert list(response["content"]) == ["application/problem+json"]


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    known = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert set(find_references(document)) <= known


def find_references(part: Any) -> list[str]:
    if isinstance(part, dict):
        own = [part["$ref"]] if isinstance(part.get("$ref"), str) else []
        return own + [one for value in part.values() for one in find_references(value)]
    if isinstance(part, list):
        return [one for value in part for one in find_references(value)]
    return []


def test_every_operation_has_a_name_of_its_own_and_a_sentence(document: dict[str, Any]) -> None:
    operations = [one for path in document["paths"].values() for one in path.values()]
    assert len({one["operationId"] for one in operations}) == len(operations)
    assert all(one["summary"] and one["description"] for one in operations)


OPERATIONS = 20
CONFIG = schemathesis.Config.from_dict(
    {"checks": {"negative_data_rejection": {"expected-statuses": [400, 401, 403, 404, 405, 409, 413, 422]}}}
)
BEYOND_A_SCHEMA = [positive_data_acceptance]
"""A well-shaped application may still break a rule of its item: that is 422, and declared."""


@pytest.mark.parametrize("who", ["shop", ""], ids=["with a token", "without"])
def test_whatever_it_is_asked_the_node_keeps_to_the_document(
    transactional_db: None, deps: Deps, program: Callable[[str], Program], who: str
) -> None:
    """Asked as the document allows and as it does not: never a 5xx, always an answer that it declares."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application(), config=CONFIG)
    operations = [one.ok() for one in schema.get_all_operations()]
    assert len(operations) == OPERATIONS
    for operation in operations:
        ask_everything(operation, program(who).headers)


def ask_everything(operation: Any, headers: dict[str, str]) -> None:
    """Ask one operation many things; fails with the first answer that does not keep to the document."""

    @BOUNDED
    @given(case=operation.as_strategy(generation_mode=GenerationMode.POSITIVE))
    def ask_as_allowed(case: Any) -> None:
        case.call_and_validate(headers=headers, excluded_checks=BEYOND_A_SCHEMA)

    @BOUNDED
    @given(case=operation.as_strategy(generation_mode=GenerationMode.NEGATIVE))
    def ask_as_not_allowed(case: Any) -> None:
        case.call_and_validate(headers=headers, excluded_checks=BEYOND_A_SCHEMA)

    ask_as_allowed()
    # An operation without parameters cannot be asked wrongly.
    with contextlib.suppress(Unsatisfiable):
        ask_as_not_allowed()
