"""What stops an attack at once: which ways there are, what each is aimed at, and what forbids it.

Source: security reference §4.10.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Network, ip_address, ip_network

from hotel.core.actions import Action
from hotel.core.words import _, gettext_noop, in_sentence
from security.incident_choices import StepStatus

AREA, VERB = "security", "respond"
WIDEST = {4: 24, 6: 48}  # prefix lengths: nobody blocks half a country at night
HOUSEHOLD = 64  # of IPv6 one household has a whole /64
Reason = tuple[str, str]
OWN = {
    "account": gettext_noop("This is your own account: you would shut yourself out. Ask somebody else."),
    "address": gettext_noop("This is your own address: you would shut yourself out. Ask somebody else."),
    "key": gettext_noop("This is your own key: you would shut yourself out. Ask somebody else."),
}


@dataclass(frozen=True)
class Way:
    """One way to contain.

    Attributes:
        title: in the imperative.
        kind: what it is aimed at: the word before the colon of a target.
        does: what happens then, and what does not.
        undo: what taking it back does; empty where that makes no sense.
    """

    title: str
    kind: str
    does: str
    undo: str = ""


WAYS: Mapping[str, Way] = {
    "end_sessions": Way(
        "End all sessions", "user", "Signed out everywhere at the next request; may sign in again.",
    ),
    "disable_account": Way(
        "Disable the account", "user",
        "Signed out everywhere, cannot sign in, and its tokens are revoked for good.",
        "May sign in again with the roles held before; its tokens stay revoked.",
    ),
    "revoke_token": Way(
        "Revoke the token", "token", "Opens nothing from the next request on, for good.",
    ),
    "revoke_integrator": Way(
        "Revoke the integrator", "integrator",
        "It gets no more tokens, and those it has open nothing, for good.",
    ),
    "block_address": Way(
        "Block the address", "address",
        "Within two seconds neither the API nor any page answers it. Ends by itself after seven days.",
        "It is answered again within two seconds.",
    ),
    "pause_webhook": Way(
        "Pause the webhook", "webhook",
        "It is told nothing more; what happens meanwhile waits.",
        "It is told what waited, in order.",
    ),
    "freeze_exports": Way(
        "Freeze exports", "property",
        "No file with personal data is made or given out at this hotel; what is being made fails. Whoever asks is told "
        "why and until when. Ends by itself after seven days.",
        "Files are made and given out again.",
    ),
    "read_only": Way(
        "Stop all changes", "property",
        "From now on nothing of this hotel can be changed by anybody, in any way; all of it can be read. People sign "
        "in, incidents are answered, letters leave, the night audit waits. Ends by itself after a day.",
        "Everything goes on; what waited is done.",
    ),
    "new_password": Way(
        "Force a new password", "user",
        "Signed out everywhere; whoever signs in must first set another password. Whoever knows the old one can: "
        "disable an account that is in wrong hands. Its tokens stay.",
        "The old password is enough again.",
    ),
    "second_step_role": Way(
        "Require a second step of a role", "role",
        "Who holds this role anywhere and has no second step is signed out, and must set one up before anything else.",
        "A password alone is enough again for who has no second step.",
    ),
    "second_step_hotel": Way(
        "Require a second step at a hotel", "property",
        "Who works at this hotel and has no second step is signed out, and must set one up before anything else. "
        "Ends by itself after ninety days.",
        "A password alone is enough again for who has no second step.",
    ),
}  # fmt: skip
SECOND_STEPS = frozenset({"second_step_role", "second_step_hotel"})
KINDS = frozenset(way.kind for way in WAYS.values())


def target_read(action: str, text: str) -> str:
    """A target as it is kept, such as ``user:7``, ``address:192.0.2.1`` or ``address:2001:db8::/64``.

    Args:
        action: one of ``WAYS``.
        text: with the word of its kind before it, or without.

    Raises:
        ValueError: it is none for this action, or a network that is too wide; for people.
    """
    kind, bare = WAYS[action].kind, text.strip()
    word, colon, rest = bare.partition(":")
    if colon and word in KINDS:
        if word != kind:
            raise ValueError(
                _("This is aimed at another kind of thing: name it as %(kind)s:…") % {"kind": kind}
            )
        bare = rest.strip()
    if kind == "address":
        return f"address:{_network(bare)}"
    if not (bare.isascii() and bare.isdigit() and len(bare) < 19 and int(bare)):
        raise ValueError(_("Name it by its number, such as %(kind)s:7.") % {"kind": kind})
    return f"{kind}:{int(bare)}"


def fits(action: str, subject: str) -> bool:
    """Whether an incident's subject names its kind, and can be the target of an action."""
    if subject.partition(":")[0] != WAYS[action].kind:
        return False
    try:
        return bool(target_read(action, subject))
    except ValueError:
        return False


