"""What every test may ask for: a PostgreSQL server, a fresh database on it, and Django's on top."""

from collections.abc import Callable, Iterator

import psycopg
import pytest
from hypothesis import settings
from psycopg import sql

from tests import database
from tests.failing import pytest_runtest_makereport  # noqa: F401  hook
from tests.three_nodes import zone_family, zones  # noqa: F401  fixtures, for whoever asks
from tongban.hosting.postgres import Cluster

# A busy machine is no reason to fail: no test asserts on time, so Hypothesis has no deadline either.
settings.register_profile("tongban", deadline=None)
settings.load_profile("tongban")


@pytest.fixture(scope="session")
def postgres_cluster() -> Cluster:
    """The run's throw-away server, started when the first test asks."""
    return database.start()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    postgres_cluster: Cluster, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """Start the server before pytest-django makes its test database (one for each xdist worker)."""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """Make the test database, and let transactional tests empty what is append-only."""
    from tests import wiping  # knows Django, which most tests do without

    wiping.allow_wiping()


@pytest.fixture
def fresh_database(postgres_cluster: Cluster) -> Iterator[Callable[[], str]]:
    """Make empty databases for tests that start nodes of their own; gone when the test ends."""
    made: list[str] = []
    with psycopg.connect(postgres_cluster.admin_url, autocommit=True) as connection:

        def make() -> str:
            made.append(database.make_fresh(connection, postgres_cluster))
            return made[-1]

        yield make
        for url in made:
            name = url.rpartition("/")[2]
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
