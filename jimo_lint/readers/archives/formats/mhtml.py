"""Takes the page out of a web archive in one file (.mhtml), as browsers save and Word documents hold them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from email.policy import compat32

_HEAD = re.compile(rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*?)*?Content-Type:\s*(?:multipart/related|text/html)\b", re.I)


def is_mhtml(start: bytes) -> bool:
    """Whether this is the beginning of one."""
    return b"MIME-Version" in start[:2048] and _HEAD.match(start[:4096]) is not None


def page(body: bytes) -> bytes:
    """The page in UTF-8; empty where there is none."""
    for part in parts(body):
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                try:
                    return payload.decode(part.get_content_charset("utf-8")).encode()
                except (LookupError, ValueError):
                    return payload
    return b""


def parts(body: bytes) -> Iterator[Message]:
    """All parts that hold no others, in their order."""
    # Older policy: the newer one parses each header as it is read, and some that browsers write break it.
    return (part for part in message_from_bytes(body, policy=compat32).walk() if not part.is_multipart())
