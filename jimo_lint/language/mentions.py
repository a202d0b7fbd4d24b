"""Whether a wrong word is only spoken of: put right, the sentence would say that the right word is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable

_QUOTED = {"“": "”", "‘": "’", "「": "」", "『": "』", '"': '"', "《": "》"}
_SENTENCE = re.compile(r"[。！？；\n]")
# What is said of a word that is wrong, in errata and in lessons on writing.
_SPOKEN = re.compile(
    r"[误错](?:写|作|用|印|录|读|念|排|打|称|植|登|刊|输)|(?:写|印|录|打|排|读|念)(?:成|作|为|错)|错[字词]|别字|误为|勘误|更正|订正|改[为成]|应[为作是]|而[非不]是?|混淆|正确[的写]"
)
_BEFORE = re.compile(r"[误错](?:[写作用印录读念排打称植登刊输](?:成|作|为|了)?|为)$|[写印录打排](?:成了?|作)$")


def is_mentioned(line: str, start: int, end: int, rights: Iterable[str]) -> bool:
    """Whether line[start:end] is a word that the sentence is about, in quotation marks or behind 误写为.

    rights: what it ought to be; in quotation marks too, they are what it is held against.
    """
    ends = [one.end() for one in _SENTENCE.finditer(line)]
    low = max((at for at in ends if at <= start), default=0)
    high = min((at for at in ends if at >= end), default=len(line))
    if _BEFORE.search(line[low:start]):
        return True
    opening, closing = line[low:start][-8:], line[end:high][:8]
    marks = [(opening.rfind(left), closing.find(right)) for left, right in _QUOTED.items()]
    if not any(left >= 0 and right >= 0 for left, right in marks):
        return False
    rest = f"{line[low:start]} {line[end:high]}"
    held = any(f"{left}{right}{close}" in rest for right in rights for left, close in _QUOTED.items())
    return held or _SPOKEN.search(rest) is not None
