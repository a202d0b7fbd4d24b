"""`jimo-lint lsp`: the language server that editors start."""

from __future__ import annotations

import click

from jimo_lint.errors import InputError


@click.command()
def lsp() -> None:
    """给编辑器用的语言服务器（LSP）：边写边检查 txt、md、html 稿件，可以直接采用建议的写法。

    由编辑器启动，用标准输入输出通话；采用稿件所在文件夹及其上级里最近的 jimo-lint.toml。
    """
    try:
        from jimo_lint.inspection.language_server import Server
    except ImportError:
        raise InputError("jimo-lint lsp", "没有安装语言服务器要用的库", "请运行 pip install 'jimo-lint[lsp]'") from None
    Server().start_io()
