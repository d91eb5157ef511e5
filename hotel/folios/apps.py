"""Folios as a Django app."""

from hotel.core.component import ComponentConfig


class FoliosConfig(ComponentConfig):
    """Transaction codes, folios, postings and the double-entry journal behind them; payments."""

    name = "hotel.folios"
    label = "folios"

    def ready(self) -> None:
        """Tell guests where folios name them."""
        super().ready()
        from hotel.guests.merge_ports import register_guest_reference

        for model in ("folios.FolioWindow", "folios.CardToken", "folios.HostedPage"):
            register_guest_reference(model, "guest")
