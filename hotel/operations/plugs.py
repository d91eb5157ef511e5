"""What operations gives to the house."""

from hotel.core.plugs import AdminGroup, ComponentPlug, PrivacyProvider
from hotel.operations.personal import IMPERSONAL, PERSONAL

PLUG = ComponentPlug(
    area="operations",
    verbs=("view", "work", "manage"),
    admin=(
        AdminGroup(
            "Housekeeping and repairs: looked up",
            95,
            desk=("dashboard:task_board", "dashboard:rounds", "dashboard:lost", "dashboard:handover"),
        ),
    ),
    demo="hotel.operations.services.demo.demo_seed",
    invariants=("hotel.operations.invariants.invariants",),
    audit_excluded={
        "operations.HousekeepingRound": "who works on a day; nothing else of it changes",
        "operations.Task": "its changes are a history themselves; high volume",
        "operations.WorkOrderChange": "a history itself; never changed",
        "operations.TaskChange": "a history itself; never changed",
    },
    audit_masked={"operations.LostItem": ("signed_name", "ship_to")},
    privacy=(
        PrivacyProvider(
            "found things",
            export="hotel.operations.services.privacy.guest_things_export",
            erase="hotel.operations.services.privacy.guest_things_erase",
            blockers="hotel.operations.services.privacy.erasure_blockers",
        ),
    ),
    personal=PERSONAL,
    impersonal=IMPERSONAL,
)
