"""One value, one string of bytes, so that two houses hash the same thing (RFC 8785, without floats)."""

import json
from collections.abc import Mapping, Sequence

_MAX_SAFE_INT = 2**53 - 1
"""RFC 8785 writes numbers as IEEE doubles do; beyond this, other readers would round."""

_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def canonical(value: object) -> bytes:
    """Return the canonical JSON of ``value`` in UTF-8.

    Keys are sorted by their UTF-16 code units, nothing is spaced, text is written as it is.

    Args:
        value: None, bool, int within ±(2**53-1), str without lone surrogates, and lists, tuples
            and mappings with str keys of these.

    Raises:
        TypeError: a float, or another thing that has no single spelling.
        ValueError: an int that a double cannot hold, or text that is not Unicode.
    """
    try:
        return _ENCODER.encode(_ordered(value)).encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError("text with a lone surrogate has no UTF-8") from error


def _ordered(value: object) -> object:
    """The same value with every mapping in the order of RFC 8785 section 3.2.3."""
    kind = type(value)
    if kind is str or value is None or kind is bool:  # nearly everything is one of these
        return value
    match value:
        case str():
            return value
        case int():
            if abs(value) > _MAX_SAFE_INT:
                raise ValueError("an int beyond 2**53-1 is not the same number everywhere")
            return value
        case dict() | Mapping():
            return {key: _ordered(value[key]) for key in _sorted_keys(value)}
        case list() | tuple() | Sequence() if not isinstance(value, bytes | bytearray | memoryview):
            return [_ordered(each) for each in value]
        case _:
            raise TypeError(f"{type(value).__name__} has no canonical form")


def _sorted_keys(mapping: Mapping[str, object]) -> list[str]:
    """Keys by their UTF-16 code units; among ASCII alone, the order of characters is the same."""
    keys = list(mapping)
    try:
        is_ascii = "".join(keys).isascii()
    except TypeError:
        is_ascii = False  # a key that is no text; the sort key refuses it
    return sorted(keys) if is_ascii else sorted(keys, key=_utf16)


def _utf16(key: object) -> bytes:
    """Sort key: UTF-16 code units, which put an emoji before U+FB33 although its code point is higher."""
    if not isinstance(key, str):
        raise TypeError(f"a key is text, not {type(key).__name__}")
    return key.encode("utf-16-be", "surrogatepass")
