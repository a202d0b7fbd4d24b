"""Completion of commands, options and values in the shells that people use."""

from __future__ import annotations

import pytest

from jimo_lint.cli import run


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_is_told_how_to_complete(
    shell: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With exit code 0: where a start file of the shell ends at the first failure it goes on."""
    monkeypatch.setenv("_JIMO_LINT_COMPLETE", f"{shell}_source")
    assert run([]) == 0
    assert "_jimo_lint_completion" in capsys.readouterr().out


def test_words_are_completed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Commands by their beginning, the values of an option that has only some."""
    monkeypatch.setenv("_JIMO_LINT_COMPLETE", "bash_complete")
    for words, number, wanted in (
        ("jimo-lint che", 1, {"check"}),
        ("jimo-lint check --fail-on ", 3, {"error", "never"}),
    ):
        monkeypatch.setenv("COMP_WORDS", words)
        monkeypatch.setenv("COMP_CWORD", str(number))
        assert run([]) == 0
        assert wanted <= {line.split(",")[1] for line in capsys.readouterr().out.split()}
