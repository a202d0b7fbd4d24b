"""A fictional district portal with planted faults: pages, loopback server, archives and the list of what is wrong."""

from jimo_lint.demo.workspace import write_workspace

__all__ = ["write_workspace"]
