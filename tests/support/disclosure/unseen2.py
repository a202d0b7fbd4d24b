"""Further batches of answers, in the layouts of many offices: some right, some with one fault each.

They stand in `second.txt` and so on, one under a line `#### code kind` each; the code is `-` where nothing is wrong,
and two codes with `+` between them where two things are.
"""

from __future__ import annotations

from pathlib import Path

from tests.support.disclosure.unseen import Unseen


def _read(name: str) -> tuple[Unseen, ...]:
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    return tuple(map(_one, text.split("#### ")[1:]))


def _one(written: str) -> Unseen:
    head, _, text = written.partition("\n")
    code, kind = head.split()
    return Unseen(code, kind, frozenset({*code.split("+")} - {"-"}), text.rstrip("\n"))


SECOND = _read("second.txt")
THIRD = _read("third.txt")
# By somebody who had not read the rules, before the first was written; each was measured before the rules were mended
# after it. Those from the thirteenth on are by others, who knew the sorts of faults and no rule. What only rules of
# other families report (a number in square brackets, a telephone number) is left out.
_NAMES = (
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "twentyfirst",
    "twentysecond",
    "twentythird",
    "twentyfourth",
    "twentyfifth",
    "twentysixth",
    "twentyseventh",
    "twentyeighth",
    "twentyninth",
    "thirtieth",
    "thirtyfirst",
    "thirtysecond",
    "thirtythird",
    "thirtyfourth",
    "thirtyfifth",
    "thirtysixth",
    "thirtyseventh",
    "thirtyeighth",
    "thirtyninth",
    "fortieth",
    "fortyfirst",
)
FRESH = tuple(_read(f"{name}.txt") for name in _NAMES)
