"""A language server: editors show findings in drafts while they are written, and put in what is proposed."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer

from jimo_lint import __version__
from jimo_lint.errors import JimoLintError
from jimo_lint.inspection.library import check_text
from jimo_lint.model import Finding, Position, Report, Severity
from jimo_lint.settings import config as settings

# Seconds without a key pressed after which a text is judged.
_PAUSE = 0.4
_LEVELS = {
    Severity.VETO: lsp.DiagnosticSeverity.Error,
    Severity.ERROR: lsp.DiagnosticSeverity.Error,
    Severity.WARNING: lsp.DiagnosticSeverity.Warning,
    Severity.NOTICE: lsp.DiagnosticSeverity.Information,
}
_SUFFIXES = (".txt", ".md", ".markdown", ".html", ".htm")


class Server(LanguageServer):
    """Judges the open documents: txt, Markdown and pages. Settings are those of the nearest jimo-lint.toml."""

    def __init__(self) -> None:
        super().__init__("jimo-lint", __version__)
        self._waiting: dict[str, asyncio.Task[None]] = {}
        self._found: dict[str, tuple[int | None, Report]] = {}
        self._told: set[str] = set()
        _listen(self)

    def judge(self, uri: str) -> None:
        """Judge a document and publish what was found; a fault in settings is shown in place of findings."""
        document = self.workspace.get_text_document(uri)
        path = Path(unquote(urlsplit(uri).path))
        suffix = path.suffix.lower() if path.suffix.lower() in _SUFFIXES else ".txt"
        try:
            known = settings.find(path.parent)
            report = check_text(document.source, name=str(path), suffix=suffix, config=known)
        except JimoLintError as fault:
            self.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Error, f"jimo-lint：{fault}"))
            return
        self._found[uri] = (document.version, report)
        diagnostics = [self._diagnostic(one, document.lines) for one in report.findings]
        self.text_document_publish_diagnostics(
            lsp.PublishDiagnosticsParams(uri=uri, diagnostics=diagnostics, version=document.version)
        )
        for problem in report.problems:
            said = f"jimo-lint：{problem.place}：{problem.message}"
            if not problem.excused:
                self.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Warning, said))
            elif said not in self._told:  # judged at every pause, told once
                self._told.add(said)
                self.window_log_message(lsp.LogMessageParams(lsp.MessageType.Info, said))

    def judge_later(self, uri: str) -> None:
        """Judge a document when nobody has written in it for a moment."""
        if uri in self._waiting:
            self._waiting[uri].cancel()
        self._waiting[uri] = asyncio.create_task(self._later(uri))

    async def _later(self, uri: str) -> None:
        await asyncio.sleep(_PAUSE)
        self._waiting.pop(uri, None)
        self.judge(uri)

    def forget(self, uri: str) -> None:
        """Clear what is shown of a document that was closed."""
        if uri in self._waiting:
            self._waiting.pop(uri).cancel()
        self._found.pop(uri, None)
        self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri=uri, diagnostics=[]))

    def actions(self, uri: str, within: lsp.Range) -> list[lsp.CodeAction]:
        """What is proposed for the findings in the range, as preferred where it is certain."""
        document = self.workspace.get_text_document(uri)
        version, report = self._found.get(uri, (None, None))
        if report is None or version != document.version:
            return []
        found = []
        for finding in report.findings:
            diagnostic = self._diagnostic(finding, document.lines)
            if not _touch(diagnostic.range, within):
                continue
            for title, edits, certain in self._proposals(finding, document.lines):
                found.append(
                    lsp.CodeAction(
                        title=title,
                        kind=lsp.CodeActionKind.QuickFix,
                        diagnostics=[diagnostic],
                        is_preferred=certain,
                        edit=lsp.WorkspaceEdit(changes={uri: edits}),
                    )
                )
        return found

    def _proposals(self, finding: Finding, lines: Sequence[str]) -> list[tuple[str, list[lsp.TextEdit], bool]]:
        if finding.edits:
            edits = [lsp.TextEdit(self._range(edit.position, lines), edit.text) for edit in finding.edits]
            return [(f"改为“{finding.suggestions[0]}”", edits, True)]
        position = finding.position
        if position is None or position.line != position.end_line:
            return []
        place = self._range(position, lines)
        return [(f"改为“{word}”", [lsp.TextEdit(place, word)], False) for word in finding.suggestions]

    def _diagnostic(self, finding: Finding, lines: Sequence[str]) -> lsp.Diagnostic:
        return lsp.Diagnostic(
            range=self._range(finding.position or Position(1, 1, 1, 1), lines),
            message=f"{finding.message}\n依据：{finding.basis}" if finding.basis else finding.message,
            severity=_LEVELS[finding.severity],
            code=finding.code,
            source="jimo-lint",
        )

    def _range(self, position: Position, lines: Sequence[str]) -> lsp.Range:
        """In the units that the client counts in."""
        place = lsp.Range(
            start=lsp.Position(position.line - 1, position.column - 1),
            end=lsp.Position(position.end_line - 1, position.end_column - 1),
        )
        return self.workspace.position_codec.range_to_client_units(lines, place)


def _listen(server: Server) -> None:
    """Say what is to be done. Not the methods themselves: pygls writes attributes onto what it is given."""

    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: lsp.DidOpenTextDocumentParams) -> None:
        server.judge(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: lsp.DidSaveTextDocumentParams) -> None:
        server.judge(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    async def changed(params: lsp.DidChangeTextDocumentParams) -> None:
        server.judge_later(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: lsp.DidCloseTextDocumentParams) -> None:
        server.forget(params.text_document.uri)

    kinds = lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix])

    @server.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, kinds)
    def asked(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        return server.actions(params.text_document.uri, params.range)


def _touch(one: lsp.Range, other: lsp.Range) -> bool:
    return (one.start.line, one.start.character) <= (other.end.line, other.end.character) and (
        other.start.line,
        other.start.character,
    ) <= (one.end.line, one.end.character)
