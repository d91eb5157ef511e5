"""Cases from the OpenAPI schema: examples, edges, made-up ones that fit and ones that do not. The same each time."""

from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Any

import hypothesis
import schemathesis
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.generation.drivers import CoverageGenerator
from schemathesis.generation.feedback import FeedbackSources
from schemathesis.generation.modes import GenerationMode
from schemathesis.generation.overrides import Override

from config.wsgi import application

POSITIVE, NEGATIVE = GenerationMode.POSITIVE, GenerationMode.NEGATIVE


def schema() -> Any:
    """The schema as the running code describes it, answered by the application in this process."""
    described = SchemaGenerator().get_schema(request=None, public=True)
    loaded = schemathesis.openapi.from_dict(described)
    loaded.app = application
    return loaded


@cache
def operations() -> list[Any]:
    """Every operation, in order of paths; the schema is described once in a process."""
    return [found.ok() for found in schema().get_all_operations()]


def generated(operation: Any, mode: GenerationMode, count: int) -> list[Any]:
    """So many cases made up by hypothesis."""
    found: list[Any] = []

    @hypothesis.seed(27)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode, feedback=FeedbackSources()))
    def collect(case: Any) -> None:
        found.append(case)

    try:
        collect()
    except (hypothesis.errors.Unsatisfiable, hypothesis.errors.FailedHealthCheck):
        return found  # nothing can be wrong with an operation that takes nothing
    return found[:count]


def edges(operation: Any, count: int) -> Iterator[Any]:
    """So many of the schema's boundary cases, spread over all of them."""
    generator = CoverageGenerator(
        operation=operation,
        generation_modes=[POSITIVE, NEGATIVE],
        generation_config=operation.schema.config.generation_for(operation=operation, phase="coverage"),
        auth_storage=None,
        override=Override(),
        feedback=FeedbackSources(),
    )
    every = list(islice(generator, 200))
    return islice(every, 0, None, max(1, len(every) // count)) if count else iter(())
