"""Which playbook fits an incident."""

from hotel.properties.models import Property
from security.models import Playbook, SecurityIncident


def playbook_of(incident: SecurityIncident) -> Playbook | None:
    """That of its detector, or else of its category; of the whole installation that of the first hotel's chain."""
    place = incident.property or Property.objects.order_by("pk").first()
    if place is None:
        return None
    books = Playbook.objects.filter(chain=place.chain_id, category=incident.category, is_active=True)
    fitting = books.filter(detector__in={"", incident.detector}).prefetch_related("steps")
    return fitting.order_by("-detector").first()
