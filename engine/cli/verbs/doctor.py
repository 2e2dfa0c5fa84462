"""`tunesmith doctor`: what this machine has, and what it lacks and why."""

import argparse

from engine.cli.output import Column, Output
from engine.cli.parser import Parser
from engine.cli.verb import Verb
from engine.errors import EXIT_DONE, EXIT_FAILED
from engine.words import _


class Doctor(Verb):
    """Looks at GPUs, driver, libraries, disk and the way to the hub."""

    name = "doctor"
    summary = _("This machine: GPUs, libraries, disk, hub, and what is missing and why.")
    order = 70

    def add_arguments(self, parser: Parser) -> None:
        parser.add_argument(
            "--offline", action="store_true", help=_("do not ask whether the hub answers")
        )

    def run(self, args: argparse.Namespace, out: Output) -> int:
        from engine.cli.measures import size
        from engine.machine import doctor

        found = doctor(network=not args.offline)
        out.document(found.to_json())
        lines = [
            (_("python"), found.python),
            (_("torch"), f"{found.torch or '–'} (CUDA {found.cuda or '–'})"),
            (_("driver"), found.driver),
            (_("processors"), found.cpus),
            (_("memory"), _("{free} of {total} free").format(
                free=size(found.ram_free_bytes), total=size(found.ram_bytes))),
            (_("disk"), _("{free} free").format(free=size(found.disk_free_bytes))),
        ]  # fmt: skip
        out.table([Column(_("machine")), Column("", wrap=True)], lines)
        out.say()
        if found.gpus:
            out.table(
                [
                    Column(_("gpu"), right=True),
                    Column(_("name"), wrap=True),
                    Column(_("free"), right=True),
                    Column(_("total"), right=True),
                    Column(_("users"), wrap=True),
                ],
                [
                    (
                        gpu.index,
                        gpu.name,
                        size(gpu.free_bytes),
                        size(gpu.total_bytes),
                        ", ".join(f"{user.name or user.pid}" for user in gpu.users),
                    )
                    for gpu in found.gpus
                ],
            )
        else:
            out.say(_("No GPU: training runs on the processor."))
        out.say()
        out.table(
            [Column(_("part")), Column(_("there")), Column(_("why"), wrap=True)],
            [(b.name, _("yes") if b.available else _("no"), b.reason) for b in found.backends],
        )
        for warning in found.warnings:
            out.say()
            out.say(_("Warning: {text}").format(text=warning))
        return EXIT_DONE if found.ok else EXIT_FAILED


ENTRY = Doctor()
