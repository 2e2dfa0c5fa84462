"""The app's colours: calm greys and one accent, in truecolor and in the terminal's own 16."""

import os

from textual.theme import Theme

DARK = Theme(
    name="tunesmith-dark",
    primary="#e0995e",
    secondary="#8a93a3",
    accent="#e0995e",
    warning="#e3c36a",
    error="#e8757a",
    success="#8fbf7a",
    foreground="#d6d9e0",
    background="#15171b",
    surface="#1d2026",
    panel="#262a32",
    boost="#2b303a",
    variables={
        "border": "#e0995e",
        "border-blurred": "#3a404b",
        "block-cursor-foreground": "#ffdcb8",
        "block-cursor-background": "#41301f",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-foreground": "#d6d9e0",
        "block-cursor-blurred-background": "#1f2228",
        "block-cursor-blurred-text-style": "none",
        "block-hover-background": "#22262d",
        "input-cursor-background": "#e0995e",
        "input-cursor-foreground": "#15171b",
        "input-selection-background": "#e0995e 35%",
        "footer-background": "#15171b",
        "footer-item-background": "#15171b",
        "footer-key-foreground": "#e0995e",
        "footer-key-background": "#15171b",
        "footer-description-background": "#15171b",
        "footer-description-foreground": "#9aa2b1",
        "scrollbar": "#343a45",
        "scrollbar-hover": "#4a5260",
        "scrollbar-active": "#e0995e",
        "scrollbar-background": "#15171b",
        "scrollbar-background-hover": "#15171b",
        "scrollbar-background-active": "#15171b",
        "scrollbar-corner-color": "#15171b",
        "text-muted": "#8a93a3",
        "text-disabled": "#5f6775",
    },
)

LIGHT = Theme(
    name="tunesmith-light",
    primary="#a4511a",
    secondary="#5a6370",
    accent="#a4511a",
    warning="#8a6100",
    error="#b3261e",
    success="#2f7d32",
    foreground="#23262b",
    background="#faf9f7",
    surface="#efedea",
    panel="#e4e1dd",
    boost="#dcd8d3",
    dark=False,
    variables={
        "border": "#a4511a",
        "border-blurred": "#c9c4bd",
        "block-cursor-foreground": "#4a2106",
        "block-cursor-background": "#f3d9c4",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-foreground": "#23262b",
        "block-cursor-blurred-background": "#efedea",
        "block-cursor-blurred-text-style": "none",
        "block-hover-background": "#e9e6e2",
        "input-cursor-background": "#a4511a",
        "input-cursor-foreground": "#ffffff",
        "footer-background": "#faf9f7",
        "footer-item-background": "#faf9f7",
        "footer-key-foreground": "#a4511a",
        "footer-key-background": "#faf9f7",
        "footer-description-background": "#faf9f7",
        "footer-description-foreground": "#5a6370",
        "scrollbar": "#c9c4bd",
        "scrollbar-background": "#faf9f7",
        "scrollbar-background-hover": "#faf9f7",
        "scrollbar-background-active": "#faf9f7",
        "scrollbar-corner-color": "#faf9f7",
        "text-muted": "#5a6370",
        "text-disabled": "#97918a",
    },
)

THEMES = (DARK, LIGHT)


def default_theme() -> str:
    """Our dark theme, or the terminal's own colours where it has few or none are wanted."""
    if os.environ.get("NO_COLOR") is not None:
        return "ansi-dark"
    term = os.environ.get("TERM", "")
    few = term in {"linux", "vt100", "vt220", "ansi", "xterm", "screen"}
    return "ansi-dark" if few and not os.environ.get("COLORTERM") else DARK.name
