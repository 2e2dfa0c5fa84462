"""What the doctor finds."""

import json
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from engine.machine import Gpu, checkup, doctor, installed, machine
from engine.machine.checkup import hub
from engine.processes import environment

GIB = 1 << 30
CARD = Gpu(0, "GPU-a", "NVIDIA GeForce RTX 4090", 24 * GIB, 23 * GIB, compute_capability=(8, 9))


@pytest.fixture
def offline(monkeypatch):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")


def backend(found, name):
    return next(one for one in found.backends if one.name == name)


def test_the_document_has_every_field_of_the_contract(offline):
    document = json.loads(json.dumps(doctor().to_json()))
    assert {
        "ok", "python", "torch", "cuda", "gpus", "ram_bytes", "disk_free_bytes", "backends",
        "warnings",
    } <= set(document)  # fmt: skip
    assert document["ok"] is True
    assert document["python"] == ".".join(map(str, sys.version_info[:3]))
    assert document["ram_bytes"] > 0
    assert all(set(b) == {"name", "available", "reason"} for b in document["backends"])


def test_versions_are_found_without_importing_anything_heavy():
    code = (
        "import sys; from engine.machine import doctor; d = doctor(network=False);"
        "assert d.torch, d; print([m for m in ('torch','transformers','datasets','numpy',"
        "'huggingface_hub') if m in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[]"


def test_a_missing_library_makes_it_not_ok_and_says_what_to_install(monkeypatch, offline):
    real = installed.version
    monkeypatch.setattr(installed, "version", lambda n: None if n == "peft" else real(n))
    found = doctor()
    assert found.ok is False
    assert any("peft" in warning and "pip install" in warning for warning in found.warnings)


def test_a_version_that_was_not_tested_is_told(monkeypatch, offline):
    real = installed.version
    monkeypatch.setattr(installed, "version", lambda n: "0.1" if n == "trl" else real(n))
    assert any(w.startswith("trl 0.1 ") for w in doctor().warnings)


def test_a_gpu_that_torch_cannot_use_is_told(monkeypatch, offline):
    monkeypatch.setattr(installed, "torch_build", lambda: ("2.13.0+cpu", None))
    found = doctor(machine().with_gpus((CARD,)))
    assert any("torch 2.13.0+cpu cannot use it" in warning for warning in found.warnings)
    assert not backend(found, "cuda").available


def test_a_driver_older_than_torchs_cuda_is_told(monkeypatch, offline):
    import dataclasses

    monkeypatch.setattr(installed, "torch_build", lambda: ("2.13.0", "13.0"))
    here = dataclasses.replace(machine().with_gpus((CARD,)), driver="550.0", driver_cuda="12.4")
    found = doctor(here)
    assert any("update the driver" in warning for warning in found.warnings)
    assert backend(found, "cuda").available


def test_a_home_that_cannot_be_written_is_told(monkeypatch, tmp_path, offline):
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("TUNESMITH_HOME", str(blocked / "home"))
    found = doctor()
    assert found.ok is False
    assert any("TUNESMITH_HOME" in warning for warning in found.warnings)


def test_little_disk_is_told(monkeypatch, offline):
    monkeypatch.setattr(checkup, "LOW_DISK_BYTES", 1 << 62)
    assert any("GB left" in warning for warning in doctor().warnings)


class _Answers(BaseHTTPRequestHandler):
    def do_HEAD(self):
        self.send_response(404)
        self.end_headers()

    def log_message(self, *_args):
        pass


class TestHub:
    @pytest.fixture(autouse=True)
    def online(self, monkeypatch):
        for name in ("HF_HUB_OFFLINE", "HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy"):
            monkeypatch.delenv(name, raising=False)

    def test_any_answer_of_the_endpoint_is_access(self, monkeypatch):
        server = HTTPServer(("127.0.0.1", 0), _Answers)
        Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{server.server_port}")
        found = hub()
        server.shutdown()
        server.server_close()
        assert found.available
        assert found.reason.endswith(str(server.server_port))

    def test_an_endpoint_that_does_not_answer_is_told_without_its_password(self, monkeypatch):
        monkeypatch.setenv("HF_ENDPOINT", "http://me:secret@127.0.0.1:1")
        found = hub(timeout=1)
        assert not found.available
        assert "secret" not in found.reason
        assert "local models" in found.reason

    def test_what_is_no_address_is_told(self, monkeypatch):
        monkeypatch.setenv("HF_ENDPOINT", "file:///etc/passwd")
        assert not hub().available

    def test_offline_mode_is_honoured(self, monkeypatch):
        monkeypatch.setenv("HF_HUB_OFFLINE", "1")
        assert "HF_HUB_OFFLINE" in hub().reason
