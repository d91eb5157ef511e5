"""THE list of our apps, in order of the floors: each may import only what stands above it here."""

COMPONENTS = [
    "hotel.core",
    "hotel.properties",
    "hotel.accounts",
    "hotel.messaging",
    "hotel.rooms",
    "hotel.guests",
    "hotel.rates",
    "hotel.reservations",
    "hotel.folios",
    "hotel.stays",
    "hotel.operations",
    "hotel.papers",
    "hotel.dashboard",
    "hotel.monitoring",
    "security",
    "loyalty",
]
