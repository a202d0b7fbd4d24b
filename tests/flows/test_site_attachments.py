"""Attachments of a site: fetched once, read where they are new or changed, judged, and told of from run to run."""

from __future__ import annotations

import io
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.support import attached
from tests.support.drawing import lines, packed
from tests.support.filehosts import CLEAN, ID, LIST, WORDS, File, Host, Office, hosted
from tests.support.program import jimo_lint

pytestmark = pytest.mark.slow


@pytest.fixture
def host() -> Iterator[Host]:
    with hosted() as running:
        yield running


@pytest.fixture
def office(tmp_path: Path, host: Host) -> Office:
    return Office(tmp_path, host)


def states(report: dict[str, Any]) -> dict[str, str]:
    """How each ID number stands, by the place where it does or did."""
    there = {one["url"]: one["history"]["state"] for one in report["findings"] if one["code"] == "P101"}
    for one in (past["finding"] for past in report["since"]["past"]):
        if one["code"] == "P101":
            there[one["url"]] = one["history"]["state"]
    return there


def state(report: dict[str, Any]) -> str:
    """That of the only one."""
    [only] = states(report).values()
    return only


# How a server may send the same file.
WAYS = {
    "tagged": File(tagged=True),
    "dated": File(dated=1_700_000_000),
    "both": File(tagged=True, dated=1_700_000_000),
    "neither": File(),
    "gzip": File(way="gzip", tagged=True),
    "chunked": File(way="chunked"),
    "wrong-type": File(type="text/html", tagged=True),
    "no-type": File(type=""),
    "named": File(headers={"Content-Disposition": 'attachment; filename="list.txt"'}),
    "named-gbk": File(headers={"Content-Disposition": "attachment; filename*=GBK''%C3%FB%B5%A5.txt"}),
    "no-parts": File(deaf=True),
    "odd-tag": File(headers={"ETag": '"' + "x" * 600 + '"'}),
    "moved": File(),
}
ADDRESSES = {name: f"/{name}.txt" for name in WAYS} | {
    "utf8": f"/{quote('名单')}.txt",
    "gbk": f"/{quote('名册'.encode('gbk'))}.txt",
    "query": "/down.do?file=a.txt",
}


def test_a_file_is_read_however_it_is_sent_and_once_a_week_at_most(office: Office) -> None:
    """Each is fetched once a run, in whole and never besides in part, and the next run reads none of them again."""
    files = {}
    for number, (name, path) in enumerate(ADDRESSES.items()):
        body = LIST.replace("张小明", f"张小明{number}").encode()
        way = WAYS.get(name, File())
        files[path] = File(body, type=way.type, tagged=way.tagged, dated=way.dated, way=way.way,
                           headers=way.headers, deaf=way.deaf)  # fmt: skip
    files["/there.txt"] = files.pop(ADDRESSES["moved"])
    files["/moved.txt"] = File(b"", 302, headers={"Location": "/there.txt"})
    office.offer(files, links=dict.fromkeys(ADDRESSES.values(), "名单"))
    report = office.run()
    assert office.leaks(report) == set(ADDRESSES.values())
    assert report["attachments"] == {"read": len(ADDRESSES), "unchanged": 0, "unread": 0}
    assert report["unopened"] == []
    assert report["problems"] == []
    assert all(count == 1 for asked, count in office.host.asked.items() if ".txt" in asked and "robots" not in asked)
    assert not any("Range" in given for path, given in office.host.conditions.items() if ".txt" in path)
    names = {one["url"].rpartition("/")[2]: one["subject"] for one in report["findings"] if one["code"] == "P101"}
    assert names[f"{quote('名单')}.txt"] == "名单.txt"
    assert names[quote("名册".encode("gbk")) + ".txt"] == "名册.txt"

    again = office.run(day="2026-12-08")
    assert again["attachments"] == {"read": 0, "unchanged": len(ADDRESSES), "unread": 0}
    assert set(states(again).values()) == {"still"}
    assert len(states(again)) == len(ADDRESSES)
    for name in ("tagged", "dated", "both", "wrong-type"):
        assert office.host.sent[f"/{name}.txt"] == 1, name
    assert office.host.sent["/neither.txt"] == 2


def test_a_file_is_read_as_what_it_is(office: Office) -> None:
    """Whatever it is called: a workbook as PDF, a PDF as Word document, an OFD as PDF, rich text as Word document."""
    rows = [["序号", "姓名", "身份证号"], ["1", "张小明", ID]]
    said = attached.lines(rows)
    files = {
        "/workbook.pdf": attached.xlsx(rows),
        "/pdf.docx": attached.pdf(said),
        "/ofd.pdf": attached.ofd(said),
        "/word.xls": attached.docx(table=rows),
        "/rich.doc": attached.rtf(rows),
    }
    office.offer({path: File(body) for path, body in files.items()})
    report = office.run()
    assert office.leaks(report) == set(files)
    assert report["attachments"] == {"read": len(files), "unchanged": 0, "unread": 0}


