"""Hints on files that were scanned at the window; the bounds are data of the hall."""

from collections.abc import Sequence
from dataclasses import dataclass

from tongban.flows.ports import Deps
from tongban.kernel.text import Text
from tongban.paper.scan_quality import ScanQuality, measure_scan


@dataclass(frozen=True, slots=True)
class ScanHint:
    """What should be looked at in one file; no hints when nothing was found."""

    name: str
    hints: Sequence[Text]


def read_scan_hints(files: Sequence[tuple[str, str]], deps: Deps) -> tuple[ScanHint, ...]:
    """Return hints for files, given as digest and name; those without any are left out."""
    hinted = []
    for digest, name in files:
        content = deps.files.find(digest)
        quality = measure_scan(content) if content else None
        if quality and (hints := _list_hints(quality, deps)):
            hinted.append(ScanHint(name, hints))
    return tuple(hinted)


def _list_hints(quality: ScanQuality, deps: Deps) -> list[Text]:
    rule = deps.catalogue.hall.scans
    hints = []
    if quality.long_side < rule.least_pixels:
        hints.append(_SMALL.fill(pixels=str(quality.long_side), least=str(rule.least_pixels)))
    if quality.contrast < rule.least_contrast:
        hints.append(_BLANK)
    elif quality.brightness < rule.least_brightness:
        hints.append(_DARK)
    if quality.askew_degrees >= rule.most_askew_degrees:
        hints.append(_ASKEW.fill(degrees=f"{quality.askew_degrees:g}"))
    return hints


_SMALL = Text(
    "分辨率低：长边只有 {pixels} 像素，建议不少于 {least}",
    "Low resolution: {pixels} pixels on the long side, at least {least} are better",
)
_BLANK = Text("几乎是空白页，请看是否扫反了", "Almost blank: was the wrong side scanned?")
_DARK = Text("偏暗，请加光重拍", "Dark: take it again with more light")
_ASKEW = Text(
    "歪了约 {degrees} 度，请摆正重扫", "Askew by some {degrees} degrees: straighten it and scan again"
)
