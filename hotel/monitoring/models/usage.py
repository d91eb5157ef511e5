"""What is used of the API, by minute, hour and day, and samples of slow requests."""

from django.db import models
from django.db.models import Q

from hotel.monitoring.choices import ClientKind, Grain
from hotel.monitoring.domain.sketches import quantile
from hotel.monitoring.models.limits import InstallationQuerySet
from hotel.properties.models import Property


class ApiUsage(models.Model):
    """Requests of one client to one operation with one kind of answer, in a minute, an hour or a day.

    The table is partitioned by grain and month (see ``services/retention.py``). ``histogram`` maps buckets of
    ``domain/sketches.py`` to counts, so rows can be summed up without loss.
    """

    grain = models.CharField(max_length=6, choices=Grain.choices)
    started_at = models.DateTimeField(help_text="The beginning of the minute, hour or day, UTC.")
    operation = models.CharField(max_length=160, help_text="Such as GET /api/v1/rooms/{id}.")
    client_kind = models.CharField(max_length=9, choices=ClientKind.choices)
    client_id = models.BigIntegerField(default=0)
    property = models.ForeignKey(
        Property, null=True, blank=True, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False
    )
    status_class = models.PositiveSmallIntegerField(help_text="2 for all answers 200–299, and so on.")
    version = models.CharField(max_length=20, default="v1")
    count = models.BigIntegerField(default=0)
    limited = models.BigIntegerField(default=0, help_text="Refused by a limit, or shed.")
    bytes_in = models.BigIntegerField(default=0)
    bytes_out = models.BigIntegerField(default=0)
    queries = models.BigIntegerField(default=0)
    total_us = models.BigIntegerField(default=0, help_text="Sum of the durations in microseconds.")
    max_us = models.BigIntegerField(default=0)
    histogram = models.JSONField(default=dict)

    objects = InstallationQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "grain",
                    "started_at",
                    "operation",
                    "client_kind",
                    "client_id",
                    "property",
                    "status_class",
                    "version",
                ],
                name="api_usage_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(name="api_usage_counts", condition=Q(count__gt=0, limited__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.operation} at {self.started_at:%Y-%m-%d %H:%M}"

    def milliseconds(self, share: float) -> float:
        """The duration that this share of the requests stayed within, at most 2 % off."""
        return round(quantile(self.histogram, share) / 1000, 3)


class SlowRequest(models.Model):
    """A sample of a slow request: its statements without values."""

    at = models.DateTimeField()
    operation = models.CharField(max_length=160)
    client_kind = models.CharField(max_length=9, choices=ClientKind.choices)
    client_id = models.BigIntegerField(default=0)
    property = models.ForeignKey(
        Property, null=True, blank=True, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False
    )
    status = models.PositiveSmallIntegerField()
    duration_us = models.BigIntegerField()
    queries = models.PositiveIntegerField()
    query_us = models.BigIntegerField(help_text="Spent in the database.")
    request_id = models.CharField(max_length=64)
    statements = models.JSONField(default=list, help_text="The slowest: text, how often, microseconds.")

    objects = InstallationQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["-at"], name="slow_request_latest")]

    def __str__(self) -> str:
        return f"{self.operation}, {self.duration_us // 1000} ms"
