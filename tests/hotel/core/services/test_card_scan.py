"""Looking for card data in everything that is kept."""

import pytest
from django.core.management import CommandError, call_command

from hotel.core.models import SecurityEvent
from hotel.core.services.card_scan import Finding, card_scan
from hotel.core.tasks import card_data_scan
from hotel.properties.models import Property


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.CARD_SCAN_FOLDERS = [str(tmp_path)]
    return tmp_path


def test_a_clean_house_has_no_findings(cast, capsys):
    found = card_scan()
    assert found.findings == ()
    assert found.columns > 300
    assert found.rows > 20
    call_command("scan_card_data")
    assert "no card data" in capsys.readouterr().out
    assert SecurityEvent.objects.count() == 0


def test_columns_of_every_kind_are_read(cast, folders):
    number = "4111 1111 1111 1111"
    Property.objects.filter(pk=cast.alpha.pk).update(address=number)
    SecurityEvent.objects.create(kind="x", detail={"a": [{"b": number}]})
    places = {Finding("properties.Property.address", str(cast.alpha.pk))}
    assert places <= set(card_scan().findings)
    assert {f.place for f in card_scan().findings} >= {
        "properties.Property.address",
        "core.SecurityEvent.detail",
    }


def test_files_are_read_and_nothing_of_a_number_is_in_what_is_told(cast, folders, capsys, caplog):
    (folders / "a").mkdir()
    (folders / "a" / "app.log").write_text("fine\n4111-1111-1111-1111\n")
    (folders / "b.png").write_text("4111111111111111")
    found = card_scan()
    assert found.findings == (Finding(str(folders / "a" / "app.log"), "2"),)
    assert found.files == 1
    event = SecurityEvent.objects.get()
    assert (event.kind, event.detail["rows"], event.detail["first"]) == ("card_data_found", 1, ["2"])
    with pytest.raises(CommandError, match="1 places hold card data"):
        call_command("scan_card_data")
    assert card_data_scan() == 1
    for text in (str(event.detail), capsys.readouterr().out, caplog.text):
        assert "1111" not in text
