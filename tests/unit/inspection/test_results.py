"""Results that are kept: the same report as without, never of another day, settings, content or program."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from jimo_lint.inspection import benches, drafts, results
from jimo_lint.inspection.benches import Asked
from jimo_lint.inspection.judges import Said
from jimo_lint.lint.engine import Engine
from jimo_lint.model import Block, Confidence, Document, FileFacts, Mark, Problem, Report
from jimo_lint.readers.drafts import local
from jimo_lint.settings import resources
from jimo_lint.settings.config import Config

DAY = date(2026, 1, 31)
# Without the model of typos, whose loading takes seconds.
QUICK = Config(select=("T101", "P", "S106", "F116"))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three drafts of three formats; a cache of their own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    files = tmp_path / "稿"
    files.mkdir()
    (files / "甲.txt").write_text("会议研究布署工作。手机13800138000。\n区国土资源局。\n", encoding="utf-8")
    (files / "乙.md").write_text("# 布署\n\n**布**署\n", encoding="utf-8")
    (files / "丙.html").write_text("<title>通知</title><p>布署&nbsp;工作</p>", encoding="utf-8")
    return files


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The documents that the rules were asked about."""
    asked: list[str] = []
    whole = Engine.judged

    def noted(engine: Engine, document: Document, problems: list[Problem]) -> object:
        asked.append(Path(document.url).name)
        return whole(engine, document, problems)

    monkeypatch.setattr(Engine, "judged", noted)
    return asked


def check(config: Config = QUICK, *, day: date = DAY, asked: Asked = drafts.NOTHING, **reading: object) -> Report:
    """The report on the folder, with results kept; without what differs from run to run."""
    with results.Results() as kept:
        values = local.read([Path("稿")], as_of=day, kept=kept, **reading)  # type: ignore[arg-type]
        report, texts = drafts.check(values, config, as_of=day, asked=asked, kept=kept)
    assert {one.url for one in report.findings if one.span} <= texts.keys()
    return still(report)


def still(report: Report) -> Report:
    """Without the times of its run."""
    return replace(report, run=replace(report.run, started=report.run.finished, finished=report.run.finished))


def same(one: Report, other: Report) -> bool:
    """Whether they are the same but for the time."""
    run = replace(other.run, started=one.run.started, finished=one.run.finished)
    return one == replace(other, run=run)


def test_a_second_run_says_the_same_and_judges_nothing(judged: list[str]) -> None:
    """Nor does it read: what is given out are the findings, problems, counts and texts of before."""
    first = check()
    assert sorted(judged) == ["丙.html", "乙.md", "甲.txt"] and len(first.findings) == 6
    judged.clear()
    second = check()
    assert not judged and same(first, second)
    plain, _ = drafts.check(local.read([Path("稿")], as_of=DAY), QUICK, as_of=DAY)
    assert same(plain, second)


