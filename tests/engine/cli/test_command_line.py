"""Words in, one document or one sentence out, and never a traceback."""

import json
import os
import subprocess
import sys

import pytest

from engine import processes
from engine.cli import command_line, verb
from engine.cli.verb import all_verbs
from tests.engine.cli.conftest import command

VERBS = [each.name for each in all_verbs()]
EXPECTED = {
    "demo", "plan", "train", "runs", "attach", "stop", "resume", "replay", "compare", "chat", "data",
    "presets", "models", "methods", "stages", "quantizations", "doctor",
}  # fmt: skip


def test_every_verb_is_listed_with_a_line(tunesmith):
    said = tunesmith("--help")
    assert said.code == 0
    assert said.err == ""
    assert set(VERBS) == EXPECTED
    for name in VERBS:
        assert f"\n  {name} " in said.out
    assert max(map(len, said.out.splitlines())) <= 100


@pytest.mark.parametrize("name", VERBS)
def test_every_verb_explains_itself(tunesmith, name):
    said = tunesmith(name, "--help")
    assert said.code == 0
    assert said.out.startswith(f"usage: tunesmith {name}")
    assert "--json" in said.out


def test_help_for_scripts_is_a_document_too(tunesmith):
    assert {row["name"] for row in tunesmith("--help", "--json").document} == EXPECTED
    assert "usage: tunesmith runs" in tunesmith("runs", "--help", "--json").document["help"]


def test_a_verb_is_one_file(tunesmith, tmp_path, monkeypatch):
    (tmp_path / "greet.py").write_text(
        "from engine.cli.verb import Verb\n"
        "class Greet(Verb):\n"
        "    name, summary = 'greet', 'Says hello.'\n"
        "    def run(self, args, out):\n"
        "        out.document({'hello': 1}); out.say('hello'); return 0\n"
        "ENTRY = Greet()\n"
    )
    from engine.cli import verbs

    monkeypatch.setattr(verbs, "__path__", [*verbs.__path__, str(tmp_path)])
    assert tunesmith("greet").out == "hello\n"
    assert tunesmith("greet", "--json").document == {"hello": 1}
    assert "greet" in tunesmith("--help").out
    sys.modules.pop("engine.cli.verbs.greet")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["plann"], "There is no verb 'plann'. Did you mean plan?"),
        (["zzzzz"], "There is no verb 'zzzzz'. `tunesmith --help` lists the verbs."),
        (["--wat"], "There is no flag --wat; a verb comes first."),
        (["runs", "--jsno"], "runs: there is no flag --jsno. Did you mean --json?"),
        (["runs", "extra"], "runs: there is one argument too many: extra."),
        (["train", "--sett=1", "x"], "train: there is no flag --sett. Did you mean --set?"),
        (["train"], "train: the following arguments are required: RECIPE."),
        (["plan", "x", "--gpu"], "plan: argument --gpu: expected one argument."),
        (["data", "chekc", "x"], "data: argument what: invalid choice"),
        (["chat", "x", "--temperature", "hot"], "expected a number from 0 to 10, found 'hot'."),
        (["chat", "x", "--max-tokens", "0"], "expected a whole number from 1 up, found '0'."),
        (["chat", "x", "--seed", "-1"], "expected a whole number from 0 up, found '-1'."),
        (["chat", "x", "--top-p", "nan"], "found 'nan'"),
        (["demo"], "Without --headless, `tunesmith demo` is the app"),
        (["export", "last"], "`tunesmith export` is not part of this version yet."),
        (["eval"], "`tunesmith eval` is not part of this version yet."),
        (["serve"], "`tunesmith serve` is not part of this version yet."),
        (["queue"], "`tunesmith queue` is not part of this version yet."),
        (["report"], "`tunesmith report` is not part of this version yet."),
        (["launch"], "`tunesmith launch` is not part of this version yet."),
        (["web"], "`tunesmith web` is not part of this version yet."),
        (["ru\x1b[31mns\n"], "There is no verb 'ru\\x1b[31mns\\n'."),
        (["runs", "\x1b]0;title\x07"], "too many: ␛]0;title␇."),
    ],
)
def test_words_that_cannot_be_used_are_one_sentence_and_exit_2(tunesmith, words, sentence):
    said = tunesmith(*words)
    assert said.code == 2
    assert sentence in said.sentence
    told = tunesmith(*words, "--json")
    assert told.code == 2
    assert told.err == ""
    assert set(told.document) == {"error"}
    assert set(told.document["error"]) == {"code", "message", "field", "advice"}


def test_the_version_is_told(tunesmith):
    from engine import __version__

    assert tunesmith("--version").out == f"tunesmith {__version__}\n"
    assert tunesmith("--json", "--version").document == {"version": __version__}


