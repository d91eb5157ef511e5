"""For evaluation: writes each message to a file per channel instead of sending it."""

import json
import logging
from dataclasses import asdict
from pathlib import Path

from django.conf import settings

from hotel.core.clock import now
from hotel.messaging.adapters.base import Parcel, TemporaryFailure

logger = logging.getLogger(__name__)


class ConsoleAdapter:
    """Appends one JSON line to ``MESSAGING_OUTBOX_DIR/<channel>.jsonl`` and says so in the log."""

    def send(self, parcel: Parcel) -> str:
        """See Adapter. Returns the reference."""
        folder = Path(settings.MESSAGING_OUTBOX_DIR)
        line = json.dumps({"written_at": now().isoformat(), **asdict(parcel)}, ensure_ascii=False)
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with (folder / f"{parcel.channel}.jsonl").open("a", encoding="utf-8") as file:
                file.write(line + "\n")
        except OSError as error:
            raise TemporaryFailure("not_writable", str(error)) from error
        logger.info("%s message %s was written to %s.", parcel.channel, parcel.reference, folder)
        return parcel.reference
