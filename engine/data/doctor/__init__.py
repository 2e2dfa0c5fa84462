"""The data doctor: what is wrong with a data set, what becomes of each row, and what to do."""

from engine.data.doctor.checking import check, checked
from engine.data.doctor.findings import FINDINGS, Finding
from engine.data.doctor.report import Checkup, Setting

__all__ = ["FINDINGS", "Checkup", "Finding", "Setting", "check", "checked"]
