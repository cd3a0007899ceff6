"""Every page of the node that names no case, as each role opens it, when a million cases are there."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tongban.commands.measuring.samples import FOOD, food_application
from tongban.commands.measuring.searches import made_up_items
from tongban.commands.measuring.timing import Figures, quantile, seconds_of
from tongban.domain.catalogue.item import ServiceItem
from tongban.kernel.moment import civil_date
from tongban.wiring import get_deps, settle_memory
from tongban.wiring.made_up import fill_pages, keep_items, keep_officers

ITEMS, OFFICERS = 1000, 200
_WARM, _ASKED = 3, 100
_LOGINS = ("", "shop", "{zone}-clerk", "{zone}-officer", "{zone}-head", "{zone}-steward")
_LEFT_OUT = ("api/", "exchange/", "styleguide", "static/", "log")
"""Machines' doors, samples, and what ends or begins a visit."""
_HTTP_OK = 200
_ACCEPTED_AGO = timedelta(days=10)
"""As the made-up rows have it."""


def measure_pages(count: int) -> Figures:
    """Return p50 and p99 of every list page by itself, and the worst of each.

    Args:
        count: how many cases are there, of a thousand items, with 200 officers.
    """
    deps = get_deps()
    like = deps.catalogue.get_item(FOOD, deps.zone)
    keep_items(made_up_items(like, ITEMS - len(deps.catalogue.list_items(deps.zone))))
    application = food_application(deps, decide_now=True)
    clerk = get_user_model().objects.get(username=f"{deps.zone}-clerk")
    officers = [f"{deps.zone}-officer", *keep_officers(OFFICERS - 1)]
    listed = deps.catalogue.list_items(deps.zone)
    limited = [one.id for one in listed if _has_limit(one, civil_date(deps.clock.now()) - _ACCEPTED_AGO)]
    fill_pages(limited, application.applicant.id, clerk.display_name, officers, count)
    settle_memory()  # as the processes that serve these pages do once their items are there
    figures: Figures = {"cases": count, "items": len(listed), "officers": len(officers)}
    figures |= _open_all(count)
    tails = [value for name, value in figures.items() if name.endswith(" p99_ms")]
    middles = [value for name, value in figures.items() if name.endswith(" p50_ms")]
    return figures | {"pages": len(tails), "p99_ms": max(tails), "p50_ms": max(middles)}


def _has_limit(item: ServiceItem, on: date) -> bool:
    """Say whether cases of an item can be accepted on a day: not of one that was cancelled before."""
    try:
        item.get_statutory_limit(on)
    except LookupError:
        return False
    return True


def _open_all(count: int) -> Figures:
    """Open every page as everybody who may; the same address counts once for each role."""
    zone, figures = get_deps().zone, {}
    for pattern in _LOGINS:
        login = pattern.format(zone=zone)
        client = Client(SERVER_NAME="127.0.0.1")
        if login:
            account = get_user_model().objects.get(username=login)
            client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        for path in [*list_paths(), *_list_places(count)]:
            name = f"{path} {login or 'anybody'}"
            if client.get(path).status_code == _HTTP_OK and (login or not path.startswith("/my")):
                figures |= _measure(client, path, name)
    return figures


def _measure(client: Client, path: str, name: str) -> Figures:
    for _ in range(_WARM):
        client.get(path)
    durations = [seconds_of(lambda: client.get(path)) for _ in range(_ASKED)]
    return {
        f"{name} p50_ms": quantile(durations, 0.5) * 1000,
        f"{name} p99_ms": quantile(durations, 0.99) * 1000,
    }


def list_paths() -> list[str]:
    """Return the addresses of all pages that name nothing: lists, desks, boards, starts."""
    return [f"/{path}" for path in _walk(get_resolver(), "") if not path.startswith(_LEFT_OUT)]


def _walk(resolver: URLResolver, before: str) -> Iterator[str]:
    for one in resolver.url_patterns:
        path = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _walk(one, path)
        elif isinstance(one, URLPattern) and "<" not in path and "^" not in path:
            yield path


def _list_places(count: int) -> list[str]:
    """Return pages far down in the long lists, and filtered ones."""
    chance, deps = random.Random(1), get_deps()  # noqa: S311  a sample, not a secret
    now = deps.clock.now()
    day = (civil_date(now) + timedelta(days=5)).isoformat()
    number = f"ZX000000-{chance.randint(count // 2, count):08d}"
    at = (now - timedelta(seconds=31 * count // 2)).isoformat().replace("+", "%2B")
    return [
        f"/officer/?after={day}.{number}",
        "/officer/?light=red",
        "/officer/?light=green",
        f"/officer/?item=made-up-00500&after={day}.{number}",
        "/officer/?item=made-up-00500",
        f"/officer/promises/?after={day}.{number}",
        f"/window/cases/?after={at}~{number}",
        "/window/cases/?whose=all",
        "/items/?q=food",
    ]
