"""Pictures that posts of an archive bring along: read as attachments of their account, never as posts."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from jimo_lint.evidence.account_readings import AccountTally
from jimo_lint.model import Account, Document, Platform, Problem, Region
from jimo_lint.readers.archives import archive
from jimo_lint.readers.attachments.pictures import ocr
from tests.support.drawing import lines, packed
from tests.support.program import jimo_lint

pytestmark = pytest.mark.slow

AS_OF = date(2026, 11, 22)
ACCOUNT = Account("wechat:青潭发布", "青潭发布", Platform.WECHAT)
NUMBER = "11010519491231002X"
URL = "https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQr"


def poster(*texts: str) -> bytes:
    """A picture as large as those of posts are."""
    return packed(lines(texts or ("List of teachers", f"ID {NUMBER}")), compress_level=0)


def page(*images: str, text: str = "", name: str = "青潭发布", url: str = URL) -> str:
    """A saved article that shows pictures."""
    shown = "".join(f"<p><img {one}></p>" for one in images)
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><meta property="og:title" content="一图读懂">'
        f'<meta property="og:url" content="{url}"></head><body><a id="js_name">{name}</a>'
        f'<div id="js_content">{shown}<p>{text}</p></div><script>var ct = "1795312800";</script></body></html>'
    )


def read(path: Path, *accounts: Account) -> tuple[list[Document], list[Document], list[Problem]]:
    """The posts, what is attached to them, and what was not read."""
    found = list(archive.read(accounts or (ACCOUNT,), path, AS_OF))
    documents = [one for one in found if isinstance(one, Document)]
    posts = [one for one in documents if one.source == "archive"]
    attached = [one for one in documents if one.source == "attachment"]
    assert len(posts) + len(attached) == len(documents)
    return posts, attached, [one for one in found if isinstance(one, Problem)]


def unread(posts: list[Document]) -> tuple[int, int]:
    """Of how many posts nobody read the pictures, and the text."""
    tally = AccountTally(ACCOUNT, AS_OF)
    for one in posts:
        tally.add(one)
    reading = tally.reading((), ())
    assert reading.posts == len([one for one in posts if one.source == "archive"])
    return reading.pictures, reading.untold


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An archive of one article with a poster, its copy, an icon and a photo without text."""
    beside = tmp_path / "一图读懂_files"
    beside.mkdir()
    (beside / "640(1)").write_bytes(poster())
    (beside / "again.png").write_bytes(poster())
    (beside / "icon.png").write_bytes(packed(lines((NUMBER,))))
    (beside / "photo.jpg").write_bytes(packed(lines(("",)), "BMP"))
    shown = [f'src="./%E4%B8%80%E5%9B%BE%E8%AF%BB%E6%87%82_files/{name}" data-src="https://mmbiz.qpic.cn/{name}"'
             for name in ("640(1)", "again.png", "icon.png", "photo.jpg")]  # fmt: skip
    (tmp_path / "一图读懂.html").write_text(page(*shown), encoding="utf-8")
    return tmp_path


def test_a_poster_of_a_saved_post_is_read_for_its_account(folder: Path) -> None:
    """Once, masked, with its place and its post; icons are left out, and nothing of it is a post."""
    posts, [attached], problems = read(folder)
    assert problems == []
    assert [(one.title, one.post_facts.proves_silence) for one in posts] == [("一图读懂", True)]
    assert (attached.account, attached.file_facts.page) == (ACCOUNT.id, URL)
    assert attached.url == str(folder / "一图读懂_files" / "640(1)")
    assert attached.id == f"{ACCOUNT.id}#{attached.url}"
    assert "11**************2X" in attached.text and NUMBER not in attached.text
    assert {one.spot.picture for one in attached.blocks if isinstance(one.spot, Region)} == {"图 1"}
    assert unread([*posts, attached]) == (0, 0)


