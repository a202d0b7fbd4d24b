"""OFD files made after GB/T 33190: pages, templates, annotations, attachments, pictures."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

SPACE = "http://www.ofdspec.org/2016"
SIZE = 5.0  # mm, of text
_LINE = 8.0  # from line to line


@dataclass
class Page:
    """objects: what stands in its layer, as XML without prefixes; template: the id of one of the document's."""

    objects: list[str] = field(default_factory=list)
    template: str = ""


def text(words: str, left: float, top: float, *, size: float = SIZE, more: str = "", deltas: str | None = None) -> str:
    """A text object at a place on the page; each character one size wide."""
    steps = deltas if deltas is not None else f"g {len(words) - 1} {size}" if len(words) > 1 else ""
    delta = f' DeltaX="{steps}"' if steps else ""
    width = len(words) * size
    return (
        f'<TextObject ID="1" Boundary="{left} {top} {width} {size}" Font="1" Size="{size}"{more}>'
        f'<TextCode X="0" Y="{size * 0.8}"{delta}>{escape(words)}</TextCode></TextObject>'
    )


def paragraph(*rows: str, left: float = 25, top: float = 30) -> list[str]:
    """Rows below each other; one that begins with two wide blanks is indented by them."""
    found = []
    for number, row in enumerate(rows):
        indent = len(row) - len(row.lstrip("\u3000"))
        found.append(text(row.lstrip("\u3000"), left + indent * SIZE, top + number * _LINE))
    return found


def image(name: str) -> str:
    """A picture that fills a page; name: of the resource."""
    return f'<ImageObject ID="2" Boundary="0 0 210 297" CTM="210 0 0 297 0 0" ResourceID={quoteattr(name)}/>'


def document(
    pages: Sequence[Page],
    *,
    templates: Mapping[str, Page] | None = None,
    images: Mapping[str, bytes] | None = None,
    attachments: Mapping[str, bytes] | None = None,
    notes: Mapping[int, str] | None = None,
    info: str = "",
    signed: int = 0,
    prefix: str = "ofd",
    absolute: bool = False,
) -> bytes:
    """A file of one document. prefix: "" for a default namespace.

    notes: annotations of a page by its number, as XML.
    """
    return packed(
        {
            **parts(
                pages,
                templates=templates or {},
                images=images or {},
                attachments=attachments or {},
                notes=notes or {},
                prefix=prefix,
                absolute=absolute,
            ),
            **_root([0], info, signed, prefix),
        }
    )


def packed(files: Mapping[str, bytes]) -> bytes:
    """The package of parts by their names."""
    packing = io.BytesIO()
    with zipfile.ZipFile(packing, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return packing.getvalue()


def several(documents: Sequence[Sequence[Page]]) -> bytes:
    """A file of several documents."""
    files: dict[str, bytes] = {}
    for number, pages in enumerate(documents):
        files |= parts(pages, number=number)
    return packed({**files, **_root(list(range(len(documents))), "", 0, "ofd")})


def _root(numbers: Sequence[int], info: str, signed: int, prefix: str) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    signatures = ""
    if signed:
        signatures = "<Signatures>/Doc_0/Signs/Signatures.xml</Signatures>"
        each = "".join(f'<Signature ID="{n}" Type="Seal" BaseLoc="Sign_{n}/Signature.xml"/>' for n in range(signed))
        files["Doc_0/Signs/Signatures.xml"] = xml("Signatures", each, prefix)
    bodies = "".join(
        f"<DocBody><DocInfo><DocID>0</DocID>{info}</DocInfo><DocRoot>Doc_{n}/Document.xml</DocRoot>{signatures}</DocBody>"
        for n in numbers
    )
    return {**files, "OFD.xml": xml("OFD", bodies, prefix, ' Version="1.0" DocType="OFD"')}


def parts(
    pages: Sequence[Page],
    *,
    templates: Mapping[str, Page] | None = None,
    images: Mapping[str, bytes] | None = None,
    attachments: Mapping[str, bytes] | None = None,
    notes: Mapping[int, str] | None = None,
    prefix: str = "ofd",
    absolute: bool = False,
    number: int = 0,
) -> dict[str, bytes]:
    """The parts of one document, without the root. absolute: addresses begin with a slash."""
    folder = f"Doc_{number}"
    start = f"/{folder}/" if absolute else ""
    files: dict[str, bytes] = {}
    common = listed = tail = ""
    for name, page in (templates or {}).items():
        common += f'<TemplatePage ID="{name}" BaseLoc="{start}Tpls/{name}.xml"/>'
        files[f"{folder}/Tpls/{name}.xml"] = _page(page, prefix)
    for at, page in enumerate(pages):
        listed += f'<Page ID="p{at}" BaseLoc="{start}Pages/Page_{at}/Content.xml"/>'
        files[f"{folder}/Pages/Page_{at}/Content.xml"] = _page(page, prefix)
    if images:
        common += f"<DocumentRes>{start}DocumentRes.xml</DocumentRes>"
        media = "".join(
            f'<MultiMedia ID={quoteattr(name)} Type="Image"><MediaFile>{name}.png</MediaFile></MultiMedia>'
            for name in images
        )
        resources = f"<MultiMedias>{media}</MultiMedias>"
        files[f"{folder}/DocumentRes.xml"] = xml("Res", resources, prefix, ' BaseLoc="Res"')
        files |= {f"{folder}/Res/{name}.png": body for name, body in images.items()}
    if attachments:
        tail += f"<Attachments>{start}Attachs/Attachments.xml</Attachments>"
        each = "".join(
            f'<Attachment ID="{n}" Name={quoteattr(name)}><FileLoc>file_{n}</FileLoc></Attachment>'
            for n, name in enumerate(attachments)
        )
        files[f"{folder}/Attachs/Attachments.xml"] = xml("Attachments", each, prefix)
        files |= {f"{folder}/Attachs/file_{n}": body for n, body in enumerate(attachments.values())}
    if notes:
        tail += f"<Annotations>{start}Annots/Annotations.xml</Annotations>"
        each = "".join(f'<Page PageID="p{n - 1}"><FileLoc>Page_{n}.xml</FileLoc></Page>' for n in notes)
        files[f"{folder}/Annots/Annotations.xml"] = xml("Annotations", each, prefix)
        files |= {f"{folder}/Annots/Page_{n}.xml": xml("PageAnnot", body, prefix) for n, body in notes.items()}
    body = f"<CommonData><MaxUnitID>9</MaxUnitID>{common}</CommonData><Pages>{listed}</Pages>{tail}"
    files[f"{folder}/Document.xml"] = xml("Document", body, prefix)
    return files


def _page(page: Page, prefix: str) -> bytes:
    template = f'<Template TemplateID="{page.template}" ZOrder="Background"/>' if page.template else ""
    content = f'<Content><Layer ID="3" Type="Body">{"".join(page.objects)}</Layer></Content>'
    return xml("Page", template + content, prefix)


def xml(name: str, body: str, prefix: str = "ofd", attributes: str = "") -> bytes:
    """A part, its elements with the prefix."""
    space = f'xmlns:{prefix}="{SPACE}"' if prefix else f'xmlns="{SPACE}"'
    written = f"<{name}{attributes}>{body}</{name}>"
    if prefix:
        written = written.replace("</", "\0").replace("<", f"<{prefix}:").replace("\0", f"</{prefix}:")
    return f'<?xml version="1.0" encoding="UTF-8"?>{written}'.replace(name, f"{name} {space}", 1).encode()
