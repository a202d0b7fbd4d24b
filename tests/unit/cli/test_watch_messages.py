"""What a group is told fits what robots take, and torn lines cost themselves only."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jimo_lint.cli import options
from jimo_lint.cli import watch as command
from jimo_lint.cli.watch import _cut, _for_ever, _messages
from jimo_lint.store import notices


@given(st.dictionaries(st.text(min_size=1), st.text(alphabet="青潭区ab“", max_size=400), max_size=30))
def test_messages_fit_and_tell_all_once(news: dict[str, str]) -> None:
    """企业微信 takes 2,048 bytes; each line stands in one message."""
    lines = {key: _cut(line) for key, line in news.items()}
    made = list(_messages("青潭区日常监测 12-02 09:30", lines))
    assert [key for keys, _ in made for key in keys] == list(lines)
    assert all(len(text.encode()) <= 2_048 for _, text in made)
    told = [line for _, text in made for line in text.split("\n")[1:]]
    assert told == list(lines.values())


def test_what_waits_is_told_once(tmp_path: Path) -> None:
    """A line that was told waits no longer; a torn line costs itself only."""
    path = tmp_path / ".jimo-lint" / "notices.jsonl"
    assert notices.read(path) == notices.Notices({}, frozenset())
    notices.note(path, {"a": "第一条", "b": "第二条"})
    with path.open("ab") as file:
        file.write(b'{"key": "c", "li')
    notices.note(path, notices.told(["a"]))
    assert notices.read(path) == notices.Notices({"b": "第二条"}, frozenset({"a"}))


def test_rounds_go_on_whatever_each_comes_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """Faults and kills end one round; Ctrl-C ends all. A round that takes long leaves the site five minutes."""
    ends = iter([2, -9, 1, 130])
    clock, slept = [0.0], []

    def run(words: list[str], *, check: bool) -> SimpleNamespace:
        clock[0] += 60 if not slept else 3_000
        return SimpleNamespace(returncode=next(ends))

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        clock[0] += seconds

    time = SimpleNamespace(monotonic=lambda: clock[0], sleep=sleep)
    monkeypatch.setattr(command, "subprocess", SimpleNamespace(run=run))
    monkeypatch.setattr(command, "time", time)
    monkeypatch.setattr(options, "is_quiet", lambda: True)
    with pytest.raises(click.Abort):
        _for_ever(timedelta(minutes=30))
    assert slept == [1_740, 300, 300]
