"""Turns the rows of a table into posts, for every table format whose posts are one row each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from jimo_lint.model import Account, Block, Document, Problem
from jimo_lint.readers import post, table, times
from jimo_lint.readers.source import Source

# A field name of ours to the columns' names that mean it, the most telling first.
Aliases = Mapping[str, tuple[str, ...]]


def posts(
    source: Source, account: Account, format_name: str, aliases: Aliases, required: Iterable[str], title_name: str
) -> Iterator[Document | Problem]:
    """A document a row, from the fields title, time, url, id, body, digest, account, author, class.

    Rows whose time cannot be read stay in, undated, and one Problem tells of them: mostly a shifted header.
    """
    unread: list[str] = []
    rows = 0
    for place, record in table.records(source, aliases, required):
        rows += 1
        cell = {name: table.text(value) for name, value in record.items()}
        published = times.parse(record.get("time"))
        if cell.get("time") and published is None:
            unread.append(f"{place.removeprefix(source.place).strip()} “{cell['time'][:20]}”")
        # A title on several lines is a caption: each line is a block, the first names the post.
        lines = [line.strip() for line in cell.get("title", "").splitlines() if line.strip()]
        blocks = [Block("title", line, f"{_row(place, source)}{title_name}") for line in lines]
        blocks += post.paragraphs(cell.get("body", ""))
        if cell.get("digest"):
            blocks.append(Block("meta", " ".join(cell["digest"].split()), "摘要"))
        yield post.make(
            account,
            place,
            format_name,
            title=lines[0] if lines else "",
            blocks=blocks,
            key=_key(cell),
            url=cell.get("url", ""),
            written=cell.get("time", ""),
            published=published,
            meta={
                "account-name": cell.get("account", ""),
                "author": cell.get("author", ""),
                "class": cell.get("class", ""),
            },
        )
    if unread:
        yield Problem(
            source.place,
            f"{rows} 行中有 {len(unread)} 行的发布时间读不出（如 {unread[0]}）。请核对表头与数据是否错列、时间是否写全",
        )


def _key(cell: Mapping[str, str]) -> str:
    identity = cell.get("id", "")
    # Excel keeps 15 digits: the ids of two posts that lost theirs would be equal.
    lost = "E+" in identity.upper() or (len(identity) > 15 and identity.endswith("0000"))
    return "" if lost else identity


def _row(place: str, source: Source) -> str:
    return f"{place.removeprefix(source.place).strip()} "
