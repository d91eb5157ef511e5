"""Routes below ``/dashboard``, named ``dashboard:…``."""

from django.urls import path

from hotel.dashboard.views.assigning import AssignPage
from hotel.dashboard.views.availability import AvailabilityPage, NightPage
from hotel.dashboard.views.board import BoardPage
from hotel.dashboard.views.booking import OffersPage
from hotel.dashboard.views.chart import ChartPage, StayCard
from hotel.dashboard.views.city_ledger import CityAccountPage, CityLedgerPage
from hotel.dashboard.views.commands import NoteCommand, ReservationCommand
from hotel.dashboard.views.documents import DocumentPage
from hotel.dashboard.views.explain import ExplainPage
from hotel.dashboard.views.find import FindPage
from hotel.dashboard.views.folios import FolioListPage, FolioPage
from hotel.dashboard.views.groups import BlockListPage, BlockPage, WaitlistPage
from hotel.dashboard.views.guest import GuestPage
from hotel.dashboard.views.guest_merge import GuestMergePage
from hotel.dashboard.views.guests import GuestEditPage, GuestListPage, GuestProfilePage
from hotel.dashboard.views.handover import HandoverPage
from hotel.dashboard.views.lines import LinePage
from hotel.dashboard.views.lost import LostItemPage, LostPage
from hotel.dashboard.views.messages import MessageListPage, MessageNewPage, MessagePage
from hotel.dashboard.views.my_rooms import MyRoomsPage, WorkerScript
from hotel.dashboard.views.night_audit import AuditDayPage, NightAuditPage
from hotel.dashboard.views.papers import PaperFile, PaperPage, PapersPage
from hotel.dashboard.views.paying import DepositPage, FolioPayPage
from hotel.dashboard.views.payments import PaymentPage
from hotel.dashboard.views.people import PeoplePage, PersonPage, RolesPage
from hotel.dashboard.views.promo_sheet import PromoSheetFile, PromoSheetPage
from hotel.dashboard.views.rack import RackPage
from hotel.dashboard.views.rates import RatesPage, RatesReviewPage
from hotel.dashboard.views.rearranging import RearrangePage
from hotel.dashboard.views.reservations import ReservationListPage, ReservationPage
from hotel.dashboard.views.revenue import RevenuePage
from hotel.dashboard.views.room_sheet import RoomSheetFile, RoomSheetPage
from hotel.dashboard.views.rooming import RoomingListPage
from hotel.dashboard.views.rounds import RoundsPage
from hotel.dashboard.views.routing import RoutingPage
from hotel.dashboard.views.rule_trials import (
    CancellationTrialPage,
    DepositTrialPage,
    NoShowTrialPage,
    PromoTrialPage,
    RestrictionTrialPage,
)
from hotel.dashboard.views.saved import ViewsPage
from hotel.dashboard.views.setup import HotelPage, SetupPage
from hotel.dashboard.views.setup_demo import DemoPage
from hotel.dashboard.views.setup_steps import RatesStep, RoomsStep, TaxesStep
from hotel.dashboard.views.sharing import SharePage
from hotel.dashboard.views.stays import CheckInPage, CheckOutPage, MovePage
from hotel.dashboard.views.styles import StylesPage
from hotel.dashboard.views.task_board import TaskBoardPage, WorkOrderNewPage, WorkOrderPage
from hotel.dashboard.views.tills import TillPage
from hotel.dashboard.views.today import PropertySwitch, TodayPage
from hotel.dashboard.views.together import TogetherPage
from hotel.dashboard.views.view_as import ViewAsEnd, ViewAsPage
from hotel.dashboard.views.walk_in import WalkInPage

app_name = "dashboard"

