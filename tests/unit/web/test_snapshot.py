"""The stored page: its place is marked, found again where it has moved, never guessed where it is gone."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from jimo_lint.model import Block, Document, Span
from jimo_lint.web.snapshot import Snapshot, snapshot
from tests.support.reviewing import document_of, wrong_word

FINDING = wrong_word(0)


def marked(shot: Snapshot) -> str:
    """What is marked."""
    return "".join(piece.text for one in shot.paragraphs for piece in one.pieces if piece.marked)


def whole(shot: Snapshot) -> str:
    """All that is shown."""
    return "\n".join("".join(piece.text for piece in one.pieces) for one in shot.paragraphs)


def test_the_place_is_marked() -> None:
    """Exactly the words, and the text around them is whole."""
    document = document_of(FINDING)
    shot = snapshot(document, FINDING)
    assert shot.found and not shot.moved and marked(shot) == "布署"
    assert whole(shot) == document.text


def test_a_place_that_moved_is_found_by_what_stands_around_it() -> None:
    """The same word stands before it as well: the one that was meant is marked, and it is said that it moved."""
    document = document_of(FINDING, text=f"另一处布署。\n{FINDING.excerpt}")
    shot = snapshot(document, FINDING)
    assert shot.found and shot.moved and marked(shot) == "布署"
    assert whole(shot).index("另一处布署") < whole(shot).index("再布署")
    [paragraph] = [one for one in shot.paragraphs if any(piece.marked for piece in one.pieces)]
    before = "".join(piece.text for piece in paragraph.pieces[:-2])
    assert before.endswith("再动员、再")


def test_what_is_gone_is_not_marked() -> None:
    """A page that was put right has nothing to mark."""
    shot = snapshot(document_of(FINDING, text="会议作了再部署。"), FINDING)
    assert not shot.found and marked(shot) == ""
    assert not snapshot(document_of(FINDING), replace(FINDING, matched="", span=None)).found


def test_a_long_page_is_cut_around_the_place() -> None:
    """What is left out is counted."""
    blocks = (Block("body", "前" * 30_000), Block("body", "甲布署乙"), Block("body", "后" * 30_000))
    document = Document("x", "x", "site", "", blocks)
    shot = snapshot(document, replace(FINDING, span=Span(30_002, 30_004)))
    assert marked(shot) == "布署" and not shot.moved
    assert len(whole(shot)) < 20_000
    assert shot.before + shot.after + len(whole(shot)) == len(document.text)


def test_a_place_over_two_blocks_is_marked_in_both() -> None:
    """As where a word is broken by a line's end; both halves belong to one paragraph."""
    document = Document("x", "x", "site", "", (Block("body", "再布"), Block("body", "署工作", continues=True)))
    shot = snapshot(document, replace(FINDING, matched="布\n署", span=Span(1, 4)))
    assert shot.found and marked(shot) == "布署" and len(shot.paragraphs) == 1


def test_nothing_in_the_text_acts() -> None:
    """Controls and marks that turn the order of writing are seen, not obeyed."""
    document = Document("x", "x", "site", "", (Block("body", "甲\x1b[31m\u202e乙\ud800"),))
    assert whole(snapshot(document, FINDING)) == "甲␛[31m�乙�"


@given(st.lists(st.text("甲乙布署。\n", max_size=30), max_size=5), st.integers(0, 200), st.integers(1, 5))
def test_marking_loses_no_character(texts: list[str], start: int, length: int) -> None:
    """Whatever the blocks and the span, all of a short text is shown in its order."""
    document = Document("x", "x", "site", "", tuple(Block("body", text) for text in texts))
    words = document.text[start : start + length]
    shot = snapshot(document, replace(FINDING, matched=words, span=Span(start, start + length)))
    assert whole(shot).replace("\n", "") == document.text.replace("\n", "")
    assert shot.found == bool(words)
    if words:
        assert marked(shot).replace("\n", "") == words.replace("\n", "")
