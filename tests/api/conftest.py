"""A whole node behind the programs' door: real keys, real content, real fiction, a database for each test."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client, override_settings

from tongban.fiction.zone import FictionalZone
from tongban.flows.ports import Deps
from tongban.kernel.ids import ZoneId
from tongban.kernel.moment import civil_date
from tongban.wiring.keys import create_node_keys
from tongban.wiring.node import get_node
from tongban.wiring.programs import create_token
from tongban.wiring.seeding import read_fiction, seed_zone

SUZHOU = ZoneId("suzhou")
FOOD = "prepackaged-food-filing"


@pytest.fixture(scope="package")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keys of a node of Suzhou, made once, and the node that is put together with them."""
    folder = tmp_path_factory.mktemp("node")
    (folder / "passphrase").write_text("only for tests")
    own = {
        "KEYS_FOLDER": folder / "keys",
        "KEYS_PASSPHRASE_FILE": folder / "passphrase",
        "DIRECTORY_FOLDER": folder / "directory",
        "FILES_FOLDER": folder / "files",
    }
    with override_settings(**own):
        create_node_keys(
            lambda: {"custodian-1": "first of two secrets", "custodian-2": "second of two secrets"}
        )
        get_node.cache_clear()
        yield
        get_node.cache_clear()


@pytest.fixture(scope="package")
def fiction() -> FictionalZone:
    """The people and firms of Suzhou's fiction."""
    return read_fiction(SUZHOU, civil_date(datetime.now(UTC)))


@pytest.fixture
def deps(keys: None, db: None) -> Deps:
    """The node's ports, its registers and logins filled."""
    seed_zone(SUZHOU, civil_date(datetime.now(UTC)))
    return get_node().deps


class Program:
    """A program that calls the API in an account's name, or in nobody's."""

    def __init__(self, token: str = "") -> None:
        self._client = Client(raise_request_exception=False)
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def get(self, path: str, **query: str) -> Any:
        """Ask for a page of the API."""
        return self._client.get(f"/api/v1/{path}", query, headers=self.headers)

    def post(self, path: str, body: object, **headers: str) -> Any:
        """Send JSON, or bytes as they are."""
        data = body if isinstance(body, bytes) else json.dumps(body)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self._client.post(
            f"/api/v1/{path}", data, content_type="application/json", headers=self.headers | named
        )


@pytest.fixture
def program(deps: Deps) -> Callable[[str], Program]:
    """Make a program for an account; for nobody when the name is empty."""
    return lambda username: Program(create_token(username, "test", 1) if username else "")


@pytest.fixture
def food(deps: Deps, fiction: FictionalZone) -> Mapping[str, Any]:
    """A well-filled application of the story's food shop, for its own zone."""
    shop = fiction.story["food-shop"]
    record = next(one for one in fiction.records if (one.kind, one.subject) == ("business-licence", shop))
    return {
        "item_id": FOOD,
        "zone": "suzhou",
        "answers": {
            "premises": record.facts["premises"],
            "contact_mobile": "19900000001",
            "activities": ["prepackaged"],
            "sale_modes": ["retail"],
            "outlets": ["shop"],
            "stores_elsewhere": False,
            "sells_labelled_only": True,
        },
    }
