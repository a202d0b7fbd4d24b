"""Archives of files: names as they were meant, what is refused before it is unpacked, what is named and not read."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import subprocess
import sys
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path, PurePath
from struct import pack
from zlib import crc32

import pytest

from jimo_lint.inspection import drafts
from jimo_lint.model import Document, Problem, ProblemCode
from jimo_lint.readers import reading
from jimo_lint.readers.attachments.packages.names import decoded, shown
from jimo_lint.readers.source import Source
from jimo_lint.settings.config import Config
from tests.support.boxes import old_rar, rar, seven, tarred, zipped

AS_OF = date(2026, 11, 22)
ID = "11010519491231002X"
WORDS = "抓好关健环节。".encode()


def read(
    name: str, body: bytes | Path, *, told: bool = False, source: str = "file"
) -> tuple[dict[str, Document], dict[str, Problem]]:
    """The documents and the problems of a file, by their places."""
    asked = reading.Asked(AS_OF, told=told, source=source)
    values = list(reading.read(Source(name, body), PurePath(name).suffix, asked))
    documents = {one.url: one for one in values if isinstance(one, Document)}
    problems = {one.place: one for one in values if isinstance(one, Problem)}
    assert len(documents) + len(problems) == len(values)
    return documents, problems


def texts(documents: dict[str, Document]) -> dict[str, str]:
    """What is said where."""
    return {place: one.text for place, one in documents.items() if one.text}


def test_files_are_read_where_they_lie() -> None:
    """Folders are part of the name; what systems put beside the files is none, and folders are none."""
    body = zipped(
        {
            "名单/": b"",
            "名单/甲.txt": WORDS,
            "__MACOSX/名单/._甲.txt": b"\0",
            "名单/.DS_Store": b"\0",
            "Thumbs.db": b"\0",
        }
    )
    documents, problems = read("外.zip", body)
    assert texts(documents) == {"外.zip › 名单/甲.txt": WORDS.decode()}
    assert documents["外.zip › 名单/甲.txt"].file_facts.within == ("外.zip",)
    assert documents["外.zip › 名单/甲.txt"].title == "甲.txt"
    assert not problems


NAMED = {
    "GBK": ("镕喆堃名单.txt".encode("gbk"), "镕喆堃名单.txt"),
    "GBK that is valid UTF-8 for Arabic": ("模板.txt".encode("gbk"), "模板.txt"),
    "UTF-8 without its flag, as a Mac writes": ("名单/甲.txt".encode(), "名单/甲.txt"),
    "a name in French": (b"caf\x82.txt", "café.txt"),
    "a name in German": (b"\x81ber.txt", "über.txt"),
    "backslashes": ("名单\\甲.txt".encode("gbk"), "名单/甲.txt"),
}


@pytest.mark.parametrize("case", NAMED)
def test_names_without_a_charset_are_read_as_they_were_meant(case: str) -> None:
    """Neither as the letters of the first PCs nor, where those were meant, as Han."""
    raw, wanted = NAMED[case]
    documents, _ = read("外.zip", zipped({}, raw={raw: WORDS}))
    assert list(texts(documents)) == [f"外.zip › {wanted}"]


def test_the_unicode_name_of_info_zip_comes_first() -> None:
    """Where it is of the name that stands beside it; one of another name is left from before a renaming."""
    for raw, wanted in ((b"????.txt", "名单.txt"), (b"renamed.txt", "renamed.txt")):
        packing = io.BytesIO()
        with zipfile.ZipFile(packing, "w") as archive:
            info = zipfile.ZipInfo(raw.decode())
            field = b"\x01" + pack("<I", crc32(b"????.txt")) + "名单.txt".encode()
            info.extra = pack("<HH", 0x7075, len(field)) + field
            archive.writestr(info, WORDS)
        assert list(texts(read("外.zip", packing.getvalue())[0])) == [f"外.zip › {wanted}"]


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.txt",
        "/etc/甲.txt",
        "C:\\Windows\\甲.txt",
        "甲\n乙\x1b[31m.txt",
        "甲\u202etxt.exe.txt",
        "x" * 4000,
    ],
)
def test_names_are_names_only(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They lead nowhere on this machine, stand on one line, turn no text around, and do not fill the screen."""
    monkeypatch.chdir(tmp_path)
    documents, problems = read("外.zip", zipped({name: WORDS}))
    place = (*documents, *problems)[-1]
    assert place.isprintable() and "\u202e" not in place and len(place) < 230
    assert not list(tmp_path.rglob("*"))


