"""Archives of accounts handed over as a zip: read as if it were unpacked, within the bounds of what is unpacked."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from jimo_lint.model import Account, Document, Platform, Problem, ProblemCode
from jimo_lint.readers import reading
from jimo_lint.readers.archives import archive

AS_OF = date(2026, 11, 22)
ACCOUNT = Account("other:云溪发布", "云溪发布", Platform.OTHER)
CASES = Path(__file__).parents[2] / "cases" / "archives"
TABLE = "标题,发布时间\n示例事项,2026-11-20\n"
PAGE = "<html><title>{0}</title><body><h1>{0}</h1><p>{0}的全文在这里。</p></body></html>"


def read(path: Path, opened: list[archive.Opened] | None = None) -> tuple[list[Document], list[Problem]]:
    values = list(archive.read([ACCOUNT], path, AS_OF, opened))
    return [one for one in values if isinstance(one, Document)], [one for one in values if isinstance(one, Problem)]


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archived:
        for name, body in files.items():
            archived.writestr(name, body)
    return packed.getvalue()


def packed(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    path = folder / "账号.zip"
    path.write_bytes(zipped(files))
    return path


def told(posts: list[Document], root: Path) -> list[tuple[object, ...]]:
    """What is known of the posts, wherever they lay."""
    return sorted(
        (
            one.title,
            str(one.published),
            one.text,
            one.state,
            one.post_facts.proves_silence,
            one.url.replace(str(root), ""),
        )
        for one in posts
    )


@pytest.mark.parametrize(
    "names",
    [
        ("exporter-html",),
        ("weibo-crawler.csv",),
        ("feed-wewe.rss.xml",),
        ("wechat-freepublish.json", "wechat-material.json"),
        ("2026-11-19-停水公告.txt",),
        ("ledger-old.xls",),
    ],
)
def test_a_zip_is_read_as_its_folder(names: tuple[str, ...], tmp_path: Path) -> None:
    """The same posts, titles and times, and the same told of, file by file."""
    folder = tmp_path / "folder"
    folder.mkdir()
    for name in names:
        copy = shutil.copytree if (CASES / name).is_dir() else shutil.copy
        copy(CASES / name, folder / name)
    files = {str(one.relative_to(folder)): one.read_bytes() for one in folder.rglob("*") if one.is_file()}
    path = packed(tmp_path, files)
    opened: list[archive.Opened] = []
    loose, whole = read(folder), read(path, opened)
    assert loose[0] and told(loose[0], folder) == told(whole[0], path)
    beside = ProblemCode.PACKED_BESIDE
    assert [(one.code, one.place.removeprefix(str(path))) for one in whole[1] if one.code is not beside] == [
        (one.code, one.place.removeprefix(str(folder))) for one in loose[1]
    ]
    assert opened and all(one.format for one in opened)


def test_of_a_post_that_lies_there_twice_the_page_is_read(tmp_path: Path) -> None:
    """As in a folder, tables come last, whatever their place in the zip."""
    page = PAGE.format("示例事项").replace("<h1>", "<p>发布时间：2026-11-20</p><h1>")
    files = {"a.csv": "标题,发布时间,链接\n示例事项,2026-11-20,https://a.example/1\n", "b.html": page}
    posts, _ = read(packed(tmp_path, files))
    (tmp_path / "folder").mkdir()
    for name, body in files.items():
        (tmp_path / "folder" / name).write_text(body, encoding="utf-8")
    assert [one.title for one in posts] == [one.title for one in read(tmp_path / "folder")[0]]
    assert posts[0].text != posts[-1].text and "全文" in posts[0].text


def test_names_in_gbk_are_read(tmp_path: Path) -> None:
    """As Windows packs them, without saying so; the title and the date that stand in one count."""
    written = "2026-11-19-停水公告.txt".encode("gbk")
    stand_in = "x" * (len(written) - 4) + ".txt"
    body = zipped({stand_in: (CASES / "2026-11-19-停水公告.txt").read_bytes()}).replace(stand_in.encode(), written)
    path = tmp_path / "账号.zip"
    path.write_bytes(body)
    (post,), _ = read(path)
    assert (post.title, post.published and post.published.date()) == ("停水公告", date(2026, 11, 19))
    assert post.post_facts.place == f"{path}/2026-11-19-停水公告.txt"


def test_what_is_locked_is_named_and_proves_no_silence(tmp_path: Path) -> None:
    """All of it once for the zip, else file by file, and the rest is read."""
    body = bytearray(zipped({"a.csv": TABLE, "b.csv": TABLE}))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        body[body.rindex(signature) + flags] |= 1
    path = tmp_path / "账号.zip"
    path.write_bytes(body)
    (post,), (problem,) = read(path)
    assert problem.place == f"{path}/b.csv" and "加了密码" in problem.message and not problem.excused
    assert not post.post_facts.proves_silence
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        body[body.index(signature) + flags] |= 1
    path.write_bytes(body)
    posts, (problem,) = read(path)
    assert not posts and problem.place == str(path) and "加了密码" in problem.message


def test_a_zip_in_a_zip_is_read_up_to_a_depth(tmp_path: Path) -> None:
    """A zip of each month is common; deeper ones are named."""
    body = zipped({"台账.csv": TABLE})
    for _ in range(reading.DEEPEST - 1):
        body = zipped({"里.zip": body})
    path = tmp_path / "账号.zip"
    path.write_bytes(body)
    assert [one.title for one in read(path)[0]] == ["示例事项"]
    path.write_bytes(zipped({"里.zip": body}))
    posts, (problem,) = read(path)
    assert not posts and problem.code is ProblemCode.NESTED_TOO_DEEP


def test_no_more_is_unpacked_than_the_bounds_let(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files beyond their number or size are named, and what was read by then is kept."""
    monkeypatch.setattr(reading, "MOST_MEMBERS", 2)
    files = {f"{number}.csv": TABLE.replace("示例", f"第 {number} ") for number in range(4)}
    posts, (problem,) = read(packed(tmp_path, files))
    assert [one.title for one in posts] == ["第 0 事项", "第 1 事项"] and "超过 2 个" in problem.message
    assert not posts[-1].post_facts.proves_silence
    bomb = packed(tmp_path, {"a.csv": TABLE, "b.csv": bytes(20 * 1024 * 1024)})
    posts, (problem,) = read(bomb)
    assert len(posts) == 1 and "压缩炸弹" in problem.message and problem.place == f"{bomb}/b.csv"


