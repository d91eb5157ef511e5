"""Who comes with a token: what every request of a machine begins with.

Written as SQL, because the ORM takes several times longer to compose these statements than PostgreSQL to answer them.
"""

from datetime import datetime

from hotel.accounts.models import ApiToken, User
from hotel.core.postgresql.context import one_transaction
from hotel.properties.scoping import HELD_COLUMN_SQL

# Neither revoked nor expired, and of an active user.
USABLE_SQL = """
    SELECT token.*,
           ARRAY(SELECT property_id FROM accounts_apitoken_properties WHERE apitoken_id = token.id) AS property_ids
      FROM accounts_apitoken AS token JOIN accounts_user AS holder ON holder.id = token.user_id
     WHERE token.digest = %s AND token.revoked_at IS NULL AND token.expires_at > %s AND holder.is_active
"""
HOLDER_SQL = f"SELECT *, {HELD_COLUMN_SQL} FROM accounts_user WHERE id = %(user)s"  # noqa: S608


def token_usable(digest: str, at: datetime) -> ApiToken | None:
    """The token with this digest if it counts at this instant, with its user and his rights; two queries."""
    with one_transaction():
        token = next(iter(ApiToken.objects.raw(USABLE_SQL, [digest, at])), None)
        if token is not None:
            token.user = next(iter(User.objects.raw(HOLDER_SQL, {"user": token.user_id, "now": at})))
    return token
