"""Writes small PDF files for tests: text at given places, pictures, annotations, forms, attachments."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

A4 = (595.0, 842.0)
# UniGB-UCS2-H gives codes of UCS-2 their characters; the first 95 of Adobe-GB1 are ASCII, half as wide.
_FONT = (
    "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font"
    "/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>"
    "/DW 1000/W[1 95 500]/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[0 -120 1000 880]"
    "/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 700/StemV 80>>>>]>>"
)

Text = tuple[float, float, str] | tuple[float, float, str, float]


@dataclass
class Page:
    """texts: x, y, text and, where it is not 12, size. annotations: dictionaries. content: operators put before.

    pictures: x, y, width, height, and pixels as width, height and one byte for all.
    """

    texts: Sequence[Text] = ()
    annotations: Sequence[str] = ()
    pictures: Sequence[tuple[float, float, float, float, tuple[int, int, int]]] = ()
    content: bytes = b""
    size: tuple[float, float] = A4
    rotate: int = 0
    invisible: bool = False


@dataclass
class _Writer:
    objects: list[bytes] = field(default_factory=list)

    def add(self, body: bytes | str) -> int:
        self.objects.append(body.encode("utf-8") if isinstance(body, str) else body)
        return len(self.objects)

    def stream(self, entries: str, body: bytes) -> int:
        packed = zlib.compress(body)
        head = f"<<{entries}/Length {len(packed)}/Filter/FlateDecode>>stream\n".encode()
        return self.add(head + packed + b"\nendstream")

    def file(self, root: int, info: int) -> bytes:
        out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        places = []
        for number, body in enumerate(self.objects, 1):
            places.append(len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        start = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
        out += b"".join(b"%010d 00000 n \n" % place for place in places)
        out += b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R>>\n" % (len(places) + 1, root, info)
        return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def string(text: str) -> str:
    """A text string, in UTF-16."""
    return f"<FEFF{text.encode('utf-16-be').hex()}>"


def pdf(
    *pages: Page,
    info: dict[str, str] | None = None,
    files: dict[str, bytes] | None = None,
    fields: Sequence[str] = (),
    pinned: dict[str, bytes] | None = None,
) -> bytes:
    """A file of these pages. info: its properties. files: embedded. fields: dictionaries of form fields on page 1.

    pinned: files that are pinned to page 1.
    """
    out = _Writer()
    font = out.add(_FONT)
    tree = len(out.objects) + 1
    out.add("")
    widgets = [out.add(one) for one in fields]
    pins = [
        out.add(f"<</Type/Annot/Subtype/FileAttachment/Rect[10 10 20 20]/FS {_file(out, name, body)} 0 R>>")
        for name, body in (pinned or {}).items()
    ]
    kids = []
    for number, page in enumerate(pages):
        images = {f"I{index}": _image(out, one[4]) for index, one in enumerate(page.pictures)}
        content = out.stream("", page.content + b"\n".join(_operators(page)))
        notes = [out.add(one) for one in page.annotations] + (widgets + pins if number == 0 else [])
        drawn = "".join(f"/{name} {at} 0 R" for name, at in images.items())
        kids.append(
            out.add(
                f"<</Type/Page/Parent {tree} 0 R/MediaBox[0 0 {page.size[0]} {page.size[1]}]/Rotate {page.rotate}"
                f"/Contents {content} 0 R/Resources<</Font<</F1 {font} 0 R>>/XObject<<{drawn}>>>>"
                f"/Annots[{' '.join(f'{one} 0 R' for one in notes)}]>>"
            )
        )
    out.objects[tree - 1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(f'{one} 0 R' for one in kids)}]>>".encode()
    names = []
    for name, body in (files or {}).items():
        spec = _file(out, name, body)
        names.append(f"{string(name)} {spec} 0 R")
    form = f"/AcroForm<</Fields[{' '.join(f'{one} 0 R' for one in widgets)}]>>" if widgets else ""
    inside = f"/Names<</EmbeddedFiles<</Names[{' '.join(names)}]>>>>" if names else ""
    root = out.add(f"<</Type/Catalog/Pages {tree} 0 R{form}{inside}>>")
    told = out.add("<<" + "".join(f"/{key}{string(value)}" for key, value in (info or {}).items()) + ">>")
    return out.file(root, told)


def paragraph(text: str, x: float = 72, y: float = 700, *, most: int = 37, size: float = 12) -> list[Text]:
    """The lines of a paragraph, so many sizes of the type wide, the first with an indent of two."""
    lines: list[Text] = []
    line, room = "", most - 2.0
    for character in text:
        width = 0.5 if character.isascii() else 1.0
        if width > room:
            lines.append((x if lines else x + 2 * size, y - len(lines) * size * 1.5, line, size))
            line, room = "", float(most)
        line += character
        room -= width
    return [*lines, (x if lines else x + 2 * size, y - len(lines) * size * 1.5, line, size)]


def _operators(page: Page) -> Iterator[bytes]:
    for index, (x, y, width, height, _) in enumerate(page.pictures):
        yield f"q {width} 0 0 {height} {x} {y} cm /I{index} Do Q".encode()
    for x, y, text, *size in page.texts:
        way = 3 if page.invisible else 0
        written = text.encode("utf-16-be").hex()
        yield f"BT /F1 {size[0] if size else 12} Tf {way} Tr 1 0 0 1 {x} {y} Tm <{written}> Tj ET".encode()


def _file(out: _Writer, name: str, body: bytes) -> int:
    at = out.stream("/Type/EmbeddedFile", body)
    return out.add(f"<</Type/Filespec/F{string(name)}/UF{string(name)}/EF<</F {at} 0 R>>>>")


def _image(out: _Writer, pixels: tuple[int, int, int]) -> int:
    width, height, grey = pixels
    entries = f"/Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace/DeviceGray/BitsPerComponent 8"
    return out.stream(entries, bytes([grey]) * (width * height))
