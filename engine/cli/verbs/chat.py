"""`tunesmith chat`: talk to a run, while it trains or after it, or to a base model."""

import argparse
import sys
from contextlib import suppress
from typing import Any

from engine.cli.output import Output
from engine.cli.parser import Parser, number, whole
from engine.cli.verb import Verb
from engine.errors import EXIT_DONE, BadInput, TunesmithError
from engine.words import _

HELP = _(
    "/base  answer with the base too, or no longer\n"
    "/system TEXT  set the system prompt, or take it away\n"
    "/clear  begin a new conversation\n"
    "/quit  end (ctrl+d)\n"
    "ctrl+c ends an answer early."
)


class Chat(Verb):
    """Answers one prompt, or holds a conversation."""

    name = "chat"
    summary = _("Talks to a run, also while it trains, or to a model.")
    order = 26

    def add_arguments(self, parser: Parser) -> None:
        parser.add_argument(
            "reference", metavar="RUN-or-MODEL", help=_("a run, `last`, a folder or a hub id")
        )
        parser.add_argument("--prompt", metavar="TEXT", help=_("answer this once; - reads it"))
        parser.add_argument("--base", action="store_true", help=_("answer with the base too"))
        parser.add_argument("--system", metavar="TEXT", help=_("system prompt"))
        parser.add_argument(
            "--temperature", type=number(0, 10), default=0.7, metavar="T",
            help=_("0 always takes the likeliest word (0.7)"),
        )  # fmt: skip
        parser.add_argument(
            "--top-p", type=number(0.001, 1), default=0.95, metavar="P",
            help=_("choose among the likeliest words of this share (0.95)"),
        )  # fmt: skip
        parser.add_argument(
            "--max-tokens", type=whole(1), default=256, metavar="N", help=_("longest answer (256)")
        )
        parser.add_argument("--seed", type=whole(0), metavar="N", help=_("same answer every time"))

    def run(self, args: argparse.Namespace, out: Output) -> int:
        from engine.cli.talking import partner

        prompt = args.prompt
        if prompt == "-" or (prompt is None and not _is_terminal(sys.stdin)):
            prompt = sys.stdin.read() if sys.stdin else ""
        if prompt is not None and not prompt.strip():
            raise BadInput(_("The prompt is empty."), field="--prompt")
        if prompt is None and out.as_json:
            raise BadInput(
                _("chat: --json answers one prompt."), field="--prompt",
                advice=_("Add --prompt TEXT."), code="usage",
            )  # fmt: skip
        other = partner(args.reference, out)
        try:
            if prompt is not None:
                return _once(other, prompt, args, out)
            return Conversation(other, args, out).hold()
        finally:
            other.close()


def _once(other: Any, prompt: str, args: argparse.Namespace, out: Output) -> int:
    messages = [*_system(args.system), {"role": "user", "content": prompt}]
    document: dict[str, Any] = {"prompt": prompt}
    base: dict[str, Any] | None = None
    if args.base:
        out.say(_("base:"))
        base = _answer(other, messages, args, out, base=True)
        out.say(_("tuned:"))
    tuned = _answer(other, messages, args, out, base=False)
    document["answer"] = tuned["answer"]
    if base is not None:
        document["base"] = base["answer"]
    out.document({**document, "tokens": tuned["tokens"], "seconds": round(tuned["seconds"], 3)})
    return EXIT_DONE


def _answer(
    other: Any, messages: list[dict[str, str]], args: argparse.Namespace, out: Output, *, base: bool
) -> dict[str, Any]:
    asked = {
        "messages": messages,
        "base": base,
        "temperature": args.temperature,
        "top_p": args.top_p,
        "max_new_tokens": args.max_tokens,
        "seed": args.seed,
    }
    answer: dict[str, Any] = other.ask(asked, out.piece)
    out.say()
    return answer


def _system(text: str | None) -> list[dict[str, str]]:
    return [{"role": "system", "content": text}] if text else []


class Conversation:
    """Turn after turn in a terminal."""

    def __init__(self, other: Any, args: argparse.Namespace, out: Output) -> None:
        self._other = other
        self._args = args
        self._out = out
        self._messages = _system(args.system)

    def hold(self) -> int:
        """Talk until the person ends it."""
        with suppress(ImportError):
            import readline  # noqa: F401  (gives `input` a history and its keys)
        self._out.note(_("Type /help for the commands, ctrl+d to end."))
        while True:
            try:
                said = input("> ").strip()
            except EOFError:
                self._out.say()
                return EXIT_DONE
            if said in {"/quit", "/exit"}:
                return EXIT_DONE
            if said.startswith("/"):
                self._command(said)
            elif said:
                self._turn(said)

    def _command(self, said: str) -> None:
        word, _space, rest = said.partition(" ")
        if word == "/base":
            self._args.base = not self._args.base
            self._out.note(_("base: on") if self._args.base else _("base: off"))
        elif word == "/system":
            self._messages = _system(rest.strip())
            self._out.note(_("A new conversation begins."))
        elif word == "/clear":
            self._messages = [m for m in self._messages if m["role"] == "system"]
            self._out.note(_("A new conversation begins."))
        else:
            self._out.note(HELP)

    def _turn(self, said: str) -> None:
        messages = [*self._messages, {"role": "user", "content": said}]
        try:
            if self._args.base:
                self._out.say(_("base:"))
                _answer(self._other, messages, self._args, self._out, base=True)
                self._out.say(_("tuned:"))
            answer = _answer(self._other, messages, self._args, self._out, base=False)
        except KeyboardInterrupt:
            self._out.say()
            return
        except BadInput as problem:
            self._out.fail(problem.problem)
            return
        except TunesmithError as problem:
            self._out.fail(problem.problem)
            if problem.problem.code in {"gone", "unreachable"}:
                raise
            return
        self._messages = [*messages, {"role": "assistant", "content": answer["answer"]}]


def _is_terminal(stream: Any) -> bool:
    try:
        return bool(stream.isatty())
    except (AttributeError, ValueError):
        return False


ENTRY = Chat()
