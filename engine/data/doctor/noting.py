"""One thing noticed in one row that is used."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Noted:
    """The code of a finding, and a sentence on what it is in this row."""

    code: str
    message: str
