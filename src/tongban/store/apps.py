"""The store as Django knows it: the one app with tables."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Registers the tables under the label ``store``."""

    name = "tongban.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"
