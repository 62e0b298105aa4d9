"""Logs of the running service: one line an event on standard error, JSON unless that is a terminal."""

from __future__ import annotations

import logging
import sys
from typing import Literal

import structlog
from opentelemetry import trace
from structlog.typing import EventDict, Processor, WrappedLogger

Level = Literal["debug", "info", "warning", "error"]
SERVERS = ("uvicorn", "uvicorn.error", "uvicorn.access")


def set_up(level: Level) -> None:
    """From here on our events and those of the libraries come out alike, from `level` upward."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _traced,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(level),
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=_last_steps())
    )
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    for name in SERVERS:  # which the server may have furnished with handlers of its own
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = name != "uvicorn.access"  # requests are told by ourselves


def _last_steps() -> list[Processor]:
    drop = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    if sys.stderr.isatty():
        return [drop, structlog.dev.ConsoleRenderer()]
    return [drop, structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]


def _traced(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """The trace that an event belongs to, where requests are traced."""
    context = trace.get_current_span().get_span_context()
    if context.is_valid:
        event["trace_id"] = trace.format_trace_id(context.trace_id)
    return event
