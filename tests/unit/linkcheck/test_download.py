"""Whole files as they come: bounded, unpacked, named, and never half of one for all of it."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

import pytest
from yarl import URL

from jimo_lint.linkcheck.download import Download, End, Whole
from jimo_lint.linkcheck.follow import Outcome
from jimo_lint.network.packing import Unpacker

BODY = "青潭区名单\n".encode() * 5000


async def nobody(_outcome: Outcome) -> None:
    """Takes nothing."""


def fetch(
    folder: Path, pieces: list[bytes], headers: dict[str, str] | None = None, *, size: int = 0, most: int = 10**6
) -> tuple[Download, int]:
    """A download that was given pieces as long as it wanted any, and how many it took."""
    whole = Whole(nobody, folder, most, lambda _url: True)
    download = Download(whole, headers or {}, size, 4096)
    taken = 0
    for piece in pieces:
        if not download.going:
            break
        download.take(piece)
        taken += 1
    return download, taken


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("", BODY),
        ("identity", BODY),
        ("gzip", gzip.compress(BODY)),
        ("x-gzip", gzip.compress(BODY[:1000]) + gzip.compress(BODY[1000:])),
        ("deflate", zlib.compress(BODY)),
        ("deflate", zlib.compress(BODY)[2:-4]),
    ],
)
@pytest.mark.parametrize("step", [1000, 10**6])
def test_a_file_is_had_as_it_is(tmp_path: Path, coding: str, body: bytes, step: int) -> None:
    """Whatever it is packed with, and in whatever pieces it comes."""
    pieces = [body[start : start + step] for start in range(0, len(body), step)]
    download, _ = fetch(tmp_path, pieces, {"Content-Encoding": coding})
    file = download.finish(None)
    assert file.end is End.WHOLE
    assert file.path is not None
    assert file.path.read_bytes() == BODY
    assert (download.head, file.size) == (BODY[:4096], len(BODY))
    file.drop()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("coding", ["gzip", ""])
def test_a_file_is_broken_off_where_it_is_too_large(tmp_path: Path, coding: str) -> None:
    """Whatever was announced, and a small one that unpacks to a large one alike; nothing is left on the disk."""
    body = gzip.compress(bytes(50_000_000)) if coding else bytes(3_000_000)
    pieces = [body[start : start + 10_000] for start in range(0, len(body), 10_000)]
    download, taken = fetch(tmp_path, pieces, {"Content-Encoding": coding})
    assert download.finish(None).end is End.OVERSIZED
    assert taken < len(pieces)
    assert not list(tmp_path.iterdir())


def test_of_a_file_that_is_announced_too_large_only_the_head_is_taken(tmp_path: Path) -> None:
    """That is enough to say whether the link is dead."""
    download, taken = fetch(tmp_path, [b"%PDF-" + bytes(4091), bytes(4096), bytes(4096)], size=10**7)
    file = download.finish(None)
    assert (file.end, file.path, file.size, taken) == (End.OVERSIZED, None, 10**7, 1)
    assert download.head.startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("headers", "body", "broken", "end"),
    [
        ({}, BODY, End.CUT, End.CUT),
        ({}, BODY, End.SLOW, End.SLOW),
        ({"Content-Encoding": "gzip"}, gzip.compress(BODY)[:-20], None, End.CUT),
        (
            {"Content-Encoding": "gzip"},
            gzip.compress(BODY)[:-8] + b"\0\0\0\0" + gzip.compress(BODY)[-4:],
            None,
            End.CUT,
        ),
        ({"Content-Encoding": "gzip"}, b"no gzip at all", None, End.CUT),
        ({"Content-Encoding": "br"}, BODY, None, End.CUT),
        ({"Content-Encoding": "gzip, deflate"}, BODY, None, End.CUT),
    ],
)
def test_half_a_file_is_none(
    tmp_path: Path, headers: dict[str, str], body: bytes, broken: End | None, end: End
) -> None:
    """It is said why, and nothing is kept."""
    download, _ = fetch(tmp_path, [body], headers)
    file = download.finish(broken)
    assert (file.end, file.path, file.sha256) == (end, None, "")
    assert not list(tmp_path.iterdir())


def test_a_full_disk_is_told_of(tmp_path: Path) -> None:
    """No traceback: the file is not read, and it is said why."""
    download, _ = fetch(tmp_path / "nowhere", [BODY])
    file = download.finish(None)
    assert (file.end, file.path) == (End.DISK, None)
    assert file.fault


@pytest.mark.parametrize(
    ("header", "suffix"),
    [
        ('attachment; filename="名单.xlsx"', ".xlsx"),
        ("attachment; filename=list.PDF", ".pdf"),
        ("attachment; filename*=UTF-8''%E5%90%8D%E5%8D%95.docx", ".docx"),
        ("inline", ""),
        ("attachment; filename=\udcc3\udcfb\udcb5\udca5.doc; size=3", ".doc"),
        ("attachment; filename=list", ""),
        ('attachment; filename="../../etc/passwd"', ""),
    ],
)
def test_the_suffix_is_that_of_the_name_that_the_server_gives(tmp_path: Path, header: str, suffix: str) -> None:
    """Nothing else of that name is used."""
    download, _ = fetch(tmp_path, [BODY], {"Content-Disposition": header})
    assert download.finish(None).suffix == suffix


@pytest.mark.parametrize("tag", ['"a\r\nX: 1"', '"' + "x" * 600 + '"', '"名单"'])
def test_a_mark_that_cannot_be_sent_back_is_none(tmp_path: Path, tag: str) -> None:
    """Nothing that a server says gets into our own requests as a header of its own."""
    download, _ = fetch(tmp_path, [BODY], {"ETag": tag, "Last-Modified": "Tue, 01 Dec 2026 08:00:00 GMT"})
    file = download.finish(None)
    assert (file.etag, file.modified) == ("", "Tue, 01 Dec 2026 08:00:00 GMT")


def test_an_unpacker_yields_bounded_parts() -> None:
    """A small piece may unpack to a thousand times as much."""
    sizes = [len(part) for part in Unpacker("gzip").parts(gzip.compress(bytes(5_000_000)))]
    assert sum(sizes) == 5_000_000
    assert max(sizes) <= 256 * 1024


def test_conditions_are_asked_for_what_is_known(tmp_path: Path) -> None:
    """And the file as it is, since a packed one is another to some servers."""
    whole = Whole(nobody, tmp_path, 1, lambda _url: True, etag='"1"')
    assert whole.headers == {"Accept-Encoding": "identity", "If-None-Match": '"1"'}
    assert whole.own(URL("http://a.cn/"))
