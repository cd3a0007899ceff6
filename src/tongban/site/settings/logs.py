"""The journal: one line per event, as JSON, with the request's number and never a person's data."""

from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog

_PERSONAL = frozenset({"username", "ip_address", "password", "name", "phone", "citizen_number", "path_info"})
"""Fields that are cut out of every line, should anybody pass them by mistake."""


def drop_personal_data(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Take out the fields that could name a person."""
    for field in _PERSONAL & event.keys():
        event[field] = "[left out]"
    return event


_SHARED = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    drop_personal_data,
]


def compose_logging(zone: str, level: str) -> Mapping[str, Any]:
    """Return Django's LOGGING, and set structlog up to write through the same handler.

    Django's own loggers keep warnings and errors; a stack trace goes to the journal, never to a page.
    """
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )

    def add_zone(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        event["zone"] = zone
        return event

    as_json = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        add_zone,
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ]
    formatter = structlog.stdlib.ProcessorFormatter
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": formatter, "foreign_pre_chain": _SHARED, "processors": as_json}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "tongban": {"level": level},
            "procrastinate": {"level": "WARNING"},
            "axes": {"level": "ERROR"},
            # One line per request is written by web/shared/doors.py, with the route and not the path.
            "django.request": {"level": "ERROR"},
            "django.security": {"level": "ERROR"},
        },
    }