def covers(target: str, address: str) -> bool:
    """Whether an address lies in the network of a target; what is no address lies in none."""
    try:
        own = ip_address(address)
    except ValueError:
        return False
    mapped = None if isinstance(own, IPv4Address) else own.ipv4_mapped
    return (mapped or own) in ip_network(target.partition(":")[2])


@dataclass(frozen=True)
class Aim:
    """What is known of a target before anything is done to it.

    Attributes:
        is_own: the account, token or address of the one who acts.
        is_last_keeper: at one of its properties nobody else who is active manages security.
        lacks_step: the one who acts is among those of whom a second step would be asked, and has none.
    """

    is_own: bool = False
    is_last_keeper: bool = False
    lacks_step: bool = False


def obstacle(action: str, aim: Aim) -> Reason | None:
    """What forbids an action on a target, whoever asks: nobody shuts himself out, or the last keeper."""
    if aim.is_own:
        noun = {"user": "account", "address": "address"}.get(WAYS[action].kind, "key")
        return f"own_{noun}", _(OWN[noun])
    if aim.is_last_keeper and action == "disable_account":
        text = _("Nobody else would be left who manages security there. Give somebody the right first.")
        return "last_keeper", text
    if aim.lacks_step and action in SECOND_STEPS:
        text = _("You have no second step yourself: you would be put out. Set one up first.")
        return "own_second_step", text
    return None


@dataclass(frozen=True)
class Taken:
    """What the table of a containment's commands needs to know.

    Attributes:
        action: which way.
        is_undone: it was taken back.
        has_changed: it changed something; otherwise there is nothing to take back.
    """

    action: str
    is_undone: bool = False
    has_changed: bool = True


def containment_actions(state: Taken) -> list[Action]:
    """Whether it can be taken back, or why not."""
    undo = Action("undo", True, verb=VERB, area=AREA)
    if state.is_undone:
        return [undo.denied("undone", _("This was taken back."))]
    if not WAYS[state.action].undo:
        return [undo.denied("cannot_undo", _("What this ended stays ended; a new one can be made."))]
    if not state.has_changed:
        text = _("It was so already, or this is a drill: there is nothing to take back.")
        return [undo.denied("nothing_changed", text)]
    return [undo]


@dataclass(frozen=True)
class StepStanding:
    """What the table of a step's commands needs to know.

    Attributes:
        status: open, done or skipped.
        has_way: the house can take it with one click.
        is_ended: its incident has.
    """

    status: str
    has_way: bool = False
    is_ended: bool = False


def step_actions(state: StepStanding) -> list[Action]:
    """``take`` (the house does it), ``finish`` (a person did it) and ``skip``, allowed or denied with the reason."""
    found = [Action(name, True, verb=VERB, area=AREA) for name in ("take", "finish", "skip")]
    if state.is_ended:
        return [one.denied("incident_ended", _("This incident has ended.")) for one in found]
    if state.status != "open":
        return [
            one.denied(
                "step_settled",
                _("This step is %(status)s.")
                % {"status": in_sentence(StepStatus(state.status).label, english=state.status)},
            )
            for one in found
        ]
    if not state.has_way:
        found[0] = found[0].denied("by_hand", _("The house cannot do this: do it, then say so."))
    return found


def _network(text: str) -> str:
    try:
        found = ip_network(text, strict=False)
    except ValueError as error:
        raise ValueError(
            _("Name an address such as 192.0.2.1, or a network such as 192.0.2.0/24.")
        ) from error
    if isinstance(found, IPv6Network):
        if found.network_address.ipv4_mapped is not None:
            return _network(f"{found.network_address.ipv4_mapped}/{max(found.prefixlen - 96, 0)}")
        if found.prefixlen > HOUSEHOLD:
            found = found.supernet(new_prefix=HOUSEHOLD)
    if found.prefixlen < WIDEST[found.version]:
        raise ValueError(
            _("This is too wide: block /%(widest)s or less.") % {"widest": WIDEST[found.version]}
        )
    if found.network_address.is_unspecified or found.is_multicast:
        raise ValueError(_("Nobody comes from there."))
    return str(found.network_address) if found.num_addresses == 1 else str(found)
