"""Writes the archives of the demo's accounts: saved WeChat pages, a back-end table, weibo JSON, Douyin exports."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from html import escape
from io import StringIO
from pathlib import Path
from typing import Any

from jimo_lint.demo.articles import day
from jimo_lint.demo.attachments import content
from jimo_lint.demo.documents import workbook
from jimo_lint.demo.source import data, template

_CHINA = timedelta(hours=8)


@dataclass(frozen=True, slots=True)
class Post:
    """A plain post. number: from 1 within its account."""

    number: int
    title: str
    text: str
    published: datetime


def write_archives(folder: Path, base_url: str, as_of: date) -> None:
    """Write every account's archive below `folder`; what stood there under the same names is replaced."""
    for account in data("posts")["account"]:
        target = folder / account["archive"]
        target.parent.mkdir(parents=True, exist_ok=True)
        _WRITERS[account["format"]](account, target, list(_posts(account, as_of)), base_url, as_of)
        if "saved" in account:
            moment = day(as_of, account["saved"]).timestamp()
            os.utime(target, (moment, moment))


def _posts(account: dict[str, Any], as_of: date) -> Iterator[Post]:
    captions, sentences = data("posts")["captions"], data("posts")["sentences"]
    places, organs = data("prose")["places"], data("prose")["organs"]
    shift = len(account["owner"])
    for number, age in enumerate(account["ages"], 1):
        words = {
            "place": places[(number * 3 + shift) % len(places)],
            "organ": organs[(number * 5 + shift) % len(organs)],
        }
        yield Post(
            number,
            captions[(number + shift) % len(captions)].format(**words),
            sentences[(number + shift) % len(sentences)].format(**words),
            day(as_of, age, number * 11),
        )


def _pages(account: dict[str, Any], folder: Path, posts: list[Post], base_url: str, as_of: date) -> None:
    folder.mkdir(exist_ok=True)
    for post in posts:
        page = _wechat_page(account, f"yunxi{post.number:04}", post.title, f"<p>{post.text}</p>", post.published)
        (folder / f"{post.number:04}.html").write_text(page, encoding="utf-8")
    for row in account["post"]:
        body = "\n".join(f"<p>{line}</p>" for line in row["body"].format(base=base_url).strip().splitlines())
        page = _wechat_page(
            account, f"yunxi-{row['file'].removesuffix('.html')}", row["title"], body, day(as_of, row["age"])
        )
        (folder / row["file"]).write_text(page, encoding="utf-8")
    for row in account.get("attachment", ()):
        (folder / row["file"]).write_bytes(content(row))
    for row in account["gone"]:
        (folder / row["file"]).write_text(template("wechat_gone").substitute(notice=row["notice"]), encoding="utf-8")


def _wechat_page(account: dict[str, Any], short: str, title: str, body: str, published: datetime) -> str:
    moment = int((published - _CHINA).replace(tzinfo=UTC).timestamp())
    return template("wechat").substitute(
        title=escape(title),
        short=short,
        author=account["owner"],
        account=account.get("called", account["name"]),
        body=body,
        ct=moment,
    )


def _wechat_table(_account: dict[str, Any], target: Path, posts: list[Post], _base_url: str, _as_of: date) -> None:
    rows: list[list[str]] = [data("posts")["wechat_table"]]
    for post in posts:
        counts = [str(post.number * 30 + step) for step in range(13)]
        url = f"https://mp.weixin.qq.com/s/yunxijiaoyu{post.number:04}"
        rows.append([post.title, f"{post.published:%Y%m%d}", *counts, url])
    target.write_bytes(workbook(rows))


def _weibo(account: dict[str, Any], target: Path, posts: list[Post], _base_url: str, _as_of: date) -> None:
    user = {"id": "9900000002", "screen_name": account["name"], "verified": True, "verified_reason": account["owner"]}
    rows = [_weibo_row(user, post.number, post.text, post.published) for post in posts]
    original = _weibo_row(
        {"id": "9900000003", "screen_name": "示例市文旅"}, 900, account["repost"], posts[-1].published
    )
    rows[-1]["retweet"] = original
    target.write_text(json.dumps({"user": user, "weibo": rows}, ensure_ascii=False, indent=1), encoding="utf-8")


def _weibo_row(user: dict[str, Any], number: int, text: str, published: datetime) -> dict[str, Any]:
    return {
        "user_id": int(user["id"]),
        "screen_name": user["screen_name"],
        "id": 5_000_000_000_000_000 + number,
        "bid": f"Yx{number:07}",
        "text": text,
        "pics": "",
        "video_url": "",
        "location": "",
        "created_at": f"{published:%Y-%m-%d}",
        "source": "",
        "attitudes_count": 6,
        "comments_count": 2,
        "reposts_count": 1,
        "topics": "",
        "at_users": "",
    }


def _douyin(_account: dict[str, Any], target: Path, posts: list[Post], _base_url: str, _as_of: date) -> None:
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(data("posts")["douyin_export"])
    for post in posts:
        moment = f"{post.published:%Y-%m-%d %H:%M:%S}"
        measured = ["1.2万", "0.0875", "12.5%", "-", "0.375", "9.53", "6", "0", "3", "0", "3", "0"]
        writer.writerow([post.title, moment, "视频", "公开", *measured])
    target.write_text(text.getvalue(), encoding="utf-8-sig")


def _damaged(_account: dict[str, Any], target: Path, _posts: list[Post], _base_url: str, _as_of: date) -> None:
    """A download that broke off: the first bytes of a workbook and nothing more."""
    target.write_bytes(workbook([data("posts")["wechat_table"]])[:200])


_WRITERS: dict[str, Callable[[dict[str, Any], Path, list[Post], str, date], None]] = {
    "wechat-pages": _pages,
    "wechat-table": _wechat_table,
    "weibo": _weibo,
    "douyin": _douyin,
    "damaged": _damaged,
}
