"""Children of ours see our packages first, and fetch no compiled code from anywhere."""

import subprocess
import sys

from engine import processes


def test_a_folder_of_the_person_named_engine_does_not_shadow_ours(tmp_path):
    (tmp_path / "engine").mkdir()
    (tmp_path / "engine" / "__init__.py").write_text("raise SystemExit('shadowed')")
    done = subprocess.run(
        [sys.executable, "-P", "-c", "import engine; print(engine.__version__)"],
        cwd=tmp_path, env=processes.environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def test_an_installed_kernels_package_is_not_found_unless_asked_for(tmp_path):
    (tmp_path / "kernels.py").write_text("print('fetched code runs')")
    program = (
        "from engine.processes import adopt_defaults; adopt_defaults()\n"
        "try:\n    import kernels\nexcept ImportError:\n    print('kept out')\n"
    )
    environment = processes.environment()
    environment["PYTHONPATH"] += f":{tmp_path}"

    def said(**more):
        return subprocess.run(
            [sys.executable, "-P", "-c", program],
            env={**environment, **more}, capture_output=True, text=True, check=True,
        ).stdout.strip()  # fmt: skip

    assert said() == "kept out"
    assert said(USE_HUB_KERNELS="1") == "fetched code runs"
