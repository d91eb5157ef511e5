"""The client's document as tables: every endpoint and model by component, and what is not built yet.

Paths and model names are the client's, letter by letter. ``NOT_BUILT_YET`` shrinks as the house grows: a line
that has come true must be taken out, a thing that vanishes fails.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Component:
    """A component of the document: its home, its endpoints below ``/api/v1/`` and its models."""

    number: int
    title: str
    home: str
    endpoints: tuple[str, ...]
    models: tuple[str, ...]


def _component(number: int, title: str, home: str, endpoints: str, models: str) -> Component:
    return Component(number, title, home, tuple(endpoints.split()), tuple(models.split()))


COMPONENTS = [
    _component(
        1,
        "Advanced analytics & BI",
        "hotel.analytics",
        "analytics/revenue-forecasting analytics/occupancy-predictions analytics/guest-behavior analytics/pricing-optimization analytics/competitive-analysis analytics/seasonality",
        "AnalyticsData ForecastModel GuestBehavior PricingRule MarketData",
    ),
    _component(
        2,
        "Loyalty",
        "loyalty",
        "loyalty/programs loyalty/members loyalty/points loyalty/rewards loyalty/redemptions loyalty/tiers",
        "LoyaltyProgram LoyaltyMember PointTransaction Reward RewardRedemption LoyaltyTier",
    ),
    _component(
        3,
        "Events & conferences",
        "events",
        "events events/bookings events/catering events/equipment events/staff-assignments events/billing",
        "Event EventSpace EventBooking CateringPackage EventEquipment EventStaffing",
    ),
    _component(
        4,
        "Channel manager",
        "channels_ota",
        "channels channels/rates channels/inventory channels/bookings channels/sync channels/performance",
        "Channel ChannelRate ChannelInventory ChannelBooking SyncLog",
    ),
    _component(
        5,
        "Security & compliance",
        "security",
        "security/audit-logs security/access-control security/data-encryption security/compliance security/incident-response",
        "AuditLog Permission SecurityIncident ComplianceReport DataEncryption",
    ),
    _component(
        6,
        "IoT",
        "iot",
        "iot/devices iot/sensors iot/automation iot/energy iot/security",
        "IoTDevice SensorData AutomationRule EnergyConsumption SmartLock",
    ),
    _component(
        7,
        "Reporting engine",
        "hotel.reports",
        "reports/builder reports/templates reports/schedule reports/distribution",
        "",
    ),
    _component(
        8,
        "Multi-property",
        "hotel.portfolio",
        "properties properties/consolidation properties/transfers properties/shared-resources",
        "PropertyGroup CrossPropertyTransfer SharedResource ConsolidatedReport",
    ),
    _component(
        9,
        "API limits & monitoring",
        "hotel.monitoring",
        "monitoring/usage monitoring/rate-limits monitoring/health monitoring/versions",
        "ApiUsage RateLimit ApiHealth",
    ),
    _component(
        10,
        "Marketing & social",
        "marketing",
        "marketing/campaigns marketing/automation marketing/social-media marketing/influencers marketing/seo marketing/analytics",
        "MarketingCampaign AutomationWorkflow SocialMediaPost InfluencerPartnership SEOMetrics MarketingLead",
    ),
    _component(
        11,
        "Guest experience",
        "hotel.experience",
        "guests/preferences guests/journey guests/vip guests/communication guests/predictions",
        "GuestPreference GuestJourney VIPGuest GuestCommunication GuestPrediction",
    ),
    _component(
        12,
        "Finance",
        "finance",
        "finance/reports finance/budgets finance/expenses finance/cash-flow finance/taxes",
        "FinancialReport Budget Expense CashFlow TaxReport ProfitLoss",
    ),
    _component(
        13,
        "Inventory & supply chain",
        "inventory",
        "inventory/automation inventory/fnb inventory/suppliers inventory/purchase-orders inventory/cost-optimization",
        "AutoReplenishment FnBInventory Supplier PurchaseOrder InventoryCost WasteTracking",
    ),
    _component(
        14,
        "Tasks & performance",
        "hotel.operations",
        "tasks/performance tasks/time-tracking tasks/quality tasks/optimization tasks/predictive",
        "TaskPerformance TimeTracking QualityCheck ResourceAllocation PredictiveMaintenance",
    ),
]

CORE = _component(
    0,
    "Core PMS",
    "hotel",
    "auth room-types rooms rate-plans rates availability quotes bookings reservations blocks guests companies folios charges "
    "payments invoices ledgers housekeeping maintenance night-audits users roles messages changes webhooks",
    "Property PropertyGroup PropertySetting BusinessDay AgeBand Building Floor Section User StaffProfile Role RoleAssignment ApiToken "
    "Message MessageTemplate WebhookEndpoint WebhookDelivery RoomType Room RoomFeature RoomBed RoomBlock RoomStatusChange "
    "RoomOccupancy InventoryNight Guest Company ProfileAtProperty GuestDocument GuestConsent GuestMerge RatePlan Booking Reservation "
    "ReservationNight ReservationGuest RoomAssignment ReservationChange PriceHold WaitlistOffer GroupBlock BlockNight Turnaway "
    "NightAudit NightAuditStep DailyStatistic FixedCharge TransactionCode Folio FolioWindow Posting PostingTax Journal "
    "LedgerEntry LedgerDay RoutingRule CityAccount FiscalSeries Invoice InvoicedPosting InvoicePdf CityAllocation "
    "CityReminder",
)

ALL = [CORE, *COMPONENTS]

# Where a model of the document lives in another app than its component, and why.
LIVES_ELSEWHERE = {
    "PropertyGroup": (
        "properties",
        "roles are granted on it, so it stands on the ground floor (docs/adr/0006)",
    ),
}

NOT_BUILT_YET: dict[str, tuple[str, ...]] = {
    "hotel.analytics": (
        "analytics/revenue-forecasting",
        "analytics/occupancy-predictions",
        "analytics/guest-behavior",
        "analytics/pricing-optimization",
        "analytics/competitive-analysis",
        "analytics/seasonality",
        "AnalyticsData",
        "ForecastModel",
        "GuestBehavior",
        "PricingRule",
        "MarketData",
    ),
    "events": (
        "events",
        "events/bookings",
        "events/catering",
        "events/equipment",
        "events/staff-assignments",
        "events/billing",
        "Event",
        "EventSpace",
        "EventBooking",
        "CateringPackage",
        "EventEquipment",
        "EventStaffing",
    ),
    "channels_ota": (
        "channels",
        "channels/rates",
        "channels/inventory",
        "channels/bookings",
        "channels/sync",
        "channels/performance",
        "Channel",
        "ChannelRate",
        "ChannelInventory",
        "ChannelBooking",
        "SyncLog",
    ),
    "iot": (
        "iot/devices",
        "iot/sensors",
        "iot/automation",
        "iot/energy",
        "iot/security",
        "IoTDevice",
        "SensorData",
        "AutomationRule",
        "EnergyConsumption",
        "SmartLock",
    ),
    "hotel.reports": (
        "reports/builder",
        "reports/templates",
        "reports/schedule",
        "reports/distribution",
    ),
    "hotel.portfolio": (
        "properties/consolidation",
        "properties/transfers",
        "properties/shared-resources",
        "CrossPropertyTransfer",
        "SharedResource",
        "ConsolidatedReport",
    ),
    "marketing": (
        "marketing/campaigns",
        "marketing/automation",
        "marketing/social-media",
        "marketing/influencers",
        "marketing/seo",
        "marketing/analytics",
        "MarketingCampaign",
        "AutomationWorkflow",
        "SocialMediaPost",
        "InfluencerPartnership",
        "SEOMetrics",
        "MarketingLead",
    ),
    "hotel.experience": (
        "guests/preferences",
        "guests/journey",
        "guests/vip",
        "guests/communication",
        "guests/predictions",
        "GuestPreference",
        "GuestJourney",
        "VIPGuest",
        "GuestCommunication",
        "GuestPrediction",
    ),
    "finance": (
        "finance/reports",
        "finance/budgets",
        "finance/expenses",
        "finance/cash-flow",
        "finance/taxes",
        "FinancialReport",
        "Budget",
        "Expense",
        "CashFlow",
        "TaxReport",
        "ProfitLoss",
    ),
    "inventory": (
        "inventory/automation",
        "inventory/fnb",
        "inventory/suppliers",
        "inventory/purchase-orders",
        "inventory/cost-optimization",
        "AutoReplenishment",
        "FnBInventory",
        "Supplier",
        "PurchaseOrder",
        "InventoryCost",
        "WasteTracking",
    ),
    "hotel.operations": (
        "tasks/performance",
        "tasks/time-tracking",
        "tasks/quality",
        "tasks/optimization",
        "tasks/predictive",
        "TaskPerformance",
        "TimeTracking",
        "QualityCheck",
        "ResourceAllocation",
        "PredictiveMaintenance",
    ),
}
