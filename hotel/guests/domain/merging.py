"""What two profiles become when they are made one, and how that is taken back."""

from collections.abc import Collection, Mapping
from typing import Any

# Columns that only make sense together: an address is taken over whole or not at all.
GROUPS: tuple[tuple[str, ...], ...] = (
    ("last_name",),
    ("first_name",),
    ("salutation",),
    ("email", "email_fingerprint", "email_kind"),
    ("phone", "phone_fingerprint"),
    ("birth_date", "birth_date_fingerprint"),
    ("nationality",),
    ("language",),
    ("street", "postal_code", "city", "region", "country"),
)
RESTRICTION = ("is_do_not_rent", "do_not_rent_reason", "do_not_rent_at", "do_not_rent_by_id")
COLUMNS = (*(name for group in GROUPS for name in group), *RESTRICTION)
MAX_REASON = 400

Columns = Mapping[str, Any]


def filled(kept: Columns, merged: Columns, chosen: Collection[str] = ()) -> dict[str, Any]:
    """What the kept profile takes over: groups it has nothing in, a personal address for a relay's, what was chosen.

    Args:
        kept: ``COLUMNS`` of the profile that lives on.
        merged: ``COLUMNS`` of the other one.
        chosen: first columns of groups in which the other one is right; where it has nothing, nothing is taken.

    Returns:
        Column to new value; the restriction is not part of it.
    """
    taken: dict[str, Any] = {}
    for group in GROUPS:
        is_empty = not any(kept[name] for name in group)
        is_better = group[0] == "email" and kept["email_kind"] != "personal" == merged["email_kind"]
        is_wanted = is_empty or is_better or group[0] in chosen
        differs = any(kept[name] != merged[name] for name in group)
        if is_wanted and differs and any(merged[name] for name in group):
            taken |= {name: merged[name] for name in group}
    return taken


def restriction(kept: Columns, merged: Columns) -> dict[str, Any]:
    """What becomes of do-not-rent: it sticks, whichever profile had it, and both reasons are told.

    Returns:
        Columns to write; empty when the kept profile stays as it is.
    """
    if not merged["is_do_not_rent"]:
        return {}
    if not kept["is_do_not_rent"]:
        return {name: merged[name] for name in RESTRICTION}
    reason, other = kept["do_not_rent_reason"], merged["do_not_rent_reason"]
    return {} if other in reason else {"do_not_rent_reason": f"{reason} · {other}"[:MAX_REASON]}


def restored(before: Columns, written: Columns, current: Columns) -> dict[str, Any]:
    """What an un-merge writes back into the kept profile: only what nobody has changed since.

    Args:
        before: ``COLUMNS`` of the kept profile before the merge.
        written: what the merge wrote into it.
        current: what it has now.

    Returns:
        Column to the value before; a group goes back whole or not at all.
    """
    back: dict[str, Any] = {}
    for group in (*GROUPS, RESTRICTION):
        touched = [name for name in group if name in written]
        if touched and all(current[name] == written[name] for name in touched):
            back |= {name: before[name] for name in touched}
    return back


def stricter(kept: Mapping[Any, str], merged: Mapping[Any, str], united: Mapping[Any, str]) -> list[Any]:
    """The consents that must be withdrawn after a merge: the stricter decision wins.

    Args:
        kept: pair of channel and purpose to the decision before the merge; absent when never asked.
        merged: the same of the other profile.
        united: the newest decision of the united history.

    Returns:
        Pairs, sorted, that somebody had withdrawn and that the united history would count as given.
    """
    return sorted(
        pair
        for pair, decision in united.items()
        if decision == "given" and "withdrawn" in (kept.get(pair), merged.get(pair))
    )
