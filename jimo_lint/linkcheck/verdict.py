"""Judges what a walk brought, in the light of earlier runs: a link is DEAD only when that was confirmed."""

from __future__ import annotations

from datetime import datetime

from jimo_lint.linkcheck.walk import Outcome
from jimo_lint.model import LinkResult, Verdict

# Runs in a row that must fail before a link is DEAD without its server having said so.
FAILURES = 3

# The server itself says that there is nothing; asked twice within one run.
GONE = frozenset({"http-404", "http-410"})

# Failures that can pass (a restart, a name server, a certificate being changed), so one run proves nothing. A
# certificate that does not verify is not among them: a person gets past the warning and sees the page.
_UNCONFIRMED = frozenset({"dns", "refused", "tls-handshake", "redirect-loop"})


def judge(target: str, outcome: Outcome, known: LinkResult | None, now: datetime) -> LinkResult:
    """The verdict on `target`. An outcome in GONE must have been confirmed by the caller.

    `attempts` counts the runs in a row that ended the same way; failures of the network count as one way.
    """
    attempts = known.attempts + 1 if known and _way(known.reason) == _way(outcome.reason) else 1
    return LinkResult(
        url=target,
        verdict=_verdict(outcome.reason, attempts),
        reason=outcome.reason,
        status=outcome.status,
        final_url=str(outcome.url),
        checked=now,
        attempts=attempts,
    )


def invalid(target: str, known: LinkResult | None, now: datetime) -> LinkResult:
    """The verdict on an address that no browser could send: DEAD at once, for asking again changes nothing."""
    attempts = known.attempts + 1 if known and known.reason == "invalid-url" else 1
    return LinkResult(target, Verdict.DEAD, "invalid-url", checked=now, attempts=attempts)


def _verdict(reason: str, attempts: int) -> Verdict:
    if reason == "ok":
        return Verdict.ALIVE
    if reason in GONE or (reason in _UNCONFIRMED and attempts >= FAILURES):
        return Verdict.DEAD
    return Verdict.INCONCLUSIVE


def _way(reason: str) -> str:
    return "network" if reason in _UNCONFIRMED else reason
