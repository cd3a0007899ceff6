"""Secrets asked for at the terminal: never shown, never arguments of a command, typed twice when new."""

from getpass import getpass

from django.core.management.base import CommandError


def ask_secret(custodian: str) -> str:
    """Ask for a custodian's secret of the seal."""
    return getpass(f"Secret of {custodian}: ")


def ask_new_secret(custodian: str) -> str:
    """Ask for a new secret twice; raises CommandError when the two differ."""
    secret = getpass(f"New secret of {custodian}: ")
    if getpass("Once more: ") != secret:
        raise CommandError("The two are not the same; nothing was changed.")
    return secret
