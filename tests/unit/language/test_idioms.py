"""Idioms and fixed phrases of four characters: which slips are found, what is left alone, and at what cost."""

from __future__ import annotations

import gzip
import time
from pathlib import Path

import pytest

from jimo_lint.language import idioms
from jimo_lint.language.idioms import SIZE, near_idioms


def found(text: str) -> list[tuple[str, str]]:
    """(what stands there, what should)."""
    return [(text[miss.start : miss.end], miss.phrase) for miss in near_idioms(text)]


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("值守人员严阵以侍，随时待命", "严阵以侍", "严阵以待"),
        ("干部要脚塌实地干工作", "脚塌实地", "脚踏实地"),
        ("各单位要齐心协理", "齐心协理", "齐心协力"),
        ("一如既住地支持", "一如既住", "一如既往"),
        ("全力已赴抢险", "全力已赴", "全力以赴"),
        ("工程建设如火如茶", "如火如茶", "如火如荼"),
        ("把赃款据为已有。", "据为已有", "据为己有"),
        ("对此变本加利", "变本加利", "变本加厉"),
        ("荣获第一，名列前矛", "名列前矛", "名列前茅"),
        ("坚持精准扶平", "精准扶平", "精准扶贫"),
        ("加强安全生严", "安全生严", "安全生产"),
        ("会议要求高度重式", "高度重式", "高度重视"),
        ("坚持事实求是", "事实求是", "实事求是"),
        ("迫不急待地要求", "迫不急待", "迫不及待"),
    ],
)
def test_a_slip_is_found_with_the_right_phrase(text: str, wrong: str, right: str) -> None:
    """One character of the same sound or shape, or two swapped, in either half."""
    assert found(text) == [(wrong, right)]


@pytest.mark.parametrize(
    "text",
    [
        "既往不咎，既往不究；再接再厉；流连忘返，留连忘返；漂洋过海，飘洋过海。",
        "恢复力不能直接观察，受制于任务背景，但是在人为因素影响下变化。",
        "出台不利于市场的政策，被告人人身危险性大，项目无法继续实施。",
        "不得人为干预，我国居民生活水平提高，一直不知道，不仅水土流失严重。",
        "增强内生动力，推动落地显效，做好诉源治理，城市生态安全产生重要影响。",
        "一举多得，一心一意，千方百计，齐心合力，同心协力。",
        "",
        "严阵以",
    ],
)
def test_another_wording_is_left_alone(text: str) -> None:
    """Variants of dictionaries, words that reach over the borders, and right phrases are silent."""
    assert not found(text)


def test_every_phrase_is_right_itself() -> None:
    """No phrase of the list, nor what is right beside one, is a slip of another."""
    known = idioms.phrases()
    listed = [first + rest[at : at + 2] for first, rest in known.behind.items() for at in range(0, len(rest), 2)]
    assert len(listed) == len(set(listed)) > 6000
    for one in [*listed, *known.beside]:
        assert len(one) == SIZE
        assert not found(one), one


def test_clean_official_text_is_silent_and_fast(shared: Path) -> None:
    """A million clean characters: no alarm, in less than a second of CPU."""
    files = sorted((shared / "data/text").glob("clean_*.txt.gz"))
    texts = [gzip.decompress(file.read_bytes()).decode() for file in files]
    assert not [one for text in texts for one in found(text)]
    started = time.process_time()
    for text in texts:
        list(near_idioms(text))
    assert time.process_time() - started < 1.0


def test_the_list_loads_fast() -> None:
    """A check of a draft reads the list each time: some ten milliseconds."""
    taken = []
    for _ in range(3):
        idioms.phrases.cache_clear()
        started = time.process_time()
        idioms.phrases()
        taken.append(time.process_time() - started)
    assert min(taken) < 0.05
