"""Names with a fixed meaning in rooms."""

from django.db.models import TextChoices


class RoomTypeKind(TextChoices):
    """What a sale of the type takes from the house; see docs/algorithms/availability.md."""

    STANDARD = "standard", "Standard: one physical room"
    COMPONENT = "component", "Component suite: a room made of other rooms"
    VIRTUAL = "virtual", "Virtual: rooms of another type under a second name"
    PSEUDO = "pseudo", "Pseudo: a posting master, no room at all"


class HousekeepingStatus(TextChoices):
    """The state of a room as housekeeping knows it."""

    CLEAN = "clean", "Clean"
    DIRTY = "dirty", "Dirty"
    PICKUP = "pickup", "Pick-up: a light tidy is enough"
    INSPECTED = "inspected", "Inspected"


class StatusSource(TextChoices):
    """Who or what changed a room's status."""

    HOUSEKEEPING = "housekeeping", "Housekeeping"
    FRONT_DESK = "front_desk", "Front desk"
    HOLD = "hold", "End of a hold"
    STAY = "stay", "Stay or night audit"
    DEVICE = "device", "Device or integration"


class BlockKind(TextChoices):
    """Three maintenance holds with three effects."""

    OUT_OF_SERVICE = "out_of_service", "Out of service: still sellable"
    OUT_OF_ORDER = "out_of_order", "Out of order: not sellable, still in the house count"
    OUT_OF_INVENTORY = "out_of_inventory", "Out of inventory: leaves the house count"


class OccupancyKind(TextChoices):
    """Why a room is physically taken."""

    STAY = "stay", "Stay"
    DAY_USE = "day_use", "Day use"
    BLOCK = "block", "Maintenance hold"


class BedKind(TextChoices):
    """Kinds of beds."""

    SINGLE = "single", "Single"
    DOUBLE = "double", "Double"
    QUEEN = "queen", "Queen"
    KING = "king", "King"
    TWIN = "twin", "Twin"
    BUNK = "bunk", "Bunk"
    SOFA = "sofa", "Sofa bed"
    ROLLAWAY = "rollaway", "Rollaway"
    COT = "cot", "Cot"
