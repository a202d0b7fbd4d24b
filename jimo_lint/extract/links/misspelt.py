"""Knows addresses that are written so that no browser goes where their author meant."""

from __future__ import annotations

import re

_SCHEME = r"h{1,3}t{1,3}p{1,2}s?"
_WRONG = re.compile(
    rf"{_SCHEME}//"  # http//www.…
    rf"|{_SCHEME}\s*[：;；]|{_SCHEME}\s+:|{_SCHEME}::"  # a full-width colon, a semicolon, a blank, two colons
    rf"|{_SCHEME}:[^/\\]{{0,3}}[／、]"  # full-width slashes
    r"|(?!https?:)(?:h{1,3}t{1,3}p{1,2}s?|ttps?|htps?|hptts?|htpp)://"  # a misspelt scheme
    rf"|https?:[/\\]+{_SCHEME}(?:[:：]|//)"  # http://http://
    r"|https?:[/\\]++[^/\\?#\s]*+(?:\s++[^/\\?#\s][^/\\?#\s.]*+)++\."  # blanks inside the host
    r"|https?:[/\\]{2}[^/\\?#]*[：／、，]"  # full-width marks inside the host
    r"|https?:[/\\]*(?:[?#]|$)"  # nothing behind the scheme
    r"|https?:[/\\]{2}[^/\\?#\[]*\]"  # a bracket that nothing opens
    r"|https?:[/\\]{2}[^/\\?#\s]+\.(?:com|cn|net|org)https?:"  # two addresses run together
    r"|(?:www\d?|bbs|mail)\.[a-z0-9-]+\.(?:[a-z]{2,3}\.)?(?:com|cn|net|org)(?:[/?#]|$)",  # without a scheme
    re.I,
)


def malformed(href: str) -> bool:
    """True for `http//…`, `http://http://…`, `http：//…`, `http://` alone, a host with blanks, `www.…` alone.

    What browsers mend is not wrong: blanks around an address, backslashes, blanks and Chinese in a path.
    """
    return href[:1] in "hHtTwWbBmM" and _WRONG.match(href) is not None
