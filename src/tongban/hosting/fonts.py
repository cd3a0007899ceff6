"""Where the Chinese fonts are: npm's, which come with the locked parts, or else Debian's."""

from pathlib import Path

from tongban.hosting.complaint import CannotRun

FROM_NPM = Path("node_modules/@expo-google-fonts")
FROM_DEBIAN = Path("/usr/share/fonts/opentype/noto")
WANTED = ("*Serif*SC*400Regular.ttf", "NotoSerifCJK-Regular.ttc")


def find_font_folder(checkout: Path) -> Path:
    """The folder to hand to Typst; it is searched with everything below it.

    npm's fonts call themselves ``Noto Serif SC`` and ``Noto Sans SC``, Debian's
    ``Noto Serif CJK SC`` and ``Noto Sans CJK SC``: a template names both. Each covers all of GB 2312
    and may be embedded (OFL 1.1).

    Raises:
        CannotRun: neither is here.
    """
    for folder in (checkout / FROM_NPM, FROM_DEBIAN):
        if any(next(folder.rglob(pattern), None) for pattern in WANTED):
            return folder
    raise CannotRun(
        "没有找到中文字体。No Chinese font was found, and documents need one. "
        "Run `make setup`, or install Debian's fonts-noto-cjk."
    )