def test_an_id_number_in_a_file_is_told_of_from_run_to_run(office: Office) -> None:
    """Unchanged: still there. Server down: not checked. Replaced: mended. Back again: returned."""
    office.offer({"/list.txt": File(LIST.encode(), tagged=True)})
    assert state(office.run(day="2026-12-01")) == "first"
    assert state(office.run(day="2026-12-02")) == "still"
    office.change("/list.txt", status=500)
    down = office.run(day="2026-12-03")
    assert state(down) == "unchecked"
    assert [one["finding"]["history"]["state"] for one in down["since"]["past"]] == ["unchecked"]
    assert down["attachments"] == {"read": 0, "unchanged": 0, "unread": 1}
    assert [one["count"] for one in down["unopened"]] == [1]
    office.change("/list.txt", status=200)
    assert state(office.run(day="2026-12-04")) == "still"
    office.change("/list.txt", body=CLEAN.encode())
    mended = office.run(day="2026-12-05")
    assert state(mended) == "mended"
    assert mended["attachments"] == {"read": 1, "unchanged": 0, "unread": 0}
    office.change("/list.txt", body=LIST.encode())
    assert state(office.run(day="2026-12-06")) == "returned"


def test_a_file_that_no_page_offers_is_mended_only_when_it_is_gone(office: Office) -> None:
    """Whoever has the address still gets it; a clean one that nobody offers is forgotten."""
    office.offer({"/list.txt": File(LIST.encode(), tagged=True), "/clean.txt": File(CLEAN.encode())})
    office.run(day="2026-12-01")
    office.offer({}, links={})
    left = office.run(day="2026-12-02")
    assert state(left) == "still"
    assert office.host.asked["GET /clean.txt"] == 1
    office.change("/list.txt", status=404)
    assert state(office.run(day="2026-12-03")) == "offline"
    asked = office.host.asked["GET /list.txt"]
    office.run(day="2026-12-04")
    assert office.host.asked["GET /list.txt"] == asked


def test_a_run_that_does_not_ask_says_nothing_of_files(office: Office) -> None:
    """Without links nothing is fetched; what was read last week is neither found again nor mended."""
    office.offer({"/list.txt": File(LIST.encode(), tagged=True)})
    office.run(day="2026-12-01")
    silent = office.run("--no-links", day="2026-12-02")
    assert state(silent) == "unchecked"
    assert silent["attachments"] == {"read": 0, "unchanged": 0, "unread": 1}
    office.run(day="2026-12-03")
    assert state(office.run("--no-collect", day="2026-12-03")) == "still"


def word(text: str) -> bytes:
    """A Word document of one paragraph."""
    packed = io.BytesIO()
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with zipfile.ZipFile(packed, "w") as package:
        body = f"<w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body>"
        package.writestr("word/document.xml", f'<w:document xmlns:w="{space}">{body}</w:document>')
    return packed.getvalue()


@pytest.mark.parametrize(
    ("more", "read"),
    [
        ('[attachments]\nread = "none"\n', set()),
        ('[attachments]\nkinds = ["docx"]\n', {"/b.docx"}),
        ("[attachments]\nmax_size = 0.1\n", {"/a.txt", "/b.docx"}),
        ('[attachments]\nread = "all"\nmax_size = 1\n', {"/a.txt", "/b.docx", "/big.txt"}),
    ],
)
def test_what_is_read_can_be_chosen(office: Office, more: str, read: set[str]) -> None:
    """What is left out is counted as not opened, by type."""
    big = LIST + "名单\n" * 30_000
    office.offer({"/a.txt": File(LIST.encode()), "/b.docx": File(word(LIST)), "/big.txt": File(big.encode())})
    office.configure(more)
    report = office.run()
    found = {
        url.removeprefix(office.host.url)
        for one in report["findings"]
        if one["code"] == "P101"
        for url in one["samples"]
    }
    assert found == read
    assert report["attachments"] == {"read": len(read), "unchanged": 0, "unread": 3 - len(read)}
    assert sum(one["count"] for one in report["unopened"]) == 3 - len(read)
    oversized = [one for one in report["problems"] if "附件超过" in one["message"]]
    assert len(oversized) == (1 if "0.1" in more else 0)


def test_all_is_read_anew_where_that_is_wanted(office: Office) -> None:
    """No condition is sent, and what is the same is read again."""
    office.configure('[attachments]\nread = "all"\n')
    office.offer({"/list.txt": File(LIST.encode(), tagged=True)})
    office.run(day="2026-12-01")
    assert office.run(day="2026-12-02")["attachments"] == {"read": 1, "unchanged": 0, "unread": 0}
    assert "If-None-Match" not in office.host.conditions["/list.txt"]


