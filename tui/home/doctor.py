"""What this machine can do, what is missing and why."""

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Static

from engine import locations
from engine.machine import Doctor
from engine.words import _
from tui.background import Done, background
from tui.home import machine_facts
from tui.machine_view import gpu_lines, label_row
from tui.run.amounts import brief_bytes
from tui.safe_text import plain


class DoctorScreen(Screen[None]):
    """GPUs, memory, versions, optional libraries, warnings."""

    BINDINGS = [
        Binding("r", "again", _("Look again")),
        Binding("escape", "dismiss", _("Back")),
        Binding("j", "scroll(1)", _("Down"), show=False),
        Binding("k", "scroll(-1)", _("Up"), show=False),
    ]
    HELP = _("The same as `tunesmith doctor`.")

    DEFAULT_CSS = """
    DoctorScreen VerticalScroll { padding: 1 3; scrollbar-size-vertical: 1; }
    """

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield Static("", id="doctor", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.action_again()

    def action_again(self) -> None:
        """Look at everything anew."""
        self.query_one("#doctor", Static).update(_("Looking at this machine…"))
        background(self, "doctor", machine_facts.read_doctor)

    def action_scroll(self, direction: int) -> None:
        """Scroll by a line."""
        self.query_one(VerticalScroll).scroll_relative(y=direction, animate=False)

    @on(Done)
    def _looked(self, message: Done) -> None:
        message.stop()
        words = (
            Content(plain(message.problem.message))
            if message.problem is not None
            else doctor_words(message.value)
        )
        self.query_one("#doctor", Static).update(words)


def doctor_words(doctor: Doctor) -> Content:
    """The whole answer in sections."""
    sections = [_verdict(doctor), _machine(doctor), _versions(doctor), _backends(doctor)]
    return Content("\n\n").join(section for section in sections if section)


def _verdict(doctor: Doctor) -> Content:
    head = (
        Content.styled(_("✓ Ready to train"), "bold $success")
        if doctor.ok
        else Content.styled(_("✗ Something is missing"), "bold $error")
    )
    lines = [head, *(Content.assemble(("▲ ", "$warning"), plain(w)) for w in doctor.warnings)]
    return Content("\n").join(lines)


def _machine(doctor: Doctor) -> Content:
    lines = [Content.styled(_("Machine"), "bold")]
    for gpu in doctor.gpus:
        lines += gpu_lines(gpu)
    if doctor.driver:
        lines.append(label_row(_("driver"), _("{driver}, CUDA up to {cuda}").format(
            driver=plain(doctor.driver), cuda=plain(doctor.driver_cuda or "?"))))  # fmt: skip
    memory = _("{free} of {total} free, {n} CPU cores").format(
        free=brief_bytes(doctor.ram_free_bytes), total=brief_bytes(doctor.ram_bytes), n=doctor.cpus
    )
    lines.append(label_row(_("memory"), memory))
    if doctor.disk_free_bytes is not None:
        lines.append(label_row(_("disk"), _("{free} free at {path}").format(
            free=brief_bytes(doctor.disk_free_bytes), path=plain(locations.home()))))  # fmt: skip
    lines.append(label_row(_("system"), plain(doctor.system)))
    if doctor.container:
        lines.append(label_row(_("container"), plain(doctor.container)))
    return Content("\n").join(lines)


def _versions(doctor: Doctor) -> Content:
    lines = [Content.styled(_("Versions"), "bold"), label_row("python", doctor.python, 20)]
    for name, version in doctor.libraries.items():
        found = plain(version) if version else Content.styled(_("✗ missing"), "$error")
        if name == "torch" and version:
            found = _("{version}, {cuda}").format(
                version=plain(version),
                cuda=_("CUDA {v}").format(v=plain(doctor.cuda)) if doctor.cuda else _("CPU only"),
            )
        lines.append(label_row(plain(name), found, 20))
    return Content("\n").join(lines)


def _backends(doctor: Doctor) -> Content:
    lines = [Content.styled(_("What can be used"), "bold")]
    for backend in doctor.backends:
        sign = ("✓ ", "$success") if backend.available else ("○ ", "$text-muted")
        style = "" if backend.available else "$text-muted"
        lines.append(
            Content.assemble(
                "  ", sign, (plain(backend.name).ljust(18), ""), (plain(backend.reason), style)
            )
        )
    return Content("\n").join(lines)
