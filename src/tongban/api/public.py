"""The public API, version 1: what a person may do on the pages, a program may do here."""

from ninja import NinjaAPI

from tongban.api import bundles, cases, catalogue, checks, problems, promises
from tongban.api.openapi import FastWriter, PublicAPI

DESCRIPTION = """
Service items of the zones, applications, cases and licence checks, for programs.
区域政务服务的事项、申请、办件与证照核验，供程序调用。

Applications and cases need a token (`Authorization: Bearer …`); the catalogue and the checks are open.
Every error is `application/problem+json` (RFC 9457) and tells all problems at once, in both languages.
"""


def compose_api() -> NinjaAPI:
    """Return the API with all its rooms."""
    api = PublicAPI(
        title="Tongban 通办",
        version="1",
        description=DESCRIPTION.strip(),
        urls_namespace="public-api",
        openapi_url="openapi.json",
        docs_url=None,
        renderer=FastWriter(),
        servers=[{"url": "/", "description": "This node"}],
    )
    problems.install(api)
    for room in (catalogue, cases, bundles, promises, checks):
        api.add_router("", room.router)
    return api


api = compose_api()
