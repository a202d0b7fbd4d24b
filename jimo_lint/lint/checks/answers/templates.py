"""Holds an answer against the office's own templates: what it leaves out of the current one, or has from an old one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

from jimo_lint.evidence.answers import read_answer
from jimo_lint.evidence.answers.folding import Folded
from jimo_lint.evidence.answers.kinds import titled
from jimo_lint.model import Document
from jimo_lint.model.answers import AnswerKind

# What people fill in; what stands around it is fixed.
_BLANK = re.compile(
    r"[×XＸ_＿]{0,8}年[×XＸ_＿]{0,8}月[×XＸ_＿]{0,8}日|[×XＸ]{2,}|[×XＸ](?=[年月日号])|[_＿]{2,}|【[^】\n]{0,80}】|[（〔\[][^（）〔〕\n]{0,30}[）〕\]]|“[^”\n]{0,200}”|…+|\.{3,}|20\d\d年\d{1,2}月\d{1,2}日"
    r"|[你您](?:（[^）]{0,40}）|/[^，。]{1,6})"
)
_SHORTEST = 8  # code points of a fixed piece that can be told from chance
_ALIKE = 0.6  # from 0 to 1: a sentence as near as that is meant for it
_MOST = 5  # differences of one answer that are named
_VERSION = re.compile(r"(20\d\d)(?:[-年._]?(\d{1,2}))?(?:[-月._]?(\d{1,2}))?|(?<![A-Za-z])[vV第](\d{1,3})")
_SENTENCE = re.compile(r"[^。；\n]+")
_CLAUSE = re.compile(r"[^，。；：\n]+")
_SHOWN = 8  # code points that both have alike, on each side of what differs


class Difference(NamedTuple):
    """wanted: as the template has it. written: what the answer has in its place, "" for nothing; place: where, in the
    folded text of the answer. template: which; old: the answer follows one that is no longer in force."""

    wanted: str
    written: str
    place: tuple[int, int] | None
    template: str
    old: str = ""


class _Template(NamedTuple):
    name: str
    version: tuple[int, ...]
    kind: AnswerKind | None
    pieces: tuple[str, ...]


class Templates:
    """The office's templates. Of those for one kind of answers that with the latest version in its path holds."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._known = [_template(one) for one in documents]

    def differences(self, folded: Folded, kinds: Sequence[AnswerKind]) -> Iterator[Difference]:
        """What an answer of these kinds has otherwise; nothing where no template is for one of them."""
        of_kind = [one for one in self._known if one.kind in kinds]
        if not of_kind:
            return
        latest = max(one.version for one in of_kind)
        current = max((one for one in of_kind if one.version == latest), key=lambda one: _kept(one, folded.text))
        lacking = [piece for piece in current.pieces if piece not in folded.text]
        old = max(
            (one for one in of_kind if one.version < latest), key=lambda one: _kept(one, folded.text), default=None
        )
        followed = old.name if old and lacking and _kept(old, folded.text) > _kept(current, folded.text) else ""
        for piece in lacking[:_MOST]:
            place = _nearest(piece, folded.text)
            written = folded.text[slice(*place)] if place else ""
            yield Difference(piece, written, place, current.name, followed)


def _template(document: Document) -> _Template:
    answer = read_answer(document)
    name = document.url or document.id
    found = [tuple(int(part) for part in one if part) for one in _VERSION.findall(name)]
    pieces = [
        piece
        for sentence in _SENTENCE.findall(Folded(document).text)
        for piece in _BLANK.sub("\n", sentence).split("\n")
        if len(piece) >= _SHORTEST
    ]
    kind = answer.kind or titled(name)
    shown = "/".join(Path(name).parts[-2:])
    return _Template(shown, max(found, default=()), kind, tuple(dict.fromkeys(pieces)))


def _kept(template: _Template, text: str) -> float:
    """Which share of its fixed pieces stands in the text."""
    return sum(piece in text for piece in template.pieces) / max(len(template.pieces), 1)


def _nearest(piece: str, text: str) -> tuple[int, int] | None:
    """Where the sentence or clause stands that has most in common with it."""
    rated = [
        (SequenceMatcher(None, piece, found[0], autojunk=False).ratio(), found.span())
        for pattern in (_SENTENCE, _CLAUSE)
        for found in pattern.finditer(text)
        if len(found[0]) < 4 * len(piece)
    ]
    ratio, place = max(rated, default=(0.0, (0, 0)))
    return place if ratio >= _ALIKE else None


def parted(wanted: str, written: str) -> tuple[str, str]:
    """Both without what they begin and end with alike, but for a few characters that show where."""
    most = min(len(wanted), len(written))
    head = next((at for at in range(most) if wanted[at] != written[at]), most)
    most -= head
    tail = next((at for at in range(most) if wanted[-1 - at] != written[-1 - at]), most)
    start, end = max(head - _SHOWN, 0), max(tail - _SHOWN, 0)
    return _cut(wanted, start, end), _cut(written, start, end)


def _cut(text: str, start: int, end: int) -> str:
    return ("…" if start else "") + text[start : len(text) - end] + ("…" if end else "")
