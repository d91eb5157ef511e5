"""A rooming list that is pasted or sent."""

from io import BytesIO
from typing import IO, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hotel.core.exceptions import InvalidInput
from hotel.reservations.selectors.rooming import header_faults
from hotel.reservations.services.import_files import NumberedRow, table_rows

MAX_BYTES, MAX_LINES = 1_000_000, 150  # some tenths of a second each, twice


class RoomingListForm(forms.Form):
    """Cells pasted from a spreadsheet, or a workbook or CSV file; ``rows`` has what is in it when it is valid."""

    text = forms.CharField(
        label=gettext_lazy("Paste the cells, with their first line"),
        required=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
    )
    sheet = forms.FileField(
        label=gettext_lazy("Or a file (XLSX or CSV)"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    rows: list[NumberedRow]

    def clean_sheet(self) -> Any:
        """Refuse at once what is no such file."""
        file = self.cleaned_data["sheet"]
        if file and file.size > MAX_BYTES:
            raise forms.ValidationError(_("Send a file of up to 1 MB."))
        if file and not str(file.name).lower().endswith((".xlsx", ".csv")):
            raise forms.ValidationError(_("Send an XLSX or a CSV file."))
        return file

    def clean(self) -> dict[str, Any]:
        """Read the list whole, or say why it cannot be read; a file goes before what is pasted."""
        told: dict[str, Any] = super().clean() or {}
        if self.errors:
            return told
        file, text = told["sheet"], told["text"].strip()
        if not file and not text:
            raise forms.ValidationError(_("Paste a list, or choose a file."))
        source: IO[bytes] = file or BytesIO(text.encode())
        self.rows = _read(source, is_xlsx=bool(file) and str(file.name).lower().endswith(".xlsx"))
        if not 1 <= len(self.rows) <= MAX_LINES:
            raise forms.ValidationError(
                _("A list has 1 to %(most)s lines below its first one.") % {"most": MAX_LINES}
            )
        return told


def _read(file: IO[bytes], *, is_xlsx: bool) -> list[NumberedRow]:
    found = []
    try:
        for row in table_rows(file=file, name=_("The list"), is_xlsx=is_xlsx, header_errors=header_faults):
            found.append(row)
            if len(found) > MAX_LINES:
                break
    except InvalidInput as error:
        raise forms.ValidationError(error.message) from error
    return found
