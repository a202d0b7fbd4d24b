"""Takes the page out of a web archive in one file (.mhtml), as browsers save and Word documents hold them."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.policy import HTTP

_HEAD = re.compile(rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*?)*?Content-Type:\s*(?:multipart/related|text/html)\b", re.I)


def is_mhtml(start: bytes) -> bool:
    """Whether this is the beginning of one."""
    return b"MIME-Version" in start[:2048] and _HEAD.match(start[:4096]) is not None


def page(body: bytes) -> bytes:
    """The page in UTF-8; empty where there is none."""
    for part in message_from_bytes(body, policy=HTTP).walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                try:
                    return payload.decode(part.get_content_charset("utf-8")).encode()
                except (LookupError, ValueError):
                    return payload
    return b""
