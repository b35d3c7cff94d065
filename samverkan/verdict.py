"""The answer of a policy: may it be done, and if not, why not."""

from dataclasses import dataclass

from django.utils.functional import Promise

# What gettext_lazy gives, or a plain text.
StrOrPromise = str | Promise


@dataclass(frozen=True, slots=True)
class Verdict:
    """Truthy when allowed. Otherwise ``code`` is for programs and tests, ``reason`` a sentence for people."""

    allowed: bool
    code: str = ""
    reason: StrOrPromise = ""

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Verdict(allowed=True)


def refused(code: str, reason: StrOrPromise) -> Verdict:
    """A verdict that says no: ``code`` for programs, ``reason`` for people."""
    return Verdict(allowed=False, code=code, reason=reason)


class TransitionRefused(Exception):  # it is an answer, not an accident
    """Raised by the workflow when a policy says no; ``verdict`` says why. Nothing has been changed."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.code)
        self.verdict = verdict

    def __str__(self) -> str:
        return str(self.verdict.reason) or self.verdict.code


def demand(verdict: Verdict) -> None:
    """Raise TransitionRefused with ``verdict`` when it says no."""
    if not verdict:
        raise TransitionRefused(verdict)
