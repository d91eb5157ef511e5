"""What the desk hears of: whatever its open pages show."""

from hotel.core.facts import listen
from hotel.dashboard.live import announce

listen(announce)