urlpatterns = [
    path("", TodayPage.as_view(), name="today"),
    path("/find", FindPage.as_view(), name="find"),
    path("/_styles", StylesPage.as_view(), name="styles"),
    path("/property", PropertySwitch.as_view(), name="property_switch"),
    path("/availability", AvailabilityPage.as_view(), name="availability"),
    path("/availability/<int:room_type>/<str:night>", NightPage.as_view(), name="night"),
    path("/explain", ExplainPage.as_view(), name="explain"),
    path("/rates", RatesPage.as_view(), name="rates"),
    path("/revenue", RevenuePage.as_view(), name="revenue"),
    path("/rates/review", RatesReviewPage.as_view(), name="rates_review"),
    path("/chart", ChartPage.as_view(), name="chart"),
    path("/chart/stays/<int:pk>", StayCard.as_view(), name="stay_card"),
    path("/chart/assign", AssignPage.as_view(), name="assign"),
    path("/rooms/sheet", RoomSheetPage.as_view(), name="room_sheet"),
    path("/rooms/sheet.xlsx", RoomSheetFile.as_view(), name="room_sheet_file"),
    path("/rooms", BoardPage.as_view(), name="board"),
    path("/hk/rooms", MyRoomsPage.as_view(), name="my_rooms"),
    path("/hk/worker.js", WorkerScript.as_view(), name="hk_worker"),
    path("/tasks", TaskBoardPage.as_view(), name="task_board"),
    path("/tasks/orders/new", WorkOrderNewPage.as_view(), name="work_order_new"),
    path("/tasks/orders/<int:pk>", WorkOrderPage.as_view(), name="work_order"),
    path("/handover", HandoverPage.as_view(), name="handover"),
    path("/lost", LostPage.as_view(), name="lost"),
    path("/lost/<int:pk>", LostItemPage.as_view(), name="lost_item"),
    path("/rounds", RoundsPage.as_view(), name="rounds"),
    path("/rack", RackPage.as_view(), name="rack"),
    path("/bookings/new", OffersPage.as_view(), name="booking_new"),
    path("/bookings/new/guest", GuestPage.as_view(), name="booking_guest"),
    path("/walk-in", WalkInPage.as_view(), name="walk_in"),
    path("/reservations", ReservationListPage.as_view(), name="reservation_list"),
    path("/reservations/<int:pk>", ReservationPage.as_view(), name="reservation_detail"),
    path("/reservations/<int:pk>/notes", NoteCommand.as_view(), name="note_add"),
    path("/reservations/<int:pk>/notes/<int:note>/done", NoteCommand.as_view(), name="note_done"),
    path("/reservations/<int:pk>/check-in", CheckInPage.as_view(), name="check_in"),
    path("/reservations/<int:pk>/check-out", CheckOutPage.as_view(), name="check_out"),
    path("/reservations/<int:pk>/move-room", MovePage.as_view(), name="move_room"),
    path("/reservations/<int:pk>/rearrange", RearrangePage.as_view(), name="rearrange"),
    path("/reservations/<int:pk>/share", SharePage.as_view(), name="share"),
    path("/reservations/<int:pk>/together", TogetherPage.as_view(), name="together"),
    path("/reservations/<int:pk>/deposit", DepositPage.as_view(), name="deposit"),
    path("/reservations/<int:pk>/<slug:command>", ReservationCommand.as_view(), name="reservation_command"),
    path("/guests", GuestListPage.as_view(), name="guests"),
    path("/guests/<int:pk>", GuestProfilePage.as_view(), name="guest"),
    path("/guests/<int:pk>/edit", GuestEditPage.as_view(), name="guest_edit"),
    path("/guests/<int:pk>/merge", GuestMergePage.as_view(), name="guest_merge"),
    path("/messages", MessageListPage.as_view(), name="messages"),
    path("/messages/new", MessageNewPage.as_view(), name="message_new"),
    path("/messages/<int:pk>", MessagePage.as_view(), name="message"),
    path("/folios", FolioListPage.as_view(), name="folio_list"),
    path("/folios/<int:pk>", FolioPage.as_view(), name="folio"),
    path("/folios/<int:pk>/pay", FolioPayPage.as_view(), name="folio_pay"),
    path("/folios/<int:pk>/lines/<int:line>", LinePage.as_view(), name="folio_line"),
    path("/folios/<int:pk>/routing", RoutingPage.as_view(), name="folio_routing"),
    path("/documents/<int:pk>", DocumentPage.as_view(), name="document"),
    path("/payments/<int:pk>", PaymentPage.as_view(), name="payment"),
    path("/till", TillPage.as_view(), name="till"),
    path("/till/<int:pk>", TillPage.as_view(), name="till_detail"),
    path("/city-ledger", CityLedgerPage.as_view(), name="city_ledger"),
    path("/city-ledger/<int:pk>", CityAccountPage.as_view(), name="city_account"),
    path("/night-audit", NightAuditPage.as_view(), name="night_audit"),
    path("/night-audit/<str:day>", AuditDayPage.as_view(), name="audit_day"),
    path("/papers", PapersPage.as_view(), name="papers"),
    path("/papers/<int:pk>", PaperPage.as_view(), name="paper"),
    path("/papers/<int:pk>/file", PaperFile.as_view(), name="paper_file"),
    path("/setup", SetupPage.as_view(), name="setup"),
    path("/setup/hotel", HotelPage.as_view(), name="setup_hotel"),
    path("/setup/demo", DemoPage.as_view(), name="setup_demo"),
    path("/setup/rooms", RoomsStep.as_view(), name="setup_rooms"),
    path("/setup/rates", RatesStep.as_view(), name="setup_rates"),
    path("/setup/taxes", TaxesStep.as_view(), name="setup_taxes"),
    path("/rules/cancellation/<int:pk>", CancellationTrialPage.as_view(), name="cancellation_trial"),
    path("/rules/deposit/<int:pk>", DepositTrialPage.as_view(), name="deposit_trial"),
    path("/rules/no-show/<int:pk>", NoShowTrialPage.as_view(), name="no_show_trial"),
    path("/rules/restriction/<int:pk>", RestrictionTrialPage.as_view(), name="restriction_trial"),
    path("/rules/promo/sheet", PromoSheetPage.as_view(), name="promo_sheet"),
    path("/rules/promo/sheet.xlsx", PromoSheetFile.as_view(), name="promo_sheet_file"),
    path("/rules/promo/<int:pk>", PromoTrialPage.as_view(), name="promo_trial"),
    path("/people", PeoplePage.as_view(), name="people"),
    path("/people/roles", RolesPage.as_view(), name="roles"),
    path("/people/<int:pk>", PersonPage.as_view(), name="person"),
    path("/view-as", ViewAsPage.as_view(), name="view_as"),
    path("/view-as/end", ViewAsEnd.as_view(), name="view_as_end"),
    path("/blocks", BlockListPage.as_view(), name="block_list"),
    path("/blocks/<int:pk>", BlockPage.as_view(), name="block"),
    path("/blocks/<int:pk>/rooming-list", RoomingListPage.as_view(), name="rooming_list"),
    path("/waitlist", WaitlistPage.as_view(), name="waitlist"),
    path("/views/<slug:name>", ViewsPage.as_view(), name="views"),
]
