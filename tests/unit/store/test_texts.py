"""What a run has read: known by name while it lasts, kept with it, and not held in memory."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import reduce
from operator import xor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jimo_lint.model import Run
from jimo_lint.store import Store, runs
from jimo_lint.store.runs import Changes, Place
from jimo_lint.store.texts import Openings, Texts

NOW = datetime(2026, 1, 31, 8, tzinfo=UTC)
RUN = Run("columns", "网站栏目体检", date(2026, 1, 31), "青潭区", "0.1.0", "标准", NOW, NOW)
names = st.sampled_from([*(f"https://www.qingtan.gov.cn/{number}.html" for number in range(9)), "附件\udcff.doc"])


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store.sqlite3", writing=True) as opened:
        yield opened


def recorded(store: Store, texts: Texts) -> dict[str, str]:
    """What the store holds of a run that read these, by name."""
    number = runs.record(store, Changes(RUN, False, True, {}, (), [], texts=texts))
    query = "SELECT name, hash FROM looked_at JOIN place ON place.id = place WHERE run = ? AND kind = 'document'"
    return dict(store.rows(query, number))


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(names, st.integers(0, 2**56 - 1)), max_size=30), st.sets(names), st.integers(1, 9))
def test_each_name_is_kept_with_the_hashes_of_all_its_texts(
    store: Store, read: list[tuple[str, int]], struck: set[str], batch: int
) -> None:
    """However many are written at once; what was struck is not there, and no other run's are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("jimo_lint.store.texts._BATCH", batch)
        texts, other = Texts(store), Texts(store)
        other.add("https://www.qingtan.gov.cn/other.html", 1)
        for name, text in read:
            texts.add(name, text)
    for name in struck:
        texts.discard(name)
    left = {name for name, _ in read} - struck
    assert {name for name in {*struck, *left} if name in texts} == left
    hashes = {name: reduce(xor, (text for one, text in read if one == name)) for name in left}
    assert recorded(store, texts) == {
        name.replace("\udcff", "?"): f"{text:014x}" if text else "" for name, text in hashes.items()
    }


def test_a_post_is_found_under_the_address_it_was_read_at(store: Store) -> None:
    """By the last name that it was given there; elsewhere nothing is."""
    texts = Texts(store)
    texts.call("a.csv#1", "账号 2026-01-30 旧题")
    texts.call("a.csv#1", "账号 2026-01-30 标题")
    assert texts.called("a.csv#1") == "账号 2026-01-30 标题"
    assert texts.called("a.csv#2") is None


def test_places_that_are_no_documents_are_kept_without_a_hash(store: Store) -> None:
    """Beside the documents, and both are found again by the run."""
    place = Place("column", "https://www.qingtan.gov.cn/news/")
    texts = Texts(store)
    texts.add("https://www.qingtan.gov.cn/1.html", 7)
    numbers = runs.place_numbers(store, [place])
    number = runs.record(store, Changes(RUN, False, True, {}, numbers.values(), [], texts=texts))
    assert runs.looked_before(store, place) == (number,)
    assert runs.looked_before(store, Place("document", "https://www.qingtan.gov.cn/1.html")) == (number,)


@pytest.mark.parametrize("batch", [1, 2, 9])
def test_a_page_is_known_by_its_opening(store: Store, monkeypatch: pytest.MonkeyPatch, batch: int) -> None:
    """By the later one of two at an address; half a character, which no page has, costs no other."""
    monkeypatch.setattr("jimo_lint.store.texts._BATCH", batch)
    openings, other = Openings(store), Openings(store)
    other.add("https://www.qingtan.gov.cn/4.html", "别处", "")
    openings.add("https://www.qingtan.gov.cn/1.html", "旧题", "旧文")
    openings.add("https://www.qingtan.gov.cn/2.html", "半\udcff字", "")
    openings.add("https://www.qingtan.gov.cn/1.html", "新题", "新文")
    assert openings.get("https://www.qingtan.gov.cn/1.html") == ("新题", "新文")
    assert openings.get("https://www.qingtan.gov.cn/2.html") == ("半?字", "")
    assert openings.get("https://www.qingtan.gov.cn/4.html") is None