def test_what_recurs_is_left_out_all_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands in three drafts is no slip: that is looked at over all of them, changed and unchanged."""
    monkeypatch.setattr(benches, "GUESSING", frozenset({"words"}))  # the rules that do guess take seconds to load
    first = check()
    assert "布署" not in {one.matched for one in first.findings} and same(first, check())
    (folder / "丙.html").write_text("<p>没有</p>", encoding="utf-8")
    mixed = check()
    plain, _ = drafts.check(local.read([Path("稿")], as_of=DAY), QUICK, as_of=DAY)
    assert same(plain, mixed) and "布署" in {one.matched for one in mixed.findings}


def test_only_what_changed_is_judged(folder: Path, judged: list[str]) -> None:
    """By content: a file that was only touched is the same, and so is one that is changed back."""
    check()
    before = (folder / "甲.txt").read_text(encoding="utf-8")
    (folder / "甲.txt").write_text("没有错。\n", encoding="utf-8")
    (folder / "乙.md").touch()
    judged.clear()
    assert len(check().findings) == 3
    (folder / "甲.txt").write_text(before, encoding="utf-8")
    assert len(check().findings) == 6
    assert judged == ["甲.txt"]
    (folder / "丁.txt").write_text(before, encoding="utf-8")  # the same words in another file are other findings
    check()
    assert judged == ["甲.txt", "丁.txt"]


@pytest.mark.parametrize(
    ("config", "asked"),
    [
        (QUICK, Asked(ignore=("F116",))),
        (QUICK, Asked(genre="公示")),
        (QUICK, Asked(least=Confidence.LIKELY)),
        (replace(QUICK, allow=("研究布署",)), Asked()),
        (replace(QUICK, select=("T101",)), Asked()),
        (replace(QUICK, site=replace(QUICK.site, id_code="3702150001")), Asked()),
    ],
)
def test_other_settings_judge_anew(config: Config, asked: Asked, judged: list[str]) -> None:
    """Rules, their levels, allowed texts, confidence; and each of them has its own results from then on."""
    check()
    judged.clear()
    other = check(config, asked=asked)
    assert len(judged) == 3
    assert same(other, check(config, asked=asked)) and same(check(), check())
    assert len(judged) == 3


def test_what_is_told_of_genre_and_confidence_is_kept(judged: list[str]) -> None:
    """What was not looked for and how much was not sure enough stand in the second report as in the first."""
    asked = Asked(genre="新闻", least=Confidence.LIKELY)
    first = check(asked=asked)
    judged.clear()
    second = check(asked=asked)
    assert not judged and same(first, second)
    assert {one.code.value for one in second.problems} >= {"genre-off", "unsure"}


def test_the_day_counts_where_it_matters(judged: list[str], tmp_path: Path) -> None:
    """Pages are read by the day, text is not; with a dated list of leaders everything is judged by it."""
    check()
    judged.clear()
    check(day=date(2027, 1, 31))
    assert judged == ["丙.html"]
    (tmp_path / "名单.tsv").write_text("姓名\t职务\n王某甲\t区长\n", encoding="utf-8")
    dated = replace(QUICK, select=("T101", "S111"), leaders=tmp_path / "名单.tsv")
    check(dated)
    judged.clear()
    check(dated)
    assert not judged
    check(dated, day=date(2027, 1, 31))
    assert len(judged) == 3


@pytest.fixture
def unremembered() -> Iterator[Callable[[], None]]:
    """What forgets the state of the program, which a process asks for once."""
    yield resources.program.cache_clear
    resources.program.cache_clear()


def test_another_program_judges_anew(
    judged: list[str], monkeypatch: pytest.MonkeyPatch, unremembered: Callable[[], None]
) -> None:
    """A version, and what lies in the program's folders: who changes a rule or a list sees it at once."""
    check()
    judged.clear()
    monkeypatch.setattr("jimo_lint.__version__", "9.9.9")
    unremembered()
    check()
    assert len(judged) == 3
    whole = resources._files
    monkeypatch.setattr(resources, "_files", lambda folder: [*whole(folder), ("rules/X.toml", 1, 1)])
    unremembered()
    check()
    assert len(judged) == 6


def test_rules_lists_and_the_model_are_part_of_the_program() -> None:
    """Each file of theirs is among those whose state is asked for."""
    folders = (resources.rules_folder(), resources.wordlists_folder(), resources.wordlists_folder().joinpath("typo"))
    known = [{name.rpartition("/")[2] for name, _, _ in resources._files(Path(str(folder)))} for folder in folders]
    assert "T101-common-typo.toml" in known[0] and "SOURCES.toml" in known[1]
    assert "ngrams.gz" in known[1] & known[2] and not any(name.endswith(".pyc") for name in set().union(*known))


def test_what_was_not_read_or_judged_is_tried_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that could not be read, whether that is excused or not, and a document that took too long."""
    (folder / "坏.docx").write_bytes(b"PK\x03\x04" + b"x" * 50)
    first = check()
    assert not first.complete and same(first, check())
    (folder / "坏.docx").unlink()
    assert check().complete

    def endless(_: Engine, document: Document, problems: list[Problem]) -> list[object]:
        from jimo_lint.model import ProblemCode

        problems.append(Problem(ProblemCode.NOT_JUDGED, document.url, {"fault": "太久", "remedy": "请拆小"}))
        return []

    (folder / "新.txt").write_text("布署\n", encoding="utf-8")
    with monkeypatch.context() as patched:
        patched.setattr(Engine, "judged", endless)
        assert not check().complete
    assert check().complete and len(check().findings) == 7


def test_a_file_that_is_changed_while_it_is_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was read may not be what was hashed: nothing is kept of it."""
    whole = Engine.judged

    def meanwhile(engine: Engine, document: Document, problems: list[Problem]) -> object:
        (folder / "甲.txt").write_text("别的。\n" * 9, encoding="utf-8")
        return whole(engine, document, problems)

    before = (folder / "甲.txt").read_text(encoding="utf-8")
    with monkeypatch.context() as patched:
        patched.setattr(Engine, "judged", meanwhile)
        check()
    with closing(database()) as rows:
        assert rows.execute("SELECT COUNT(*) FROM outcome").fetchone() == (2,)
    (folder / "甲.txt").write_text(before, encoding="utf-8")
    assert len(check().findings) == 6


