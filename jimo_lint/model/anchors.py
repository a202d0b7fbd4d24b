"""What every subject of rules says of itself, so that a finding about it can be put down."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Protocol

from jimo_lint.values import NamedTuple


class Anchor(NamedTuple):
    """Where findings about a subject belong.

    kind: document, link, column, account or site. name: what a person calls it; title: the same as it was read, to be
    shown in place of the name, "" where there is none. url: where it can be seen. scope, identity: what tells its
    findings from those of others, first the part that they share. column, account: ids of those concerned. locator:
    what leads a person to it on the page. pages, samples: in how many documents it stands, with addresses of some.
    """

    kind: str
    name: str
    identity: str
    title: str = ""
    url: str = ""
    scope: tuple[str, ...] = ()
    column: str | None = None
    account: str | None = None
    published: datetime | None = None
    locator: str = ""
    pages: int = 1
    samples: tuple[str, ...] = ()


class Subject(Protocol):
    """What rules judge. SCOPE: what of it is looked at, as explanations of rules say it."""

    SCOPE: ClassVar[str]

    def anchor(self) -> Anchor:
        """Where a finding about it belongs."""
        ...
