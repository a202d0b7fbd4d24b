"""Two further batches of answers, in the layouts of many offices: some right, some with one fault each.

They stand in `second.txt` and `third.txt`, one under a line `#### code kind` each; the
code is `-` where nothing is wrong.
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
    return Unseen(code, kind, frozenset({code} - {"-"}), text.rstrip("\n"))


SECOND = _read("second.txt")
THIRD = _read("third.txt")
