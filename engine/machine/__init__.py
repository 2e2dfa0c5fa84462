"""This machine: its GPUs, memory, processors, disks and what is installed. Imports no torch."""

from engine.machine.cards import CARDS, Card, card_of, imagine
from engine.machine.checkup import Backend, Doctor, doctor
from engine.machine.gpus import Gpu, GpuReading, GpuUser, gpus, read_gpus
from engine.machine.system import Disk, Machine, machine

__all__ = [
    "CARDS",
    "Backend",
    "Card",
    "Disk",
    "Doctor",
    "Gpu",
    "GpuReading",
    "GpuUser",
    "Machine",
    "card_of",
    "doctor",
    "gpus",
    "imagine",
    "machine",
    "read_gpus",
]
