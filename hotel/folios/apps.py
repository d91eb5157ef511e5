"""Folios as a Django app."""

from hotel.core.component import ComponentConfig


class FoliosConfig(ComponentConfig):
    """Transaction codes, folios, postings and the double-entry journal behind them; payments."""

    name = "hotel.folios"
    label = "folios"

    def ready(self) -> None:
        """Tell guests where folios name them, and keep stays with money from becoming part of others."""
        super().ready()
        from hotel.folios.selectors.absorbing import money_left_behind
        from hotel.guests.merge_ports import register_guest_reference
        from hotel.reservations.absorb_ports import register_absorb_guard

        register_absorb_guard(money_left_behind)
        for model in ("folios.FolioWindow", "folios.CardToken", "folios.HostedPage"):
            register_guest_reference(model, "guest")
