"""What the engine's children are started with."""

import subprocess
import sys

from engine import processes


def environment_of_a_child(tmp_path, program: str) -> str:
    done = subprocess.run(
        [*processes.command("probe")[:2], "-c", program],
        env=processes.environment(), cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout


def test_a_folder_called_engine_does_not_shadow_ours(tmp_path):
    (tmp_path / "engine").mkdir()
    (tmp_path / "engine" / "__init__.py").write_text("raise SystemExit('shadowed')")
    found = environment_of_a_child(tmp_path, "import engine; print(engine.__file__)")
    assert str(tmp_path) not in found


def test_children_tell_the_hub_nothing_and_load_no_code_from_it(tmp_path, monkeypatch):
    for name in processes.DEFAULTS:
        monkeypatch.delenv(name, raising=False)
    program = (
        "from huggingface_hub import constants as c; import os; "
        "print(c.HF_HUB_DISABLE_TELEMETRY, os.environ['USE_HUB_KERNELS'])"
    )
    assert environment_of_a_child(tmp_path, program).split() == ["True", "0"]


def test_what_the_person_set_holds(monkeypatch):
    monkeypatch.setenv("USE_HUB_KERNELS", "1")
    assert processes.environment()["USE_HUB_KERNELS"] == "1"


def test_the_interpreter_is_this_one():
    assert processes.command("engine.train", "x")[0] == sys.executable
