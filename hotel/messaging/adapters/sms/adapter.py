"""SMS by a JSON gateway."""

import httpx
from django.conf import settings

from hotel.messaging.adapters.base import Parcel
from hotel.messaging.adapters.gateway import JsonGateway


class SmsGatewayAdapter:
    """``POST {to, from, text, reference}``; the answer's ``id`` is kept."""

    def __init__(self, transport: httpx.BaseTransport | None = None) -> None:
        self.gateway = JsonGateway(settings.SMS_GATEWAY_URL, settings.SMS_GATEWAY_TOKEN, transport)

    def send(self, parcel: Parcel) -> str:
        """See Adapter."""
        payload = {
            "to": parcel.address,
            "from": settings.SMS_SENDER or parcel.sender_name[:11],
            "text": parcel.body,
            "reference": parcel.reference,
        }
        return self.gateway.post(payload, reference=parcel.reference)
