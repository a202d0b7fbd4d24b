"""Takes the page out of a web archive in one file (.mhtml), as browsers save and Word documents hold them."""

from __future__ import annotations

import re

from jimo_lint.readers.attachments.mail.parser import leaves, payload

_HEAD = re.compile(rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*?)*?Content-Type:\s*(?:multipart/related|text/html)\b", re.I)


def is_mhtml(start: bytes) -> bool:
    """Whether this is the beginning of one."""
    return b"MIME-Version" in start[:2048] and _HEAD.match(start[:4096]) is not None


def page(body: bytes) -> bytes:
    """The page in UTF-8; empty where there is none."""
    for part in leaves(body, ""):
        if part.get_content_type() == "text/html":
            written = payload(part)
            try:
                return written.decode(part.get_content_charset("utf-8")).encode()
            except (LookupError, ValueError):
                return written
    return b""
