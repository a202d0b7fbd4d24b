"""Names the formats that nothing at hand reads, by what files of them are called and by how they begin."""

from __future__ import annotations

import re

from jimo_lint.errors import InputError
from jimo_lint.readers.source import Source

_AS_PDF = "请在它的阅读器里打印或另存为 PDF 再查"
_UNREADABLE = {
    ".caj": ("知网 CAJ 文件", _AS_PDF),
    ".nh": ("知网 NH 文件", _AS_PDF),
    ".kdh": ("知网 KDH 文件", _AS_PDF),
    ".ceb": ("方正 CEB 公文", _AS_PDF),
    ".cebx": ("方正 CEBX 公文", _AS_PDF),
    ".sep": ("书生 SEP 公文", _AS_PDF),
    ".gd": ("书生 GD 公文", _AS_PDF),
    ".gw": ("书生 GW 公文", _AS_PDF),
    ".pdg": ("超星 PDG 图书", _AS_PDF),
    ".djvu": ("DjVu 文件", _AS_PDF),
    ".xps": ("XPS 文件", _AS_PDF),
    ".rpmsg": ("受权限保护的邮件正文", "请有权限的人打开后另存"),
    ".pst": ("Outlook 数据文件", "请把要查的邮件另存为 .msg 或 .eml"),
    ".ost": ("Outlook 数据文件", "请把要查的邮件另存为 .msg 或 .eml"),
    ".mbox": ("邮箱文件", "请把要查的邮件另存为 .eml"),
    ".mdb": ("Access 数据库", "请导出为 .xlsx 再查"),
    ".accdb": ("Access 数据库", "请导出为 .xlsx 再查"),
    ".dwg": ("CAD 图纸", _AS_PDF),
    ".dxf": ("CAD 图纸", _AS_PDF),
    ".vsd": ("Visio 图", _AS_PDF),
    ".vsdx": ("Visio 图", _AS_PDF),
    ".mpp": ("Project 计划", _AS_PDF),
    ".pub": ("Publisher 文档", _AS_PDF),
    ".iso": ("光盘映像", "请取出里面的文件再查"),
    ".cab": ("CAB 压缩包", "请解开后再查"),
    ".lzh": ("LZH 压缩包", "请解开后再查"),
    ".arj": ("ARJ 压缩包", "请解开后再查"),
    ".ace": ("ACE 压缩包", "请解开后再查"),
    ".zst": ("Zstandard 压缩包", "请解开后再查"),
    **dict.fromkeys((".mp4", ".avi", ".mov", ".wmv", ".flv", ".mkv"), ("视频", "请人工观看")),
    **dict.fromkeys((".mp3", ".wav", ".m4a", ".amr", ".wma"), ("录音", "请人工收听")),
    **dict.fromkeys((".exe", ".dll", ".msi", ".apk", ".jar"), ("程序", "请核对是不是该放在这里")),
}
_UNREADABLE_STARTS = (
    (b"CAJ\0", _UNREADABLE[".caj"]),
    (b"HN\0\0", _UNREADABLE[".nh"]),
    (b"KDH", _UNREADABLE[".kdh"]),
    (b"Founder CEB", _UNREADABLE[".ceb"]),
    (b"AT&TFORM", _UNREADABLE[".djvu"]),
    (b"\x76\xe8\x04\x60\xc4\x11\xe3\x86", _UNREADABLE[".rpmsg"]),
    (b"!BDN", _UNREADABLE[".pst"]),
    (b"\x00\x01\x00\x00Standard", _UNREADABLE[".mdb"]),
    (b"AC10", _UNREADABLE[".dwg"]),
    (b"MSCF\0\0\0\0", _UNREADABLE[".cab"]),
    (b"\x28\xb5\x2f\xfd", _UNREADABLE[".zst"]),
)
_VOLUME = re.compile(r"\.(?:0\d\d|z\d\d|r\d\d)")
_WHOLE = "请把各卷放在一起解开后再查"


def named(source: Source, suffix: str) -> InputError | None:
    """What is said of such a file; None for one of which nothing is known."""
    lowered = suffix.lower()
    by_content = next((what for start, what in _UNREADABLE_STARTS if source.head.startswith(start)), None)
    if known := by_content or _UNREADABLE.get(lowered):
        title, remedy = known
        return InputError(source.place, f"是{title}，没有程序能读，未检查", remedy, mark="unknown")
    if _VOLUME.fullmatch(lowered):
        return InputError(source.place, f"{suffix} 是分卷压缩包的一卷，未检查", _WHOLE, mark="unknown")
    return None
