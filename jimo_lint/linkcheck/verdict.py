"""Judges what a walk brought, in the light of earlier runs: a link is DEAD only when that was confirmed."""

from __future__ import annotations

from datetime import datetime, timedelta

from jimo_lint import privacy
from jimo_lint.extract.pages.preview import Glance
from jimo_lint.linkcheck.follow import Outcome
from jimo_lint.model import LinkResult, Verdict

# The server itself says that there is nothing; asked twice within one run.
GONE = frozenset({"http-404", "http-410", "soft-404", "empty-file"})

# Failures that can pass (a restart, a name server, a site being rebuilt), so one run proves nothing. A certificate
# that does not verify is not among them: a person gets past the warning and sees the page.
_UNCONFIRMED = frozenset({"dns", "refused", "tls-handshake", "redirect-loop", "missing-to-home"})
_NETWORK = frozenset({"dns", "refused", "tls-handshake"})

# The least time between two runs that count as independent: what a restart or a short breakdown takes.
APART = timedelta(hours=1)

_WORDS = 500  # code points of visible text kept of a target's page
_ABOUT = 200  # and of its keywords and description


def judge(target: str, outcome: Outcome, known: LinkResult | None, now: datetime, confirm: int) -> LinkResult:
    """The verdict on `target`. An outcome in GONE must have been confirmed by the caller.

    confirm: independent runs in a row that must fail the same way; failures of the network count as one way. A run
    is independent where it comes an hour after the last one that counted.
    """
    reason = outcome.remark or "ok" if outcome.reason == "ok" else outcome.reason
    again = known is not None and _way(known.reason) == _way(reason)
    attempts, since = 1, now
    if known is not None and again:
        since = known.failing_since or known.checked or now
        attempts = known.attempts + (known.checked is None or now - since >= known.attempts * APART)
    verdict = _verdict(outcome.reason, attempts, confirm)
    alive = verdict is Verdict.ALIVE
    title, words = _said(outcome.page) if outcome.page else ("", "")
    return LinkResult(
        url=target,
        verdict=verdict,
        reason=reason,
        status=outcome.status,
        # Without a redirect it is what was asked, and no address with personal data is.
        final_url=privacy.mask_url(str(outcome.url)) if outcome.chain else str(outcome.url),
        checked=now,
        attempts=attempts,
        title=title,
        words=words,
        chain=tuple((status, privacy.mask_url(url)) for status, url in outcome.chain),
        error=privacy.mask_text(outcome.error),
        size=outcome.size,
        seconds=outcome.seconds,
        failing_since=None if alive else since,
        last_alive=now if alive else known.last_alive if known else None,
    )


def invalid(target: str, known: LinkResult | None, now: datetime) -> LinkResult:
    """The verdict on an address that no browser could send: DEAD at once, for asking again changes nothing."""
    again = known is not None and known.reason == "invalid-url"
    return LinkResult(
        target,
        Verdict.DEAD,
        "invalid-url",
        checked=now,
        attempts=known.attempts + 1 if known and again else 1,
        failing_since=known.failing_since if known and again else now,
    )


def _verdict(reason: str, attempts: int, confirm: int) -> Verdict:
    if reason == "ok":
        return Verdict.ALIVE
    if reason in GONE or (reason in _UNCONFIRMED and attempts >= confirm):
        return Verdict.DEAD
    return Verdict.INCONCLUSIVE


def _way(reason: str) -> str:
    return "network" if reason in _NETWORK else "alive" if reason.startswith("tls-") or reason == "ok" else reason


def _said(page: Glance) -> tuple[str, str]:
    """Title and words of a page, masked.

    Masked before they are cut, since the beginning of a number is no longer known for what it is; and at one go,
    which masking, as it keeps lengths, allows.
    """
    parts = (page.title, page.opening[: _WORDS + 40], page.about[: _ABOUT + 40])
    masked = privacy.mask_text("\n".join(parts))
    words = len(parts[0]) + 1
    about = words + len(parts[1]) + 1
    shown, named = masked[words : about - 1][:_WORDS], masked[about:][:_ABOUT]
    return masked[: words - 1], f"{shown} {named}".strip()
