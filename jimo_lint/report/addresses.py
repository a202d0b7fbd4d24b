"""Says which addresses a click in a report may open, and how they are written there."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

# Code units in the address of a link; Excel repairs workbooks with longer ones.
MAX_LINK = 2_000

# Nearly all addresses: they stand in a link as they are.
_PLAIN = re.compile(r"https?://[a-z0-9.\-]+(?::[0-9]{1,4})?(?:/(?:[\w/?#&=;:,!$'()*+@~.\-]|%[0-9A-F]{2})*)?", re.ASCII)
_HOST = re.compile(r"[\w.\-]+|\[[0-9A-Fa-f:.]+\]")


def link_target(url: str) -> str | None:
    """`url` as a link may hold it, or None where it is no web address or would make a workbook need repair."""
    if _PLAIN.fullmatch(url) and len(url) <= MAX_LINK:
        return url
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return None
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or ""
    if parts.scheme not in ("http", "https") or not _HOST.fullmatch(host):
        return None
    netloc = host if port is None else f"{host}:{port}"
    try:
        netloc.encode("utf-8")
        rest = quote(parts._replace(scheme="", netloc="").geturl(), safe="/?#&=;:,!$'()*+@~%-._")
    except UnicodeEncodeError:
        return None
    target = f"{parts.scheme}://{netloc}" + re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", rest)
    return target if len(target) <= MAX_LINK else None