def test_a_name_cannot_pretend_to_be_a_place() -> None:
    """The mark between a file and one inside it is no part of a name."""
    assert shown("a › b.txt") == "a > b.txt"
    assert shown("甲\u3000乙\u00a0丙") == "甲 乙 丙"
    assert shown(" \n") == "�" and shown("") == "（没有名称）"
    assert decoded(b"a.txt") == "a.txt"


def test_files_of_the_same_name_are_both_read() -> None:
    """Nothing is taken for another because it is called alike."""
    packing = io.BytesIO()
    with zipfile.ZipFile(packing, "w") as archive, pytest.warns(UserWarning):
        archive.writestr("甲.txt", "一")
        archive.writestr("甲.txt", "二")
    values = reading.read(Source("外.zip", packing.getvalue()), ".zip", reading.Asked(AS_OF))
    assert [one.text for one in values if isinstance(one, Document)] == ["", "一", "二"]


@pytest.mark.parametrize("source", ["file", "attachment"])
def test_numbers_in_names_are_masked_and_told_once(source: str) -> None:
    """Of a file inside, and of the archive: in places, titles, and what files lie in; phones as well."""
    outer = "https://www.qingtan.example/f.zip" if source == "attachment" else "f.zip"
    body = zipped({f"张三{ID}.txt": WORDS, "李四13812345678.caj": b"x", f"{ID}.zip": zipped({"甲.txt": WORDS})})
    documents, problems = read(outer, body, source=source, told=source == "attachment")
    assert ID not in repr((documents, problems)) and "13812345678" not in repr((documents, problems))
    told = [address for one in documents.values() for address in one.personal_addresses if "id" in address.what]
    assert [one.address.partition(" › ")[2] for one in told] == ["张三11**************2X.txt", "11**************2X.zip"]


def test_the_number_of_a_local_archive_is_told_with_the_archive() -> None:
    """Not once more with each file in it."""
    documents, _ = read(f"{ID}.zip", zipped({"甲.txt": WORDS, "乙.html": "<html><p>甲</p></html>"}))
    assert [len(one.personal_addresses) for one in documents.values()][:2] == [1, 0]


def test_a_file_without_a_name_is_read() -> None:
    """Called by nothing, it is shown all the same."""
    body = zipped({"甲.txt": WORDS, "~~~~": "<html><p>乙</p></html>"}).replace(b"~~~~", b"\0\0\0\0")
    documents, problems = read("外.zip", body)
    assert texts(documents) == {"外.zip › 甲.txt": WORDS.decode(), "外.zip › ����": "乙"}
    assert not problems


def locked(body: bytes, *names: str) -> bytes:
    """The archive with the flag of encryption on entries."""
    changed = bytearray(body)
    for name in names:
        at = 0
        for signature, flags, start in ((b"PK\x03\x04", 6, 30), (b"PK\x01\x02", 8, 46)):
            at = -1
            while (at := body.find(signature, at + 1)) >= 0:
                if body.startswith(name.encode(), at + start):
                    changed[at + flags] |= 1
    return bytes(changed)


def test_what_is_locked_is_named() -> None:
    """All of it once for the archive, else file by file; the rest is read."""
    body = zipped({"a.txt": WORDS, "b.txt": WORDS})
    documents, problems = read("外.zip", locked(body, "b.txt"), told=True)
    assert texts(documents) == {"外.zip › a.txt": WORDS.decode()}
    assert "加了密码" in problems["外.zip › b.txt"].message
    assert documents["外.zip › b.txt"].file_facts.marks[0].kind == "locked"
    documents, problems = read("外.zip", locked(body, "a.txt", "b.txt"), told=True)
    assert list(problems) == ["外.zip"] and [one.kind for one in documents["外.zip"].file_facts.marks] == ["locked"]


