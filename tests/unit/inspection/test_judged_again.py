"""What was found in a document is found again in the next run without judging it, as long as nothing has changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jimo_lint.errors import InputError
from jimo_lint.inspection.judging import Bench, Settings
from jimo_lint.lint.checks import KINDS, lasting
from jimo_lint.lint.engine import Engine
from jimo_lint.lint.recurrence import recurring
from jimo_lint.lint.triage import triage
from jimo_lint.model import (
    Account,
    Block,
    Column,
    Document,
    FetchResult,
    Finding,
    PageClass,
    PageFacts,
    Platform,
    QueuedUrl,
    Reading,
    TermEntry,
)
from jimo_lint.model.problems import Problem
from jimo_lint.settings.config import Config
from jimo_lint.store import Store, judged
from jimo_lint.store.attachments import Packed
from jimo_lint.store.codec import content, digest
from tests.support import report_samples, shipped

DAY = date(2026, 1, 31)
RULES = shipped.rules()
# Rules that are quick to load: certain slips, own terms, terms past their day.
_FEW = Settings(DAY, only=("T101", "T107", "C122"))
# Certain slips, a guess, a term of an own list, one whose finding depends on the day, and one without a fault.
_TEXTS = (
    "会议要求抓好关健环节。",
    "大家齐心协力，同甘共若。",
    "各镇要用好青潭模试。",
    "本办法自印发之日起施行，有效期至2026年3月1日。",
    "区政府召开常务会议。",
)
_SELECTED = (("T101", "C122"), ("T101", "T107", "C122"), ("C122", "T107"), ("T101", "F901"))
_OWN_RULE = """
code = "F901"
name = "own-term"
title = "文件过期"
kind = "page"
severity = "notice"
message = "{words}"
why = "单位要求。"
fix = "核对。"
false_alarms = "无。"
since = "0.2.0"

[[basis]]
document = "本单位规定"
clause = "定期清理"
evidence = "产品"

[params]
check = "expired"

[[example]]
hit = true
as_of = 2026-11-22
title = "关于印发青潭区办法的通知"
text = "本办法自2020年1月1日起施行，有效期至2024年12月31日。"

[[example]]
hit = false
as_of = 2026-11-22
title = "关于印发青潭区办法的通知"
text = "会议要求抓好落实。"
"""
_OWN = ((), (TermEntry("青潭模试", ("青潭模式",)),), (TermEntry("常务会议", ("常务会",)),))


def page(number: int, text: str, published: date | None = None, column: str | None = None) -> Document:
    """An article of a site, fetched at another moment each time."""
    url = f"https://www.qingtan.gov.cn/a/{number}.html"
    day = published and datetime.combine(published, datetime.min.time())
    return Document(
        url,
        url,
        "site",
        "关于印发青潭区办法的通知",
        (Block("title", "关于印发青潭区办法的通知", "标题"), Block("body", text, "正文第 1 段")),
        published=day,
        published_from="label" if day else "",
        fetched=datetime.now(UTC),
        column=column,
        facts=PageFacts(page_class=PageClass.ARTICLE, list_title="关于印发青潭区办法的通知"),
    )


class _Run:
    """A run over documents: what it found, as it would be reported, and how many it did not judge again."""

    def __init__(self, config: Config, given: Settings, documents: Sequence[Any], store: Store | None) -> None:
        bench = Bench(config, given)
        if store is not None:
            bench.recall(store)
        self.findings: list[Finding] = sorted(
            bench.documents(iter(documents), lambda: (one.text for one in documents)),
            key=lambda one: (one.url, one.code, repr(one)),
        )
        self.unchanged = bench.unchanged
        self.problems: list[Problem] = bench.problems


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store.sqlite3", writing=True) as opened:
        yield opened


def codes(run: _Run) -> list[str]:
    return [one.code for one in run.findings]


def test_what_has_not_changed_is_not_judged_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second run finds the same, and says of how many pages it did not judge them again."""
    documents = [page(number, text) for number, text in enumerate(_TEXTS)]
    first = _Run(Config(), _FEW, documents, store)
    assert first.unchanged == 0
    assert "T101" in codes(first)

    def fail(*_: object) -> list[Finding]:
        raise AssertionError("judged again")

    engine, rest = Engine.judged, {rule.code for rule in RULES if lasting(rule)}
    monkeypatch.setattr(
        Engine, "judged", lambda self, *given: fail() if rest & self._rules.keys() else engine(self, *given)
    )
    again = [replace(one, fetched=datetime.now(UTC)) for one in documents]
    second = _Run(Config(), replace(_FEW, as_of=DAY + timedelta(days=7)), again, store)
    assert (second.findings, second.unchanged) == (first.findings, len(documents))


