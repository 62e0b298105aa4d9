"""`/metrics`: what the service measures, for Prometheus."""

from __future__ import annotations

from functools import cache

from fastapi import APIRouter, Response
from opentelemetry import metrics
from opentelemetry.exporter.prometheus import PrometheusMetricReader
from opentelemetry.sdk.metrics import MeterProvider
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

router = APIRouter(tags=["health"])


@cache
def meter_provider() -> MeterProvider:
    """The one of this process; FastAPI counts and times requests with it, we queries and verdicts."""
    provider = MeterProvider([PrometheusMetricReader()])
    metrics.set_meter_provider(provider)
    return provider


@router.get("/metrics", response_class=Response, responses={200: {"content": {"text/plain": {}}}})
def read_metrics() -> Response:
    """Requests, queries, verdicts and loaded rows of this process, in Prometheus' text format."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
