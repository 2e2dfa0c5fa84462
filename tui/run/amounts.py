"""Figures in the few cells a screen has for them."""

import math
from pathlib import Path

from engine.words import _

KIB = 1024


def brief_path(path: Path) -> str:
    """A path with the person's home as `~`."""
    text, home = str(path), str(Path.home())
    return "~" + text[len(home) :] if text.startswith(home + "/") else text


def brief_source(source: str, most: int = 28) -> str:
    """The end of a long path, behind `…/`; hub ids and short names as they are."""
    if len(source) <= most or "/" not in source:
        return source
    kept = source.rstrip("/").rsplit("/", 1)[-1]
    for part in reversed(source.rstrip("/").split("/")[:-1]):
        if len(part) + len(kept) + 3 > most:
            break
        kept = f"{part}/{kept}"
    return f"…/{kept}"


def figure(value: float | None, digits: int = 4) -> str:
    """A figure with so many significant digits: 1.234, 12.34, 0.01234, 1.2e-05; `–` if unknown."""
    if value is None or math.isnan(value):
        return "–"
    if math.isinf(value):
        return "∞" if value > 0 else "-∞"
    if value == 0:
        return "0"
    size = math.floor(math.log10(abs(value)))
    if size < -2 or size >= digits + 2:
        return f"{value:.{max(0, digits - 3)}e}"
    return f"{value:.{max(0, digits - 1 - size)}f}"


def rate(value: float | None) -> str:
    """A learning rate as people write it: 2e-4, 1.53e-5."""
    if value is None or math.isnan(value):
        return "–"
    if value == 0:
        return "0"
    mantissa, exponent = f"{value:.2e}".split("e")
    return f"{mantissa.rstrip('0').rstrip('.')}e{int(exponent)}"


def brief_count(value: float | None) -> str:
    """A count: 912, 3.4k, 12k, 1.2M."""
    if value is None or math.isnan(value):
        return "–"
    size = float(value)
    if size < 1000:
        return f"{size:.0f}"
    for unit in ("k", "M", "G", "T"):
        size /= 1000
        if size < 999.5 or unit == "T":
            break
    return f"{size:.1f}{unit}" if size < 9.95 else f"{size:.0f}{unit}"


def brief_bytes(value: float | None) -> str:
    """Bytes in binary units: 912 B, 3.4 MiB, 12.1 GiB."""
    if value is None or math.isnan(value):
        return "–"
    size = float(value)
    if size < KIB:
        return f"{size:.0f} B"
    for unit in ("KiB", "MiB", "GiB", "TiB"):
        size /= KIB
        if size < 1000 or unit == "TiB":
            break
    return f"{size:.1f} {unit}" if size < 99.95 else f"{size:.0f} {unit}"


def brief_seconds(value: float | None) -> str:
    """A duration: 0.4s, 12s, 3m 05s, 2h 14m, 3d 4h."""
    if value is None or math.isnan(value):
        return "–"
    if value < 9.95:
        return _("{n}s").format(n=f"{value:.1f}")
    return whole_seconds(value)


def whole_seconds(value: float | None) -> str:
    """A duration without parts of a second: 0s, 12s, 3m 05s, 2h 14m, 3d 4h."""
    if value is None or math.isnan(value):
        return "–"
    seconds = round(value)
    if seconds < 60:
        return _("{n}s").format(n=seconds)
    minutes, seconds = divmod(seconds, 60)
    if minutes < 60:
        return _("{m}m {s}s").format(m=minutes, s=f"{seconds:02d}")
    hours, minutes = divmod(minutes, 60)
    if hours < 48:
        return _("{h}h {m}m").format(h=hours, m=f"{minutes:02d}")
    days, hours = divmod(hours, 24)
    return _("{d}d {h}h").format(d=days, h=hours)
