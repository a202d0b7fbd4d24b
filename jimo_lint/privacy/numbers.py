"""Tells which numbers of a text could be one: runs of digits with the marks that people put between them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from jimo_lint.privacy.view import ALIKE, NOTHING, view
from jimo_lint.values import NamedTuple

SHORTEST = 11  # digits: a mobile number
_TOLD = 7  # those of the shortest that words alone tell
_LONGEST = 19  # those of a bank card
_PREFIX = 4  # 0086 before a mobile number

# First two digits of GB/T 2260 division codes in resident IDs; 81-83 are residence permits of Hong Kong, Macao, Taiwan.
DIVISIONS = frozenset(
    str(code)
    for codes in ((11, 16), (21, 24), (31, 38), (41, 47), (50, 55), (61, 66), (71, 72), (81, 84))
    for code in range(*codes)
)
# Words and names of parameters one of which stands before a number that has no check digit.
_TELLING = re.compile("护照|assport|社会保|社保|医保|个人编号|身份|证件号|ID|(?i:sfz|id_?card|id_?no|zjhm)")

# Digits, and what may stand between two of them, in all forms of which `ALIKE` makes one.
_DIGITS = "0-9０-９"
_GAPS = " \n.-/_·|+" + NOTHING
_RUN = b"0" * _TOLD
_REACH = 32  # code points from the beginning of such a word to the number are fewer
_CHAIN = re.compile(
    "[{0}][{0}Xx{1}]{{{2},}}+".format(
        _DIGITS,
        re.escape(_GAPS + "".join(chr(code) for code, alike in ALIKE.items() if str(alike) in _GAPS + "X")),
        SHORTEST - 1,
    )
)
_PIECE = re.compile(r"[0-9]+[Xx]?|[Xx]")
_GAP = 5  # characters at most between two groups
_BLANKS = frozenset((" ", "\n"))
# By their first two digits, how many digits the numbers that are looked for have: of a division, IDs with or without a
# slip; of a bank, cards; of a net, mobile numbers, also with the code of the country. Dates begin otherwise.
_LENGTHS: defaultdict[str, set[int]] = defaultdict(set)
for _first in DIVISIONS:
    _LENGTHS[_first] |= {15, 17, 18, 19}
for _first in map(str, (*range(40, 50), *range(51, 56), 62)):
    _LENGTHS[_first] |= {16, 17, 18, 19}
for _first in map(str, range(13, 20)):
    _LENGTHS[_first] |= {11}
_LENGTHS["86"] |= {13}
_LENGTHS["00"] |= {15}
_ANY = frozenset().union(*_LENGTHS.values())
_SINGLE = frozenset("12345678")  # the first digits of these, where one stands alone

# First looked at is the lower byte of each character in UTF-16: digits of both widths, and the dashes of Chinese text,
# become 0; all that may stand in between is left out. Others that share a byte with these only make a text look
# closer. Hardly a text holds eleven zeros then.
_LOWER = bytes(0x30 if byte in b"0123456789" or 0x10 <= byte <= 0x19 else byte for byte in range(256))
_BETWEEN = bytes({*b" .-/_|+\\\"'()^<?*,fghi", *range(0x10), 0x60, 0xA0, 0xAD, 0xB7, 0xCF, 0xFB, 0xFF})
_BETWEEN_IN_ADDRESS = bytes({*_BETWEEN} - {*b"/"})  # there it parts folders


_SHORT_CHAIN = 64  # characters up to which a chain is remembered


class Number(NamedTuple):
    """A number that may be meant: digits (the last may be X), where each stands, where groups end, marks between."""

    digits: str
    places: tuple[int, ...]
    cuts: tuple[int, ...]
    marks: frozenset[str]

    @property
    def start(self) -> int:
        """Where it begins in the view."""
        return self.places[0]

    @property
    def end(self) -> int:
        """Behind its last digit."""
        return self.places[-1] + 1

    @property
    def regular(self) -> bool:
        """In groups of one size, the last of which may be smaller."""
        sizes = [end - begin for begin, end in zip((0, *self.cuts), (*self.cuts, len(self.digits)), strict=True)]
        return len(set(sizes[:-1])) == 1 and sizes[-1] <= sizes[0]

    def without(self, front: int) -> Number:
        """The number without so many of its first digits."""
        cuts = tuple(cut - front for cut in self.cuts if cut > front)
        return Number(self.digits[front:], self.places[front:], cuts, self.marks)


def may_hold(text: str, *, address: bool = False) -> bool:
    """False where there is certainly no number of eleven digits, whatever stands between them, nor one of seven in a
    row and a word that tells what it is."""
    if len(text) < _TOLD:
        return False
    text = view(text).text
    lower = _lower(text)
    if b"0" * SHORTEST in lower.translate(None, _BETWEEN_IN_ADDRESS if address else _BETWEEN):
        return True
    return _is_told(text, lower)


def _lower(text: str) -> bytes:
    """One byte a character, those of digits 0."""
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) != 2 * len(text):  # characters that take two units
        return text.encode("utf-32-le", "surrogatepass")[::4].translate(_LOWER)
    return units[::2].translate(_LOWER)


def chains(text: str) -> list[tuple[int, int]]:
    """Spans of a view that hold at least eleven digits with nothing but gaps between them, and begin so somewhere
    as what is looked for does."""
    return [found.span() for found in _CHAIN.finditer(text) if _begins(found[0])]


def told(text: str) -> bool:
    """Whether a word stands before a number that makes it personal, check digit or not."""
    return _is_told(text, _lower(text))


def _is_told(text: str, lower: bytes) -> bool:
    # Where digits stand is found in a tenth of the time of a search for the words.
    start = lower.find(_RUN)
    while start >= 0:
        if _TELLING.search(text, max(start - _REACH, 0), start):
            return True
        start = lower.find(_RUN, start + _TOLD)
    return False


def _begins(chain: str) -> bool:
    """Whether a number may begin somewhere in a chain. Lists are full of the same dates, one below the other."""
    return _begins_short(chain) if len(chain) <= _SHORT_CHAIN else bool(_starts(chain))


@lru_cache(maxsize=4096)
def _begins_short(chain: str) -> bool:
    return bool(_starts(chain))


def _starts(chain: str) -> list[int]:
    """The offsets of groups in a chain with which a number may begin, by its first digits and its length."""
    if not chain.isascii():
        chain = chain.translate(ALIKE)
    pieces = [found.span() for found in _PIECE.finditer(chain)]
    starts: list[int] = []
    for first, (begin, end) in enumerate(pieces):
        start = chain[begin : min(begin + 2, end)]
        lengths = _ANY if start in _SINGLE else _LENGTHS.get(start)
        if lengths is None:
            continue
        length = 0
        for begun, stop in pieces[first : first + _LONGEST]:
            length += stop - begun
            if length in lengths:
                starts.append(begin)
                break
            if length > _LONGEST:
                break
    return starts


def numbers(text: str, start: int, end: int) -> Iterator[Number]:
    """All numbers of 11 to 23 digits that a chain may be read as; their first and last groups are whole.

    About linear in the length of the chain: what is read as one number has marks of one kind, or blanks and hyphens.
    """
    pieces = [found.span() for found in _PIECE.finditer(text, start, end)]
    begins = {start + offset for offset in _starts(text[start:end])}
    for first, (begin, _) in enumerate(pieces):
        if begin in begins and text[begin - 1 : begin] != "*":  # else the tail of a masked one
            yield from _from(text, pieces, first)


def _from(text: str, pieces: list[tuple[int, int]], first: int) -> Iterator[Number]:
    places: list[int] = []
    cuts: list[int] = []
    marks: set[str] = set()
    single = True
    lengths: set[int] | None = None
    for index in range(first, len(pieces)):
        begin, end = pieces[index]
        single = single and end - begin == 1
        places.extend(range(begin, end))
        if len(places) > _LONGEST + _PREFIX:
            return
        if "\n" in marks and not single and len(cuts) > 1:
            return  # a column of a table
        last = text[end - 1] in "Xx"
        if len(places) > 1 and lengths is None:
            lengths = _LENGTHS.get(text[places[0]] + text[places[1]])
            if lengths is None:
                return
        if lengths and len(places) in lengths and text[end : end + 1] != "*":
            digits = "".join([text[place] for place in places]).upper()
            yield Number(digits, tuple(places), tuple(cuts), frozenset(marks))
        if last or index + 1 == len(pieces):
            return
        mark = _mark(text[end : pieces[index + 1][0]])
        if mark is None:
            return
        if mark:
            marks.add(mark)
            cuts.append(len(places))
            if len(marks) > 1 and not marks <= {" ", "-"}:
                return


def _mark(gap: str) -> str | None:
    """The one mark between two groups: a blank, a line break, or what stands there besides blanks; None for several.

    "" where nothing shows.
    """
    if len(gap) > _GAP:
        return None
    bare = gap.replace(NOTHING, "").replace("+", " ")
    marks = set(bare) - _BLANKS
    if not marks:
        return "\n" if "\n" in bare else bare[:1]
    return marks.pop() if len(marks) == 1 else None
