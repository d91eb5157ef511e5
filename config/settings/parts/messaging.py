"""What leaves the house: one adapter per channel by dotted name, and whom webhooks may call."""

from config.settings.environment import BASE_DIR, env

# The console adapter appends each message to MESSAGING_OUTBOX_DIR: for evaluation without a gateway.
MESSAGING_ADAPTERS = {
    "email": env("MESSAGING_EMAIL_ADAPTER", default="hotel.messaging.adapters.email.adapter.EmailAdapter"),
    "sms": env("MESSAGING_SMS_ADAPTER", default="hotel.messaging.adapters.console.adapter.ConsoleAdapter"),
    "push": env("MESSAGING_PUSH_ADAPTER", default="hotel.messaging.adapters.console.adapter.ConsoleAdapter"),
}
MESSAGING_OUTBOX_DIR = env("MESSAGING_OUTBOX_DIR", default=str(BASE_DIR / ".auberge" / "messages"))

# For hotel.messaging.adapters.sms.adapter.SmsGatewayAdapter and …push.adapter.PushGatewayAdapter.
SMS_GATEWAY_URL = env("SMS_GATEWAY_URL", default="")
SMS_GATEWAY_TOKEN = env("SMS_GATEWAY_TOKEN", default="")
SMS_SENDER = env("SMS_SENDER", default="")
PUSH_GATEWAY_URL = env("PUSH_GATEWAY_URL", default="")
PUSH_GATEWAY_TOKEN = env("PUSH_GATEWAY_TOKEN", default="")

# Only for receivers in one's own network: also allows http and any port. Never where strangers add webhooks.
WEBHOOK_ALLOW_PRIVATE = env.bool("WEBHOOK_ALLOW_PRIVATE", default=False)
