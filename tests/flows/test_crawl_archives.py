"""Archives go through their spider into the store."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from jimo_lint.store import Store
from tests.support.crawling import Reply, site

ROOT = Path(__file__).resolve().parents[2]
RESIDENT_ID = "11010519491231002X"

_PAGE = """<html><head><meta property="og:title" content="{title}"></head><body>
<h1 id="activity-name">{title}</h1><a id="js_name">示例发布</a>
<div id="js_content" style="visibility: hidden;"><p>{text}</p></div>
<script>var ct = "1768000000"; var msg_link = "http://mp.weixin.qq.com/s?__biz=x&mid={mid}&idx=1&sn=y";</script>
</body></html>"""

_COLLECT = """
import json, sys
from datetime import date
from pathlib import Path
from jimo_lint.settings.config import Config
from jimo_lint.settings.sections import Crawl
from jimo_lint.crawl.run import collect_archives
from jimo_lint.model import Account, Platform
from jimo_lint.store import Store
folder, *accounts = json.loads(sys.argv[1])
accounts = tuple(Account(name, name, Platform.WECHAT, archive=archive) for name, archive in accounts)
config = Config(folder=Path(folder), accounts=accounts, crawl=Crawl(delay=0, allow_private=True))
seen = []
with Store.open(config.store_path, writing=True) as store:
    collect_archives(config, store, as_of=date(2026, 1, 31), progress=lambda done, left: seen.append(done))
print(seen)
"""


def _collect(folder: Path, *accounts: tuple[str, str], before: str = "") -> str:
    """before: what is done to the program first."""
    run = subprocess.run(
        [sys.executable, "-c", before + _COLLECT, json.dumps([str(folder), *accounts])],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env=dict(os.environ),
    )
    assert (run.returncode, run.stderr) == (0, "")
    return run.stdout.strip()


def _save(folder: Path, *texts: str) -> str:
    folder.mkdir()
    for mid, text in enumerate(texts):
        page = _PAGE.format(title=f"第 {mid} 篇", text=text, mid=mid)
        (folder / f"{mid}.html").write_text(page, encoding="utf-8")
    return str(folder)


def test_archives_that_are_as_they_were_are_not_read_again(tmp_path: Path) -> None:
    """Of two, only the one with a new post is; what stands in the other, and what could not be read, is as it was."""
    folder = tmp_path / "posts"
    accounts = (
        ("甲", _save(folder, "群众办事更方便。", "会议今天召开。")),
        ("乙", _save(tmp_path / "posts2", "另一个账号的文章。")),
        ("丙", str(tmp_path / "nowhere")),
    )
    assert _collect(tmp_path, *accounts) == "[1, 2, 3]"
    (folder / "9.html").write_text(_PAGE.format(title="第 9 篇", text="新的一篇。", mid=9), encoding="utf-8")
    assert _collect(tmp_path, *accounts) == "[1, 2, 3]", "three posts of one account"
    assert _collect(tmp_path, *accounts) == "[]"
    with Store.open(tmp_path / ".jimo-lint" / "store.sqlite3", writing=False) as store:
        assert sorted(post.account or "" for post in store.documents("archive")) == ["乙", "甲", "甲", "甲"]
        assert [problem.place for problem in store.problems("archive")] == [str(tmp_path / "nowhere")]
    assert _collect(tmp_path, accounts[0]) == "[]"
    with Store.open(tmp_path / ".jimo-lint" / "store.sqlite3", writing=False) as store:
        assert {post.account for post in store.documents("archive")} == {"甲"}, "乙 is not configured any more"


def test_archives_are_stored_by_account(tmp_path: Path) -> None:
    """Posts of each account are stored masked; an archive that cannot be read is a problem; a second run replaces."""
    accounts = (
        ("甲", _save(tmp_path / "posts", "群众办事更方便。", f"联系人身份证 {RESIDENT_ID}。")),
        ("乙", _save(tmp_path / "posts2", "另一个账号的文章。")),
        ("丙", str(tmp_path / "nowhere")),
    )
    with site(lambda path: Reply(status=500)) as server:
        assert _collect(tmp_path, *accounts, ("丁", f"{server.url}/feed")) == "[1, 2, 3]"
    path = tmp_path / ".jimo-lint" / "store.sqlite3"
    with Store.open(path, writing=False) as store:
        posts = list(store.documents("archive"))
        assert sorted(post.account or "" for post in posts) == ["乙", "甲", "甲"]
        assert not any(RESIDENT_ID in post.text for post in posts)
        places = {problem.place for problem in store.problems("archive")}
        assert any(place.startswith(str(tmp_path / "nowhere")) for place in places)
        assert f"{server.url}/feed" in places
    assert _collect(tmp_path, accounts[1]) == "[]", "it is as it was"
    with Store.open(path, writing=False) as store:
        assert [post.account for post in store.documents("archive")] == ["乙"]
        assert list(store.problems("archive")) == []


def test_a_feed_at_an_address_not_to_be_asked(tmp_path: Path) -> None:
    """Also a host that is written as an address is looked at before anything is sent to it."""
    before = (
        "import jimo_lint.crawl.reactor as m; m._OwnResolver.refused = staticmethod(lambda one: one == '127.0.0.1')"
    )
    with site(lambda path: Reply(status=500)) as server:
        assert _collect(tmp_path, ("丁", f"{server.url}/feed"), before=before) == "[]"
        assert not server.hits
    with Store.open(tmp_path / ".jimo-lint" / "store.sqlite3", writing=False) as store:
        assert [problem.place for problem in store.problems("archive")] == [f"{server.url}/feed"]
