"""A sentence in Chinese and in English, kept together so that neither goes missing."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in the two languages of the screen.

    Args:
        zh: Chinese, shown first.
        en: English, complete beside it.
    """

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        """Return the sentence for ``"en"``, and the Chinese for everything else."""
        return self.en if language == "en" else self.zh

    def fill(self, **values: object) -> "Text":
        """Return the sentence with its ``{named}`` places filled in, in both languages."""
        return Text(self.zh.format(**values), self.en.format(**values))


def count_in_english(count: int, one: str) -> str:
    """Return a number with its noun, which takes an ``s`` for all numbers but one.

    >>> count_in_english(1, "note"), count_in_english(2, "note")
    ('1 note', '2 notes')
    """
    return f"{count} {one}" if count == 1 else f"{count} {one}s"
