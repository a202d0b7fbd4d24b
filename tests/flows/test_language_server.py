"""The language server as an editor drives it: findings while one writes, proposals that mend, faults that are shown."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient

pytestmark = pytest.mark.slow
TEXT = "😀研究布署工作。\n抓好关健环节，唯有如此。\n"


class Editor:
    """An editor with one document open."""

    def __init__(self, folder: Path) -> None:
        self.uri = (folder / "稿 件.md").as_uri()
        self.client = LanguageClient("编辑器", "1")
        self.published: asyncio.Queue[lsp.PublishDiagnosticsParams] = asyncio.Queue()
        self.shown: asyncio.Queue[lsp.ShowMessageParams] = asyncio.Queue()

        @self.client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def published(params: lsp.PublishDiagnosticsParams) -> None:
            self.published.put_nowait(params)

        @self.client.feature(lsp.WINDOW_SHOW_MESSAGE)
        def shown(params: lsp.ShowMessageParams) -> None:
            self.shown.put_nowait(params)

        self.logged: asyncio.Queue[lsp.LogMessageParams] = asyncio.Queue()

        @self.client.feature(lsp.WINDOW_LOG_MESSAGE)
        def logged(params: lsp.LogMessageParams) -> None:
            self.logged.put_nowait(params)

    async def open(self, text: str) -> None:
        """Start the server and open the document."""
        await self.client.start_io(sys.executable, "-m", "jimo_lint", "lsp")
        await self.client.initialize_async(lsp.InitializeParams(capabilities=lsp.ClientCapabilities()))
        self.client.initialized(lsp.InitializedParams())
        document = lsp.TextDocumentItem(self.uri, "markdown", 1, text)
        self.client.text_document_did_open(lsp.DidOpenTextDocumentParams(document))

    async def diagnostics(self) -> list[lsp.Diagnostic]:
        """The next that are published."""
        return list((await asyncio.wait_for(self.published.get(), 60)).diagnostics)

    async def close(self) -> None:
        """End the server."""
        await self.client.shutdown_async(None)
        self.client.exit(None)
        await self.client.stop()


def drive(folder: Path, act: Callable[[Editor], Awaitable[None]]) -> None:
    """Have an editor do something, and end it."""

    async def run() -> None:
        editor = Editor(folder)
        try:
            await act(editor)
        finally:
            await editor.close()

    asyncio.run(run())


def test_settings_of_the_path_hold(tmp_path: Path) -> None:
    """[[path]] fits the document by where it lies; what its genre takes away is written into the log, once."""
    (tmp_path / "jimo-lint.toml").write_text(
        '[rules]\nselect = ["T101", "F116"]\n[[path]]\nmatch = "稿*.md"\nas = "新闻"\nextend_select = ["P103"]\n',
        encoding="utf-8",
    )

    async def act(editor: Editor) -> None:
        await editor.open("研究布署工作。手机13800138000\n")
        assert [one.code for one in await editor.diagnostics()] == ["T101", "P103"]
        logged = await asyncio.wait_for(editor.logged.get(), 60)
        assert "F116" in logged.message and "文种 新闻" in logged.message

    drive(tmp_path, act)


def test_findings_and_proposals(tmp_path: Path) -> None:
    """Columns count UTF-16 units; what is proposed puts the text right; a change is judged anew; closing clears."""

    async def act(editor: Editor) -> None:
        await editor.open(TEXT)
        first, second = await editor.diagnostics()
        assert (first.code, first.source) == ("T101", "jimo-lint")
        assert (first.range.start.character, first.range.end.character) == (4, 6)
        assert second.range.start.line == 1
        identity = lsp.TextDocumentIdentifier(editor.uri)
        asked = lsp.CodeActionParams(identity, first.range, lsp.CodeActionContext([first]))
        actions = await editor.client.text_document_code_action_async(asked)
        assert actions and isinstance(actions[0], lsp.CodeAction) and actions[0].is_preferred
        assert actions[0].title == "改为“部署”" and actions[0].edit and actions[0].edit.changes
        [edit] = actions[0].edit.changes[editor.uri]
        assert (edit.new_text, edit.range.start.character, edit.range.end.character) == ("部", 4, 5)
        version = lsp.VersionedTextDocumentIdentifier(2, editor.uri)
        change = lsp.TextDocumentContentChangePartial(edit.range, edit.new_text)
        editor.client.text_document_did_change(lsp.DidChangeTextDocumentParams(version, [change]))
        assert [one.range.start.line for one in await editor.diagnostics()] == [1]
        editor.client.text_document_did_close(lsp.DidCloseTextDocumentParams(identity))
        assert await editor.diagnostics() == []

    drive(tmp_path, act)


def test_settings_of_the_folder(tmp_path: Path) -> None:
    """The nearest jimo-lint.toml counts; a fault in it is shown, and findings are not taken for none."""
    (tmp_path / "jimo-lint.toml").write_text('[rules]\nignore = ["T101"]\n', encoding="utf-8")

    async def quiet(editor: Editor) -> None:
        await editor.open(TEXT)
        assert await editor.diagnostics() == []

    drive(tmp_path, quiet)
    (tmp_path / "jimo-lint.toml").write_text('[rules]\nignroe = ["T101"]\n', encoding="utf-8")

    async def wrong(editor: Editor) -> None:
        await editor.open(TEXT)
        told = await asyncio.wait_for(editor.shown.get(), 60)
        assert "ignroe" in told.message and editor.published.empty()

    drive(tmp_path, wrong)


def test_numbers_of_people_are_masked(tmp_path: Path) -> None:
    """In what the editor shows, too."""

    async def act(editor: Editor) -> None:
        await editor.open("身份证号：11010519491231002X\n")
        [one] = await editor.diagnostics()
        assert one.code == "P101" and "19491231" not in one.message

    drive(tmp_path, act)