def test_links_and_devices_are_counted_and_not_followed() -> None:
    """A symbolic link in an archive leads nowhere."""
    packing = io.BytesIO()
    with zipfile.ZipFile(packing, "w") as archive:
        for name, mode in (("甲.txt", 0o100644), ("passwd.txt", 0o120777), ("pipe.txt", 0o010644)):
            info = zipfile.ZipInfo(name)
            info.create_system, info.external_attr = 3, mode << 16
            archive.writestr(info, "/etc/passwd" if name == "passwd.txt" else WORDS)
    documents, problems = read("外.zip", packing.getvalue())
    assert list(texts(documents)) == ["外.zip › 甲.txt"]
    assert "1 个符号链接、1 个特殊文件" in problems["外.zip"].message
    documents, problems = read("外.tgz", tarred({"甲.txt": WORDS}, "w:gz", {"l.txt": "/etc/passwd"}))
    assert list(texts(documents)) == ["外.tgz › 甲.txt"]
    assert "没有跟随" in problems["外.tgz › 链接"].message


def test_a_damaged_file_costs_itself_alone() -> None:
    """Files behind it are read."""
    packing = io.BytesIO()
    with zipfile.ZipFile(packing, "w") as archive:
        archive.writestr("甲.txt", WORDS)
        archive.writestr("乙.txt", WORDS)
    body = packing.getvalue().replace(WORDS, WORDS[:-1] + b"!", 1)
    documents, problems = read("外.zip", body)
    assert list(texts(documents)) == ["外.zip › 乙.txt"]
    assert "已损坏" in problems["外.zip › 甲.txt"].message


def sized(size: int, body: bytes = WORDS) -> bytes:
    """An archive with a file that declares a size."""
    packing = io.BytesIO()
    with zipfile.ZipFile(packing, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("甲.txt", WORDS)
        archive.writestr("大.txt", body)
        archive.filelist[1].file_size = size
    return packing.getvalue()


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("外.zip", lambda: sized(10 * 2**30)),
        ("外.zip", lambda: sized(12 * 2**20, b"\0" * 12 * 2**20)),
        ("外.tgz", lambda: tarred({"甲.txt": WORDS, "大.txt": b"\0" * 12 * 2**20}, "w:gz")),
        ("外.tar.xz", lambda: tarred({"甲.txt": WORDS, "大.txt": b"\0" * 12 * 2**20}, "w:xz")),
        ("大.txt.gz", lambda: gzip.compress(b"\0" * 12 * 2**20)),
        ("大.txt.bz2", lambda: bz2.compress(b"\0" * 12 * 2**20)),
        ("大.txt.xz", lambda: lzma.compress(b"\0" * 12 * 2**20)),
    ],
    ids=["ten gigabytes", "zip", "tgz", "txz", "gz", "bz2", "xz"],
)
def test_bombs_are_refused(name: str, body: Callable[[], bytes]) -> None:
    """By what they declare, or by what comes out of them; what stands before is read."""
    packed = body()
    tracemalloc.start()
    documents, problems = read(name, packed, told=True)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 40 * 2**20
    (problem,) = problems.values()
    assert any(words in problem.message for words in ("压缩炸弹", "超过 50 MB"))
    assert texts(documents) == ({f"{name} › 甲.txt": WORDS.decode()} if "甲.txt" in str(documents) else {})


def test_an_archive_that_lies_about_a_size_is_damaged() -> None:
    """More comes out than it declares: nothing beyond is unpacked."""
    _, problems = read("外.zip", sized(10, b"\0" * 12 * 2**20))
    assert list(problems) == ["外.zip › 大.txt"]


