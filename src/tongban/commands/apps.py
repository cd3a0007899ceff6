"""The operators' room as a Django app, so that its commands and its tasks are found."""

from django.apps import AppConfig


class CommandsConfig(AppConfig):
    """Holds `manage.py` commands and the workers' tasks; has no tables."""

    name = "tongban.commands"
    label = "commands"
