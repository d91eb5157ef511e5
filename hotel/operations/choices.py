"""Names with a fixed meaning in operations."""

from django.db.models import IntegerChoices, TextChoices


class TaskKind(TextChoices):
    """What is to be done."""

    DEPARTURE = "departure", "Departure clean"
    STAYOVER = "stayover", "Stayover clean"
    LINEN = "linen", "Stayover clean with change of linen"
    PICKUP = "pickup", "Pick-up: a light tidy"
    DEEP = "deep", "Deep clean"
    TURNDOWN = "turndown", "Turndown"
    ARRIVAL = "arrival", "Arrival check"
    INSPECTION = "inspection", "Inspection"
    WELFARE = "welfare", "Welfare check"
    DELIVERY = "delivery", "Delivery"
    REPAIR = "repair", "Repair"
    OTHER = "other", "Other"


# Those that leave a room clean.
CLEANS = (TaskKind.DEPARTURE, TaskKind.STAYOVER, TaskKind.LINEN, TaskKind.PICKUP, TaskKind.DEEP)
# Those that are for a guest who stays, and move with him.
SERVICES = (TaskKind.STAYOVER, TaskKind.LINEN)


class TaskState(TextChoices):
    """The life of a task."""

    OPEN = "open", "Open"
    STARTED = "started", "Started"
    DONE = "done", "Done"
    SKIPPED = "skipped", "Skipped: not done this time"
    CANCELLED = "cancelled", "Cancelled: not needed"


UNFINISHED = (TaskState.OPEN, TaskState.STARTED)


class TaskPriority(IntegerChoices):
    """What comes first; the smaller number."""

    URGENT = 1, "Urgent"
    HIGH = 2, "High"
    NORMAL = 3, "Normal"
    LOW = 4, "Low"


class TaskSource(TextChoices):
    """What made a task."""

    DAY = "day", "The rules of the day"
    PERSON = "person", "A person"
    INSPECTION = "inspection", "A clean that is to be inspected"
    WELFARE = "welfare", "A room that nobody has been let into"


class TaskChangeKind(TextChoices):
    """What happened to a task."""

    STARTED = "started", "Started"
    DONE = "done", "Done"
    SKIPPED = "skipped", "Skipped"
    CANCELLED = "cancelled", "Cancelled"
    ASSIGNED = "assigned", "Assigned"
    REWRITTEN = "rewritten", "Rewritten by the day"
    DND = "dnd", "Do not disturb"
    FAILED = "failed", "Inspected, and not good"
    REOPENED = "reopened", "Reopened after an inspection"
    TOLD = "told", "Told who does it"
    NOTED = "noted", "Noted"


class DiscrepancyKind(TextChoices):
    """How what was found in a room differs from what the front office has."""

    SKIP = "skip", "Skip: the front office has a guest, the room is empty"
    SLEEP = "sleep", "Sleep: somebody is in a room that is vacant for the front office"
    PERSON = "person", "Person: another number of persons"


class WorkOrderCategory(TextChoices):
    """What is broken."""

    ELECTRICAL = "electrical", "Electrical"
    PLUMBING = "plumbing", "Plumbing"
    CLIMATE = "climate", "Heating and cooling"
    FURNITURE = "furniture", "Furniture and fittings"
    APPLIANCE = "appliance", "Appliances"
    NETWORK = "network", "Television, telephone, network"
    STRUCTURE = "structure", "Walls, windows, doors"
    OTHER = "other", "Other"


class WorkOrderState(TextChoices):
    """The life of a work order."""

    NEW = "new", "New"
    ASSIGNED = "assigned", "Assigned"
    DOING = "doing", "Being done"
    WAITING = "waiting", "Waiting, for a part or a firm"
    DONE = "done", "Done"
    CANCELLED = "cancelled", "Cancelled"


WORK_ORDER_OVER = (WorkOrderState.DONE, WorkOrderState.CANCELLED)


class LostItemKind(TextChoices):
    """What was found."""

    VALUABLE = "valuable", "Money, jewellery, watches"
    DOCUMENT = "document", "Documents and cards"
    ELECTRONICS = "electronics", "Electronics"
    CLOTHING = "clothing", "Clothing and shoes"
    BAG = "bag", "Bags and luggage"
    TOILETRY = "toiletry", "Toiletries and medicine"
    OTHER = "other", "Other"


class LostItemState(TextChoices):
    """What became of a thing that was found."""

    KEPT = "kept", "Kept"
    RETURNED = "returned", "Returned: handed over against a signature"
    SHIPPED = "shipped", "Shipped to its owner"
    DISPOSED = "disposed", "Disposed of after its time"
