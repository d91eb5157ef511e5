"""The letters every new property starts with, in English, German and Spanish."""

from hotel.messaging.domain.standard_templates import de, en, es

STANDARD: tuple[dict[str, str], ...] = tuple(
    {"code": code, "channel": channel, "language": language, "subject": subject, "body": body}
    for language, texts in (("en", en.TEXTS), ("de", de.TEXTS), ("es", es.TEXTS))
    for (code, channel), (subject, body) in texts.items()
)
