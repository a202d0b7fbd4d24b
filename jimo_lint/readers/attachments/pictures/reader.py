"""A picture as a file: what it shows is read like the pictures inside other files, page by page and frame by frame."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from jimo_lint.errors import InputError
from jimo_lint.readers.attachments.pictures import ocr
from jimo_lint.readers.attachments.pictures.pixels import FAULTS, TooLargeError, quietly, upright
from jimo_lint.readers.contents import FileContents, Picture, contents
from jimo_lint.readers.source import Source

if TYPE_CHECKING:
    from PIL.Image import Image

STARTS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"BM", b"II*\0", b"MM\0*", b"RIFF")
_NAMES = ("PNG", "JPEG", "GIF", "GIF", "BMP", "TIFF", "TIFF", "WebP")
# Of a moving picture; what it says is mostly said by then.
_MOST_FRAMES = 10
_MOST_PAGES = 1000


def sign(source: Source) -> str:
    """What in the content tells a picture, "" where nothing does."""
    head = source.head
    for start, name in zip(STARTS, _NAMES, strict=True):
        if head.startswith(start) and (name != "BMP" or _is_bitmap(head)) and (name != "WebP" or head[8:12] == b"WEBP"):
            return f"内容是 {name} 图片"
    return ""


def _is_bitmap(head: bytes) -> bool:
    """Two letters begin many texts: of a bitmap two numbers are 0, and the size of its header is one of a few."""
    return head[6:10] == b"\0\0\0\0" and int.from_bytes(head[14:18], "little") in (12, 40, 52, 56, 64, 108, 124)


def read(source: Source, base: str, as_of: date) -> FileContents:  # noqa: ARG001 - a picture has no links and no day
    """The picture, whose text is read as that of other files' pictures. InputError: damaged, too large, the extra is
    not installed."""
    if not ocr.is_there():
        raise InputError(
            source.place, "图片里的文字要装上 OCR 才能读，未检查", "请安装：pip install 'jimo-lint[ocr]'，或人工查看"
        )
    import PIL.Image

    try:
        with quietly():
            image = PIL.Image.open(io.BytesIO(source.body))
            number = getattr(image, "n_frames", 1)
            first = upright(image)
    except (TooLargeError, PIL.Image.DecompressionBombError):
        raise InputError(source.place, "图片过大，未检查", "请缩小或裁成几张再试", mark="oversized") from None
    except FAULTS:
        raise InputError(source.place, "图片已损坏，读不出，未检查", "请重新保存", mark="damaged") from None
    paged = sign(source).find("TIFF") >= 0
    shown = min(number, _MOST_PAGES if paged else _MOST_FRAMES)
    name = "第 {} 页" if paged and number > 1 else "图 {}"
    pictures = [Picture(name.format(1), lambda: first)]
    pictures += [Picture(name.format(index + 1), _frame(source.body, index)) for index in range(1, shown)]
    unread = f"{number - shown} {'页' if paged else '帧'}画面" if number > shown else ""
    return contents(source, (), pictures=pictures, unread=unread)


def _frame(content: bytes, index: int) -> Callable[[], Image]:
    def load() -> Image:
        import PIL.Image

        image = PIL.Image.open(io.BytesIO(content))
        image.seek(index)
        return image

    return load
