"""How a chain looks after its rights."""

from security.models import AccessPolicy


def policy_of(chain_id: int) -> AccessPolicy:
    """The chain's policy; for the seconds before a new chain has one, the defaults, which are not stored."""
    found = AccessPolicy.objects.select_related("emergency_role").filter(chain=chain_id).first()
    return found or AccessPolicy(chain_id=chain_id)
