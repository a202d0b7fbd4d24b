"""What `--fix` could not write is something not done: it ends with 2 and stands in every form."""

from __future__ import annotations

import errno
import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from jimo_lint.cli import options, run


@pytest.mark.parametrize("form", ["json", "text", "line", "sarif"])
def test_a_full_disk_is_no_success(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Though only a warning is left; another file, which could be written, is put right; the next run is fine."""
    monkeypatch.chdir(tmp_path)
    for name in ("一.txt", "二.txt"):
        Path(name).write_text("根据国发（2024）5号文件执行。\n", encoding="utf-8")
    replaced = options._replace

    def full(path: Path, content: Iterable[bytes]) -> None:
        if path.name == "一.txt":
            raise OSError(errno.ENOSPC, "No space left on device")
        replaced(path, content)

    monkeypatch.setattr(options, "_replace", full)
    assert run(["check", "--isolated", "--fix", "一.txt", "二.txt", "-f", form]) == 2
    shown = capsys.readouterr()
    assert "一.txt：写不进去（磁盘已满）" in shown.err + shown.out
    assert "写不进去的文件里 1 处" in shown.err
    if form == "json":
        said = json.loads(shown.out)
        assert said["run"]["complete"] is False and [one["place"] for one in said["problems"]] == ["一.txt"]
    assert "〔" in Path("二.txt").read_text(encoding="utf-8")
    assert "（" in Path("一.txt").read_text(encoding="utf-8")
    monkeypatch.setattr(options, "_replace", replaced)
    assert run(["check", "--isolated", "--fix", "一.txt", "二.txt"]) == 0
