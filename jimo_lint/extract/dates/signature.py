"""Finds the day below an official text (落款), where its organ signed it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from jimo_lint.extract.dates import text_dates
from jimo_lint.model import Block

_LINES = 12  # from the end: below the signature stand at most attachments and the line of copies
_LONGEST = 40  # characters of a line of organ and day
_SIGNED = re.compile(
    r"[^。，；：:,;]*?(?P<day>[12一二][\d〇○零Ｏ一二三四五六七八九]{3}\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月\s*[\d一二三四五六七八九十]{1,3}\s*日)[)）\s]*"
)
_OTHER = re.compile(r"[至到—~]|截止|报名|公示|时间|日期|会议|发布|印发")


def signed(blocks: Sequence[Block]) -> date | None:
    """The last line of the body that holds nothing but an organ's name and a day; None where there is none."""
    body = [block.text for block in blocks if block.kind in ("body", "table")]
    for text in reversed(body[-_LINES:]):
        if 8 <= len(text) <= _LONGEST and "年" in text and (day := _day(text)):
            return day
    return None


@lru_cache(maxsize=1024)
def _day(text: str) -> date | None:
    found = _SIGNED.fullmatch(text.strip())
    if not found or _OTHER.search(text):
        return None
    moment = text_dates.parse("".join(found["day"].split()), date.max)
    return moment.date() if moment else None
