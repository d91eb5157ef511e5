"""The page of keys: which ones wrap, how far a change of them is, and what they encrypt."""

from typing import Any, ClassVar

from django.utils.translation import gettext as _

from hotel.dashboard.views.acting import Act, ActingPage
from security.forms_keys import RotationForm
from security.key_choices import RotationKind, RotationStatus
from security.models import DataEncryption, KeyRotation
from security.models.keys import sees_keys
from security.selectors.keys import coverage, inventory, key_figures
from security.services.key_rotations import rotation_start

LISTED = 10


def _begun(page: "KeysPage", values: dict[str, Any]) -> str:
    rotation_start(kind=values["kind"], by=page.request.user)
    return _("Begun. A worker does it in batches; everything stays readable meanwhile.")


class KeysPage(ActingPage):
    """Keys of the whole installation, for who holds the right at every property; others are told so."""

    area = "security"
    template_name = "security/keys.html"
    acts: ClassVar = {"rotate": Act(RotationForm, _begun, "manage", is_once=True, step_up=True)}

    def is_possible(self, name: str) -> bool:
        """For who manages security at every property, while there is a kind that does not run already."""
        return sees_keys(self.request.user, "manage") and bool(self._kinds())

    def may(self, name: str) -> bool:
        """The right is needed at every property."""
        return super().may(name) and sees_keys(self.request.user, "manage")

    def about(self, name: str) -> dict[str, Any]:
        """The kinds that may begin."""
        return {"kinds": self._kinds()}

    def _kinds(self) -> list[RotationKind]:
        running = set(
            KeyRotation.objects.filter(status=RotationStatus.RUNNING).values_list("kind", flat=True)
        )
        return [kind for kind in RotationKind if kind not in running]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Nothing for who sees a part of the hotels only; the count of rows only when it is asked for."""
        if not sees_keys(self.request.user):
            return super().get_context_data(is_partial=True, **kwargs)
        counted = {line["column"]: line for line in coverage()} if "count" in self.request.GET else {}
        return super().get_context_data(
            keys=DataEncryption.objects.all(),
            figures=key_figures(),
            rotations=KeyRotation.objects.select_related("started_by")[:LISTED],
            columns=[(line, counted.get(line.column)) for line in inventory()],
            is_counted=bool(counted),
            **kwargs,
        )
