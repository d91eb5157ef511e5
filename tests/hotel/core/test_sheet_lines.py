"""Lines of sheets are known again by what was told of them."""

from hotel.core.sheet_lines import SheetLine, fingerprint_of


def test_lines_are_known_again_by_all_they_say():
    line = SheetLine(2, "A", "added")
    assert fingerprint_of([line]) == fingerprint_of([SheetLine(2, "A", "added")])
    assert fingerprint_of([line]) != fingerprint_of([SheetLine(2, "A", "refused")])
    assert line.summary == ""
