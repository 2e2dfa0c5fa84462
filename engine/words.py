"""Words a person reads, looked up in one gettext catalogue per language.

A second language is one more `engine/locale/<language>/LC_MESSAGES/tunesmith.mo`.
"""

import gettext
from pathlib import Path

LOCALE_DIRECTORY = Path(__file__).parent / "locale"

_catalogue = gettext.translation("tunesmith", LOCALE_DIRECTORY, fallback=True)

_ = _catalogue.gettext
"""Translate one message; `_("{n} rows").format(n=3)` keeps the message constant."""

ngettext = _catalogue.ngettext
"""Translate a message with a singular and a plural form."""
