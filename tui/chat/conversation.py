"""A conversation with one model, or with it and its base side by side; knows no widget."""

from dataclasses import dataclass, field

from engine.errors import Problem
from tui.chat.voice import Message


@dataclass
class Answer:
    """What one side said to one prompt, growing while it speaks."""

    base: bool
    text: str = ""
    state: str = "waiting"
    """waiting, loading, speaking, done, stopped or failed."""
    tokens: int = 0
    seconds: float = 0.0
    cut: bool = False
    """Ended because it reached the longest length asked for."""
    problem: Problem | None = None

    @property
    def under_way(self) -> bool:
        """Whether more may come."""
        return self.state in {"waiting", "loading", "speaking"}

    @property
    def tokens_per_second(self) -> float | None:
        """How fast it was said."""
        return self.tokens / self.seconds if self.tokens and self.seconds > 0 else None

    def say(self, piece: object) -> None:
        """Take one part of the answer: `{text}` or `{phase}`."""
        if not isinstance(piece, dict):
            return
        if isinstance(piece.get("text"), str):
            self.text += piece["text"]
            self.state = "speaking"
        elif isinstance(piece.get("phase"), str) and self.state != "speaking":
            self.state = "loading"

    def end(self, value: object, problem: Problem | None) -> None:
        """Take the end of the answer."""
        if problem is not None:
            self.problem = problem
            self.state = "failed"
            return
        result = value if isinstance(value, dict) else {}
        if isinstance(result.get("answer"), str):
            self.text = result["answer"]
        self.tokens = int(result.get("tokens") or 0)
        self.seconds = float(result.get("seconds") or 0.0)
        self.cut = result.get("stopped") == "length"
        self.state = "stopped" if result.get("stopped") == "cancelled" else "done"


@dataclass
class Turn:
    """A prompt and what was answered to it."""

    prompt: str
    answers: list[Answer] = field(default_factory=list)
    step: int | None = None

    def answer(self, base: bool) -> Answer | None:
        """What one side answered."""
        return next((a for a in self.answers if a.base is base), None)


@dataclass
class Conversation:
    """Turns in order."""

    turns: list[Turn] = field(default_factory=list)

    def messages(self, base: bool) -> list[Message]:
        """What one side is asked: its own answers only, ending with the newest prompt."""
        said: list[Message] = []
        for turn in self.turns[:-1]:
            answer = turn.answer(base)
            if answer is None or not answer.text or answer.state == "failed":
                continue
            said += [Message("user", turn.prompt), Message("assistant", answer.text)]
        return [*said, Message("user", self.turns[-1].prompt)]

    def take_finished(self, prompt: str, answer: Answer, step: int | None) -> None:
        """Add a turn that was completed elsewhere; a base answer joins its tuned twin."""
        newest = self.turns[-1] if self.turns else None
        if newest and newest.prompt == prompt and newest.answer(answer.base) is None:
            newest.answers.append(answer)
            return
        self.turns.append(Turn(prompt, [answer], step))

    @property
    def last_answer(self) -> Answer | None:
        """The newest answer with text in it; the tuned one before its base."""
        for turn in reversed(self.turns):
            for base in (False, True):
                answer = turn.answer(base)
                if answer is not None and answer.text:
                    return answer
        return None