def test_an_unforeseen_failure_is_a_sentence_and_a_log(tunesmith, monkeypatch, tunesmith_home):
    def fail(_self, _args, _out):
        raise ZeroDivisionError("a mistake of ours")

    monkeypatch.setattr(type(verb.find_verb("runs")), "run", fail)
    said = tunesmith("runs")
    assert said.code == 1
    assert "ZeroDivisionError: a mistake of ours" in said.sentence
    (log,) = (tunesmith_home / "errors").iterdir()
    assert str(log) in said.sentence
    assert log.stat().st_mode & 0o777 == 0o600
    assert "Traceback" in log.read_text()
    told = tunesmith("runs", "--json")
    assert told.code == 1
    assert told.document["error"]["code"] == "unexpected"
    assert "Traceback" not in told.err
    monkeypatch.setenv("TUNESMITH_DEBUG", "1")
    assert "Traceback" in tunesmith("runs").err


def test_a_log_that_has_no_place_at_home_is_written_elsewhere(tunesmith, monkeypatch):
    def fail(_self, _args, _out):
        raise RuntimeError

    monkeypatch.setattr(type(verb.find_verb("runs")), "run", fail)
    monkeypatch.setenv("TUNESMITH_HOME", "/proc/nowhere")
    said = tunesmith("runs")
    assert said.code == 1
    path = said.sentence.rsplit(" in ", 1)[1].rstrip(".")
    assert "Traceback" in open(path).read()
    os.unlink(path)


def test_ctrl_c_is_exit_130(tunesmith, monkeypatch):
    def interrupted(_self, _args, _out):
        raise KeyboardInterrupt

    monkeypatch.setattr(type(verb.find_verb("runs")), "run", interrupted)
    assert tunesmith("runs").code == 130
    told = tunesmith("runs", "--json")
    assert told.code == 130
    assert told.document["error"]["code"] == "interrupted"


def test_what_libraries_print_never_reaches_a_document(shell, tmp_path, monkeypatch):
    verbs = tmp_path / "noisy.py"
    verbs.write_text(
        "import os, subprocess, sys\n"
        "from engine.cli.verb import Verb\n"
        "class Noisy(Verb):\n"
        "    name, summary = 'noisy', 'x'\n"
        "    def run(self, args, out):\n"
        "        print('python noise')\n"
        "        os.write(1, b'C noise\\n')\n"
        "        subprocess.run(['echo', 'child noise'])\n"
        "        out.document({'ok': True}); out.say('ok')\n"
        "        print('late noise')\n"
        "        return 0\n"
        "ENTRY = Noisy()\n"
    )
    program = (
        "import sys; from engine.cli import verbs, main; "
        f"verbs.__path__.append({str(tmp_path)!r}); sys.exit(main(sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", program, "noisy", "--json"],
        env=processes.environment(), capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(done.stdout) == {"ok": True}
    for noise in ("python noise", "C noise", "child noise", "late noise"):
        assert noise in done.stderr


def test_a_reader_that_has_enough_is_no_failure():
    program = f"set -o pipefail; {' '.join(command('models'))} | head -1"
    done = subprocess.run(
        ["bash", "-c", program], env=processes.environment(), capture_output=True, text=True
    )
    assert done.returncode == 0
    assert done.stderr == ""
    assert done.stdout.startswith("name")


def test_a_full_disk_behind_standard_output_is_one_sentence():
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            command("models"), stdout=full, stderr=subprocess.PIPE, text=True,
            env=processes.environment(),
        )  # fmt: skip
    assert done.returncode == 1
    assert "No space left" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&-"])
def test_closed_streams_are_no_failure(closed):
    done = subprocess.run(
        ["bash", "-c", f"{' '.join(command('stages', '--json'))} {closed}"],
        env=processes.environment(), capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0
    assert "Traceback" not in done.stderr


def test_a_terminal_that_knows_only_ascii_is_no_failure(shell, monkeypatch):
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    said = shell("models")
    assert said.code == 0
    assert "pocket" in said.out


def test_json_on_standard_output_is_ascii_without_control_codes(tunesmith, capfd):
    from engine.cli.output import opened

    with opened(True) as out:
        out.document({"text": "\x1b[31m\x7f\x9b\u202e甄🦊\ud800", "nan": float("nan")})
    text = capfd.readouterr().out.rstrip("\n")
    assert text.isascii()
    assert text.isprintable()
    assert json.loads(text) == {"text": "\x1b[31m\x7f\x9b\u202e甄🦊\ud800", "nan": None}


@pytest.mark.parametrize(
    "name", ["runs", "models", "methods", "stages", "quantizations", "presets"]
)
def test_lists_import_nothing_heavy(name):
    """What makes them quick: a set of imports is steady where a time is not."""
    program = (
        "import sys; from engine.cli import main; main(sys.argv[1:]); "
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", program, name],
        env=processes.environment(), capture_output=True, text=True, check=True,
    )  # fmt: skip
    loaded = set(done.stderr.split())
    heavy = {"torch", "transformers", "peft", "trl", "datasets", "numpy", "pandas", "accelerate"}
    assert not loaded & (heavy | {"textual", "matplotlib", "bitsandbytes", "huggingface_hub"})


def test_no_verb_of_the_future_is_listed(tunesmith):
    listed = tunesmith("--help").out
    for name in command_line.LATER:
        assert f"\n  {name} " not in listed
