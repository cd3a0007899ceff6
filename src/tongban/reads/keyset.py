"""Pages by keyset: what comes behind a place in an order, compared as one row."""

from collections.abc import Mapping
from typing import Any

from django.db.models import BooleanField, F, Func, TextField, Value


def lies_behind(place: Mapping[str, Any], *, is_before: bool = False) -> Func:
    """Return the predicate of the rows that come after a place in an order by its columns, all one way.

    Rows are compared as PostgreSQL compares rows, so that the index of the order begins at the place. Written
    out column by column, with OR, everything behind the place may be gathered and sorted first.

    Args:
        place: the values of the last row that was shown, by column, in the order of the list.
        is_before: True for the rows that come before it, or after it in a list with the largest first.
    """
    here = Func(*(F(column) for column in place), function="ROW", output_field=TextField())
    there = Func(*(Value(value) for value in place.values()), function="ROW", output_field=TextField())
    return Func(
        here,
        there,
        template="%(expressions)s",
        arg_joiner=" < " if is_before else " > ",
        output_field=BooleanField(),
    )
