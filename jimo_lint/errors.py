"""Expected failures: each is one Chinese line with place, fault and remedy, and ends the program with code 2."""


class JimoLintError(Exception):
    """Base of all expected failures; anything else that escapes is a bug and shows its traceback."""

    exit_code = 2

    def __init__(self, place: str, fault: str, remedy: str = "") -> None:
        self.place = place
        self.fault = fault
        self.remedy = remedy
        stop = "" if fault.endswith(("？", "。", "！")) else "。"
        super().__init__(f"{place}：{fault}" + (f"{stop}{remedy}" if remedy else ""))


class ConfigError(JimoLintError):
    """`jimo-lint.toml` is absent, unreadable or says something that cannot be meant."""


class RuleError(JimoLintError):
    """A rule file, a profile or a word list is wrong."""


class StoreError(JimoLintError):
    """The store is locked, of a newer version, damaged or not writable."""


class InputError(JimoLintError):
    """A file, folder or address given by the user cannot be read."""


class CrawlError(JimoLintError):
    """A crawl could not start or ended before its time."""


class ReportError(JimoLintError):
    """A report cannot be written (folder missing, disk full, workbook open elsewhere)."""