def test_a_blank_form_packs_well_and_is_no_bomb() -> None:
    """A small file may be a thousandth of its size when packed."""
    documents, problems = read("外.zip", zipped({"表.txt": "\n".join(["姓名：" + " " * 4000] * 500)}))
    assert not problems and "姓名" in documents["外.zip › 表.txt"].text


def test_entries_that_overlap_are_refused() -> None:
    """The same bytes used for many files are the work of no honest program."""
    packing = io.BytesIO()
    with zipfile.ZipFile(packing, "w") as archive:
        archive.writestr("甲.txt", WORDS)
        archive.writestr("乙.txt", WORDS)
        archive.filelist[1].header_offset = 5
    _, problems = read("外.zip", packing.getvalue())
    assert any("重叠" in one.message for one in problems.values())


def nested(levels: int) -> bytes:
    """Archives inside each other, with a text in each."""
    body = zipped({"甲.txt": WORDS})
    for _ in range(levels):
        body = zipped({"甲.txt": WORDS, "内.zip": body})
    return body


def test_archives_inside_each_other_are_read_to_the_third() -> None:
    """The fourth is named, and what it holds is not unpacked."""
    documents, problems = read("外.zip", nested(4))
    assert len(texts(documents)) == 3
    assert {one.code for one in problems.values()} == {ProblemCode.NESTED_TOO_DEEP}
    assert all(place.startswith("外.zip › 内.zip › 内.zip › ") for place in problems)


def test_an_archive_that_holds_itself_ends() -> None:
    """Level for level it is told apart from what can be read."""
    started = time.process_time()
    _, problems = read("外.zip", nested(60))
    assert any(one.code is ProblemCode.NESTED_TOO_DEEP for one in problems.values())
    assert time.process_time() - started < 5


def test_only_so_many_files_are_read() -> None:
    """Two thousand; that there are more is told once."""
    documents, problems = read("外.zip", zipped({f"{number}.txt": "甲" for number in range(2001)}))
    assert len(texts(documents)) == 2000
    assert "超过 2,000 个" in problems["外.zip"].message and len(problems) == 1


def test_only_so_many_files_are_read_in_all() -> None:
    """Those of archives inside count as well."""
    inner = zipped({f"{number}.txt": "甲" for number in range(700)})
    documents, problems = read("外.zip", zipped({f"{number}.zip": inner for number in range(3)}))
    assert 1900 < len(texts(documents)) < 2000
    assert any("超过 2,000 个" in one.message for one in problems.values())


@pytest.mark.slow
def test_a_hundred_thousand_entries_take_no_time() -> None:
    """An archive with more entries than anybody packs is not even listed."""
    body = zipped({f"{number}.txt": "" for number in range(100_000)})
    started = time.process_time()
    _, problems = read("外.zip", body)
    assert "过多" in problems["外.zip"].message
    assert time.process_time() - started < 3


def test_files_are_unpacked_one_at_a_time() -> None:
    """Each is let go before the next: eight large ones need no more than two do."""
    line = ("青潭区 %07d 号\n" * 20).encode()
    large = b"".join(line % tuple(range(at, at + 20)) for at in range(0, 200_000, 20))
    peaks = []
    for count in (2, 8):
        body = zipped({f"{number}.caj": large for number in range(count)})
        tracemalloc.start()
        read("外.zip", body)
        peaks.append(tracemalloc.get_traced_memory()[1] - len(body))
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.3
    assert peaks[1] < 2.5 * len(large)


def volume(body: bytes) -> bytes:
    """The archive as the third of three files."""
    at = body.rindex(b"PK\x05\x06") + 4
    return body[:at] + pack("<HH", 2, 2) + body[at + 4 :]


