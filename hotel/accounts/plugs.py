"""What accounts give to the house."""

from hotel.core.plugs import ComponentPlug

PLUG = ComponentPlug(
    area="accounts",
    verbs=("view", "manage"),
    audit_masked={"accounts.User": ("password",), "accounts.ApiToken": ("digest",)},
)
