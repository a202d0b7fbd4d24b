"""The program's own code, parsed once a process for all tests that look into it."""

import ast
from functools import cache
from pathlib import Path


@cache
def text(path: Path) -> str:
    """What the file says."""
    return path.read_text(encoding="utf-8")


@cache
def tree(path: Path) -> ast.Module:
    """The module; nobody may change it."""
    return ast.parse(text(path))


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Every node of the module."""
    return tuple(ast.walk(tree(path)))
