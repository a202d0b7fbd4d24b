"""The real county portal: crawled once, looked at by all who ask about its columns."""

from __future__ import annotations

import csv
import json
import tomllib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.support.loopback import served
from tests.support.once import once
from tests.support.program import jimo_lint

AS_OF = "2018-07-27"


@pytest.fixture(scope="session")
def truth(shared: Path) -> dict[str, dict[str, str]]:
    """Half of the portal's list pages, read by hand, by path."""
    with (shared / "data/sites/zhecheng_columns_truth.tsv").open(encoding="utf-8") as file:
        return {row["list_page"].removeprefix("zhecheng.gov.cn"): row for row in csv.DictReader(file, delimiter="\t")}


@pytest.fixture(scope="session")
def portal(shared: Path, truth: dict[str, dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """What `init` and `inspect columns` say about the portal served on loopback.

    proposed: the columns that `init` wrote; found, judged: by their path, the columns of the report with these, and of
    one with those of the table, each of the kind `news` so that every one has a duty.
    """

    def make(folder: Path) -> None:
        with served(shared / "data/sites/zhecheng.gov.cn") as address:
            done = jimo_lint("init", address, "--allow-private", "--as-of", AS_OF, cwd=folder)
            assert done.returncode == 0, done.stderr
            written = (folder / "jimo-lint.toml").read_text(encoding="utf-8")
            (folder / "proposed.toml").write_text(written, encoding="utf-8")
            proposed = {column["url"] for column in tomllib.loads(written)["column"]}
            # The columns of the table that were not found are read too, for the second report.
            further = _columns({path: row for path, row in truth.items() if path not in proposed})
            text = written.replace("[crawl]\n", "[crawl]\ndelay = 0\n") + further
            (folder / "jimo-lint.toml").write_text(text, encoding="utf-8")
            _report(folder, "jimo-lint.toml", "found.json")
            head, crawl, _ = text.partition("[[column]]")[0].partition("[crawl]\n")
            own = f"{head}{crawl}delay = 0\nallow_private = true\n{_columns(truth)}"
            (folder / "truth.toml").write_text(own, encoding="utf-8")
            _report(folder, "truth.toml", "judged.json", "--no-collect")

    folder = once(tmp_path_factory, "portal", make)
    proposed = tomllib.loads((folder / "proposed.toml").read_text(encoding="utf-8"))["column"]
    return SimpleNamespace(
        proposed=proposed, found=_by_path(folder / "found.json"), judged=_by_path(folder / "judged.json")
    )


def _columns(rows: dict[str, dict[str, str]]) -> str:
    return "".join(
        f'\n[[column]]\nname = "{row["column"]}"\nurl = "{path}"\nkind = "news"\n' for path, row in rows.items()
    )


def _report(folder: Path, config: str, name: str, *options: str) -> None:
    arguments = ("inspect", "columns", "--config", config, "--as-of", AS_OF, "-f", "json", "--no-links", *options)
    done = jimo_lint(*arguments, cwd=folder)
    assert done.stdout, done.stderr
    (folder / name).write_text(done.stdout, encoding="utf-8")


def _by_path(report: Path) -> dict[str, dict[str, Any]]:
    columns = json.loads(report.read_text(encoding="utf-8"))["columns"]
    return {"/" + column["url"].split("/", 3)[3]: column for column in columns}