def test_kinds_that_nobody_reads_are_a_fault_of_the_configuration(office: Office) -> None:
    """The message says what can be read."""
    office.offer({"/list.txt": File(LIST.encode())})
    office.configure('[attachments]\nkinds = ["exe"]\n')
    done = jimo_lint("inspect", "columns", cwd=office.folder)
    assert done.returncode == 2
    assert "[attachments] kinds 里的“.exe”没有能读它的程序。能读：" in done.stderr


def test_files_of_other_hosts_are_only_asked_for_their_first_bytes(office: Office, tmp_path: Path) -> None:
    """Another office's file is none of the site's, linked to or redirected to; one written in `hosts` is."""
    with hosted() as other:
        other.files["/far.txt"] = File(LIST.encode())
        office.offer(
            {"/away.txt": File(b"", 302, headers={"Location": f"{other.url}/far.txt"})},
            links={f"{other.url}/far.txt": "名单", "/away.txt": "名册"},
        )
        report = office.run()
        assert office.leaks(report) == set()
        assert other.conditions["/far.txt"]["Range"] == "bytes=0-4095"
        assert report["attachments"] == {"read": 0, "unchanged": 0, "unread": 2}
        office.configure(f'[attachments]\nhosts = ["{other.host}"]\n')
        report = office.run(day="2026-12-02")
        assert report["attachments"] == {"read": 2, "unchanged": 0, "unread": 0}
        # An office may keep robots off its file host as well.
        other.files["/robots.txt"] = File(b"User-agent: *\nDisallow: /\n", type="text/plain")
        asked = other.asked["GET /far.txt"]
        report = office.run(day="2026-12-03")
        assert report["attachments"] == {"read": 0, "unchanged": 0, "unread": 2}
        assert other.asked["GET /far.txt"] == asked


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (File(LIST.encode(), way="cut"), "附件没有收完"),
        (File(LIST.encode(), way="torn"), "附件没有收完"),
        (File(LIST.encode() * 20, way="drip"), "附件没有收完"),
        (File(LIST.encode(), headers={"Content-Encoding": "br"}), "附件没有收完"),
    ],
)
def test_half_a_file_is_not_read(office: Office, file: File, said: str) -> None:
    """Nothing is found in half of a list, and nothing is mended by it."""
    office.offer({"/list.txt": File(LIST.encode())})
    office.run(day="2026-12-01")
    office.host.files["/list.txt"] = file
    report = office.run(day="2026-12-02")
    assert state(report) == "unchecked"
    assert [one["message"] for one in report["problems"]] == [f"{said}（连接中断，或服务器太慢），没有读。请稍后再查"]


def test_a_page_in_place_of_a_file_is_none(office: Office) -> None:
    """An error page with 200, or a page under a file's name: the link's verdict says so, and nothing is read."""
    gone = "<!doctype html><html><head><title>提示</title></head><body>找不到该文件</body></html>"
    page = f"<!doctype html><html><head><title>名单</title></head><body>{WORDS * 50}{ID}</body></html>"
    office.offer({"/list.txt": File(gone.encode(), type="text/html"), "/a.zip": File(page.encode(), type="text/html")})
    report = office.run()
    assert office.leaks(report) == set()
    assert report["attachments"]["read"] == 0


def test_a_run_that_is_killed_goes_on_where_it_was(office: Office) -> None:
    """What was read is not fetched again, and no file is left behind."""
    files = {
        f"/{number}.txt": File(LIST.replace("小明", f"小明{number}").encode(), tagged=True) for number in range(60)
    }
    office.offer(files)
    office.configure("[links]\ndelay = 0.1\n")
    command = [sys.executable, "-m", "jimo_lint", "inspect", "columns", "-f", "json", "--as-of", "2026-12-01"]
    for number in (signal.SIGKILL, signal.SIGINT):
        before = sum(office.host.sent.values())
        running = subprocess.Popen([*command, "--resume"], cwd=office.folder, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)  # fmt: skip
        deadline = time.monotonic() + 60
        while sum(office.host.sent.values()) < before + 12 and time.monotonic() < deadline:
            time.sleep(0.02)
        running.send_signal(number)
        running.wait(30)
    office.configure()
    report = office.run("--resume")
    assert len(office.leaks(report)) == 60
    assert report["attachments"]["read"] == 60
    assert sum(office.host.sent[path] for path in files) <= 66
    assert not (office.folder / ".jimo-lint" / "attachments.tmp").exists()


