"""Who is at the page: one-time links, the password, sessions with a name, and the tokens of their forms."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

from jimo_lint.language.printing import printable
from jimo_lint.privacy import mask_text

LONGEST_NAME = 30
# Seconds that a session lasts without a word from its browser; pages that are open ask every few seconds.
_IDLE = 8 * 3600
_MOST_SESSIONS = 100
# Wrong passwords within so many seconds, after which none is looked at until they are over.
_TRIES, _WITHIN = 10, 60


@dataclass(slots=True)
class Session:
    """One browser. token: of its forms; label: what its decisions say of where they came from; flash: what the next
    page says first."""

    name: str
    token: str
    label: str
    seen: float
    flash: str = ""

    @property
    def source(self) -> str:
        """As decisions keep it."""
        return f"浏览器 {self.label}"

    def taken(self) -> str:
        """What the next page says first, which no other page says again."""
        said, self.flash = self.flash, ""
        return said


@dataclass(slots=True)
class Doorkeeper:
    """Lets browsers in. password: "" where a one-time link does it; told: what happens with the link that comes next,
    since each is good for one browser."""

    password: str = ""
    told: Callable[[str], None] = lambda _: None
    now: Callable[[], float] = monotonic
    _link: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    _sessions: dict[str, Session] = field(default_factory=dict)
    _failures: list[float] = field(default_factory=list)

    @property
    def link(self) -> str:
        """The token of the link that is good now; "" where a password is asked for."""
        return "" if self.password else self._link

    def session(self, cookie: str) -> Session | None:
        """The session of a cookie; None where there is none or it is over."""
        one = self._sessions.get(cookie)
        if one is None:
            return None
        if self.now() - one.seen > _IDLE:
            del self._sessions[cookie]
            return None
        one.seen = self.now()
        return one

    def blocked(self) -> bool:
        """Whether so many wrong passwords or links came that none is looked at for a while."""
        self._failures = [moment for moment in self._failures if self.now() - moment < _WITHIN]
        return len(self._failures) >= _TRIES

    def enter(self, name: str, link: str, password: str) -> str | None:
        """The cookie of a new session; None where link or password is wrong. The link is used up."""
        good, given = (self.password, password) if self.password else (self._link, link)
        if self.blocked() or not _same(good, given):
            self._failures.append(self.now())
            return None
        if not self.password:
            self._link = secrets.token_urlsafe(24)
            self.told(self._link)
        if len(self._sessions) >= _MOST_SESSIONS:
            del self._sessions[min(self._sessions, key=lambda one: self._sessions[one].seen)]
        cookie = secrets.token_urlsafe(32)
        self._sessions[cookie] = Session(name, secrets.token_urlsafe(24), secrets.token_hex(4), self.now())
        return cookie

    def leave(self, cookie: str) -> None:
        """End a session."""
        self._sessions.pop(cookie, None)


def own_form(session: Session, token: str) -> bool:
    """Whether a form was this session's own."""
    return _same(session.token, token)


def person(written: str) -> str:
    """A name as it is kept: printable, masked, without blanks around it; "" where none is left."""
    return mask_text(" ".join(printable(written).split()))[:LONGEST_NAME]


def _same(one: str, other: str) -> bool:
    """Compared in a time that says nothing of where they differ."""
    return hmac.compare_digest(one.encode(), other.encode("utf-8", "replace"))
