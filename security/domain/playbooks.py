"""The playbooks every chain begins with: what is done, by whom and why, until it can do no more harm.

One for each category of incidents, and some for detectors whose incidents ask for more. A chain changes its own copy.
Source: security reference §4.10; NIST SP 800-61r3.
"""

from collections.abc import Mapping
from dataclasses import dataclass

RESPONDER, MANAGER, PRIVACY, TECHNICIAN = (
    "Whoever responds",
    "General manager",
    "Data protection officer",
    "Technician",
)


@dataclass(frozen=True)
class StepSeed:
    """One step.

    Attributes:
        code: unique within the playbook.
        title: what to do, in the imperative.
        who: does it.
        why: it matters, or what to look out for.
        action: the way of ``domain.containment`` that does it with one click; empty for what only people can do.
    """

    code: str
    title: str
    who: str
    why: str
    action: str = ""


KEEP = StepSeed(
    "keep_evidence", "Keep what proves it", RESPONDER,
    "Write down who told you what, and the hash of files, before anything is tidied up; what is kept here is sealed.",
)  # fmt: skip
PRIVACY_ASKED = StepSeed(
    "personal_data", "Say whether personal data were touched", PRIVACY,
    "The 72 hours for the authority begin when the house knows; say no as clearly as yes.",
)  # fmt: skip
ASK = StepSeed(
    "ask_person", "Call the person, on a number known from before", RESPONDER,
    "Was it he? A mail or a chat may be read by whoever took the account.",
)  # fmt: skip
SESSIONS = StepSeed(
    "end_sessions", "End all sessions", RESPONDER,
    "Whoever sits in one is out at the next click.", "end_sessions",
)  # fmt: skip
DISABLE = StepSeed(
    "disable_account", "Disable the account until the person is back in control", RESPONDER,
    "A stolen password opens nothing then. Not needed if it was only a guess that failed.", "disable_account",
)  # fmt: skip
PASSWORD = StepSeed(
    "new_password", "Give the person a new password, face to face, and look at the second step", TECHNICIAN,
    "Ends all sessions, too. A second step that somebody else set up must be taken away.",
)  # fmt: skip
OWN_PASSWORD = StepSeed(
    "force_password", "Let the person set a new password when next signing in", RESPONDER,
    "Enough where the old one may be known, but nobody has used it yet.", "new_password",
)  # fmt: skip
STEP_OF_ROLE = StepSeed(
    "second_step_role", "Require a second step of the role that is attacked", MANAGER,
    "A password that was guessed or told opens nothing then.", "second_step_role",
)  # fmt: skip
STEP_AT_HOTEL = StepSeed(
    "second_step_hotel", "Require a second step of everybody at the hotel", MANAGER,
    "Tell the desk before: who has none sets one up at the next sign-in.", "second_step_hotel",
)  # fmt: skip
FREEZE = StepSeed(
    "freeze_exports", "Freeze exports of the hotel", RESPONDER,
    "What has left cannot be called back. Guests wait for their own files, too.", "freeze_exports",
)  # fmt: skip
STOP = StepSeed(
    "read_only", "Stop all changes at the hotel, if somebody is changing records now", MANAGER,
    "Nobody checks in or pays meanwhile: minutes, not hours. Reading goes on.", "read_only",
)  # fmt: skip
BLOCK = StepSeed(
    "block_address", "Block the address", RESPONDER,
    "Stops a single source at once. Not needed when the attempts come from everywhere.", "block_address",
)  # fmt: skip
REVOKE = StepSeed(
    "revoke_token", "Revoke the token", RESPONDER,
    "The program behind it stops working: tell its owner.", "revoke_token",
)  # fmt: skip
REVIEW_ROLES = StepSeed(
    "look_at_rights", "Look at the rights that were given, and take back what nobody asked for", MANAGER,
    "Somebody with power makes himself others; the page Access shows who holds what.",
)  # fmt: skip
FLOW = StepSeed(
    "pause_webhook", "Pause the webhook that passes it on", RESPONDER,
    "What has left the house cannot be called back.", "pause_webhook",
)  # fmt: skip

