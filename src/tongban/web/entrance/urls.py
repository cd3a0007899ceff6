"""Addresses of the entrance."""

from django.urls import path

from tongban.web.entrance import views
from tongban.web.shared.access import for_anyone

app_name = "entrance"
urlpatterns = [
    path("", for_anyone(views.home), name="home"),
    path("login/", for_anyone(views.log_in), name="login"),
    path("logout/", for_anyone(views.log_out), name="logout"),
]
