"""Bookings, stays with their nights and rooms, blocks, holds, waiting list, turnaways."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.core.serializers.json
import django.db.models.deletion
import djmoney.models.fields
from django.conf import settings
from django.db import migrations, models

import hotel.core.clock
from hotel.core.postgresql.tables import models_at_once


class Migration(migrations.Migration):
    replaces = [
        ("reservations", "0001_initial"),
        ("reservations", "0002_blocks_waitlist_wishes"),
        ("reservations", "0003_taken_over"),
        ("reservations", "0004_waiting_has_priority"),
        ("reservations", "0005_hotel_day"),
        ("reservations", "0006_holds_keep_their_terms"),
        ("reservations", "0007_turnaways_of_refused_sales"),
        ("reservations", "0008_rooms_for_parts_of_a_stay"),
        ("reservations", "0009_offers_of_a_stay"),
        ("reservations", "0010_let_go_at_its_hour"),
        ("reservations", "0011_release_due"),
        ("reservations", "0012_links_of_stays"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0002_roles_and_tokens"),
        ("core", "0001_schema"),
        ("guests", "0001_schema"),
        ("properties", "0001_schema"),
        ("rates", "0001_schema"),
        ("rooms", "0001_schema"),
    ]

    operations = [
        migrations.CreateModel(
            name="GroupBlock",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=hotel.core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "property",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.property",
                    ),
                ),
                ("code", models.CharField(max_length=32)),
                ("name", models.CharField(max_length=120)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("inquiry", "Inquiry"),
                            ("waitlist", "On the waiting list"),
                            ("optional", "Optional"),
                            ("tentative", "Tentative"),
                            ("definite", "Definite"),
                            ("lost", "Lost"),
                            ("refused", "Refused"),
                            ("cancelled", "Cancelled"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "control",
                    models.CharField(
                        choices=[
                            ("elastic", "Elastic: takes from the house"),
                            ("non_elastic", "Not elastic: the block is all"),
                            ("sell_limit", "Sell limit: nothing is set aside"),
                        ],
                        default="non_elastic",
                        max_length=12,
                    ),
                ),
                ("arrival", models.DateField(help_text="First night of the grid, business date.")),
                ("departure", models.DateField(help_text="The day after the last night of the grid.")),
                (
                    "shoulder_days",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="Days before and after the grid on which the group's price holds, from house inventory.",
                    ),
                ),
                (
                    "cutoff_on",
                    models.DateField(
                        blank=True,
                        help_text="Business date from which unpicked rooms go back; never when empty.",
                        null=True,
                    ),
                ),
                ("cut_off_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "rate_plan",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="rates.rateplan",
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="blocks",
                        to="guests.company",
                    ),
                ),
                (
                    "attrition_rate",
                    models.DecimalField(
                        decimal_places=4,
                        default=0,
                        help_text="Share of the contract the group may give up free, 0–1.",
                        max_digits=5,
                    ),
                ),
                ("lost_reason", models.CharField(blank=True, max_length=200)),
                ("notes", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["property_id", "arrival", "code"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("cut_off_at", None)),
                        fields=["property", "cutoff_on"],
                        name="block_cutoff_due",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("property", "code"), name="block_code_once"),
                    models.CheckConstraint(
                        condition=models.Q(("departure__gt", models.F("arrival"))),
                        name="block_dates_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("attrition_rate__range", (0, 1))), name="block_attrition_share"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BlockNight",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=hotel.core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "property",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.property",
                    ),
                ),
                (
                    "block",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="nights",
                        to="reservations.groupblock",
                    ),
                ),
                (
                    "room_type",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="rooms.roomtype",
                    ),
                ),
                ("night", models.DateField()),
                ("contracted", models.PositiveIntegerField(default=0)),
                ("current", models.PositiveIntegerField(default=0)),
                ("picked_up", models.PositiveIntegerField(default=0)),
                (
                    "price_currency",
                    djmoney.models.fields.CurrencyField(
                        choices=[], default=None, editable=False, max_length=3, null=True
                    ),
                ),
                (
                    "price",
                    djmoney.models.fields.MoneyField(
                        blank=True,
                        decimal_places=3,
                        help_text="Per room; else the plan's.",
                        max_digits=14,
                        null=True,
                    ),
                ),
            ],
            options={
                "ordering": ["block_id", "room_type_id", "night"],
                "indexes": [models.Index(fields=["property", "night", "room_type"], name="block_night_day")],
                "constraints": [
                    models.UniqueConstraint(fields=("block", "room_type", "night"), name="block_night_once"),
                    models.CheckConstraint(
                        condition=models.Q(("price", None), ("price__gte", 0), _connector="OR"),
                        name="block_price_not_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportMapping",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=hotel.core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "property",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.property",
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("contents", models.JSONField(help_text="As docs/guide/import.md describes it.")),
            ],
            options={
                "ordering": ["property_id", "name"],
                "constraints": [
                    models.UniqueConstraint(fields=("property", "name"), name="import_mapping_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=hotel.core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "property",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.property",
                    ),
                ),
                ("file_name", models.CharField(max_length=200)),
                ("fingerprint", models.CharField(help_text="SHA-256 of the file.", max_length=64)),
                (
                    "mapping",
                    models.JSONField(
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        help_text="The mapping as it was when the run began.",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("running", "Running or stopped"),
                            ("finished", "Finished"),
                            ("undone", "Undone"),
                        ],
                        default="running",
                        max_length=10,
                    ),
                ),
                ("total", models.PositiveIntegerField(help_text="Rows of the file.")),
                (
                    "position",
                    models.PositiveIntegerField(
                        default=0, help_text="The last line stored; the header is line 1."
                    ),
                ),
                ("imported", models.PositiveIntegerField(default=0, help_text="Reservations made.")),
                ("known", models.PositiveIntegerField(default=0, help_text="Rows that were here before.")),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "started_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["property_id", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "running")),
                        fields=("property",),
                        name="import_one_running",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("imported__lte", models.F("total"))),
                        name="import_not_more_than_the_file",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Turnaway",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=hotel.core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "property",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.property",
                    ),
                ),
                ("arrival", models.DateField()),
                ("departure", models.DateField()),
                (
                    "room_type",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="rooms.roomtype",
                    ),
                ),
                ("rooms", models.PositiveSmallIntegerField(default=1)),
                (
                    "adults",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="In each room, when told.", null=True
                    ),
                ),
                (
                    "children",
                    models.PositiveSmallIntegerField(default=0, help_text="In each room, of any age band."),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("sold_out", "Denial: sold out"),
                            ("restricted", "Denial: restriction"),
                            ("not_offered", "Denial: not offered"),
                            ("price", "Regret: price"),
                            ("location", "Regret: location"),
                            ("policy", "Regret: policy"),
                            ("other", "Regret: other"),
                        ],
                        max_length=20,
                    ),
                ),
                ("market", models.CharField(blank=True, max_length=40)),
                ("channel_code", models.CharField(blank=True, max_length=40)),
                ("source", models.CharField(blank=True, help_text="Source of business code.", max_length=40)),
                ("business_date", models.DateField(help_text="On which it was turned away.")),
                ("notes", models.CharField(blank=True, max_length=200)),
                (
                    "refusal_key",
                    models.CharField(
                        blank=True,
                        editable=False,
                        help_text="By which a repeated request is known; empty for what people record.",
                        max_length=64,
                    ),
                ),
            ],
            options={
                "ordering": ["property_id", "-business_date", "-id"],
                "indexes": [models.Index(fields=["property", "arrival"], name="turnaway_arrival")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("departure__gte", models.F("arrival"))),
                        name="turnaway_dates_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rooms__gte", 1)), name="turnaway_rooms_positive"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("refusal_key", ""), _negated=True),
                        fields=("property", "refusal_key"),
                        name="turnaway_refusal_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Booking",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=hotel.core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "property",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.property",
                    ),
                ),
                ("confirmation_number", models.CharField(editable=False, max_length=32)),
                (
                    "booker",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bookings",
                        to="guests.guest",
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bookings",
                        to="guests.company",
                    ),
                ),
                (
                    "agent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agent_bookings",
                        to="guests.company",
                    ),
                ),
                (
                    "channel_code",
                    models.CharField(
                        blank=True, help_text="Where it came in, such as direct.", max_length=40
                    ),
                ),
                (
                    "external_id",
                    models.CharField(blank=True, help_text="The number the channel gave it.", max_length=120),
                ),
                ("market", models.CharField(blank=True, help_text="Market segment code.", max_length=40)),
                ("source", models.CharField(blank=True, help_text="Source of business code.", max_length=40)),
                ("currency", models.CharField(max_length=3)),
                ("group_name", models.CharField(blank=True, max_length=120)),
                ("notes", models.TextField(blank=True)),
                ("booked_at", models.DateTimeField()),
                ("booked_on", models.DateField(help_text="Business date.")),
                (
                    "booked_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "import_run",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bookings",
                        to="reservations.importrun",
                    ),
                ),
            ],
            options={
                "ordering": ["property_id", "-id"],
                "indexes": [
                    models.Index(fields=["property", "booked_on"], name="booking_booked_on"),
                    models.Index(
                        condition=models.Q(("import_run__isnull", False)),
                        fields=["property", "import_run"],
                        name="booking_import_run",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("property", "confirmation_number"), name="booking_number_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("external_id", ""), _negated=True),
                        fields=("property", "channel_code", "external_id"),
                        name="booking_external_id_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reservation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=hotel.core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "property",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.property",
                    ),
                ),
                (
                    "booking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reservations",
                        to="reservations.booking",
                    ),
                ),
                ("number", models.CharField(editable=False, max_length=40)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("inquiry", "Inquiry"),
                            ("option", "Option"),
                            ("requested", "Requested"),
                            ("waitlisted", "Waitlisted"),
                            ("confirmed", "Confirmed"),
                            ("in_house", "In house"),
                            ("checked_out", "Checked out"),
                            ("cancelled", "Cancelled"),
                            ("no_show", "No-show"),
                        ],
                        max_length=16,
                    ),
                ),
                ("arrival", models.DateField(help_text="First night, business date.")),
                (
                    "departure",
                    models.DateField(help_text="The day the room is left; equal to the arrival for day use."),
                ),
                (
                    "room_type",
                    models.ForeignKey(
                        db_index=False,
                        help_text="Sold.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="rooms.roomtype",
                    ),
                ),
                (
                    "rate_plan",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="rates.rateplan",
                    ),
                ),
                ("adults", models.PositiveSmallIntegerField()),
                ("children", models.JSONField(default=dict, help_text="Age band code to count.")),
                (
                    "child_ages",
                    models.JSONField(default=list, help_text="Full years on the arrival day, when told."),
                ),
                (
                    "primary_guest",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reservations",
                        to="guests.guest",
                    ),
                ),
                (
                    "guarantee",
                    models.CharField(
                        choices=[
                            ("none", "None"),
                            ("hold_6pm", "Held until 6 p.m."),
                            ("credit_card", "Credit card"),
                            ("prepayment", "Prepayment"),
                            ("company", "Company"),
                            ("ota", "Online travel agency"),
                        ],
                        default="none",
                        max_length=16,
                    ),
                ),
                ("eta", models.TimeField(blank=True, help_text="Expected arrival, local time.", null=True)),
                ("etd", models.TimeField(blank=True, help_text="Expected departure, local time.", null=True)),
                (
                    "is_room_locked",
                    models.BooleanField(default=False, help_text="Do not move to another room."),
                ),
                ("is_confidential", models.BooleanField(default=False)),
                ("is_complimentary", models.BooleanField(default=False)),
                ("is_house_use", models.BooleanField(default=False)),
                ("is_walk_in", models.BooleanField(default=False)),
                (
                    "is_taken_over",
                    models.BooleanField(
                        default=False,
                        editable=False,
                        help_text="Recorded as another system sold it, also without an adult or at a price below zero.",
                    ),
                ),
                ("is_day_use", models.BooleanField(default=False)),
                ("day_use_start", models.TimeField(blank=True, help_text="Local time.", null=True)),
                ("day_use_end", models.TimeField(blank=True, help_text="Local time.", null=True)),
                (
                    "hold_expires_at",
                    models.DateTimeField(blank=True, help_text="Until when an option is held.", null=True),
                ),
                ("promo_code", models.CharField(blank=True, max_length=40)),
                (
                    "exemptions",
                    models.JSONField(
                        default=list,
                        help_text="Tax exemptions: certificate numbers, or reasons such as resident or resident:2.",
                    ),
                ),
                (
                    "policies",
                    models.JSONField(
                        default=dict,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        help_text="Frozen as sold.",
                    ),
                ),
                (
                    "policy_arrival",
                    models.DateField(help_text="The arrival that cancellation deadlines are counted from."),
                ),
                ("booked_at", models.DateTimeField()),
                ("booked_on", models.DateField(help_text="Business date.")),
                (
                    "total_amount_currency",
                    djmoney.models.fields.CurrencyField(
                        choices=[], default=None, editable=False, max_length=3
                    ),
                ),
                (
                    "total_amount",
                    djmoney.models.fields.MoneyField(
                        decimal_places=3, help_text="All nights and stay taxes.", max_digits=14
                    ),
                ),
                (
                    "stay_tax_amount_currency",
                    djmoney.models.fields.CurrencyField(
                        choices=[], default=None, editable=False, max_length=3
                    ),
                ),
                (
                    "stay_tax_amount",
                    djmoney.models.fields.MoneyField(
                        decimal_places=3, help_text="Taxes charged once for the whole stay.", max_digits=14
                    ),
                ),
                (
                    "stay_taxes",
                    models.JSONField(
                        default=list,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        help_text="Those taxes, line by line.",
                    ),
                ),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                ("cancellation_number", models.CharField(blank=True, max_length=60)),
                (
                    "fee_amount_currency",
                    djmoney.models.fields.CurrencyField(
                        choices=[], default=None, editable=False, max_length=3, null=True
                    ),
                ),
                (
                    "fee_amount",
                    djmoney.models.fields.MoneyField(
                        blank=True,
                        decimal_places=3,
                        help_text="Of a cancellation or no-show, after waiver.",
                        max_digits=14,
                        null=True,
                    ),
                ),
                ("cancel_reason", models.CharField(blank=True, max_length=200)),
                ("no_show_at", models.DateTimeField(blank=True, null=True)),
                (
                    "block",
                    models.ForeignKey(
                        blank=True,
                        help_text="The group block it was picked up from.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reservations",
                        to="reservations.groupblock",
                    ),
                ),
                (
                    "room_wishes",
                    models.JSONField(
                        blank=True, default=dict, help_text="Room feature code to weight, 1–100."
                    ),
                ),
                (
                    "waitlist_priority",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="While it waits: the highest is served first.", null=True
                    ),
                ),
            ],
            options={
                "ordering": ["property_id", "arrival", "id"],
                "indexes": [
                    models.Index(fields=["property", "arrival"], name="reservation_arrival"),
                    models.Index(fields=["property", "departure", "arrival"], name="reservation_departure"),
                    models.Index(fields=["property", "status", "arrival"], name="reservation_status"),
                    models.Index(
                        condition=models.Q(("guarantee", "hold_6pm"), ("status", "confirmed")),
                        fields=["property", "arrival"],
                        name="reservation_release_due",
                    ),
                    models.Index(
                        condition=models.Q(("status", "option")),
                        fields=["property", "hold_expires_at"],
                        name="reservation_option_due",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("property", "number"), name="reservation_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("cancellation_number", ""), _negated=True),
                        fields=("property", "cancellation_number"),
                        name="reservation_cancellation_number_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("departure__gt", models.F("arrival")), ("is_day_use", False)),
                            models.Q(
                                ("day_use_end__gt", models.F("day_use_start")),
                                ("departure", models.F("arrival")),
                                ("is_day_use", True),
                            ),
                            _connector="OR",
                        ),
                        name="reservation_dates_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("adults__gte", 1), ("is_taken_over", True), _connector="OR"),
                        name="reservation_has_adult",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "option"), _negated=True),
                            ("hold_expires_at__isnull", False),
                            _connector="OR",
                        ),
                        name="reservation_option_expires",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "waitlisted"), _negated=True),
                            ("waitlist_priority__isnull", False),
                            _connector="OR",
                        ),
                        name="reservation_waiting_has_priority",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("policy_arrival__lte", models.F("arrival"))),
                        name="reservation_policy_arrival_earliest",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="reservation_version_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("total_amount__gte", 0), ("is_taken_over", True), _connector="OR"),
                            models.Q(("fee_amount", None), ("fee_amount__gte", 0), _connector="OR"),
                        ),
                        name="reservation_amounts_not_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PriceHold",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=hotel.core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "property",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.property",
                    ),
                ),
                (
                    "room_type",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="rooms.roomtype",
                    ),
                ),
                (
                    "rate_plan",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="rates.rateplan",
                    ),
                ),
                ("arrival", models.DateField()),
                ("departure", models.DateField()),
                ("quantity", models.PositiveSmallIntegerField(default=1)),
                ("adults", models.PositiveSmallIntegerField()),
                ("children", models.JSONField(default=dict)),
                ("child_ages", models.JSONField(default=list)),
                ("promo_code", models.CharField(blank=True, max_length=40)),
                (
                    "company",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="guests.company",
                    ),
                ),
                (
                    "exemptions",
                    models.JSONField(default=list, help_text="Tax exemptions, as on the reservation."),
                ),
                (
                    "quote",
                    models.JSONField(
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        help_text="The stay quote as promised.",
                    ),
                ),
                (
                    "total_amount_currency",
                    djmoney.models.fields.CurrencyField(
                        choices=[], default=None, editable=False, max_length=3
                    ),
                ),
                (
                    "total_amount",
                    djmoney.models.fields.MoneyField(
                        decimal_places=3, help_text="Of one room's stay.", max_digits=14
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("active", "Active"),
                            ("used", "Used"),
                            ("released", "Released"),
                            ("expired", "Expired"),
                        ],
                        default="active",
                        max_length=16,
                    ),
                ),
                ("expires_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "booking",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holds",
                        to="reservations.booking",
                    ),
                ),
                (
                    "held_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["property_id", "-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("status", "active")),
                        fields=["property", "expires_at"],
                        name="price_hold_due",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("departure__gt", models.F("arrival"))),
                        name="price_hold_dates_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gte", 1)), name="price_hold_quantity_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "active"), ("ended_at", None)),
                            models.Q(
                                models.Q(("status", "active"), _negated=True), ("ended_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="price_hold_ended_when_not_active",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReservationLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=hotel.core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "property",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.property",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("back_to_back", "Back to back: one guest goes on in another stay"),
                            ("together", "Travelling together"),
                        ],
                        max_length=16,
                    ),
                ),
                ("reservations", models.ManyToManyField(related_name="links", to="reservations.reservation")),
            ],
            options={
                "ordering": ["property_id", "id"],
                "indexes": [models.Index(fields=["property", "kind"], name="reservation_link_kind")],
            },
        ),
        migrations.CreateModel(
            name="ReservationNight",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=hotel.core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "property",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.property",
                    ),
                ),
                (
                    "reservation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="nights",
                        to="reservations.reservation",
                    ),
                ),
                ("night", models.DateField(help_text="Business date.")),
                (
                    "room_type",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="rooms.roomtype",
                    ),
                ),
                (
                    "rate_room_type",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="rooms.roomtype",
                    ),
                ),
                (
                    "rate_plan",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="rates.rateplan",
                    ),
                ),
                ("adults", models.PositiveSmallIntegerField()),
                ("children", models.JSONField(default=dict, help_text="Age band code to count.")),
                (
                    "room_net_currency",
                    djmoney.models.fields.CurrencyField(
                        choices=[], default=None, editable=False, max_length=3
                    ),
                ),
                ("room_net", djmoney.models.fields.MoneyField(decimal_places=3, max_digits=14)),
                (
                    "room_gross_currency",
                    djmoney.models.fields.CurrencyField(
                        choices=[], default=None, editable=False, max_length=3
                    ),
                ),
                ("room_gross", djmoney.models.fields.MoneyField(decimal_places=3, max_digits=14)),
                (
                    "total_currency",
                    djmoney.models.fields.CurrencyField(
                        choices=[], default=None, editable=False, max_length=3
                    ),
                ),
                ("total", djmoney.models.fields.MoneyField(decimal_places=3, max_digits=14)),
                (
                    "price_detail",
                    models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder),
                ),
                (
                    "is_taken_over",
                    models.BooleanField(default=False, editable=False, help_text="Priced by another system."),
                ),
            ],
            options={
                "ordering": ["reservation_id", "night"],
                "indexes": [
                    models.Index(fields=["property", "night", "room_type"], name="reservation_night_day")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("reservation", "night"), name="reservation_night_once"),
                    models.CheckConstraint(
                        condition=models.Q(("total__gte", 0), ("is_taken_over", True), _connector="OR"),
                        name="reservation_night_not_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReservationNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=hotel.core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "property",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.property",
                    ),
                ),
                (
                    "reservation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="reservations.reservation",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("internal", "Internal"),
                            ("guest", "From or to the guest"),
                            ("trace", "Trace"),
                            ("alert", "Alert"),
                        ],
                        default="internal",
                        max_length=16,
                    ),
                ),
                ("text", models.TextField()),
                (
                    "department",
                    models.CharField(
                        blank=True, help_text="Of a trace, such as housekeeping.", max_length=40
                    ),
                ),
                ("due_on", models.DateField(blank=True, help_text="Of a trace; business date.", null=True)),
                (
                    "screen",
                    models.CharField(
                        blank=True, help_text="Of an alert, such as check_in or billing.", max_length=40
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                (
                    "done_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["reservation_id", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at", None), ("kind", "trace")),
                        fields=["property", "due_on", "department"],
                        name="note_traces_due",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "trace"), _negated=True),
                            models.Q(("due_on__isnull", False), models.Q(("department", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="note_trace_has_department_and_day",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WaitlistOffer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=hotel.core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "property",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.property",
                    ),
                ),
                (
                    "reservation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="waitlist_offers",
                        to="reservations.reservation",
                    ),
                ),
                (
                    "hold",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="waitlist_offer",
                        to="reservations.pricehold",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("expired", "Expired"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("offered_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["property_id", "-offered_at"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("status", "open")),
                        fields=["property", "expires_at"],
                        name="waitlist_offer_due",
                    ),
                    models.Index(fields=["property", "reservation"], name="waitlist_offer_of_stay"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "open")),
                        fields=("property", "reservation"),
                        name="waitlist_one_open_offer",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RoomAssignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=hotel.core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "property",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.property",
                    ),
                ),
                (
                    "reservation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assignments",
                        to="reservations.reservation",
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="rooms.room",
                    ),
                ),
                ("arrival", models.DateField(help_text="First night in this room, business date.")),
                (
                    "departure",
                    models.DateField(
                        help_text="The day this room is left; equal to the arrival for day use."
                    ),
                ),
                (
                    "occupancy",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="assignment",
                        to="rooms.roomoccupancy",
                    ),
                ),
                ("is_locked", models.BooleanField(default=False)),
                ("released_at", models.DateTimeField(blank=True, null=True)),
                (
                    "left_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When the guest moved to the room of his next nights.",
                        null=True,
                    ),
                ),
            ],
            options={
                "ordering": ["reservation_id", "arrival", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("released_at", None)),
                        fields=["property", "departure", "arrival"],
                        name="room_assignment_active",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("departure__gte", models.F("arrival"))),
                        name="room_assignment_dates_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("released_at", None), ("occupancy", None), _connector="OR"),
                        name="room_assignment_released_has_no_claim",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("released_at", None)),
                        expressions=[
                            ("reservation", "="),
                            (
                                models.Func(
                                    models.F("arrival"),
                                    models.F("departure"),
                                    models.Value("[)"),
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="room_assignment_one_a_night",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReservationChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=hotel.core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "property",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.property",
                    ),
                ),
                (
                    "reservation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="reservations.reservation",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
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
                ("version", models.PositiveIntegerField(help_text="Of the reservation after the change.")),
                (
                    "actor",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("at", models.DateTimeField(default=hotel.core.clock.now)),
                ("business_date", models.DateField()),
                (
                    "before",
                    models.JSONField(
                        default=dict,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        help_text="Changed fields only.",
                    ),
                ),
                (
                    "after",
                    models.JSONField(
                        default=dict,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        help_text="Changed fields only.",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=400)),
            ],
            options={
                "ordering": ["reservation_id", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("kind", "cancelled")),
                        fields=["property", "business_date"],
                        name="reservation_cancelled_on",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReservationGuest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=hotel.core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "property",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.property",
                    ),
                ),
                (
                    "reservation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="guests",
                        to="reservations.reservation",
                    ),
                ),
                (
                    "guest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stays_of",
                        to="guests.guest",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("primary", "Primary"),
                            ("sharer", "Sharer"),
                            ("accompanying", "Accompanying"),
                            ("payer", "Payer"),
                        ],
                        default="accompanying",
                        max_length=16,
                    ),
                ),
            ],
            options={
                "ordering": ["reservation_id", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("reservation", "guest", "role"), name="reservation_guest_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("role", "primary")),
                        fields=("reservation",),
                        name="reservation_one_primary_guest",
                    ),
                ],
            },
        ),
    ]
    operations = models_at_once(operations)