def test_without_the_extra_pictures_are_counted_as_before(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the post says stands in them, and nobody read it."""
    monkeypatch.setattr(ocr, "is_there", lambda: False)
    posts, attached, problems = read(folder)
    assert (len(posts), attached, problems) == (1, [], [])
    assert unread(posts) == (1, 0)


def test_a_post_of_which_one_picture_was_not_saved_is_still_counted(folder: Path) -> None:
    """Elsewhere, missing, or a placeholder: what was not looked at is not fine."""
    for missing in ('src="https://mmbiz.qpic.cn/b"', 'src="./gone.png"', 'src="data:," data-src="https://a.cn/b"'):
        (folder / "一图读懂.html").write_text(page('src="一图读懂_files/again.png"', missing), encoding="utf-8")
        posts, attached, _ = read(folder)
        assert len(attached) == 1
        assert unread(posts) == (1, 0), missing


def test_badges_beside_a_post_of_pictures_are_none_of_its_pictures(tmp_path: Path) -> None:
    """Its script counts two; the page as saved has small ones of its own."""
    (tmp_path / "a_files").mkdir()
    for name in ("a.png", "b.png"):
        (tmp_path / "a_files" / name).write_bytes(packed(lines((name,))))
    script = (
        "<script>window.cgiDataNew = {item_show_type: '8', x: ["
        + "{height: '1' * 1, cdn_url: 'h'}," * 2
        + "]}</script>"
    )
    html = page('src="a_files/a.png"', 'src="a_files/b.png"').replace("</body>", f"{script}</body>")
    (tmp_path / "a.html").write_text(html, encoding="utf-8")
    posts, attached, _ = read(tmp_path)
    assert (posts[0].post_facts.form, attached) == ("picture", [])
    assert unread(posts) == (1, 0)


def test_nothing_outside_the_archive_is_read(tmp_path: Path) -> None:
    """By a path that leads up, by an absolute one, through a link, by an address that is none."""
    inside = tmp_path / "档案"
    inside.mkdir()
    secret = tmp_path / "secret.png"
    secret.write_bytes(poster())
    (inside / "linked.png").symlink_to(secret)
    (inside / "a_files").mkdir()
    (inside / "a_files" / "linked.png").symlink_to(secret)
    names = (
        "../secret.png",
        "a_files/../../secret.png",
        str(secret),
        f"file://{secret}",
        "linked.png",
        "%00.png",
        "x" * 999,
    )
    (inside / "a.html").write_text(page(*(f'src="{name}"' for name in names)), encoding="utf-8")
    posts, attached, problems = read(inside)
    assert (len(posts), attached, problems) == (1, [], [])
    assert unread(posts) == (1, 0)


def test_pictures_of_a_text_belong_to_it_and_a_stray_one_to_nobody(tmp_path: Path) -> None:
    """Exporters put them into a folder beside; one that no text shows is read all the same, one at the top is not."""
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "a.png").write_bytes(poster("Poster of the first"))
    (tmp_path / "images" / "b.png").write_bytes(poster("Poster of nobody"))
    (tmp_path / "c.png").write_bytes(poster("Stray"))
    text = "# 停水公告\n\n因管道检修，定于本周六上午停水两小时，请居民提前储水，敬请谅解支持。\n\n![](images/a.png)\n"
    (tmp_path / "2026-11-19-停水.md").write_text(text, encoding="utf-8")
    posts, attached, problems = read(tmp_path)
    assert (len(posts), problems) == (1, [])
    assert {(one.text, one.file_facts.page) for one in attached} == {
        ("Poster of the first", str(tmp_path / "2026-11-19-停水.md")),
        ("Poster of nobody", ""),
    }


def test_a_damaged_picture_is_named_and_excused(tmp_path: Path) -> None:
    """The copy is at fault, not what was published; the posts were read."""
    (tmp_path / "a_files").mkdir()
    (tmp_path / "a_files" / "a.png").write_bytes(poster()[:12_000])
    (tmp_path / "a.html").write_text(page('src="a_files/a.png"', text="今天召开会议。"), encoding="utf-8")
    posts, attached, [problem] = read(tmp_path)
    assert (len(posts), attached, problem.excused) == (1, [], True)
    assert problem.place == str(tmp_path / "a_files" / "a.png")


def test_where_accounts_share_an_archive_a_picture_is_its_posts(tmp_path: Path) -> None:
    """The page that shows it says whose it is."""
    other = Account("wechat:青潭教育", "青潭教育", Platform.WECHAT)
    for number, account in enumerate((ACCOUNT, other)):
        (tmp_path / f"{number}.png").write_bytes(poster(f"Poster {number}"))
        html = page(f'src="{number}.png"', name=account.name, url=f"{URL}{number}")
        (tmp_path / f"{number}.html").write_text(html, encoding="utf-8")
    _, attached, _ = read(tmp_path, ACCOUNT, other)
    assert {one.account: one.text for one in attached} == {ACCOUNT.id: "Poster 0", other.id: "Poster 1"}


def test_an_id_number_in_a_poster_is_found_with_place_and_post(folder: Path) -> None:
    """By the weekly inspection, which counts one post and no picture that nobody read."""
    config = folder.parent / f"{folder.name}.toml"
    config.write_text(
        f'[[account]]\nname = "青潭发布"\nplatform = "wechat"\narchive = "{folder.name}"\n', encoding="utf-8"
    )
    asked = ("inspect", "weekly", "--config", config.name, "--as-of", "2026-11-22", "--no-links")
    done = jimo_lint(*asked, "-f", "json", "-q", cwd=folder.parent)
    report = json.loads(done.stdout)
    [found] = [one for one in report["findings"] if one["code"] == "P101"]
    assert (found["offered_by"], found["region"]["picture"]) == (URL, "图 1")
    assert found["url"] == f"{folder.name}/一图读懂_files/640(1)"
    [account] = report["accounts"]
    assert (account["posts"], account["pictures"], account["untold"]) == (1, 0, 0)
    assert NUMBER not in done.stdout
