"""Earning rules in plain words, as managers read them."""

from loyalty.domain.accrual import EarningRule

ROUNDED = {"down": "rounded down", "nearest": "rounded to the nearest", "up": "rounded up"}


def in_words(rule: EarningRule, currency: str) -> str:
    """One sentence, such as: 10 points for each EUR spent on food without taxes, rounded down; only channel direct."""
    parts = [f"{_given(rule, currency)}, {ROUNDED[rule.rounding]}"]
    if rule.most is not None:
        parts[0] += f", at most {rule.most} for a stay"
    asked = rule.conditions
    parts += [f"only {_named(trait)} {_listed(codes)}" for trait, codes in asked.only.items()]
    parts += [f"not for {_named(trait)} {_listed(codes)}" for trait, codes in asked.never.items()]
    if asked.min_nights or asked.max_nights is not None:
        parts.append(f"stays of {_span(asked.min_nights, asked.max_nights)} nights")
    if asked.from_stay > 1 or asked.to_stay is not None:
        parts.append(f"the member's stays {_span(asked.from_stay, asked.to_stay)}")
    if asked.with_awards:
        parts.append("also stays paid with points")
    if not rule.is_qualifying:
        parts.append("does not count for the tier")
    return f"{'; '.join(parts)}."


def _given(rule: EarningRule, currency: str) -> str:
    rate = f"{rule.rate.normalize():f}"
    if rule.basis == "percent":
        return f"{rate} % more on the points of the other rules"
    points = "1 point" if rate == "1" else f"{rate} points"
    if rule.basis == "spend":
        where = f" on {_listed(rule.groups)}" if rule.groups else ""
        return f"{points} for each {currency} spent{where} without taxes"
    return f"{points} for {'each night' if rule.basis == 'night' else 'the stay'}"


def _named(trait: str) -> str:
    return trait.replace("_", " ")


def _listed(codes: frozenset[str]) -> str:
    *first, last = sorted(codes)
    return f"{', '.join(first)} or {last}" if first else last


def _span(least: int, most: int | None) -> str:
    if most is None:
        return f"{least} or more"
    return str(least) if least == most else f"{least} to {most}"