BROKEN: dict[str, tuple[str, Callable[[], bytes], str, str]] = {
    "empty zip": ("外.zip", lambda: zipped({}), "是空的", "empty"),
    "only folders": ("外.zip", lambda: zipped({"名单/": b""}), "是空的", "empty"),
    "no bytes": ("外.zip", lambda: b"", "是空的", "empty"),
    "zip cut short": ("外.zip", lambda: zipped({"甲.txt": WORDS * 9})[:-30], "已损坏", "damaged"),
    "text called zip": ("外.zip", lambda: WORDS, "不是 zip 压缩包", "damaged"),
    "a volume of several": ("外.zip", lambda: volume(zipped({"甲.txt": WORDS})), "分卷", "unknown"),
    "empty tar": ("外.tar", lambda: tarred({}), "是空的", "empty"),
    "tar cut short at its first header": ("外.tar", lambda: tarred({"甲.txt": WORDS})[:300], "已损坏", "damaged"),
    "gzip cut short": ("外.gz", lambda: gzip.compress(WORDS)[:12], "已损坏", "damaged"),
    "text called 7z": ("外.7z", lambda: WORDS, "不是 7z 或 rar", "damaged"),
    "rar overwritten": ("外.rar", lambda: b"Rar!\x1a\x07\x01\0\0\0\0\0\xd9\xb5\x0b" + bytes(99), "已损坏", "damaged"),
    "7z cut short": ("外.7z", lambda: b"7z\xbc\xaf\x27\x1c\0\4" + b"\x01" * 40, "已损坏", "damaged"),
    "a volume of rar": ("外.part2.rar", lambda: rar({"甲.txt": WORDS * 9})[:60], "分卷", "unknown"),
    "empty rar": ("外.rar", lambda: rar({}), "是空的", "empty"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_cannot_be_opened_is_one_problem(case: str) -> None:
    """With a mark that says of which kind."""
    name, made, words, mark = BROKEN[case]
    documents, problems = read(name, made(), told=True)
    problem = list(problems.values())[-1]
    assert words in problem.message and len(problems) == 1
    if mark:
        assert mark in {one.kind for document in documents.values() for one in document.file_facts.marks}


def test_an_archive_that_unpacks_itself_is_read() -> None:
    """A program stands before it."""
    body = b"MZ" + b"\x90" * 2000 + zipped({"甲.txt": WORDS})
    documents, problems = read("外.exe", body)
    assert texts(documents) == {"外.exe › 甲.txt": WORDS.decode()} and not problems
    _, problems = read("外.exe", b"MZ" + b"\x90" * 2000)
    assert "程序" in problems["外.exe"].message


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_a_tar_is_read_to_where_it_is_damaged(mode: str) -> None:
    """Behind a header that is damaged, and where it is cut short, nothing is passed over in silence."""
    files = {"a.txt": WORDS, "b.txt": WORDS, "c.txt": WORDS}
    documents, problems = read("外.tar", tarred(files, mode))
    assert list(texts(documents)) == [f"外.tar › {name}" for name in files] and not problems
    opener = {"w": bytes, "w:gz": gzip.compress, "w:bz2": bz2.compress, "w:xz": lzma.compress}[mode]
    whole = tarred(files)
    for body in (whole[:1024] + b"x" + whole[1025:], whole[:1024], whole[:1200]):
        documents, problems = read("外.tar", opener(body))
        assert list(texts(documents)) == ["外.tar › a.txt"]
        assert "后面的没有读" in problems["外.tar"].message


def test_names_in_a_tar_are_read_as_they_were_meant() -> None:
    """Those that are too long for a header as well."""
    import tarfile

    packing = io.BytesIO()
    with tarfile.open(fileobj=packing, mode="w", format=tarfile.GNU_FORMAT, encoding="gbk") as archive:
        for name in ("名单/镕.txt", "长" * 90 + ".txt"):
            info = tarfile.TarInfo(name)
            info.size = len(WORDS)
            archive.addfile(info, io.BytesIO(WORDS))
    documents, _ = read("外.tar", packing.getvalue())
    assert list(texts(documents)) == ["外.tar › 名单/镕.txt", "外.tar › " + "长" * 90 + ".txt"]


def test_a_single_packed_file_is_called_without_the_suffix() -> None:
    """Also where somebody has unpacked it and left the name."""
    for body in (gzip.compress(WORDS), WORDS):
        documents, problems = read("稿.txt.gz", body)
        assert texts(documents) == {"稿.txt.gz › 稿.txt": WORDS.decode()} and not problems


def test_rar_and_7z_are_read(tmp_path: Path) -> None:
    """A document of Office inside, not packed further, does not make them a zip."""
    inner = zipped({"甲.txt": WORDS})
    for name, body in (("外.rar", rar({"名单/内.zip": inner})), ("外.7z", seven(tmp_path, {"名单/内.zip": inner}))):
        documents, problems = read(name, body)
        assert texts(documents) == {f"{name} › 名单/内.zip › 甲.txt": WORDS.decode()} and not problems
    documents, _ = read("旧.rar", old_rar({"名单/镕.txt".encode("gbk"): WORDS}))
    assert texts(documents) == {"旧.rar › 名单/镕.txt": WORDS.decode()}


def test_7z_and_rar_are_named_where_nothing_reads_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra, and where the system has no libarchive."""
    monkeypatch.setitem(sys.modules, "libarchive", None)
    _, problems = read("外.rar", rar({"甲.txt": WORDS}))
    assert "jimo-lint[archives]" in problems["外.rar"].message and "zip" in problems["外.rar"].message


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("公文.ceb", "方正 CEB"),
        ("论文.caj", "知网 CAJ"),
        ("公文.sep", "书生 SEP"),
        ("正文.rpmsg", "权限"),
        ("外.z01", "分卷"),
    ],
)
def test_formats_that_nothing_reads_are_named(name: str, words: str) -> None:
    """As what they are, inside an archive too."""
    for body, place in ((b"\x01\x02", name), (zipped({name: b"\x01\x02"}), f"外.zip › {name}")):
        _, problems = read(place.partition(" › ")[0], body)
        assert words in problems[place].message


def test_a_broken_document_is_no_archive() -> None:
    """Its parts are not shown as files: what it is called says which reader tells what is wrong."""
    _, problems = read("稿.docx", zipped({"word/document.xml": "<x/>"}))
    assert list(problems) == ["稿.docx"] and "Word" in problems["稿.docx"].message
    documents, _ = read("稿.txt", zipped({"甲.txt": WORDS}), told=True)
    assert [one.kind for one in documents["稿.txt"].file_facts.marks] == ["misnamed"]
    assert texts(documents) == {"稿.txt › 甲.txt": WORDS.decode()}


@pytest.mark.slow
def test_names_in_a_7z_do_not_depend_on_the_locale(tmp_path: Path) -> None:
    """Under LC_ALL=C, as timers and containers have it, libarchive by itself gives none."""
    path = tmp_path / "外.7z"
    path.write_bytes(seven(tmp_path, {"名单.txt": WORDS}))
    script = (
        "import sys; from datetime import date; from pathlib import Path; from jimo_lint.readers.drafts import local\n"
        "print(ascii([one.url for one in local.read([Path(sys.argv[1])], as_of=date(2026, 11, 22))][-1]))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script, str(path)],
        cwd=Path(__file__).parents[3],
        env={**os.environ, "LC_ALL": "C"},
        capture_output=True,
        check=True,
        text=True,
    )
    assert ended.stdout.strip().endswith(ascii("外.7z › 名单.txt")[1:])
    assert not ended.stderr


def test_check_tells_of_a_number_in_the_name_of_a_file_inside() -> None:
    """Once, as of a local file that is so called, and of no archive that it has no words."""
    asked = reading.Asked(AS_OF)
    values = list(reading.read(Source("外.zip", zipped({f"张三{ID}.txt": "通知如下。"})), ".zip", asked))
    report, _ = drafts.check(values, Config(), as_of=AS_OF)
    assert [(one.code, one.url) for one in report.findings] == [("P106", "外.zip › 张三11**************2X.txt")]
    assert not report.problems and ID not in repr(report)
    assert report.run.documents == 1
