"""Addresses of the verifier's room; the short one stands in the QR code of every licence."""

from django.urls import path

from tongban.web.shared.access import for_anyone
from tongban.web.verify import views

app_name = "verify"
urlpatterns = [
    path("verify/", for_anyone(views.start), name="start"),
    path("v/<str:code>", for_anyone(views.code), name="code"),
]
