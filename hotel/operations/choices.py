"""Names with a fixed meaning in operations."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class TaskKind(TextChoices):
    """What is to be done."""

    DEPARTURE = "departure", _("Departure clean")
    STAYOVER = "stayover", _("Stayover clean")
    LINEN = "linen", _("Stayover clean with change of linen")
    PICKUP = "pickup", _("Pick-up: a light tidy")
    DEEP = "deep", _("Deep clean")
    TURNDOWN = "turndown", _("Turndown")
    ARRIVAL = "arrival", _("Arrival check")
    INSPECTION = "inspection", _("Inspection")
    WELFARE = "welfare", _("Welfare check")
    DELIVERY = "delivery", _("Delivery")
    REPAIR = "repair", _("Repair")
    OTHER = "other", _("Other")


# Those that leave a room clean.
CLEANS = (TaskKind.DEPARTURE, TaskKind.STAYOVER, TaskKind.LINEN, TaskKind.PICKUP, TaskKind.DEEP)
# Those that are for a guest who stays, and move with him.
SERVICES = (TaskKind.STAYOVER, TaskKind.LINEN)


class TaskState(TextChoices):
    """The life of a task."""

    OPEN = "open", _("Open")
    STARTED = "started", _("Started")
    DONE = "done", _("Done")
    SKIPPED = "skipped", _("Skipped: not done this time")
    CANCELLED = "cancelled", _("Cancelled: not needed")


UNFINISHED = (TaskState.OPEN, TaskState.STARTED)


class TaskPriority(IntegerChoices):
    """What comes first; the smaller number."""

    URGENT = 1, _("Urgent")
    HIGH = 2, _("High")
    NORMAL = 3, _("Normal")
    LOW = 4, _("Low")


class TaskSource(TextChoices):
    """What made a task."""

    DAY = "day", _("The rules of the day")
    PERSON = "person", _("A person")
    INSPECTION = "inspection", _("A clean that is to be inspected")
    WELFARE = "welfare", _("A room that nobody has been let into")


class TaskChangeKind(TextChoices):
    """What happened to a task."""

    STARTED = "started", _("Started")
    DONE = "done", _("Done")
    SKIPPED = "skipped", _("Skipped")
    CANCELLED = "cancelled", _("Cancelled")
    ASSIGNED = "assigned", _("Assigned")
    REWRITTEN = "rewritten", _("Rewritten by the day")
    DND = "dnd", _("Do not disturb")
    FAILED = "failed", _("Inspected, and not good")
    REOPENED = "reopened", _("Reopened after an inspection")
    TOLD = "told", _("Told who does it")
    NOTED = "noted", _("Noted")


class DiscrepancyKind(TextChoices):
    """How what was found in a room differs from what the front office has."""

    SKIP = "skip", _("Skip: the front office has a guest, the room is empty")
    SLEEP = "sleep", _("Sleep: somebody is in a room that is vacant for the front office")
    PERSON = "person", _("Person: another number of persons")


class WorkOrderCategory(TextChoices):
    """What is broken."""

    ELECTRICAL = "electrical", _("Electrical")
    PLUMBING = "plumbing", _("Plumbing")
    CLIMATE = "climate", _("Heating and cooling")
    FURNITURE = "furniture", _("Furniture and fittings")
    APPLIANCE = "appliance", _("Appliances")
    NETWORK = "network", _("Television, telephone, network")
    STRUCTURE = "structure", _("Walls, windows, doors")
    OTHER = "other", _("Other")


class WorkOrderState(TextChoices):
    """The life of a work order."""

    NEW = "new", _("New")
    ASSIGNED = "assigned", _("Assigned")
    DOING = "doing", _("Being done")
    WAITING = "waiting", _("Waiting, for a part or a firm")
    DONE = "done", _("Done")
    CANCELLED = "cancelled", _("Cancelled")


WORK_ORDER_OVER = (WorkOrderState.DONE, WorkOrderState.CANCELLED)


class LostItemKind(TextChoices):
    """What was found."""

    VALUABLE = "valuable", _("Money, jewellery, watches")
    DOCUMENT = "document", _("Documents and cards")
    ELECTRONICS = "electronics", _("Electronics")
    CLOTHING = "clothing", _("Clothing and shoes")
    BAG = "bag", _("Bags and luggage")
    TOILETRY = "toiletry", _("Toiletries and medicine")
    OTHER = "other", _("Other")


class LostItemState(TextChoices):
    """What became of a thing that was found."""

    KEPT = "kept", _("Kept")
    RETURNED = "returned", _("Returned: handed over against a signature")
    SHIPPED = "shipped", _("Shipped to its owner")
    DISPOSED = "disposed", _("Disposed of after its time")
