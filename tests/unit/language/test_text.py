"""Widths, excerpts, folding and segmentation."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jimo_lint.language.text import display_width, excerpt, fold, segment
from jimo_lint.model import Span


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("abc", 3),
        ("政府", 4),
        ("ａ，（", 6),
        ("“政”", 4),
        ("e\u0301", 1),
        ("a\u200bb", 2),
        ("👨\u200d👩\u200d👧", 2),
        ("👍🏽", 2),
        ("☎\ufe0f", 2),
        ("\u202e政", 2),
    ],
)
def test_display_width(text: str, width: int) -> None:
    """Wide characters take two cells, combining and invisible ones none."""
    assert display_width(text) == width


def test_excerpt_keeps_the_match_and_one_line() -> None:
    """Line breaks and controls become blanks; the offset leads to the match."""
    text = "前" * 40 + "\n\x1b[31m错字\u202e" + "后" * 40
    start = text.index("错字")
    line, offset = excerpt(text, Span(start, start + 2), around=10)
    assert line[offset : offset + 2] == "错字"
    assert line.startswith("…")
    assert line.endswith("…")
    assert not set(line) & {"\n", "\x1b", "\u202e"}


def test_excerpt_at_the_borders_is_not_cut() -> None:
    """A short text is shown whole, without dots; where a single character is left out, dots say so."""
    assert excerpt("错字", Span(0, 2)) == ("错字", 0)
    assert excerpt("前前错字后后", Span(2, 4), around=2) == ("前前错字后后", 2)
    assert excerpt("前前错字后后", Span(2, 4), around=1) == ("…前错字后…", 2)


@pytest.mark.slow
@given(st.text(min_size=1, max_size=60), st.data())
def test_excerpt_offset_is_exact(text: str, data: st.DataObject) -> None:
    """The match keeps its length, whatever characters stand around it."""
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    line, offset = excerpt(text, Span(start, end), around=5)
    assert len(line.splitlines()) <= 1
    shown = line[offset : offset + end - start]
    assert len(shown) == end - start
    assert all(a == b or a in " \ufffd" for a, b in zip(shown, text[start:end], strict=True))


def test_fold_joins_broken_words() -> None:
    """Blanks and invisible characters between Han characters are left out, and offsets lead back."""
    text = "在中华 人\u200b民，好 a b"
    folded = fold(text)
    assert folded is not None
    assert folded.text == "在中华人民，好 a b"
    start = folded.text.index("中华人民")
    assert folded.broken(start, start + 4)
    assert not folded.broken(start, start + 2)
    assert folded.original(start, start + 4) == (1, 7)
    assert folded.original(0, 1) == (0, 1)


def test_fold_leaves_lines_and_latin_words_alone() -> None:
    """A line break is a border, and a blank beside Latin letters is no gap."""
    assert fold("政\n府 abc def") is None


@given(st.text(alphabet="政府 a\u200b\u3000\n，", max_size=40))
def test_fold_maps_every_character(text: str) -> None:
    """Each character that is left stands where the map says."""
    folded = fold(text)
    if folded is None:
        return
    for offset, character in enumerate(folded.text):
        start, end = folded.original(offset, offset + 1)
        assert text[start:end] == character


def test_segment_covers_the_text() -> None:
    """Words are spans that follow each other without gaps."""
    text = "在中华人民共和国成立后，𠮷人民"
    spans = segment(text)
    assert "".join(text[start:end] for start, end in spans) == text
    assert (1, 8) in spans


def test_segment_without_guessing_makes_words_of_the_dictionary_only() -> None:
    """No dictionary has 地干 or 欲据; without guessing their characters stand alone."""
    for text in ("脚塌实地干工作", "发现后欲据为己有"):
        words = [text[start:end] for start, end in segment(text, guess=False)]
        assert "".join(words) == text
        assert not {"地干", "欲据"} & set(words)


def test_the_segmenter_is_loaded_on_demand() -> None:
    """Importing the module loads no dictionary."""
    code = "import sys, jimo_lint.language.text; sys.exit('jimo_lint.language.lexicon' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
