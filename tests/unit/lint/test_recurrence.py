"""What stands in several documents of one run is a name or a term: guesses about it are dropped, not shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from jimo_lint.inspection.benches import Asked
from jimo_lint.inspection.drafts import check
from jimo_lint.inspection.judging import Bench, Settings
from jimo_lint.lint.recurrence import recurring
from jimo_lint.model import Account, Block, Document
from jimo_lint.settings.config import Config

AS_OF = date(2026, 1, 31)
# One guess in different sentences.
SENTENCES = ("研究修盯有关办法。", "认真研究制定和修盯有关法律法规和政策。", "开展法律法规修盯工作。")


def documents(*texts: str, account: str | None = None) -> list[Document]:
    """A document a text."""
    return [
        replace(Document(str(n), f"a/{n}", "file", "", (Block("body", text),)), account=account)
        for n, text in enumerate(texts)
    ]


def guesses(found: list[Document]) -> list[str]:
    """What `check` says about drafts."""
    report, texts = check(found, Config(), as_of=AS_OF, asked=Asked(only=("T104",)))
    assert set(texts) == {one.url for one in report.findings}
    return [one.matched for one in report.findings]


def test_three_documents_with_something_else_around_it() -> None:
    """A wording recurs where three documents have it in three surroundings, whether a rule doubts it there or not."""
    texts = ("推动科企合作抓转化", "搭建科企合作平台", "组织科企对接会")
    assert recurring({"科企"}, texts) == {"科企"}
    assert not recurring({"科企"}, texts[:2])
    assert not recurring({"科企", "院企"}, ["科企对接会，科企合作平台，推动科企合作抓转化", "科企", "别的"])
    assert not recurring(set(), texts)


def test_a_copy_is_no_evidence() -> None:
    """A footer of 200 pages, an article in two columns: the same sentence counts once."""
    assert not recurring({"科企"}, ["主办：某区科企促进中心 版权所有"] * 200)
    copied = ["通知\n推动科企合作\n其一", "要闻\n推动科企合作\n其二", "推动科企合作", "组织科企对接会"]
    assert not recurring({"科企"}, copied)


def test_drafts_checked_together_speak_against_a_guess() -> None:
    """Two drafts leave the guess as it is, a third with the wording takes it from all; a copy does not."""
    assert guesses(documents(SENTENCES[0])) == ["修盯"]
    assert guesses(documents(*SENTENCES[:2])) == ["修盯"] * 2
    assert guesses(documents(*SENTENCES[:2], SENTENCES[1])) == ["修盯"] * 3
    assert not guesses(documents(*SENTENCES))


def test_certain_mistakes_stay_however_often_they_stand() -> None:
    """Only guesses are dropped: a pair of the word list is wrong in a hundred documents too."""
    texts = ("这是做好工作的关健。", "抓住关健环节。", "关健在于落实。", "坚持法治反拐基本元泽。")
    report, _ = check(documents(*texts), Config(), as_of=AS_OF, asked=Asked(only=("T101", "T104")))
    assert [(one.code, one.matched) for one in report.findings] == [("T101", "关健")] * 3 + [("T104", "元泽")]


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """The bench of an inspection of one account."""
    account = Account("a", "某区发布", "wechat", owner="区融媒体中心", archive="x")
    return Bench(Config(path=tmp_path / "jimo-lint.toml", accounts=(account,)), Settings(AS_OF, only=("T101", "T104")))


def test_an_inspection_reads_again_only_for_guesses(bench: Bench) -> None:
    """Pages stream by once where nothing is guessed, and what recurs is dropped."""
    times = 0

    def again(*texts: str) -> Iterator[str]:
        nonlocal times
        times += 1
        yield from texts

    certain = ("这是做好工作的关健。", "别的。")
    assert [one.code for one in bench.documents(documents(*certain, account="a"), lambda: again(*certain))] == ["T101"]
    assert times == 0
    both = (*SENTENCES, "坚持法治反拐基本元泽，抓住关健。")
    found = [one.matched for one in bench.documents(documents(*both, account="a"), lambda: again(*both))]
    assert found == ["关健", "元泽"]
    assert (times, bench.documents_judged) == (1, 6)
