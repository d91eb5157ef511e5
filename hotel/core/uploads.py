"""Files that people send: only kinds that we know by their content, images drawn anew, names of our own.

Source: security reference §4.11; ASVS 5.2.2, 5.2.6, 5.3.2.
"""

import io
import uuid
import warnings
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models

from hotel.core.disk import require_room
from hotel.core.exceptions import StorageLow
from hotel.core.words import _

MAX_BYTES = 10_000_000
MAX_PIXELS = 8_000_000
MAX_SIDE = 8_000
IMAGES = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "webp": "WEBP"}
DOCUMENTS = frozenset({"pdf"})


def upload_clean(content: bytes, name: str, *, allows_documents: bool = False) -> tuple[bytes, str]:
    """What is kept of an upload.

    Args:
        content: its bytes.
        name: as sent; only its extension is looked at.
        allows_documents: PDF beside images.

    Returns:
        The bytes to keep and their extension. An image is drawn anew, turned as its camera held it, without place,
        comments or anything else that was in the file.

    Raises:
        ValidationError: too large, an extension we do not take, or content that is not what the extension says.
        StorageLow: there is no room for files.
    """
    require_room()
    extension = PurePath(name).suffix.lower().lstrip(".")
    kinds = (*IMAGES, *(DOCUMENTS if allows_documents else ()))
    if len(content) > MAX_BYTES:
        raise ValidationError(
            _("Send a file of up to %(max_bytes)s MB.") % {"max_bytes": MAX_BYTES // 1_000_000},
            code="upload_too_large",
        )
    if extension not in kinds:
        raise ValidationError(
            _("Send one of these: %(kinds)s.") % {"kinds": ", ".join(kinds)}, code="upload_kind"
        )
    if extension in DOCUMENTS:
        if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-2_048:]:
            raise ValidationError(_("This is not a PDF document."), code="upload_content")
        return content, extension
    return _drawn_anew(content, IMAGES[extension]), extension


def _drawn_anew(content: bytes, kind: str) -> bytes:
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(content), formats=[kind]) as image:
                if image.width * image.height > MAX_PIXELS or max(image.size) > MAX_SIDE:
                    raise ValidationError(_("The image has too many pixels."), code="upload_pixels")
                turned = ImageOps.exif_transpose(image)
                plain = turned.convert("RGB" if kind == "JPEG" else "RGBA")
                drawn = io.BytesIO()
                Image.frombytes(plain.mode, plain.size, plain.tobytes()).save(drawn, format=kind)
    except ValidationError:
        raise
    except Exception as error:  # the library fails on broken images in any way there is
        raise ValidationError(_("The image cannot be read."), code="upload_content") from error
    return drawn.getvalue()


class CheckedFileField(models.FileField):
    """A file that was looked at before it is kept, under a name nobody can guess.

    Args:
        allows_documents: PDF beside images.
    """

    def __init__(self, *args: Any, allows_documents: bool = False, **kwargs: Any) -> None:
        self.allows_documents = allows_documents
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """To migrations it is Django's own: the column is the same."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.FileField", args, kwargs

    def clean(self, value: Any, model_instance: Any) -> Any:
        """Refuse in forms, beside the field, what ``pre_save`` would refuse."""
        if value and not getattr(value, "_committed", True):
            value.seek(0)
            try:
                upload_clean(value.read(), value.name, allows_documents=self.allows_documents)
            except StorageLow as error:
                raise ValidationError(error.message, code=error.code) from error
            value.seek(0)
        return super().clean(value, model_instance)

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        """Keep the cleaned content, whoever saves."""
        file = getattr(model_instance, self.attname)
        if file and not file._committed:
            file.seek(0)
            kept, extension = upload_clean(file.read(), file.name, allows_documents=self.allows_documents)
            file.save(f"{uuid.uuid4().hex}.{extension}", ContentFile(kept), save=False)
        return super().pre_save(model_instance, add)
