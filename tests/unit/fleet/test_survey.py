"""What is looked at before any site is inspected."""

from __future__ import annotations

from pathlib import Path

import pytest

from jimo_lint.fleet.sites import read
from jimo_lint.fleet.survey import addresses_of, survey

ADDRESSES = {"www.a.example": ("10.0.0.1",), "www.b.example": ("10.0.0.1", "10.0.0.2"), "www.c.example": ()}


def sites(folder: Path, **texts: str | None) -> Path:
    """A fleet.toml with sites whose settings these are; None for none."""
    rows = ""
    for name, text in texts.items():
        rows += f'[[site]]\nfolder = "{name}"\n'
        if text is not None:
            (folder / name).mkdir()
            (folder / name / "jimo-lint.toml").write_text(text, encoding="utf-8")
    (folder / "fleet.toml").write_text(f'[fleet]\nshared = ["base.toml"]\n{rows}', encoding="utf-8")
    return folder / "fleet.toml"


def start(url: str) -> str:
    """Settings of a site."""
    return f'[site]\nstart = ["{url}"]\n'


def test_hosts_and_their_addresses_are_told_of_each_site(tmp_path: Path) -> None:
    """A broken one costs itself only, and its message names the file as the storage has it, key and remedy."""
    path = sites(
        tmp_path,
        a=start("https://www.a.example:8443/x/"),
        b=start("http://www.b.example/"),
        c=start("http://www.c.example/"),
        broken='[site]\nnmae = "x"\n',
        empty="",
        absent=None,
        based='extend = "../base.toml"\n',
    )
    (tmp_path / "base.toml").write_text(start("http://www.c.example/"), encoding="utf-8")
    found = survey(read(path), "columns", lambda host: ADDRESSES[host])
    assert found.addresses == {
        "a": ("www.a.example", "10.0.0.1"),
        "b": ("www.b.example", "10.0.0.1", "10.0.0.2"),
        "c": ("www.c.example",),
        "based": ("www.c.example",),
    }
    said = {one.site.key: one.reason for one in found.unfit}
    assert said["broken"].startswith('broken/jimo-lint.toml：[site] 未知的键 "nmae"')
    assert said["empty"].startswith("empty/jimo-lint.toml：没有写 [site] 的 start")
    assert said["absent"].startswith("absent/jimo-lint.toml：没有这个文件")


def test_a_file_of_all_sites_that_is_not_shared_is_told_of(tmp_path: Path) -> None:
    """With the key that it belongs into."""
    path = sites(tmp_path, a='extend = "../lists/base.toml"\n')
    [unfit] = survey(read(path), "columns", lambda host: ()).unfit
    assert "请写进 [fleet] shared" in unfit.reason


@pytest.mark.parametrize(("host", "known"), [("127.0.0.1", ("127.0.0.1",)), ("a" * 300, ())])
def test_an_unknown_name_is_no_fault(host: str, known: tuple[str, ...]) -> None:
    """It may be known to the proxy."""
    assert addresses_of(host) == known
