"""The life of runs on disk: directories, journals, locks and the control socket."""

from engine.runs.control import ControlServer, Order, connect, order_by_file, take_file_order
from engine.runs.directory import RunDirectory, all_runs, create, find
from engine.runs.journal import JournalTail, JournalWriter, last_entry, read_journal, valid
from engine.runs.launch import start_trainer, wait_for_control
from engine.runs.owner import Owner, is_owned
from engine.runs.summary import RunSummary, list_runs, summarize

__all__ = [
    "ControlServer",
    "JournalTail",
    "JournalWriter",
    "Order",
    "Owner",
    "RunDirectory",
    "RunSummary",
    "all_runs",
    "connect",
    "create",
    "find",
    "is_owned",
    "last_entry",
    "list_runs",
    "order_by_file",
    "read_journal",
    "start_trainer",
    "summarize",
    "take_file_order",
    "valid",
    "wait_for_control",
]
