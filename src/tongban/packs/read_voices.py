"""Read what people may raise beside an application: ``voices.yaml``, with the law's own numbers."""

from tongban.domain.law import LawBook
from tongban.domain.voice.book import NO_VOICES, VoiceBook
from tongban.domain.voice.parse import parse_voices
from tongban.packs.reading import Reading

VOICES_FILE = "voices.yaml"


def read_voices(law: LawBook, reading: Reading) -> VoiceBook:
    """Return the book; what is wrong goes to ``reading``, and a folder without the file has none."""
    path = reading.folder / VOICES_FILE
    if not path.exists():
        return NO_VOICES
    plain = reading.with_law(reading.read_plain(path), law, path)
    return reading.attempt(lambda: parse_voices(plain, path.name), path) or NO_VOICES
