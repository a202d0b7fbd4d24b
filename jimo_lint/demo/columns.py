"""The columns of the demo portal, as `data/columns.toml` lists them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from jimo_lint.demo.source import data


@dataclass(frozen=True, slots=True)
class DemoColumn:
    """A column of the portal. family: how its list is written; ages: days before `as_of`, in list order.

    prose: which pool of `data/prose.toml` its plain articles take their words from. side: HTML on all its pages.
    """

    name: str
    path: str
    family: str
    kind: str
    owner: str
    key: bool = False
    prose: str = ""
    per_page: int = 10
    side: str = ""
    ages: tuple[int, ...] = ()

    @property
    def charset(self) -> str:
        """What its pages declare; the table family is the old system that still writes gb2312."""
        return "gb2312" if self.family == "table" else "utf-8"


@dataclass(frozen=True, slots=True)
class Portal:
    """Names, identification code and domain of the portal."""

    name: str
    short: str
    id_code: str
    domain: str


@cache
def columns() -> tuple[DemoColumn, ...]:
    """All columns in the order of the navigation."""
    return tuple(DemoColumn(**{**row, "ages": tuple(row.get("ages", ()))}) for row in data("columns")["column"])


@cache
def portal() -> Portal:
    """The portal itself."""
    return Portal(**data("columns")["site"])


def home_metas() -> dict[str, str]:
    """The standard metas of the home page, with what is planted there."""
    return dict(data("columns")["home"])