def test_what_depends_on_the_day_is_judged_each_day(store: Store) -> None:
    """A document that ran out meanwhile is found, though not a character of it has changed."""
    documents = [page(0, _TEXTS[3], date(2025, 3, 1))]
    before = codes(_Run(Config(), replace(_FEW, as_of=date(2026, 2, 28)), documents, store))
    after = _Run(Config(), replace(_FEW, as_of=date(2026, 3, 2)), documents, store)
    assert set(codes(after)) - set(before) == {"C122"}
    assert after.unchanged == 1


@pytest.mark.parametrize(
    "changed",
    [
        Config(pairs=(TermEntry("常务会议", ("常务会",)),)),
        Config(allow=("抓好关健环节",)),
        Config(ignore=("T101",)),
        Config(columns=(Column("c", "公告", "https://www.qingtan.gov.cn/a/", owner="办公室"),)),
        Config(accounts=(Account("wechat:青潭发布", "青潭发布", Platform.WECHAT),)),
    ],
    ids=["own", "allow", "rules", "column", "account"],
)
def test_what_else_a_judgement_depends_on_has_it_judged_again(changed: Config, store: Store) -> None:
    """Own words, allowed texts, rules in force, and the names and owners that findings are told under."""
    documents = [page(0, _TEXTS[0], column="c"), page(1, _TEXTS[4])]
    _Run(Config(), _FEW, documents, store)
    run = _Run(changed, _FEW, documents, store)
    assert run.unchanged == 0
    assert run.findings == _Run(changed, _FEW, documents, None).findings
    assert _Run(Config(), _FEW, documents, store).unchanged == 2, "what was known of before still is"


def test_full_judges_everything_and_keeps_it(store: Store) -> None:
    """--full takes nothing over; what it finds stands in place of what was kept."""
    documents = [page(0, _TEXTS[0])]
    right = _Run(Config(), _FEW, documents, store).findings
    store.connection.execute("UPDATE judged SET findings = ''")  # as a fault of the program might have left it
    assert _Run(Config(), _FEW, documents, store).findings == []
    full = _Run(Config(), replace(_FEW, full=True), documents, store)
    assert (full.findings, full.unchanged) == (right, 0)
    assert _Run(Config(), _FEW, documents, store).findings == right


def test_what_could_not_be_judged_is_tried_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page on which the rules came to no end is not taken for one without faults."""
    documents = [page(0, _TEXTS[0])]

    def endless(*_: object) -> Iterator[Finding]:
        raise InputError("a.html", "处理超过 20 秒，未做完", "请核对其内容")

    with monkeypatch.context() as patched:
        patched.setattr(Engine, "findings", endless)
        assert _Run(Config(), _FEW, documents, store).problems
    run = _Run(Config(), _FEW, documents, store)
    assert (codes(run), run.unchanged) == (["T101"], 0)


def test_only_what_can_be_told_again_as_it_was_is_kept(store: Store) -> None:
    """A lone surrogate, which a column of the store cannot hold, has its page judged each time."""
    [finding] = _Run(Config(), _FEW, [page(0, _TEXTS[0])], None).findings
    kept = judged.Judged(store, b"basis")
    for number, subject in enumerate(("关于印发办法的通知", "关于\ud83d印发")):
        kept.put(kept.find(page(number, ""))[0], [replace(finding, subject=subject)])
    kept.flush()
    assert kept.find(page(0, ""))[1] == (replace(finding, subject="关于印发办法的通知"),)
    assert kept.find(page(1, ""))[1] is None


def test_judgements_that_nobody_needs_are_dropped(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of sets of rules the last three stay, and of documents those met within a hundred days."""
    documents = [page(0, _TEXTS[0])]
    for ignored in ("C122", "T107", "T101", "F104"):
        _Run(Config(ignore=(ignored,)), _FEW, documents, store)
    assert store.rows("SELECT count(*), count(DISTINCT basis) FROM judged") == [(3, 3)]
    assert store.rows("SELECT count(*) FROM basis") == [(3,)]
    old = (datetime.now(UTC).date() - timedelta(days=judged._UNUSED - 1)).isoformat()
    store.connection.execute("UPDATE judged SET used = ?", (old,))
    assert _Run(Config(ignore=("F104",)), _FEW, documents, store).unchanged == 1
    assert store.rows("SELECT count(*) FROM judged WHERE used > ?", old) == [(1,)], "it was of use today"
    older = (datetime.now(UTC).date() - timedelta(days=judged._UNUSED + 1)).isoformat()
    store.connection.execute("UPDATE judged SET used = ?", (older,))
    assert _Run(Config(ignore=("F104",)), _FEW, documents, store).unchanged == 0


