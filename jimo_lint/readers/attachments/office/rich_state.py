"""What holds within a group of rich text (.rtf), and what its groups and signs are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from jimo_lint.readers.attachments.office.properties import TITLES, own
from jimo_lint.readers.word.word_text import CellCounter

# Groups with a text of their own, and what their places begin with.
STORIES = {
    "footnote": "脚注",
    "annotation": "批注",
    **dict.fromkeys(("shptxt", "dptxbxtext"), "文本框"),
    **dict.fromkeys(("header", "headerl", "headerr", "headerf"), "页眉"),
    **dict.fromkeys(("footer", "footerl", "footerr", "footerf"), "页脚"),
}
MARGINS = ("页眉", "页脚")
# Groups that programs may pass over, and in which text or something else to be taken in stands.
ENTERED = {"shpinst", "shppict", "do", "nesttableprops", "background", "picprop", "annotation"}
# The number of a paragraph of a list, and what is written around it.
LIST_TEXTS = ("listtext", "pntext")
# What fields of forms consist of: a list to choose from, and what is told of the field when one comes to it.
FORM = ("formfield", "ffl", "ffhelptext", "ffstattext")
# What the document says of itself, and what that is called. The values of one's own have names before them.
ABOUT = {
    **{name: TITLES[name] for name in ("title", "subject", "keywords", "category", "manager", "company")},
    "doccomm": TITLES["description"],
}
_OWN = ("propname", "staticval")
# What the text keeps for lists that are made of it.
KEPT = {"xe": "索引项", "tc": "目录项"}
# Groups whose text is no text of the document, but is looked at.
BINS = {
    *("fldinst", "objdata", "pict", "author", "operator", "template", "sn", "sv", "info", "upr"),
    *(*FORM, *LIST_TEXTS, *ABOUT, *KEPT, "userprops", *_OWN),
}
# Groups that say nothing to a reader, or say it once more for older programs.
LEFT_OUT = {
    *("colortbl", "stylesheet", "nonshppict", "shprslt", "nonesttables", "rxe"),
    *("pntxta", "pntxtb", "filetbl", "revtbl", "ftnsep", "aftnsep", "ftnsepc", "aftnsepc", "ftncn", "aftncn"),
}
NONE_CHOSEN = 25
# What words turn on, and with a 0 off.
SWITCHES = {"deleted": "deleted", "mvf": "deleted", "revised": "inserted", "mvt": "inserted", "v": "hidden"}
SIGNS = {
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "line": "\n",
    **dict.fromkeys(("tab", "emspace", "enspace", "qmspace", "page", "column"), " "),
}


@dataclass(slots=True)
class Story:
    """A text of its own: the body, a note, a header … title: what its place begins with, "" for the body."""

    title: str
    number: int
    line: int
    tables: CellCounter
    texts: list[str] = field(default_factory=list)
    hidden: bool = False

    @property
    def place(self) -> str:
        """Where a person finds it."""
        return self.title if self.title in MARGINS else f"{self.title} {self.number}"


@dataclass(slots=True)
class Bin:
    """What takes in the text of a group that is no text of the document. name: the group's, "" for what is left out.

    outer: what took in the text around it.
    """

    name: str
    outer: Bin | None
    texts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Field:
    """What a field is, and what it shows. entries: of a list to choose from; chosen, usual: the number of one."""

    instruction: str = ""
    words: list[str] = field(default_factory=list)
    entries: list[str] = field(default_factory=list)
    chosen: int = NONE_CHOSEN
    usual: int = 0

    @property
    def choice(self) -> str:
        """The entry that it shows, "" where it is no list."""
        return next(iter(self.entries[self._number : self._number + 1]), "")

    @property
    def others(self) -> list[str]:
        """The entries that it does not show."""
        return self.entries[: self._number] + self.entries[self._number + 1 :]

    @property
    def _number(self) -> int:
        return self.usual if self.chosen == NONE_CHOSEN else self.chosen


class Said:
    """What the document says of itself: names and words, as in `FileContents.properties`."""

    def __init__(self) -> None:
        self.said: list[tuple[str, str]] = []
        self._name = ""

    def take(self, group: str, text: str) -> None:
        """Take in what a group says; what is none of these says nothing."""
        if group in ABOUT and text:
            self.said.append((ABOUT[group], text))
        elif group == _OWN[0]:
            self._name = text
        elif group == _OWN[1]:
            self.said += own(self._name, text)


class State(NamedTuple):
    """What holds within a group. charset: of its font, None where no font was chosen.

    blanks: how many characters follow one of Unicode for programs that do not know it. depth: in tables. result: of
    which field the text is what it shows.
    """

    story: Story
    bin: Bin | None = None
    charset: str | None = None
    blanks: int = 1
    deleted: bool = False
    inserted: bool = False
    hidden: bool = False
    depth: int = 0
    field: Field | None = None
    result: Field | None = None
    fonts: bool = False

    def turned(self, what: str, on: bool) -> State:
        """The same with something turned on or off."""
        return self._replace(**{what: on})  # type: ignore[arg-type]
