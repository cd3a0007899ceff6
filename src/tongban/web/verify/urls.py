"""Addresses of the verifier's room; the short ones stand in the QR codes of licences and documents."""

from django.urls import path

from tongban.web.shared.access import for_anyone
from tongban.web.verify import papers, views

app_name = "verify"
urlpatterns = [
    path("verify/", for_anyone(views.start), name="start"),
    path("v/<str:code>", for_anyone(views.code), name="code"),
    path("p/<str:code>", for_anyone(papers.code), name="paper"),
]