def packed(text: str, *, unpacked: list[str], number: int = 0) -> Packed:
    """An attachment as the store has it, which notes that it is unpacked."""
    url = f"https://www.qingtan.gov.cn/{number}.docx"
    document = Document(url, url, "attachment", "办法", (Block("body", text, "第 1 段"),))

    def unpack() -> Document:
        unpacked.append(text)
        return document

    return Packed(url, url, "办法", False, (), len(text), 0, digest(content(document)), unpack)


def test_a_file_that_has_not_changed_is_not_even_unpacked(store: Store) -> None:
    """It is judged once, found as it was for as long as nothing changes, and judged again where its text does."""
    unpacked: list[str] = []
    first, same = (_Run(Config(), _FEW, [packed(_TEXTS[0], unpacked=unpacked)], store) for _ in range(2))
    assert codes(first) == ["T101"]
    assert (same.findings, unpacked) == (first.findings, [_TEXTS[0]])
    assert codes(_Run(Config(), _FEW, [packed(_TEXTS[4], unpacked=unpacked)], store)) == []
    assert codes(_Run(Config(), replace(_FEW, full=True), [packed(_TEXTS[0], unpacked=unpacked)], store)) == ["T101"]
    assert unpacked == [_TEXTS[0], _TEXTS[4], _TEXTS[0]]


def test_a_rule_of_the_office_about_files_that_asks_for_the_day_reads_them_each_day(
    store: Store, tmp_path: Path
) -> None:
    """Those that ship are about pages only; an own one may bear the letter of a family that is about files."""
    (tmp_path / "F901-own-term.toml").write_text(_OWN_RULE, encoding="utf-8")
    unpacked: list[str] = []
    config = Config(folders=(tmp_path,))
    for _ in range(2):
        _Run(config, replace(_FEW, only=("T101", "F901")), [packed(_TEXTS[4], unpacked=unpacked)], store)
    assert len(unpacked) == 3, "to be judged by what lasts once, by the other rule each time"


class _Never:
    """A day that nobody may ask for."""

    def __getattr__(self, name: str) -> object:
        raise AssertionError(f"asked for the day: {name}")

    def _asked(self, _: object) -> bool:
        raise AssertionError("asked for the day")

    __lt__ = __le__ = __gt__ = __ge__ = __eq__ = __sub__ = __rsub__ = __add__ = _asked  # type: ignore[assignment]
    __hash__ = object.__hash__


@pytest.mark.slow
def test_rules_that_last_do_not_ask_for_the_day(tmp_path: Path) -> None:
    """Whatever their examples show, as pages of a site: else a page would be judged by the day of its first run."""
    bench = Bench(Config(path=tmp_path / "jimo-lint.toml"), Settings(DAY))
    chosen = [rule for rule in RULES if lasting(rule)]
    engine = Engine(chosen, replace(bench.context, as_of=_Never()))  # type: ignore[arg-type]
    examples = 0
    for rule in chosen:
        [check] = [one for one in engine._checks[Document.__name__] if type(one).__name__ == KINDS[rule.kind].name]
        for example in rule.examples:
            made = dict(example.given)
            for key in ("as_of", "profile", "own", "leaders", "templates"):
                made.pop(key, None)
            subject = check.example(made)
            list(engine.findings(replace(subject, source="site") if subject.source == "file" else subject))
            examples += 1
    assert examples > 300


def test_the_kinds_that_depend_on_the_day_are_named_where_they_are() -> None:
    """The table of kinds names the checks of a page that are given the day, each of which some rule has."""
    from jimo_lint.lint.checks.pages.page import _BY_DAY

    assert KINDS["page"].by_day == _BY_DAY.keys()
    assert {rule.params["check"] for rule in RULES if rule.kind == "page" and not lasting(rule)} == _BY_DAY.keys()


_chosen = st.integers(0, len(_TEXTS) - 1)
_runs = st.lists(
    st.tuples(
        st.lists(_chosen, min_size=1, max_size=5),
        st.lists(_chosen, max_size=5),
        st.sampled_from(_SELECTED),
        st.sampled_from(_OWN),
        st.integers(0, 400),
        st.booleans(),
    ),
    min_size=2,
    max_size=4,
)


