"""The change log tells that an arrival was let go at its hour."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reservations", "0009_offers_of_a_stay"),
    ]

    operations = [
        migrations.AlterField(
            model_name="reservationchange",
            name="kind",
            field=models.CharField(
                choices=[
                    ("created", "Created"),
                    ("confirmed", "Confirmed"),
                    ("optioned", "Put on option"),
                    ("amended", "Amended"),
                    ("details", "Details changed"),
                    ("guests", "Guests changed"),
                    ("cancelled", "Cancelled"),
                    ("expired", "Option expired"),
                    ("released", "Let go at its hour"),
                    ("reinstated", "Reinstated"),
                    ("no_show", "Marked as no-show"),
                    ("split", "Split"),
                    ("copied", "Copied"),
                    ("assigned", "Room assigned"),
                    ("unassigned", "Room taken away"),
                    ("locked", "Room locked"),
                    ("unlocked", "Room unlocked"),
                    ("waitlisted", "Put on the waiting list"),
                    ("picked_up", "Picked up from a block"),
                    ("checked_in", "Checked in"),
                    ("check_in_undone", "Check-in undone"),
                    ("room_moved", "Moved to another room"),
                    ("shortened", "Nights given back: leaves early"),
                    ("late_check_out", "Late check-out agreed"),
                    ("checked_out", "Checked out"),
                    ("check_out_undone", "Check-out undone"),
                    ("taken_over", "Taken over from another system"),
                ],
                max_length=16,
            ),
        ),
    ]
