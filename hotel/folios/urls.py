"""Routes of the pages that guests see."""

from django.urls import path

from hotel.folios import views

app_name = "folios"
urlpatterns = [
    path("<str:token>", views.payment_link, name="payment_link"),
    path("<str:token>/card", views.payment_link_follow, name="payment_link_follow"),
]
