"""Names with a fixed meaning in rooms."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RoomTypeKind(TextChoices):
    """What a sale of the type takes from the house; see docs/algorithms/availability.md."""

    STANDARD = "standard", _("Standard: one physical room")
    COMPONENT = "component", _("Component suite: a room made of other rooms")
    VIRTUAL = "virtual", _("Virtual: rooms of another type under a second name")
    PSEUDO = "pseudo", _("Pseudo: a posting master, no room at all")


class HousekeepingStatus(TextChoices):
    """The state of a room as housekeeping knows it."""

    CLEAN = "clean", _("Clean")
    DIRTY = "dirty", _("Dirty")
    PICKUP = "pickup", _("Pick-up: a light tidy is enough")
    INSPECTED = "inspected", _("Inspected")

    @property
    def letter(self) -> str:
        """D, P, C or I: the mark of the state on screens and papers, the same in every language."""
        return self.value[0].upper()


class StatusSource(TextChoices):
    """Who or what changed a room's status."""

    HOUSEKEEPING = "housekeeping", _("Housekeeping")
    FRONT_DESK = "front_desk", _("Front desk")
    HOLD = "hold", _("End of a hold")
    STAY = "stay", _("Stay or night audit")
    DEVICE = "device", _("Device or integration")


class BlockKind(TextChoices):
    """Three maintenance holds with three effects."""

    OUT_OF_SERVICE = "out_of_service", _("Out of service: still sellable")
    OUT_OF_ORDER = "out_of_order", _("Out of order: not sellable, still in the house count")
    OUT_OF_INVENTORY = "out_of_inventory", _("Out of inventory: leaves the house count")


class OccupancyKind(TextChoices):
    """Why a room is physically taken."""

    STAY = "stay", _("Stay")
    DAY_USE = "day_use", _("Day use")
    BLOCK = "block", _("Maintenance hold")


class BedKind(TextChoices):
    """Kinds of beds."""

    SINGLE = "single", _("Single")
    DOUBLE = "double", _("Double")
    QUEEN = "queen", _("Queen")
    KING = "king", _("King")
    TWIN = "twin", _("Twin")
    BUNK = "bunk", _("Bunk")
    SOFA = "sofa", _("Sofa bed")
    ROLLAWAY = "rollaway", _("Rollaway")
    COT = "cot", _("Cot")
