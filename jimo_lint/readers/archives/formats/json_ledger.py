"""Reads JSON of tools that nobody here knows: objects with a title and a time, at whatever depth, by their names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NamedTuple

from jimo_lint.errors import InputError
from jimo_lint.extract.dates import machine_times
from jimo_lint.extract.markup.charset import decode
from jimo_lint.language.text import han_count
from jimo_lint.model import Document, Problem, ProblemCode
from jimo_lint.readers.archives.formats import feed, ledger, rows
from jimo_lint.readers.source import Source

_KEY = re.compile(rb'"((?:[^"\\]|\\u[0-9a-fA-F]{4}){1,40})\\{0,7}"\s*:')  # of an answer within an answer too
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_BLANK = re.compile(r"[\s,]*")
# Of a post, but no post of the account: what others say to it, whose words it hands on, what it is sorted under.
_OTHERS = re.compile(r"comment|repl(?:y|ies)|retweet|repost|quote|评论|回复|转发|album|topic|\btags?\b|合集|话题", re.I)
# Where the account stands in an object of its own, and what it is called there.
_OWNER = re.compile(r"user|author|account|账号|公众号|作者", re.I)
_OWNER_NAMES = ("nickname", "screen_name", "name", "名称", "昵称")
# An answer of an interface that is one page of more.
_MORE = re.compile(
    rb'"(?:has_?(?:more|next)(?:_?page)?|can_msg_continue)\\{0,7}"\s*:\s*"?(?:true|1)\b'
    rb'|"(?:is_?(?:end|last)(?:_?page)?|no_?more|last)\\{0,7}"\s*:\s*"?(?:false|0)\b'
    rb'|"pcursor"\s*:\s*"(?!no_more)[^"]|"next(?:_?(?:page|url))?(?:_?url)?"\s*:\s*"(?:https?:|/)',
    re.I,
)
# How many posts an answer says there are, beside the list of its own.
_TOTAL = re.compile(r"(?:records?_?)?total(?:_?(?:count|num(?:ber)?|rows?|records?|elements|size|items))?", re.I)
# Where a value stands on a line of its own, not within another, whose lines are indented.
_NEXT = re.compile(r"\n(?=[{\[])")
_MOST_TOLD = 5
_DEEPEST = 30
# What a list is called that is not called after an account.
_NO_NAME = re.compile("数据|列表|清单|文章|内容|结果|记录|推[文送]|作品|微博|条目|明细|台账|月|[头次]条")


class _Found(NamedTuple):
    """A post: its fields, and whether its time stands in it itself."""

    record: Mapping[str, object]
    dated: bool


@dataclass(frozen=True, slots=True)
class _Around:
    """What a value stands in. time: of the push, for its further posts, which have none; name: of the account whose
    list it is."""

    time: object = None
    name: str = ""
    depth: int = 0

    def deeper(self, time: object = None, key: str = "") -> _Around:
        """What the values in it stand in. key: of a list."""
        named = key if han_count(key) and not _NO_NAME.search(key) else self.name
        return _Around(self.time if time is None else time, named, self.depth + 1)


class JsonLedger:
    """One object a post, in a list or one a line (JSON Lines)."""

    NAME = "json-ledger"
    TITLE = "JSON、JSON Lines，各条有标题和时间"
    PROVES_SILENCE = True

    @staticmethod
    def sign(source: Source) -> str:
        """A name for the title and one for the time among its keys."""
        if not source.start.startswith((b"{", b"[")):
            return ""
        found = dict.fromkeys(_KEY.findall(source.head))
        keys = [_ESCAPED.sub(lambda escaped: chr(int(escaped[1], 16)), decode(key)) for key in found]
        fields = ledger.fields(keys)
        if not {"title", "time"} <= fields.keys():
            return ""
        return "JSON 里有 " + "，".join(f"{rows.LABELS[field]}←{key}" for field, key in fields.items())

    @staticmethod
    def read(source: Source) -> Iterator[Document | Problem]:
        """One document a post; those of an answer that has more pages prove no silence. InputError at the
        end where some of it is broken."""
        whole = not _MORE.search(source.body)
        broken: list[InputError] = []
        totals: list[int] = []
        records = (
            (f"{source.place} 第 {number} 条", record)
            for number, record in enumerate(_records(source, broken, totals), 1)
        )
        read = 0
        for value in rows.documents(source.place, records, JsonLedger.NAME, "标题", as_of=source.as_of, whole=whole):
            read += isinstance(value, Document)
            yield value
        if read < (total := max(totals, default=0)):
            yield Problem(ProblemCode.PAGES_MISSING, source.place, {"total": total, "read": read})
        if broken:
            raise broken[0]


def _records(source: Source, broken: list[InputError], totals: list[int]) -> Iterator[Mapping[str, object]]:
    read = False
    for value in _values(source, broken):
        totals.extend(_totals(value))
        for found in _posts(value, _Around()):
            read = True
            yield found.record
    if not read and not broken:
        broken.append(InputError(source.place, "JSON 里有标题和时间，却没有读出一条内容", "请核对是不是账号的内容"))


def _values(source: Source, broken: list[InputError]) -> Iterator[Any]:
    """The values one after the other: the whole, or one a line. Of what breaks off, those before it and those on lines
    of their own behind it."""
    text = decode(source.body).lstrip("\ufeff")
    decoder = json.JSONDecoder()
    at = read = counted = 0
    line = 1
    lines: list[int] = []
    while (at := _skipped(text, at)) < len(text):
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            if text.startswith("[", at) and not read:
                at += 1  # its values one by one
                continue
            if text.startswith("]", at) and not text[at + 1 :].strip():
                break
            behind = _NEXT.search(text, at)
            if behind or lines:
                line += text.count("\n", counted, at)
                counted = at
                lines.append(line)
            if behind:
                at = behind.end()
                continue
            if not lines:
                broken.append(InputError(source.place, f"JSON 不完整或已损坏，只读出前 {read} 条", "请重新导出"))
            break
        read += 1
        yield value
    if lines:
        told = "、".join(map(str, lines[:_MOST_TOLD])) + (f" 等 {len(lines)} 处" if len(lines) > _MOST_TOLD else "")
        remedy = "请改正或重新导出"
        broken.append(InputError(source.place, f"第 {told} 行起的 JSON 不完整或已损坏，未读；其余照读", remedy))


def _skipped(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at


def _posts(value: Any, around: _Around) -> Iterator[_Found]:
    """The posts in a value."""
    if around.depth > _DEEPEST:
        return
    if isinstance(value, list):
        for one in value:
            yield from _posts(one, around.deeper())
    elif isinstance(value, str):
        if value.startswith(("[{", "{")):  # an answer within an answer
            try:
                inner = json.loads(value)
            except (ValueError, RecursionError):
                return
            yield from _posts(inner, around.deeper())
    elif isinstance(value, dict):
        yield from _object(value, around)


def _object(value: Mapping[str, Any], around: _Around) -> Iterator[_Found]:
    record = _record(value)
    own = record.get("time")
    if own is None and "title" not in record:
        own = next((beside["time"] for beside in map(_record, _objects(value)) if _is_head(beside)), None)
    time = around.time if own is None else own
    within = [
        found
        for key, one in value.items()
        if not _OTHERS.search(key) and not (_OWNER.search(key) and isinstance(one, dict))
        for found in _posts(one, around.deeper(time, key if isinstance(one, list) else ""))
    ]
    # What has posts with times of their own in it is the whole export, and its time that of the export.
    if record.get("title") and not any(found.dated for found in within):
        if "time" in ledger.fields(key for key, one in value.items() if not isinstance(one, dict | list)):
            yield _Found({"account": around.name, **record}, True)
        elif time is not None and (own is not None or record.get("url")):  # a further post of a push
            yield _Found({"account": around.name, **record, "time": time}, own is not None)
    yield from within


def _totals(value: Any) -> Iterator[int]:
    """How many posts an answer says there are, where it has a list of them; not what a post counts of its own."""
    if isinstance(value, dict) and "title" not in _record(value):
        listed = any(isinstance(one, list) and one and isinstance(one[0], dict) for one in value.values())
        for key, one in value.items():
            if listed and _TOTAL.fullmatch(key) and type(one) is int:
                yield one
            elif isinstance(one, str) and one.startswith("{"):
                with suppress(ValueError, RecursionError):
                    yield from _totals(json.loads(one))
            elif not _OTHERS.search(key):
                yield from _totals(one)


def _is_head(record: Mapping[str, object]) -> bool:
    """Whether an object has the time of the posts that stand beside it."""
    return "title" not in record and machine_times.parse(record.get("time")) is not None


def _objects(value: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    return (one for one in value.values() if isinstance(one, dict))


def _record(value: Mapping[str, Any]) -> dict[str, object]:
    """The fields of an object that are no objects themselves, without markup."""
    plain = {key: one for key, one in value.items() if isinstance(one, str | int | float) and one == one and one != ""}
    plain = {key: one for key, one in plain.items() if one not in (float("inf"), float("-inf"))}
    record: dict[str, object] = {}
    for field, key in ledger.fields(plain).items():
        one = plain[key]
        record[field] = feed.plain(one) if field in ("title", "body", "digest") and isinstance(one, str) else one
    if "account" not in record:
        owners = (one for key, one in value.items() if _OWNER.search(key) and isinstance(one, dict))
        names = (one[name] for one in owners for name in _OWNER_NAMES if isinstance(one.get(name), str))
        if name := next(names, ""):
            record["account"] = name
    return record
