"""The lists that ship: in order, sourced, without contradiction, silent on clean text."""

from __future__ import annotations

import gzip
import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from jimo_lint.language import wordlists
from jimo_lint.lint.checks import KINDS
from jimo_lint.lint.ruleset import EVIDENCE
from jimo_lint.model import Block, Context, Document
from jimo_lint.privacy import mask
from jimo_lint.settings.resources import wordlists_folder
from tests.support import shipped

NAMES = wordlists.names()
# Lists of right wordings, and lists of wrong ones that propose the right one.
PHRASES = sorted({name for rule in shipped.rules() for name in rule.params.get("phrases", ())})
SPELLING = [name for name in ("state-names", "organ-names", "wrong-phrases", "typo-pairs") if name in NAMES]
# Wrong wherever they stand, in statutes and news as well; the hazards file records them because they do stand there.
REAL_ERRORS = ("秸杆", "气侯", "天燃气", "等侯", "攻艰克难", "了望塔")
CONTEXT = Context(date(2026, 1, 31), shipped.national())


@pytest.mark.parametrize("name", NAMES)
def test_list_is_in_order(name: str) -> None:
    """Rows are sorted and unique, each has a source, and no suggestion is itself listed as wrong."""
    assert not list(wordlists.faults(wordlists.load(name).words))


@pytest.mark.parametrize("name", NAMES)
def test_header_is_complete(name: str) -> None:
    """Title, licence and source are said, the day of the last change is past, the confidence is one of three."""
    found = wordlists.load(name)
    assert all(len(text) >= 3 for text in (found.title, found.licence, found.source))
    assert date(2026, 1, 1) <= found.updated <= date(2030, 1, 1)
    assert found.confidence in wordlists.CONFIDENCES
    assert found.words


def test_sources_are_complete() -> None:
    """Each source says what it is and how sure it is, in the marks that rules use; keys are sorted."""
    table = tomllib.loads((wordlists_folder() / wordlists.SOURCES).read_text(encoding="utf-8"))
    assert set(table) == set(wordlists.sources())
    assert list(table) == sorted(table)
    for key, row in table.items():
        assert len(row["title"]) >= 6, key
        assert row["evidence"] in EVIDENCE, key


@pytest.mark.parametrize("name", NAMES)
def test_every_source_is_known(name: str) -> None:
    """The source of a row is a key of SOURCES.toml."""
    known = wordlists.sources()
    assert {word.source for word in wordlists.load(name).words} <= set(known)


def test_every_source_is_used() -> None:
    """SOURCES.toml holds no source that neither a row nor the header of a table cites, nor the typo model."""
    cited = {word.source for name in NAMES for word in wordlists.load(name).words}
    for file in wordlists_folder().iterdir():
        if file.name.endswith(".txt"):
            cited |= set(re.findall(r"^# source: (.+)$", file.read_text(encoding="utf-8"), re.M))
    assert cited | {"typo-model"} == set(wordlists.sources())


def test_every_list_is_used_by_a_rule() -> None:
    """A list that no rule reads is a leftover."""
    used = {
        name for rule in shipped.rules() for key in ("lists", "phrases", "hosts") for name in rule.params.get(key, ())
    }
    assert used == set(NAMES)


def test_no_suggestion_is_wrong_in_another_list() -> None:
    """What one list proposes, no other list of misspellings calls wrong."""
    words = [word for name in SPELLING for word in wordlists.load(name).words]
    wrong = {word.term for word in words}
    assert not [word.term for word in words if wrong & set(word.suggestions)]


def test_no_right_phrase_holds_a_wrong_one() -> None:
    """No suggestion of a list contains a term that would be reported inside it."""
    words = [word for name in SPELLING if name != "typo-pairs" for word in wordlists.load(name).words]
    rights = {right for word in words for right in word.suggestions}
    rights |= {word.term for name in PHRASES for word in wordlists.load(name).words}
    assert not [(word.term, right) for word in words for right in rights if word.term in right]


def _alarms(texts: list[str]) -> list[tuple[str, str]]:
    rules = [rule for rule in shipped.rules() if rule.family in "STFP"]
    checks = [
        KINDS[kind].load()([r for r in rules if r.kind == kind], CONTEXT) for kind in ("words", "pattern", "personal")
    ]
    found = []
    for text in texts:
        document = mask(Document(id="x", url="", source="file", title="", blocks=(Block("body", text),)))
        for check in checks:
            for hit in check.hits(document):
                assert hit.span is not None
                found.append((hit.code, document.text[max(hit.span.start - 10, 0) : hit.span.end + 10]))
    return found


@pytest.mark.slow
def test_clean_official_text_raises_no_alarms(shared: Path) -> None:
    """On a million clean characters: S, P and F at most 0.5 alarms in 10,000, certain typos at most 0.05."""
    texts = [
        gzip.decompress(file.read_bytes()).decode() for file in sorted((shared / "data/text").glob("clean_*.txt.gz"))
    ]
    size = sum(map(len, texts))
    assert size > 900_000
    alarms = _alarms(texts)
    severe = [alarm for alarm in alarms if alarm[0][0] in "SPF"]
    typos = [alarm for alarm in alarms if alarm[0] in ("T101", "T102")]
    assert len(severe) / size * 10_000 <= 0.5, severe
    assert len(typos) / size * 10_000 <= 0.05, typos


def test_legitimate_contexts_of_hazardous_pairs_are_silent(shared: Path) -> None:
    """The recorded contexts in which a wrong-looking string is right raise no alarm of the certain tier."""
    rows = [line.split("\t") for line in (shared / "data/typos/hazards.tsv").read_text(encoding="utf-8").splitlines()]
    alarms = _alarms([row[4] for row in rows[1:]])
    found = [alarm for alarm in alarms if alarm[0] in ("T101", "S101", "S102", "S104")]
    assert not [alarm for alarm in found if not any(error in alarm[1] for error in REAL_ERRORS)]


def test_a_message_that_names_a_suggestion_has_one() -> None:
    """Every row of a rule whose message says what to write proposes something."""
    for rule in shipped.rules():
        if rule.kind == "words" and "{suggestion}" in rule.message:
            for name in rule.params.get("lists", ()):
                assert not [word.term for word in wordlists.load(name).words if not word.suggestions], name
        if rule.kind == "pattern" and "{suggestion}" in rule.message:
            assert not [one["regex"] for one in rule.params["patterns"] if not one.get("suggestion")], rule.code