def test_nobody_else_reads_it_and_numbers_are_masked(tmp_path: Path) -> None:
    """Findings have excerpts of drafts that nobody has published."""
    check()
    file = tmp_path / "cache/jimo-lint" / results.NAME
    assert stat.S_IMODE(file.stat().st_mode) == 0o600 and stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    with closing(database()) as rows:
        for (value,) in rows.execute("SELECT value FROM outcome"):
            from jimo_lint.store.codec import expand

            assert "13800138000" not in expand(value[16:])


def database() -> sqlite3.Connection:
    """The cache."""
    return sqlite3.connect(Path("cache/jimo-lint") / results.NAME)


@pytest.mark.parametrize("how", ["empty", "text", "cut", "flipped"])
def test_a_damaged_cache_is_made_anew(how: str, judged: list[str]) -> None:
    """Emptied, overwritten, cut off, or with a bit turned: the report is right, and the next run has it again."""
    first = check()
    file = Path("cache/jimo-lint") / results.NAME
    content = {"empty": b"", "text": b"not a database, not at all" * 100, "cut": file.read_bytes()[:5000]}
    if how == "flipped":
        with closing(database()) as rows, rows:
            rows.execute("UPDATE outcome SET value = value || x'00'")
    else:
        file.write_bytes(content[how])
    judged.clear()
    assert same(first, check()) and len(judged) == 3
    judged.clear()
    assert same(first, check()) and not judged


@pytest.mark.slow
def test_a_locked_cache_is_left_alone(judged: list[str]) -> None:
    """Another check writes: this one works without, and takes nothing away."""
    first = check()
    with closing(database()) as other:
        other.execute("BEGIN EXCLUSIVE")
        judged.clear()
        assert same(first, check()) and len(judged) == 3
        other.rollback()
    judged.clear()
    assert same(first, check()) and not judged


def test_without_a_place_to_keep_anything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It costs time and no more."""
    (tmp_path / "cache").write_text("a file where the folder should be")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "cache"))
    assert len(check().findings) == len(check().findings) == 6


def test_old_and_many_are_dropped(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """What nobody asked for in a month, and of the rest the oldest beyond the bound."""
    check()
    with closing(database()) as rows, rows:
        rows.execute("UPDATE outcome SET used = used - 31")
    (folder / "新.txt").write_text("布署\n", encoding="utf-8")
    check()  # the old ones are used again, which makes them new
    with closing(database()) as rows, rows:
        assert rows.execute("SELECT COUNT(*) FROM outcome").fetchone() == (4,)
        rows.execute("UPDATE outcome SET used = used - 31")
    for name in ("甲.txt", "乙.md", "丙.html"):
        (folder / name).unlink()
    (folder / "又.txt").write_text("布署。\n", encoding="utf-8")
    check()
    with closing(database()) as rows:
        assert rows.execute("SELECT COUNT(*) FROM outcome").fetchone() == (2,)
        [largest] = rows.execute("SELECT MAX(LENGTH(value)) FROM outcome").fetchone()
    monkeypatch.setattr(results, "_MOST", largest + 100)  # the like of it packs to some bytes more or less
    (folder / "再.txt").write_text("布署！\n", encoding="utf-8")
    check()
    with closing(database()) as rows:
        assert rows.execute("SELECT COUNT(*) FROM outcome").fetchone() == (1,)


def test_what_is_asked_of_a_document_afterwards_comes_back() -> None:
    """Its name, text, format and marks: Word documents with remarks are looked at again once all is judged."""
    marks = (Mark("remark", "批注 1", "x"),)
    whole = Document("a.docx", "a.docx", "file", "题", (Block("body", "甲"), Block("body", "乙")))
    whole = replace(whole, facts=FileFacts(format="word", suffix=".docx", marks=marks))
    light, judged = results._unpacked(*results._packed(whole, Said((), unsure=3)))
    assert (light.url, light.title, light.text, light.source) == (whole.url, whole.title, whole.text, whole.source)
    assert light.file_facts.marks == marks and light.file_facts.format == "word" and judged.unsure == 3
