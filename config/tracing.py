"""OpenTelemetry by a switch: off, nothing is instrumented; on, requests, statements and tasks are spans.

Where they go and how many are kept is told by OpenTelemetry's own variables (OTEL_EXPORTER_OTLP_ENDPOINT,
OTEL_TRACES_SAMPLER …). A caller's ``traceparent`` is honoured, and tasks continue the trace of who asked for them.
"""

from django.conf import settings


def tracing_start() -> bool:
    """Begin to trace this process when TRACING is on; returns whether it does. Before Django builds its middleware."""
    if not settings.TRACING:
        return False
    from opentelemetry import trace
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.instrumentation.celery import CeleryInstrumentor
    from opentelemetry.instrumentation.django import DjangoInstrumentor
    from opentelemetry.instrumentation.psycopg import PsycopgInstrumentor
    from opentelemetry.sdk.resources import SERVICE_NAME, Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    provider = TracerProvider(resource=Resource.create({SERVICE_NAME: "auberge"}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    trace.set_tracer_provider(provider)
    DjangoInstrumentor().instrument()
    # Statements without their values: personal data does not go to a tracer.
    PsycopgInstrumentor().instrument(capture_parameters=False)
    CeleryInstrumentor().instrument()
    return True
