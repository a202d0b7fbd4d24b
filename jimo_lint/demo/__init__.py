"""A fictional district portal with planted faults: pages, loopback server, archives and the list of what is wrong."""

from jimo_lint.demo.requests import calls_form, compare_calls, compare_requests
from jimo_lint.demo.server import serve
from jimo_lint.demo.truth import compare
from jimo_lint.demo.workspace import former_port, write_workspace

__all__ = [
    "calls_form",
    "compare",
    "compare_calls",
    "compare_requests",
    "former_port",
    "serve",
    "write_workspace",
]
