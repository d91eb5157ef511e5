"""What a person is written when what he signs in with has changed, or a colleague sees the house as he does.

Source: ASVS 5.0 6.3.5 and 6.3.7.
"""

from django.db import transaction

from hotel.accounts.models import Impersonation, User
from hotel.contracts.accounts import SignInChanged
from hotel.messaging.services.staff_notices import staff_notice_queue
from hotel.properties.models import Property

_WORDS = {
    "password": "Your password was changed",
    "identity": "Your user name or e-mail address was changed",
    "second_factor_added": "A second step was added to your sign-in",
    "second_factor_removed": "A second step was taken from your sign-in",
    "second_factors_reset": "Your second steps were taken away",
    "recovery_codes_renewed": "You were given new recovery codes",
    "recovery_code_used": "A recovery code was used to sign in as you",
    "pin_set": "A PIN for the shared desk was set for you",
    "pin_removed": "Your PIN for the shared desk was removed",
    "new_device": "You signed in with a browser that we did not know",
}


@transaction.atomic
def sign_in_change_tell(*, change: SignInChanged) -> int:
    """Write to the person, and to his former address when he has a new one.

    Repeatable: of each change once. People at home at no hotel get the letterhead of their chain's first.

    Returns:
        How many messages there are; 0 for machines and people without an address.
    """
    user = User.objects.select_related("staff_profile__home_property").filter(pk=change.user_id).first()
    place = _place(user) if user is not None else None
    if user is None or place is None:
        return 0
    subject = _WORDS[change.change]
    when = change.occurred_at.astimezone(place.zone)
    by = User.objects.filter(pk=change.changed_by_id).first() if change.changed_by_id else None
    lines = [
        f"{subject}, on {when:%d %B %Y at %H:%M}.",
        f"Browser: {change.detail}." if change.detail else "",
        f"It was done by {by}." if by else "",
        "Was it you, or did you ask for it? Then there is nothing to do.\n\n"
        "If not, tell whoever runs security at your hotel now, and change your password.",
    ]
    text = "\n\n".join(line for line in lines if line)
    people = [user]
    if change.former_address:
        people.append(User(pk=-user.pk, username=user.username, email=change.former_address))
    key = f"sign_in:{change.change}:{change.occurred_at.timestamp():.6f}"
    return len(staff_notice_queue(place=place, people=people, subject=subject, text=text, dedupe_key=key))


@transaction.atomic
def impersonation_tell(*, impersonation_id: int) -> int:
    """Write to the person who is looked at: who, why and until when.

    Repeatable: of each impersonation once.

    Returns:
        How many messages there are; 0 for people without an address.
    """
    row = Impersonation.objects.select_related("actor", "user__staff_profile__home_property").get(
        pk=impersonation_id
    )
    place = _place(row.user)
    if place is None:
        return 0
    began, until = row.created_at.astimezone(place.zone), row.until.astimezone(place.zone)
    subject = f"{row.actor} looks at Auberge as you see it"
    text = "\n\n".join(
        [
            f"{subject}, on {began:%d %B %Y} from {began:%H:%M} until {until:%H:%M} at the latest.",
            f"Reason: {row.reason}",
            "Nothing can be changed in your name meanwhile, and how you sign in is not shown. What is looked at is "
            "recorded under both names. You find this on the page of your account, too.",
            "Did you not expect it? Ask, or tell whoever runs security at your hotel.",
        ]
    )
    key = f"impersonation:{row.pk}"
    return len(staff_notice_queue(place=place, people=[row.user], subject=subject, text=text, dedupe_key=key))


def _place(user: User) -> Property | None:
    profile = getattr(user, "staff_profile", None)
    if profile is not None:
        home: Property = profile.home_property
        return home
    places = Property.objects.filter(chain=user.chain_id) if user.chain_id else Property.objects.all()
    return places.order_by("pk").first()
