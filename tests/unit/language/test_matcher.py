"""The matcher finds every term, at exact code points."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jimo_lint.language.matcher import Matcher


@pytest.fixture(params=["daachorse", "pyahocorasick"], autouse=True)
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both engines find the same; the first is an optional extra."""
    if request.param == "pyahocorasick":
        monkeypatch.setitem(sys.modules, "daachorse", None)


ALPHABET = st.text(alphabet="政府国aé，𠮷👨\u200d\n", max_size=30)


def test_overlapping_hits_are_all_found() -> None:
    """A term inside another one is found as well, in the order of their ends."""
    matcher = Matcher([("中华人民共和国", 1), ("人民", 2), ("民共", 3)])
    assert list(matcher.iter("在中华人民共和国")) == [(3, 5, 2), (4, 6, 3), (1, 8, 1)]


def test_offsets_behind_astral_characters_are_code_points() -> None:
    """Characters of four bytes count one."""
    assert list(Matcher([("府", "x")]).iter("𠮷👨政府𠮷府")) == [(3, 4, "x"), (5, 6, "x")]


def test_a_term_may_have_several_values() -> None:
    """Two rules may list the same word; both get the hit."""
    assert list(Matcher([("攻府", 1), ("攻府", 2)]).iter("攻府")) == [(0, 2, 1), (0, 2, 2)]


def test_nothing_is_found_without_terms() -> None:
    """An empty matcher is silent instead of failing."""
    assert list(Matcher[int]([]).iter("政府")) == []


def test_bytes_of_neighbours_do_not_match() -> None:
    """The last bytes of one character and the first of the next are no character."""
    text = "严丽"
    inner = text.encode()[1:4].decode("latin-1")
    assert list(Matcher([(inner, 1)]).iter(text)) == []


def test_an_empty_term_is_refused() -> None:
    """An empty term would match everywhere."""
    with pytest.raises(ValueError, match="empty"):
        Matcher([("", 1)])


def test_lone_surrogates_do_not_break_the_scan() -> None:
    """Half a character in a crawled page, or in a list, is text as any other."""
    assert list(Matcher([("府", 1)]).iter("\ud83d政府")) == [(2, 3, 1)]
    assert list(Matcher([("\ud83d政", 1)]).iter("\ud83d政府")) == [(0, 2, 1)]


def test_what_a_text_holds_is_said_once() -> None:
    """However often a term stands there, and all values of a term that has several."""
    assert sorted(Matcher([("政府", 1), ("政府", 2), ("政", 3), ("国", 4)]).held("政府、政府")) == [1, 2, 3]


@given(ALPHABET, st.lists(st.text(alphabet="政府国aé，𠮷", min_size=1, max_size=4), max_size=6))
def test_agrees_with_plain_search(text: str, terms: list[str]) -> None:
    """The hits are those of a search position by position."""
    expected = {
        (start, start + len(term), term) for term in terms for start in range(len(text)) if text.startswith(term, start)
    }
    found = list(Matcher((term, term) for term in dict.fromkeys(terms)).iter(text))
    assert set(found) == expected
    assert len(found) == len(expected)


@given(st.lists(ALPHABET, min_size=1, max_size=3), st.lists(st.text(alphabet="政府国aé，𠮷", min_size=1, max_size=4)))
def test_little_text_is_looked_through_with_the_same_result(texts: list[str], terms: list[str]) -> None:
    """The hits of a draft, for which no automaton is made, are those of the automaton, in the same order."""
    pairs = [(term, number) for number, term in enumerate(terms)]
    looking, scanning = Matcher(pairs), Matcher(pairs)
    scanning._left = 0
    for text in (*texts, "".join(texts)):
        assert list(looking.iter(text)) == list(scanning.iter(text + "。"))
    assert "_scan" not in vars(looking)


@given(st.lists(ALPHABET, min_size=1, max_size=3), st.lists(st.text(alphabet="政府国aé，𠮷", min_size=1, max_size=4)))
def test_what_is_kept_finds_the_same(texts: list[str], terms: list[str]) -> None:
    """Terms that are read when a text holds their beginnings are those that are all there, for little text and much."""
    pairs = [(term, (number, term)) for number, term in enumerate(terms)]
    whole = Matcher(pairs)
    for left in (1000, 0):
        kept = Matcher.remembered("test-terms", terms, lambda: pairs)
        kept._left = left
        for text in texts:
            assert list(kept.iter(text)) == list(whole.iter(text))
            assert sorted(kept.held(text)) == sorted(whole.held(text))


def test_kept_terms_are_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As long as what they are made of is the same."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    made = []

    def make() -> list[tuple[str, int]]:
        made.append(1)
        return [("政府", 1), ("政", 2)]

    for source in ("first", "first", "second"):
        assert list(Matcher.remembered("test-once", source, make).iter("市政府")) == [(1, 2, 2), (1, 3, 1)]
    assert len(made) == 2


def test_benchmark_finds_the_same_hits() -> None:
    """The benchmark's two engines agree on a small text; its speed is not judged here."""
    path = Path(__file__).resolve().parents[3] / "benchmarks" / "scan.py"
    spec = importlib.util.spec_from_file_location("scan_benchmark", path)
    assert spec and spec.loader
    scan = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scan)
    terms = ["政府", "府办", "通知"]
    text = "市政府办公室关于印发通知的通知"
    assert sorted(scan.over_str(terms)(text)) == sorted(scan.over_bytes(terms)(text))
