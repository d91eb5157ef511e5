"""A sheet that comes back to the house."""

from collections.abc import Callable
from typing import IO, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hotel.core.exceptions import InvalidInput
from hotel.reservations.services.import_files import NumberedRow, table_rows

MAX_BYTES, MAX_LINES = 1_000_000, 1000


class SheetForm(forms.Form):
    """A workbook or a CSV file with a header that will do; ``rows`` has what is in it when it is valid."""

    sheet = forms.FileField(
        label=gettext_lazy("Sheet (XLSX or CSV)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    rows: list[NumberedRow]

    def __init__(self, *args: Any, header_errors: Callable[[list[str]], list[str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.header_errors = header_errors

    def clean_sheet(self) -> Any:
        """Read it whole, or say why it cannot be read."""
        file = self.cleaned_data["sheet"]
        name = str(file.name).lower()
        if file.size > MAX_BYTES:
            raise forms.ValidationError(_("Send a file of up to 1 MB."))
        if not name.endswith((".xlsx", ".csv")):
            raise forms.ValidationError(_("Send an XLSX or a CSV file."))
        self.rows = self._read(file, is_xlsx=name.endswith(".xlsx"))
        if not 1 <= len(self.rows) <= MAX_LINES:
            raise forms.ValidationError(
                _("A sheet has 1 to %(most)s lines below its header.") % {"most": MAX_LINES}
            )
        return file

    def _read(self, file: IO[bytes], *, is_xlsx: bool) -> list[NumberedRow]:
        found = []
        try:
            for row in table_rows(
                file=file, name=_("The sheet"), is_xlsx=is_xlsx, header_errors=self.header_errors
            ):
                found.append(row)
                if len(found) > MAX_LINES:
                    break
        except InvalidInput as error:
            raise forms.ValidationError(error.message) from error
        return found
