"""Finds addresses that stand in a text as text, as people write them: between Chinese words and in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Without IGNORECASE, which would look at each of the Chinese characters when the pattern is made: 10 ms.
# Chinese goes on an address only inside its path, where a mark stands before it and a name or extension behind:
# http://a.example/说明_(1).html, but not http://a.example/x.html下载.
_ADDRESS = re.compile(
    r"(?<![A-Za-z0-9])(?i:https?|ftp)://"
    r"(?:[!#-&(-;=?-\[\]_a-z~]|(?<=[/=_(&?-])[\u3400-\u9fff][\u3400-\u9fff0-9]*+(?=[./_(=&%-][\w/(=&%.-]))++"
)
_MARKS = ".,;:!?*_~'"  # that end a sentence or emphasis, not an address
_CLOSING = {")": "(", "]": "["}


def written_addresses(text: str) -> Iterator[tuple[int, int]]:
    """Where each address begins and ends, in code points."""
    for found in _ADDRESS.finditer(text):
        start, end = found.span()
        unpaired = {mark: found[0].count(mark) - found[0].count(opening) for mark, opening in _CLOSING.items()}
        while end > start:
            last = text[end - 1]
            if last in _CLOSING and unpaired[last] > 0:
                unpaired[last] -= 1
            elif last not in _MARKS:
                break
            end -= 1
        if end > start + len(found[0].partition("//")[0]) + 2:
            yield start, end
