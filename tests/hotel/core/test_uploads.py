"""Uploads; the hostile corpus is in tests/hostile."""

import io
import re

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from PIL import Image

from hotel.core.uploads import upload_clean
from hotel.properties.models import Property


def image(kind: str, size=(3, 2), **how) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, "red").save(file, kind, **how)
    return file.getvalue()


@pytest.mark.parametrize(
    ("kind", "name"), [("PNG", "a.png"), ("JPEG", "a.jpg"), ("JPEG", "a.JPEG"), ("WEBP", "a.webp")]
)
def test_images_are_drawn_anew(kind, name):
    content, extension = upload_clean(image(kind), name)
    drawn = Image.open(io.BytesIO(content))
    assert (drawn.format, drawn.size, extension) == (kind, (3, 2), name.lower().rpartition(".")[2])


def test_where_a_photograph_was_taken_is_not_kept_and_it_stands_upright():
    notes = Image.Exif()
    notes[0x0112], notes[0x010E] = 6, "CANARY of a camera"
    notes.get_ifd(0x8825)[2] = (48.0, 12.0, 30.0)
    sent = image("JPEG", exif=notes, comment=b"CANARY of a comment") + b"CANARY behind the end"
    assert b"CANARY" in sent
    kept, _ = upload_clean(sent, "a.jpg")
    assert b"CANARY" not in kept
    drawn = Image.open(io.BytesIO(kept))
    assert (drawn.size, dict(drawn.getexif())) == ((2, 3), {})


def test_documents_only_where_they_are_wanted():
    assert upload_clean(b"%PDF-1.7\n%%EOF\n", "a.pdf", allows_documents=True) == (b"%PDF-1.7\n%%EOF\n", "pdf")
    with pytest.raises(ValidationError):
        upload_clean(b"%PDF-1.7\n%%EOF\n", "a.pdf")
    with pytest.raises(ValidationError):
        upload_clean(b"<html>", "a.pdf", allows_documents=True)


def test_a_field_keeps_the_cleaned_file_under_a_name_of_its_own(cast):
    place = Property.objects.get(pk=cast.alpha.pk)
    place.logo = SimpleUploadedFile("../../My Logo.png", image("PNG"))
    place.full_clean()
    place.save()
    assert re.fullmatch(r"logos/[0-9a-f]{32}\.png", place.logo.name)
    name = place.logo.name
    place.save()
    assert place.logo.name == name
    place.logo.delete(save=False)


@pytest.mark.parametrize("check", ["full_clean", "save"])
def test_a_field_refuses_what_is_no_image_whoever_saves(cast, check):
    place = Property.objects.get(pk=cast.alpha.pk)
    place.logo = SimpleUploadedFile("a.svg", b"<svg onload='alert(1)'/>")
    with pytest.raises(ValidationError), transaction.atomic():
        getattr(place, check)()
    assert Property.objects.get(pk=cast.alpha.pk).logo.name == ""
