"""The articles of the demo portal: plain ones composed from pools of sentences, planted ones from `articles.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from string import Template
from typing import Any

from jimo_lint.demo.columns import DemoColumn, columns
from jimo_lint.demo.source import data

_DAYS = re.compile(r"\$d(\d{1,3})")
_BATCH = 10  # articles of one day that were all put up in the same minute


@dataclass(frozen=True, slots=True)
class Article:
    """One article. published: naive China standard time, None where the page shows none.

    order: its place in the list. paragraphs and extras are HTML; metas overrides the standard metas,
    html_title what stands in `<title>`.
    """

    path: str
    column: DemoColumn
    title: str
    published: datetime | None
    order: int
    paragraphs: tuple[str, ...]
    source: str
    metas: dict[str, str] = field(default_factory=dict)
    html_title: str = ""


def articles(as_of: date, outside: str, refused: str) -> tuple[Article, ...]:
    """All articles, each column's in list order. outside: base of the second site; refused: a closed port."""
    names = {"outside": outside, "refused": refused, "year": str(as_of.year), "last": str(as_of.year - 1)}
    found: list[Article] = []
    for column in columns():
        planted = [
            _planted(row, column, as_of, names) for row in data("articles")["article"] if row["column"] == column.path
        ]
        plain = list(_plain(column, as_of)) if column.prose else []
        # Planted articles stand in the list by date, below any pinned first row.
        merged = sorted([*plain, *planted], key=lambda one: one.order)
        found.extend(merged)
    return tuple(_related(found))


def _related(found: list[Article]) -> Iterator[Article]:
    """The articles, policies and their interpretations with links to each other."""
    to: dict[str, list[str]] = {}
    for row in data("articles")["related"]:
        to[row["policy"]] = row["interpretations"]
        to |= {path: [row["policy"]] for path in row["interpretations"]}
    titles = {article.path: article.title for article in found}
    for article in found:
        links = "　".join(f'<a href="{path}">{titles[path]}</a>' for path in to.get(article.path, ()))
        yield replace(article, paragraphs=(*article.paragraphs, f"<p>相关链接：{links}</p>")) if links else article


def day(as_of: date, age: int, minute: int = 0) -> datetime:
    """The moment `age` days before `as_of`, in office hours."""
    return datetime.combine(as_of - timedelta(days=age), time(9 + minute // 60 % 8, minute % 60))


def _plain(column: DemoColumn, as_of: date) -> Iterator[Article]:
    pool = data("prose")[column.prose]
    places, organs = data("prose")["places"], data("prose")["organs"]
    shift = len(column.path) + ord(column.path[1])
    for number, age in enumerate(column.ages):
        words = {
            "place": places[(number * 3 + shift) % len(places)],
            "organ": organs[(number * 5 + shift) % len(organs)],
            "year": str(as_of.year),
        }
        title = pool["titles"][number % len(pool["titles"])].format(**words)
        again = number // len(pool["titles"])
        if again:
            title += f"（第{'一二三四五'[again]}期）"
        # Three paragraphs, another choice for every article, always beginning with a fitting first one.
        sentences = pool["paragraphs"]
        chosen = [sentences[0] if number % 2 == 0 else sentences[1]]
        chosen += [sentences[2 + (number + step) % (len(sentences) - 2)] for step in range(2)]
        yield Article(
            path=f"{column.path}content_{1001 + number}.html",
            column=column,
            title=title,
            published=day(as_of, age, 0 if column.ages.count(age) >= _BATCH else number * 7),
            # A first row that is older than the second is pinned and stays first.
            order=-1 if number == 0 and len(column.ages) > 1 and age > column.ages[1] else age * 10,
            paragraphs=tuple(sentence.format(**words) for sentence in chosen),
            source=words["organ"],
        )


def _planted(row: dict[str, Any], column: DemoColumn, as_of: date, names: dict[str, str]) -> Article:
    days = {f"d{age}": f"{as_of - timedelta(days=int(age)):%Y年%m月%d日}" for age in _DAYS.findall(row["body"])}
    body = Template(row["body"]).substitute(names, **days)
    age, fixed = row.get("age", 0), row.get("date")
    published = datetime.combine(fixed, time(9, 30)) if fixed else day(as_of, age, 31)
    return Article(
        path=f"{column.path}{row['file']}",
        column=column,
        title=Template(row["title"]).substitute(names),
        published=None if row.get("undated") else published,
        order=(as_of - published.date()).days * 10 + 5,
        paragraphs=tuple(line for line in body.strip().splitlines() if line.strip()),
        source=row.get("source", column.owner),
        metas=dict(row.get("metas", {})),
        html_title=row.get("html_title", ""),
    )
