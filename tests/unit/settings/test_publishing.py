"""`[timeliness]`, `[interaction]` and `[catalogue]` of the configuration, and the list of what is to be repeated."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from jimo_lint.errors import ConfigError, InputError
from jimo_lint.model import ColumnKind
from jimo_lint.model.publishing import Allowance
from jimo_lint.readers.registers import forward_list
from jimo_lint.settings.config import Config, load

ACCOUNT = '[[account]]\nname = "青潭发布"\nplatform = "wechat"\narchive = "甲.csv"\n'


def read(folder: Path, text: str) -> Config:
    """The configuration with these sections."""
    (folder / "jimo-lint.toml").write_text(ACCOUNT + text, encoding="utf-8")
    return load(folder / "jimo-lint.toml")


def test_limits_by_kind_and_place(tmp_path: Path) -> None:
    """For the site, a platform, or an account by its name; nothing where nothing is written."""
    (tmp_path / "清单.csv").write_text("标题\n甲\n", encoding="utf-8")
    text = '[timeliness]\npolicy = { site = "0d", wechat = "2wd", "青潭发布" = "24h" }\n'
    text += 'forward = "清单.csv"\nwindow = 60\n'
    config = read(tmp_path, text + '[interaction]\nreply = "5wd"\n[catalogue]\nfile = "清单.csv"\n')
    assert config.timeliness is not None and config.interaction is not None
    assert list(map(str, config.timeliness.limits[ColumnKind.POLICY].values())) == ["当日", "2 个工作日", "24 小时"]
    assert config.timeliness.forward == config.catalogue == (tmp_path / "清单.csv").resolve()
    assert config.interaction.reply == Allowance(5, "wd") and config.interaction.result is None
    assert config.catalogue in config.own_files
    plain = read(tmp_path, "")
    assert (plain.timeliness, plain.interaction, plain.catalogue) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('[timeliness]\npolice = { site = "0d" }\n', "police"),
        ('[timeliness]\npolicy = { wechta = "2d" }\n', "wechat"),
        ('[timeliness]\npolicy = { wechat = "两天" }\n', "不是时限"),
        ('[timeliness]\nforward = "没有.xlsx"\n', "没有这个文件"),
        ('[interaction]\nrepley = "5d"\n', "reply"),
        ('[catalogue]\nfiel = "甲.csv"\n', "file"),
    ],
)
def test_what_cannot_be_meant(tmp_path: Path, text: str, fault: str) -> None:
    """Place, fault and remedy."""
    with pytest.raises(ConfigError, match=fault):
        read(tmp_path, text)


def test_the_list_of_what_is_to_be_repeated(tmp_path: Path) -> None:
    """Titles, addresses, times and places by their aliases; a time that cannot be read is none."""
    path = tmp_path / "清单.csv"
    path.write_text(
        "序号,转载标题,原文链接,首发时间,转载平台\n1,甲通知,https://www.gov.cn/a.htm,2026-03-09 10:00,网站、微信\n"
        "2,乙通知,,,青潭发布\n,,,,\n",
        encoding="utf-8",
    )
    one, two = forward_list.read(path, date(2026, 3, 31), ["青潭发布"])
    assert (one.published, one.places) == (datetime(2026, 3, 9, 10), ("site", "wechat"))
    assert (two.published, two.places) == (None, ("青潭发布",))
    path.write_text("甲,乙\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError, match="没有认出列名"):
        forward_list.read(path, date(2026, 3, 31))
