"""Measures what a proofreader sees on real pages: the default rules beside autocorrect-py and zhlint, in one run.

    .venv/bin/python benchmarks/proofreaders.py [--table site_errors.tsv]

Of the errors that a reader was sure of, how many each finds, by kind, and how many of those it mends as the reader
does; and its alarms on each clean text. The two others are installed into an environment of their own (`peers.py`);
one that cannot be had is named and left out. What only puts blanks between scripts or changes the width of brackets
counts for neither: that is a matter of style, and thousands of each would hide the rest.
"""

from __future__ import annotations

import argparse
import difflib
import json
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

import peers
from alarms import clean_documents
from bars import MISSING
from site_errors import TABLE, Row, rows

from jimo_lint import privacy
from jimo_lint.lint.engine import Engine
from jimo_lint.lint.ruleset import load_rules, select
from jimo_lint.lint.standards import load_profile
from jimo_lint.model import Block, Context, Document

NAMES = {
    "confusable": "易混词",
    "date": "日期",
    "docno": "发文字号",
    "extra": "多字",
    "missing": "漏字",
    "organ": "机构名称",
    "other": "其他",
    "punctuation": "标点",
    "substitution": "错字",
    "swap": "颠倒",
    "variant": "异形词",
}
ZHLINT = "zhlint@0.8.2"
AUTOCORRECT = "autocorrect-py==2.14.0"
_BRACKETS = str.maketrans("（）()", "    ")
_FROM_PYTHON = """import autocorrect_py, json, sys
json.dump([autocorrect_py.format(one) for one in json.load(sys.stdin)], sys.stdout)
"""
_FROM_NODE = """import {run} from 'zhlint';
const mend = (s) => { try { return run(s, {rules: {preset: 'default'}, logger: null}).result } catch { return s } };
let given = '';
for await (const part of process.stdin.setEncoding('utf8')) given += part;
process.stdout.write(JSON.stringify(JSON.parse(given).map(mend)));
"""


class Change(NamedTuple):
    """text [start, end) should read `meant`."""

    start: int
    end: int
    meant: str


Reader = Callable[[Sequence[str]], list[list[Change]]]


@cache
def _engine() -> Engine:
    rules = [rule for rule in select(load_rules(), ()) if rule.family in "STPF"]
    return Engine(rules, Context(date(2026, 1, 31), load_profile("national")))


def ours(texts: Sequence[str]) -> list[list[Change]]:
    """What the default rules find."""
    read = []
    for text in texts:
        document = privacy.mask(Document(text, "", "file", "", (Block("body", text, "正文"),)))
        found = [one for one in _engine().findings(document) if one.span]
        read.append([Change(one.span.start, one.span.end, (one.suggestions or ("",))[0]) for one in found if one.span])
    return read


def _differences(text: str, mended: str) -> Iterator[Change]:
    for kind, a, b, c, d in difflib.SequenceMatcher(None, text, mended, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        old, new = text[a:b], mended[c:d]
        if old.translate(_BRACKETS).split() != new.translate(_BRACKETS).split():
            yield Change(a, b, new)


def _told(command: Sequence[str], texts: Sequence[str], cwd: Path | None = None) -> list[list[Change]]:
    lines = [line for text in texts for line in text.split("\n")]
    done = subprocess.run(command, input=json.dumps(lines), capture_output=True, text=True, check=True, cwd=cwd)
    answers = iter(json.loads(done.stdout))
    read = []
    for text in texts:
        start, changes = 0, []
        for line in text.split("\n"):
            changes += [
                Change(start + one.start, start + one.end, one.meant) for one in _differences(line, next(answers))
            ]
            start += len(line) + 1
        read.append(changes)
    return read


def readers() -> Iterator[tuple[str, Reader]]:
    """Who can be had, with a title."""
    yield "默认规则", ours
    python = peers.python(AUTOCORRECT)
    if python is None:
        return
    yield AUTOCORRECT.replace("==", " "), lambda texts: _told((str(python), "-c", _FROM_PYTHON), texts)
    folder = python.parents[1]
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        print(f"{MISSING}zhlint（没有 Node.js）")
        return
    script = folder / "zhlint.mjs"
    script.write_text(_FROM_NODE, encoding="utf-8")
    try:
        subprocess.run((npm, "install", "--silent", "--prefix", str(folder), ZHLINT), check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        print(f"{MISSING}{ZHLINT}（装不上）")
        return
    yield ZHLINT.replace("@", " "), lambda texts: _told((node, str(script)), texts, folder)


def _found(row: Row, changes: Sequence[Change]) -> tuple[bool, bool]:
    """Whether the error is touched, and whether it is mended as the reader does."""
    start = row.context.find(row.wrong)
    end = start + len(row.wrong)
    # What is put in stands between two characters, of which the error holds at least one.
    touching = [
        one for one in changes if one.start < max(end, one.start == end) and max(one.end, one.start + 1) > start
    ]
    text, done = [], 0
    for one in touching:
        if one.start >= done:
            text += [row.context[done : one.start], one.meant]
            done = one.end
    return bool(touching), bool(touching) and row.right in "".join((*text, row.context[done:]))


def report(table: Path = TABLE) -> Iterator[str]:
    """The table as Markdown lines."""
    sure = [row for row in rows(table) if row.certainty == "sure"]
    total = Counter(row.category for row in sure)
    texts: dict[str, list[str]] = {}
    for name, document in clean_documents():
        texts.setdefault(name, []).append(document.text)
    columns, marks = [], []
    for title, reader in readers():
        found, right = Counter[str](), Counter[str]()
        read = [_found(row, changes) for row, changes in zip(sure, reader([row.context for row in sure]), strict=True)]
        for row, (touched, mended) in zip(sure, read, strict=True):
            found[row.category] += touched
            right[row.category] += mended
        marks.append([touched for touched, _ in read])
        alarms = {name: sum(map(len, reader(some))) for name, some in texts.items()}
        columns.append((title, found, right, alarms))
    yield "| 类别 | 条 |" + "".join(f" {title} |" for title, *_ in columns)
    yield "|---|---:|" + "---:|" * len(columns)
    parts: dict[str, tuple[str, ...]] = {NAMES.get(name, name): (name,) for name in sorted(total)}
    parts |= {"不含标点": tuple(set(total) - {"punctuation"}), "全部": tuple(total)}
    for title, kinds in parts.items():
        count = sum(total[kind] for kind in kinds)
        cells = [sum(found[kind] for kind in kinds) for _, found, *_ in columns]
        yield f"| {title} | {count} |" + "".join(f" {cell}（{cell / count:.0%}） |" for cell in cells)
    yield "| 改得与读者一致的，占查出的 | |" + "".join(
        f" {right.total() / max(found.total(), 1):.0%} |" for _, found, right, _ in columns
    )
    for name, some in texts.items():
        size = sum(map(len, some))
        yield f"| {name}：每万字报出 | |" + "".join(f" {1e4 * alarms[name] / size:.2f} |" for *_, alarms in columns)
    by_row = zip(zip(*marks, strict=True), sure, strict=True)
    together = sum(any(one) for one, row in by_row if row.category == "punctuation")
    yield ""
    yield f"标点 {total['punctuation']} 处，几种工具合起来查出 {together} 处。"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--table", type=Path, default=TABLE, help="another reader's table")
    for line in report(parser.parse_args().table):
        print(line, flush=True)


if __name__ == "__main__":
    main()
