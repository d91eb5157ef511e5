"""What folios give to the house."""

from hotel.core.plugs import ComponentPlug

PLUG = ComponentPlug(
    area="folios",
    verbs=("view", "manage", "post", "adjust"),
    invariants=("hotel.folios.invariants.invariants",),
    audit_excluded={
        "folios.Journal": "a record of changes itself; never changed or deleted",
        "folios.LedgerEntry": "a record of changes itself; never changed or deleted; very high volume",
        "folios.LedgerDay": "written once a day from the entries; never changed or deleted",
        "folios.Posting": "names who posted it; never changed or deleted; very high volume",
        "folios.PostingTax": "part of a posting; very high volume",
    },
)
