"""受理窗口: where people hand in requests for information, as the office's list has them."""

from __future__ import annotations

from typing import ClassVar

from jimo_lint.model.anchors import Anchor
from jimo_lint.values import dataclass


@dataclass(frozen=True, slots=True)
class Window:
    """One of them, as its row says: the subject of the rules about windows, and a row of 窗口巡检.

    phone: as written, personal numbers masked, "" where there is none. file: the list; place: the row in it.
    """

    SCOPE: ClassVar[str] = "受理窗口清单的每一个窗口"
    NOUN: ClassVar[str] = "窗口"

    name: str
    owner: str
    phone: str
    file: str
    place: str

    def anchor(self) -> Anchor:
        """Its row."""
        return Anchor("window", self.name, self.name, url=self.file, locator=self.place, scope=(self.file,))

    @property
    def conclusion(self) -> str:
        """As in `Result`."""
        return "正常" if self.phone else "缺电话"