# (category, detector or empty) -> title and steps
PLAYBOOKS: Mapping[tuple[str, str], tuple[str, tuple[StepSeed, ...]]] = {
    ("sign_in", ""): ("Somebody tries passwords", (
        BLOCK,
        StepSeed("was_one_right", "See in the trail whether one of them was right", RESPONDER,
                 "A success after many failures is an account in wrong hands: open that one, too."),
        OWN_PASSWORD, STEP_AT_HOTEL, KEEP,
    )),
    ("account", ""): ("An account in wrong hands", (
        SESSIONS, DISABLE, ASK, KEEP, PASSWORD, STEP_OF_ROLE, PRIVACY_ASKED,
    )),
    ("account", "new_superuser"): ("A superuser nobody asked for", (
        StepSeed("two_people", "Ask both owners whether they made him", MANAGER,
                 "A superuser passes every wall; two people should know of each one."),
        DISABLE, FREEZE, REVIEW_ROLES, KEEP, PRIVACY_ASKED,
    )),
    ("account", "privilege_at_night"): ("Power given at night", (ASK, REVIEW_ROLES, SESSIONS, DISABLE, KEEP)),
    ("account", "second_factor_removed"): ("The second step is gone", (
        ASK, SESSIONS, DISABLE, PASSWORD, STEP_OF_ROLE, KEEP,
    )),
    ("token", ""): ("A token or integrator in wrong hands", (
        REVOKE,
        StepSeed("revoke_integrator", "Revoke the integrator it belongs to", RESPONDER,
                 "With its secret it fetches another token within a second.", "revoke_integrator"),
        BLOCK, FREEZE, KEEP, PRIVACY_ASKED,
    )),
    ("token", "canary_token"): ("The canary was used", (
        REVOKE, BLOCK,
        StepSeed("where_it_lay", "Find out where this token lay, and what lay beside it", TECHNICIAN,
                 "Nobody uses it honestly: whoever has it has read that place. Change every secret there."),
        KEEP, PRIVACY_ASKED,
    )),
    ("probing", ""): ("Somebody tries what is not his", (SESSIONS, REVOKE, DISABLE, FREEZE, ASK, KEEP)),
    ("personal_data", ""): ("Personal data taken or lost", (
        FREEZE, SESSIONS, DISABLE, REVOKE, FLOW, KEEP, PRIVACY_ASKED,
    )),
    ("personal_data", "card_data_found"): ("Card data where none may be", (
        StepSeed("remove_card", "Take the number out of the text, and out of whatever it was copied to", TECHNICIAN,
                 "It was refused or masked at the door; see that no other copy is left, also in mails and on paper."),
        StepSeed("tell_acquirer", "Tell the bank that takes the cards, if a number was readable", MANAGER,
                 "Its contract says within what time."),
        KEEP, PRIVACY_ASKED,
    )),
    ("integrity", ""): ("Records were tampered with", (
        STOP,
        StepSeed("check_trail", "Check the whole trail, also against the heads kept elsewhere", TECHNICIAN,
                 "It names the rows that were changed; a copy from outside cannot have been changed along."),
        StepSeed("who_reaches_database", "Change the passwords of the database, and end every shell on the machine",
                 TECHNICIAN, "Only somebody below the product can change these rows."),
        StepSeed("keep_copy", "Keep a copy of the database and its backups as they are", TECHNICIAN,
                 "Before anything is repaired: it is the proof, and the way back."),
        KEEP, PRIVACY_ASKED,
    )),
    ("money", ""): ("Money moved without right", (
        SESSIONS, DISABLE, STOP,
        StepSeed("stop_payments", "Ask the processor to hold what has not been paid out", MANAGER,
                 "Refunds take a day or two; held in time they come back."),
        KEEP,
    )),
    ("money", "webhook_forged"): ("Forged news of payments", (
        BLOCK,
        StepSeed("compare_payments", "Compare the payments of the last hours with the processor's own list", MANAGER,
                 "News without a signature were refused; this shows that none was believed."),
        StepSeed("new_webhook_secret", "Change the secret that the processor signs with", TECHNICIAN,
                 "If one was believed, somebody knows the old one."),
        KEEP,
    )),
    ("load", ""): ("A flood of requests", (
        BLOCK, REVOKE,
        StepSeed("tell_client", "Call whoever runs this client", TECHNICIAN,
                 "A fault in somebody's program is the usual cause."),
    )),
    ("other", ""): ("Something else", (
        StepSeed("what_next", "Say what could go wrong next, and stop that first", RESPONDER,
                 "Better a closed door too many than a second loss."),
        KEEP, PRIVACY_ASKED,
    )),
}  # fmt: skip
