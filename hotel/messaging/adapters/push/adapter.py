"""Push notifications by a JSON gateway."""

import httpx
from django.conf import settings

from hotel.messaging.adapters.base import Parcel
from hotel.messaging.adapters.gateway import JsonGateway


class PushGatewayAdapter:
    """``POST {token, title, body, reference}``; the answer's ``id`` is kept, 404 and 410 end the token."""

    def __init__(self, transport: httpx.BaseTransport | None = None) -> None:
        self.gateway = JsonGateway(settings.PUSH_GATEWAY_URL, settings.PUSH_GATEWAY_TOKEN, transport)

    def send(self, parcel: Parcel) -> str:
        """See Adapter."""
        payload = {
            "token": parcel.address,
            "title": parcel.subject or parcel.sender_name,
            "body": parcel.body,
            "reference": parcel.reference,
        }
        return self.gateway.post(payload, reference=parcel.reference)
