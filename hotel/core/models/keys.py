"""Keys of subjects, wrapped."""

from django.db import models
from django.db.models import Q

from hotel.core.clock import now


class DataKey(models.Model):
    """One data key of one subject: 32 bytes, wrapped under the key of ``kek``. Nothing else can open its data.

    ``subject`` is a kind and an id, such as ``guest:12``, ``company:3``, ``user:7``, ``property:1`` or ``house:0``.
    A subject that is forgotten keeps rows without a key: they say that data was erased, not lost. The table is kept
    out of the audit: a copy of a wrapped key would outlive its erasure.
    """

    subject = models.CharField(max_length=80)
    version = models.PositiveSmallIntegerField(default=1)
    kek = models.CharField(max_length=32, help_text="Which key wrapped it.")
    wrapped = models.BinaryField(null=True, help_text="Nonce and ciphertext; none once destroyed.")
    is_current = models.BooleanField(default=True, help_text="Encrypts what is written now.")
    created_at = models.DateTimeField(default=now)
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "version"], name="data_key_version_once"),
            models.UniqueConstraint(
                fields=["subject"], condition=Q(is_current=True), name="data_key_current_once"
            ),
            models.CheckConstraint(
                condition=Q(wrapped=None, destroyed_at__isnull=False, is_current=False)
                | Q(wrapped__isnull=False, destroyed_at=None),
                name="data_key_destroyed_is_empty",
            ),
        ]
        indexes = [
            models.Index(fields=["kek", "id"], name="data_key_kek", condition=Q(wrapped__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.subject} v{self.version}"
