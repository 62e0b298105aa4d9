"""What the service measures of its own work, by OpenTelemetry: next to nothing until somebody listens."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from time import perf_counter

from opentelemetry import metrics, trace
from opentelemetry.trace import SpanKind

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)

_meter = metrics.get_meter("lookthrough")
_tracer = trace.get_tracer("lookthrough")
_queries = _meter.create_histogram(
    "db.client.operation.duration",
    unit="s",
    description="Duration of queries to Neo4j, by the name of the query.",
    explicit_bucket_boundaries_advisory=_SECONDS,
)
_verdicts = _meter.create_counter(
    "lookthrough.verdicts", unit="{verdict}", description="Verdicts worked out, by outcome."
)


@contextmanager
def querying(name: str) -> Generator[None]:
    """One query to Neo4j, as a span and a duration (conventions: OpenTelemetry, database clients)."""
    told: dict[str, str] = {"db.system.name": "neo4j", "db.operation.name": name}
    begun = perf_counter()
    with _tracer.start_as_current_span(name, kind=SpanKind.CLIENT, attributes=told):
        try:
            yield
        except Exception as error:
            told["error.type"] = type(error).__qualname__
            raise
        finally:
            _queries.record(perf_counter() - begun, told)


def verdict_given(outcome: str) -> None:
    _verdicts.add(1, {"outcome": outcome})