def test_one_place_can_be_looked_at_again(office: Office) -> None:
    """A recheck reads the file: still there, not checked, mended."""
    office.offer({"/list.txt": File(LIST.encode(), tagged=True)})
    office.run(day="2026-12-01")
    url = f"{office.host.url}/list.txt"
    still = office.run(url, day="2026-12-02", what="recheck")
    assert office.leaks(still) == {"/list.txt"}
    assert [(one["outcome"], one["note"]) for one in still["looked"]] == [("seen", "正常，内容已读")]
    office.change("/list.txt", status=500)
    down = office.run(url, day="2026-12-03", what="recheck")
    assert (down["findings"], [one["outcome"] for one in down["looked"]]) == ([], ["unseen"])
    office.change("/list.txt", status=200, body=CLEAN.encode())
    clean = office.run(url, day="2026-12-04", what="recheck")
    assert [one["finding"]["history"]["state"] for one in clean["since"]["past"]] == ["mended"]


def test_a_file_that_is_locked_or_broken_now_mends_nothing(office: Office) -> None:
    """What was found in it may still be there; and the run has done what it was asked for."""
    office.offer({"/list.docx": File(word(LIST), tagged=True)})
    office.run(day="2026-12-01")
    office.change("/list.docx", body=b"PK\x03\x04 broken")
    report = office.run(day="2026-12-02")
    assert state(report) == "unchecked"
    assert [one["excused"] for one in report["problems"]] == [True]
    assert report["run"]["complete"]
    office.change("/list.docx", body=word(CLEAN))
    assert state(office.run(day="2026-12-03")) == "mended"


def poster(*texts: str) -> bytes:
    """A picture as large as those of articles are."""
    return packed(lines(texts), compress_level=0)


def article(office: Office, pictures: dict[str, File], path: str = "/a.html") -> None:
    """Serve an article that shows these pictures, to which the home page leads."""
    office.offer({}, links={path: "关于教师资格认定的公示"})
    office.host.files.update(pictures)
    said = f"<p>{WORDS}各有关单位要加强组织领导，压实工作责任，确保各项任务落到实处，取得实效。</p>" * 8
    shown = "".join(f'<p><img src="{path}" alt="公示"></p>' for path in pictures)
    head = "<!doctype html><html><head><meta charset=utf-8><title>关于教师资格认定的公示</title></head>"
    body = f"<h1>关于教师资格认定的公示</h1><p>发布时间：2026-11-20 09:00</p><div>{said}{shown}</div>"
    text = f"{head}<body>{body}</body></html>"
    office.host.files[path] = File(text.encode(), type="text/html; charset=utf-8")


def test_pictures_of_articles_are_read_where_that_is_wanted(office: Office) -> None:
    """Once, and anew only where they change; icons are left out, and what cannot be read stays counted."""
    pictures = {
        "/poster.png": File(poster("List of teachers", f"ID {ID}"), type="image/png", tagged=True),
        "/img.do?id=3": File(poster("Number", ID), type="image/png", tagged=True),
        "/icon.png": File(packed(lines((ID,))), type="image/png", tagged=True),
        "/broken.png": File(poster("broken")[:12_000], type="image/png", tagged=True),
    }
    article(office, pictures)
    home = office.host.files["/"].body.replace(b"</body>", b"<img src=/home.png></body>")
    office.change("/", body=home)
    office.host.files["/home.png"] = File(poster(ID), type="image/png")
    without = office.run(day="2026-12-01")
    assert office.leaks(without) == set()
    assert without["unopened"] == [{"kind": "image", "suffix": "", "count": 5, "account": ""}]

    office.configure("[attachments]\npictures = true\n")
    report = office.run(day="2026-12-02")
    assert office.leaks(report) == {"/poster.png", "/img.do?id=3"}
    for one in report["findings"]:
        assert (one["offered_by"], one["region"]["picture"]) == (f"{office.host.url}/a.html", "图 1")
    assert [one["count"] for one in report["unopened"]] == [2]  # the broken one, and that of the home page
    assert report["attachments"] == {"read": 0, "unchanged": 0, "unread": 0}
    assert report["problems"] == []

    sent = office.host.sent.copy()
    again = office.run(day="2026-12-03")
    assert set(states(again).values()) == {"still"}
    anew = {path for path, count in office.host.sent.items() if count > sent[path]}
    assert anew & pictures.keys() == {"/broken.png"}
    office.change("/poster.png", body=poster("List of teachers"))
    office.change("/img.do?id=3", status=500)
    changed = office.run(day="2026-12-04")
    told = {place.removeprefix(office.host.url): how for place, how in states(changed).items()}
    assert told == {"/poster.png": "mended", "/img.do?id=3": "unchecked"}
    assert [one["count"] for one in changed["unopened"]] == [3]
