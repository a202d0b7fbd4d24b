"""Writes the files of office programs whole or not at all, beside those that a person has been at."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from jimo_lint.errors import ReportError, cause
from jimo_lint.report import kept

FULL = ("磁盘已满，文件没有写成", "请腾出空间（包括临时文件夹）")


def put(path: Path, write: Callable[[Path], None]) -> Path:
    """Have `write` make a file and put it at `path` when all of it is written; its folder is created.

    What a person has been at is not replaced: the file then stands beside it. Says where it is. OSError as it comes.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.stem[:40]}-", suffix=".tmp", dir=path.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        write(temporary)
        # mkstemp makes files only their owner can read; a report is read by colleagues.
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o666 & ~mask)
        place = kept.free(path)
        temporary.replace(place)
        return place
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


@contextmanager
def faults(path: Path) -> Iterator[None]:
    """Turn what the system says into a ReportError with a remedy."""
    try:
        yield
    except OSError as fault:
        raise ReportError(str(path), *_explain(fault)) from fault


def _explain(fault: OSError) -> tuple[str, str]:
    if fault.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return FULL
    if fault.errno in (errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY):
        return "没有权限写入，或文件正在 Office、WPS 中打开", "请关闭该文件，或检查文件夹权限，或换一个输出位置"
    if fault.errno in (errno.ENOTDIR, errno.EEXIST, errno.EISDIR):
        return "输出位置不对（应为文件的地方是文件夹，或反之）", "请换一个输出位置"
    if fault.errno == errno.EROFS:
        return "所在磁盘只读", "请换一个输出位置"
    if fault.errno == errno.ENAMETOOLONG:
        return "文件名过长", "请换一个较短的文件名"
    return f"写不出（{cause(fault)}）", "请换一个输出位置"
