"""Addresses of the hall's room; nobody needs an account here."""

from django.urls import path

from tongban.web.hall import appointment_pages, rating_pages, ticket_pages
from tongban.web.shared.access import for_anyone

app_name = "hall"
urlpatterns = [
    path("", for_anyone(ticket_pages.entrance), name="entrance"),
    path("tickets/<slug:label>/", for_anyone(ticket_pages.ticket), name="ticket"),
    path("tickets/<slug:label>/rate/", for_anyone(rating_pages.rate), name="rate"),
    path("board/", for_anyone(ticket_pages.board), name="board"),
    path("check-in/", for_anyone(ticket_pages.check_in), name="check-in"),
    path("appointments/", for_anyone(appointment_pages.choose), name="appointments"),
    path("appointments/book/", for_anyone(appointment_pages.book), name="book"),
    path("appointments/<slug:code>/", for_anyone(appointment_pages.appointment), name="appointment"),
    path("appointments/<slug:code>/cancel/", for_anyone(appointment_pages.cancel), name="cancel"),
]