@pytest.mark.slow
@given(_runs)
@settings(max_examples=15, deadline=None)
def test_any_row_of_runs_finds_what_judging_everything_finds(
    rows: list[tuple[list[int], list[int], tuple[str, ...], tuple[TermEntry, ...], int, bool]],
) -> None:
    """Whatever changes from run to run: pages, attachments, rules, own words, the day, the date that a list gives; and
    no attachment is unpacked that was judged by the same before."""
    with TemporaryDirectory() as folder, Store.open(Path(folder) / "store.sqlite3", writing=True) as kept:
        own_rules = Path(folder) / "rules"
        own_rules.mkdir()
        (own_rules / "F901-own-term.toml").write_text(_OWN_RULE, encoding="utf-8")
        judged_before: set[tuple[object, ...]] = set()
        for texts, files, select, own, days, dated in rows:
            config = Config(pairs=own, folders=(own_rules,))
            unpacked: list[str] = []
            documents: list[Document | Packed] = [
                page(number, _TEXTS[text], date(2025, 3, 1) if dated else None) for number, text in enumerate(texts)
            ]
            documents += [packed(_TEXTS[text], unpacked=unpacked, number=at) for at, text in enumerate(files)]
            given = Settings(DAY + timedelta(days=days), only=select)
            found = _Run(config, given, documents, kept).findings
            if "F901" not in select:
                keys = {(at, text, select, own) for at, text in enumerate(files)}
                assert len(unpacked) == len(keys - judged_before)
                judged_before |= keys
            assert found == _Run(config, given, documents, None).findings
            assert found == _Run(config, replace(given, full=True), documents, kept).findings


@pytest.mark.slow
@given(st.lists(st.lists(_chosen, min_size=1, max_size=6), min_size=1, max_size=4), st.booleans())
@settings(max_examples=30, deadline=None)
def test_what_is_one_problem_in_a_document_is_kept_once_and_gives_the_same_rows(
    documents: list[list[int]], again: bool
) -> None:
    """A list that says the same in hundreds of cells: the report has the row that all of its findings make."""
    made = []
    for number, chosen in enumerate(documents):
        blocks = tuple(Block("body", _TEXTS[text], f"正文第 {at} 段") for at, text in enumerate(chosen, 1))
        made.append(replace(page(number, ""), blocks=blocks))
    with TemporaryDirectory() as folder, Store.open(Path(folder) / "store.sqlite3", writing=True) as kept:
        bench = Bench(Config(), _FEW)
        every = [finding for one in made for finding in bench._lasting.findings(one)]
        guesses = [one for one in every if bench._lasting.guessed(one)]
        usual = recurring({one.matched for one in guesses}, (one.text for one in made))
        kept_apart = [one for one in every if one not in guesses]
        whole = triage([*kept_apart, *(one for one in guesses if one.matched not in usual)])
        runs = [_Run(Config(), _FEW, made, kept).findings for _ in range(1 + again)]
        for found in runs:
            told = [one for one in found if one.code != "C122"]  # by the day, of each page at most once
            assert triage(sorted(told, key=lambda one: made.index(_of(made, one)))) == whole
            assert len(told) == len({(one.url, one.fingerprint) for one in told})


def _of(documents: Sequence[Document], finding: Finding) -> Document:
    return next(one for one in documents if one.url == finding.url)


def test_the_line_of_the_report_says_how_many_were_not_judged_again() -> None:
    """Not looked at is never fine: what was taken over is told as such."""
    from jimo_lint.report.phrases import looked_at

    report = report_samples.columns()
    said = looked_at(replace(report, run=replace(report.run, documents=1280, unchanged=1200)))
    assert said.startswith("1,280 篇（页）（1,200 篇（页）未变，沿用上次判定）")


def test_shrinking_the_file_drops_what_no_run_will_ask_for(store: Store) -> None:
    """Judgements by former rules, readings by another program, content that no page has; what counts stays."""
    from jimo_lint.store import upkeep

    for ignored in ("C122", "T101"):
        _Run(Config(ignore=(ignored,)), _FEW, [page(0, _TEXTS[0])], store)
    store.begin_crawl("site", DAY, resume=False)
    store.record([FetchResult(QueuedUrl("http://a/1"), 200, page(1, _TEXTS[1]), reading=Reading(b"x", date.max))])
    store.connection.execute("UPDATE reading SET program = 'another'")
    store.connection.execute("INSERT INTO content (payload) VALUES ('')")
    upkeep.vacuum(store)
    counts = [store.rows(f"SELECT count(*) FROM {table}")[0][0] for table in ("judged", "reading", "content")]
    assert counts == [1, 0, 1]
    assert [one.text for one in store.documents("site")] == [page(1, _TEXTS[1]).text]
    assert _Run(Config(ignore=("T101",)), _FEW, [page(0, _TEXTS[0])], store).unchanged == 1