def test_what_came_with_pages_is_counted_and_proves_nothing_less(tmp_path: Path) -> None:
    """Styles and what systems leave behind are nothing to tell; pictures and files are, in one line."""
    files = {
        "台账.csv": TABLE,
        "__MACOSX/._台账.csv": b"\0",
        "一_files/样式.css": "a{}",
        "一_files/图.png": b"\x89PNG",
        "一_files/表.pdf": b"%PDF",
        "~$台账.xlsx": b"\0",
        ".DS_Store": b"\0",
    }
    (post,), (problem,) = read(packed(tmp_path, files))
    assert (problem.code, problem.args) == (ProblemCode.PACKED_BESIDE, {"count": 2}) and problem.excused
    assert post.post_facts.proves_silence


def test_a_zip_without_posts_is_no_empty_account(tmp_path: Path) -> None:
    """What holds only pictures, or nothing, or is cut off, is told of as not read."""
    for files in ({"图.png": b"\x89PNG"}, {}):
        posts, problems = read(packed(tmp_path, files))
        assert not posts and [one for one in problems if not one.excused]
    path = packed(tmp_path, {"台账.csv": TABLE})
    path.write_bytes(path.read_bytes()[:-30])
    posts, (problem,) = read(path)
    assert not posts and "已损坏" in problem.message


def test_names_lead_nowhere(tmp_path: Path) -> None:
    """Of a name nothing becomes a path: what lies beside the zip on the disk is not taken for what is in it."""
    (tmp_path / "旁边.pdf").write_bytes(b"%PDF-1.4")
    posts, problems = read(packed(tmp_path, {"台账.csv": TABLE, "../旁边.pdf": b"%PDF-1.4", "/etc/c.caj": b"x"}))
    assert [one.source for one in posts] == ["archive"]
    zip_place = str(tmp_path / "账号.zip")
    assert {(one.code, one.place) for one in problems} == {
        (ProblemCode.BESIDE, f"{zip_place}/旁边.pdf"),
        (ProblemCode.BESIDE, f"{zip_place}/etc/c.caj"),
    }
