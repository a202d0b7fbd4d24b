"""Expected failures: each is one Chinese line with place, fault and remedy, and ends the program with code 2."""

from __future__ import annotations

import errno

# What the system says in English, for the faults that files and folders have.
_CAUSES = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.ENOENT: "没有这个文件或文件夹",
    errno.ENOTDIR: "上级不是文件夹",
    errno.EEXIST: "同名的文件已经在",
    errno.EISDIR: "是文件夹，不是文件",
    errno.ELOOP: "符号链接指来指去没有尽头",
    errno.ENAMETOOLONG: "名称过长",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EFBIG: "文件过大",
    errno.EROFS: "磁盘只读",
    errno.EBUSY: "正被占用",
    errno.ETXTBSY: "正被占用",
    errno.EIO: "磁盘读写出错",
    errno.EPIPE: "读取的程序已经结束",
}


def cause(fault: OSError) -> str:
    """Why the system refused, in Chinese where it is one of the common reasons."""
    return _CAUSES.get(fault.errno or 0) or fault.strerror or str(fault)


class JimoLintError(Exception):
    """Base of all expected failures; anything else that escapes is a bug and shows its traceback."""

    exit_code = 2

    def __init__(self, place: str, fault: str, remedy: str = "") -> None:
        self.place = place
        self.fault = fault
        self.remedy = remedy
        stop = "" if fault.endswith(("？", "。", "！")) else "。"
        super().__init__(f"{place}：{fault}" + (f"{stop}{remedy}" if remedy else ""))

    def __reduce__(self) -> tuple[object, ...]:
        """As another process is told of it."""
        return type(self), (self.place, self.fault, self.remedy), self.__dict__


class ConfigError(JimoLintError):
    """`jimo-lint.toml` is absent, unreadable or says something that cannot be meant."""


class RuleError(JimoLintError):
    """A rule file, a profile or a word list is wrong."""


class StoreError(JimoLintError):
    """The store is locked, of a newer version, damaged or not writable."""


class InputError(JimoLintError):
    """A file, folder or address given by the user cannot be read.

    mark: of a file the kind of `model.Mark` that says so (`locked`, `damaged`, `empty`, …); "" where that is untold.
    """

    def __init__(self, place: str, fault: str, remedy: str = "", *, mark: str = "") -> None:
        super().__init__(place, fault, remedy)
        self.mark = mark


class CrawlError(JimoLintError):
    """A crawl could not start or ended before its time."""


class InternalHostError(CrawlError):
    """A host on this machine or an internal network, which is asked only where the user allows it."""


class ReportError(JimoLintError):
    """A report cannot be written (folder missing, disk full, workbook open elsewhere)."""


class NotifyError(JimoLintError):
    """A summary could not be sent; the reports are written all the same."""
