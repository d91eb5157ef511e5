"""Backups that were restored on trial."""

from hotel.monitoring.api.drill_serializers import RestoreDrillSerializer
from hotel.monitoring.api.filters import RestoreDrillFilter
from hotel.monitoring.models import RestoreDrill
from hotel.properties.api.mixins import ReadViewSet


class RestoreDrillViewSet(ReadViewSet):
    """Trials of backups: what was restored, how long it took, what was found; for who holds the right everywhere.

    They are made by the clock each month and by `manage.py restore_drill`.
    """

    area = "monitoring"
    queryset = RestoreDrill.objects.all()
    serializer_class = RestoreDrillSerializer
    filterset_class = RestoreDrillFilter
    search_fields = ["backup_name", "backup_sha256"]
    ordering_fields = ["started_at", "restore_seconds"]
