"""What a reader of files gives back: the text with its places, and what lies in the file and is still to be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from jimo_lint.errors import InputError
from jimo_lint.model import Block, Cell, Document, FileFacts, Link, Mark
from jimo_lint.readers.encoding import newlines
from jimo_lint.readers.source import Source
from jimo_lint.values import NamedTuple, dataclass

if TYPE_CHECKING:
    from PIL.Image import Image  # of the extra `ocr`


_MOST_SOUGHT = 1_000_000_000  # characters: a second


class Passage(NamedTuple):
    """A paragraph, a cell, a line. kind: as in `Block`. place: `第 3 段`, `脚注 1`, `页眉`, `工作表“名单”B7` …

    line: where the file has no lines, the number of the paragraph, page, slide or row; of a note that of the paragraph
    it belongs to, 1 where nothing says which. cell: of text in a table. continues: as in `Block`.
    """

    text: str
    place: str
    line: int = 1
    kind: str = "body"
    cell: Cell | None = None
    continues: bool = False


class Picture(NamedTuple):
    """A picture whose text nobody has read. place: `第 3 页`, `图 2`, `幻灯片 4 图 1` …

    load: the picture, decoded when it is asked for; OSError and ValueError where it cannot be. Without the extra `ocr`
    it is never called. textless: it stands for a whole page that has no text of its own, a scan.
    """

    place: str
    load: Callable[[], Image]
    textless: bool = False


class Member(NamedTuple):
    """A file inside another. name: as it is called there, without folders above; content: all of it, unpacked.

    fault: why it could not be taken out, in place of the content.
    """

    name: str
    content: bytes = b""
    fault: InputError | None = None


@dataclass(frozen=True, slots=True)
class FileContents:
    """What a file holds. document: not yet masked; its title is "" where the file gives none.

    unread: what else stands in it and was not read, in words (`3 个图表`), or "". pictures: counted as unread where
    nobody reads them. members: of the files inside, each unpacked when it is asked for; InputError where they go on
    beyond what is read. properties: what the file says of itself, by names (`主题`): words that its pages do not show,
    so that they make no empty file one with a text.
    """

    document: Document
    unread: str = ""
    pictures: Sequence[Picture] = ()
    members: Iterable[Member] = ()
    properties: Sequence[tuple[str, str]] = ()

    @property
    def unseen(self) -> str:
        """In words, what nobody looked at where nobody reads pictures: `3 张图片、1 个图表`, or ""."""
        return "、".join(filter(None, (f"{len(self.pictures)} 张图片" if self.pictures else "", self.unread)))


def contents(
    source: Source,
    passages: Iterable[Passage],
    *,
    marks: Iterable[Mark] = (),
    links: tuple[Link, ...] = (),
    title: str = "",
    unread: str = "",
    pictures: Sequence[Picture] = (),
    members: Iterable[Member] = (),
) -> FileContents:
    """The contents of a file that is no text file: each passage is a block on the line of its number."""
    read = tuple(blocks(passages))  # before the marks, some of which turn up meanwhile
    facts = FileFacts(marks=tuple(marks))
    document = Document(source.place, source.place, "file", title, read, links=links, facts=facts)
    return FileContents(document, unread, pictures, members)


def only_there(titles: Iterable[str], passages: Iterable[Passage], place: str) -> list[Passage]:
    """The titles of an outline that stand in no passage: most are headings, read where they stand."""
    return unsaid([Passage(one, place, 1, "aside") for one in dict.fromkeys(titles) if one], passages)


def unsaid(beside: Sequence[Passage], passages: Iterable[Passage]) -> list[Passage]:
    """Those passages of what stands beside a text that the text does not say as well."""
    # Over the ends of passages too: a heading may take several lines. Where that takes too long, some are read twice.
    read = "".join("".join(one.text.split()) for one in passages) if beside else ""
    sought = _MOST_SOUGHT // max(len(read), 1)
    return [one for number, one in enumerate(beside) if number > sought or "".join(one.text.split()) not in read]


def blocks(passages: Iterable[Passage]) -> Iterator[Block]:
    """Each passage as a block on the line of its number."""
    new = tuple.__new__  # half of the time that Block(…) takes, and of cells there are many
    before, places = 0, ((0, 0, 1),)
    for text, place, line, kind, cell, continues in passages:
        if line != before:  # the cells of a row share it
            before, places = line, ((0, line, 1),)
        if "\r" in text:  # of cells, as databases write them
            text = newlines(text)
        yield new(Block, (kind, text, place, places, continues, (), cell))


def text_of(source: Source) -> str:
    """The text of a file, line ends as LF. InputError where it is none."""
    try:
        return newlines(source.text)
    except ValueError as fault:
        raise InputError(source.place, f"{fault}，未检查", "请用 UTF-8 另存为文本") from None


def links_of(addresses: Iterable[tuple[str, str]], base: str) -> tuple[Link, ...]:
    """The links of addresses that no page holds, each with its words."""
    addresses = list(addresses)
    if not addresses:
        return ()
    from jimo_lint.extract.links.page_links import of_addresses  # files without links do without

    return tuple(of_addresses(addresses, base))
