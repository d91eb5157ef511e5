"""Rules of the hotel day: what may be done with a stay, the steps of the night audit, the figures of a day."""
