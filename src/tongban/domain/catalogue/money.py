"""Money as people write it in a form: yuan with at most two decimals; inside it is a whole number of fen."""

import re
import unicodedata

MAX_AMOUNT_CHARACTERS = 40
_FEN_IN_YUAN = 100
_AMOUNT = re.compile(r"[¥￥]?(-?)(\d{1,13}|\d{1,3}(?:,\d{3}){1,4})(?:\.(\d{1,2}))?(?:元|yuan)?", re.ASCII)


def read_yuan(text: str) -> int | None:
    """Return the fen of an amount written in yuan, such as ``8000``, ``8,000.50`` or ``8000元``.

    Full-width digits count as digits. None for anything else: a third decimal is never rounded
    away, and nothing behind forty characters is cut off.
    """
    if len(text) > MAX_AMOUNT_CHARACTERS:
        return None
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    found = _AMOUNT.fullmatch(plain)
    if found is None:
        return None
    sign, yuan, decimals = found.groups()
    fen = int(yuan.replace(",", "")) * _FEN_IN_YUAN + int((decimals or "").ljust(2, "0"))
    return -fen if sign else fen


def write_yuan(fen: int) -> str:
    """Return an amount as it is typed into a form: ``8000`` or ``8000.50``."""
    yuan, rest = divmod(abs(fen), _FEN_IN_YUAN)
    return f"{'-' if fen < 0 else ''}{yuan}{f'.{rest:02}' if rest else ''}"
