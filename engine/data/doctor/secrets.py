"""Keys and passwords in text, by the prefixes that their makers give them; never shown whole."""

import re
from dataclasses import dataclass

from engine.words import _

_KINDS: tuple[tuple[str, str, str], ...] = (
    # What has to stand in the text at all, the whole pattern, whose it is.
    ("sk-", r"sk-(?:proj-|ant-|or-v1-|svcacct-|admin-)?[A-Za-z0-9_-]{20,}", "OpenAI, Anthropic …"),
    ("ghp_", r"ghp_[A-Za-z0-9]{36,}", "GitHub"),
    ("gho_", r"gho_[A-Za-z0-9]{36,}", "GitHub"),
    ("ghs_", r"ghs_[A-Za-z0-9]{36,}", "GitHub"),
    ("ghu_", r"ghu_[A-Za-z0-9]{36,}", "GitHub"),
    ("github_pat_", r"github_pat_[A-Za-z0-9_]{22,}", "GitHub"),
    ("glpat-", r"glpat-[A-Za-z0-9_-]{20,}", "GitLab"),
    ("hf_", r"hf_[A-Za-z0-9]{30,}", "Hugging Face"),
    ("AKIA", r"AKIA[0-9A-Z]{16}", "AWS"),
    ("ASIA", r"ASIA[0-9A-Z]{16}", "AWS"),
    ("AIza", r"AIza[0-9A-Za-z_-]{35}", "Google"),
    ("ya29.", r"ya29\.[0-9A-Za-z_-]{20,}", "Google"),
    ("xox", r"xox[abeoprs]-[0-9A-Za-z-]{10,}", "Slack"),
    ("sk_live_", r"sk_live_[0-9A-Za-z]{16,}", "Stripe"),
    ("rk_live_", r"rk_live_[0-9A-Za-z]{16,}", "Stripe"),
    ("SG.", r"SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}", "SendGrid"),
    ("npm_", r"npm_[A-Za-z0-9]{36}", "npm"),
    ("pypi-", r"pypi-AgE[A-Za-z0-9_-]{30,}", "PyPI"),
    ("dop_v1_", r"dop_v1_[a-f0-9]{64}", "DigitalOcean"),
    ("eyJ", r"eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}", "JSON Web Token"),
    ("PRIVATE KEY", r"-----BEGIN [A-Z ]{0,20}PRIVATE KEY(?: BLOCK)?-----"
     r"(?:[^-]{0,8000}-----END [A-Z ]{0,20}PRIVATE KEY(?: BLOCK)?-----)?", "private key"),
)  # fmt: skip
_PATTERNS = [
    (mark, re.compile(rf"(?<![A-Za-z0-9_]){pattern}"), owner) for mark, pattern, owner in _KINDS
]
_SHOWN = 4
REMOVED = "[key removed]"


@dataclass(frozen=True, slots=True)
class Secret:
    """Characters `start` to `end` of a text look like a key of this maker."""

    start: int
    end: int
    owner: str

    def told(self, text: str) -> str:
        """What may be said of it: whose it is, how it begins, how long it is."""
        return _("{owner}: {begin}… ({n} characters)").format(
            owner=self.owner, begin=text[self.start : self.start + _SHOWN], n=self.end - self.start
        )


def secrets_in(text: str) -> list[Secret]:
    """What looks like keys, in order."""
    found = [
        Secret(match.start(), match.end(), owner)
        for mark, pattern, owner in _PATTERNS
        if mark in text
        for match in pattern.finditer(text)
    ]
    return sorted(found, key=lambda secret: secret.start) if len(found) > 1 else found


def without_secrets(text: str) -> str:
    """The text with a word in the place of each key."""
    for mark, pattern, _owner in _PATTERNS:
        if mark in text:
            text = pattern.sub(REMOVED, text)
    return text
