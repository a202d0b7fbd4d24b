"""Whose posts they are, where an archive serves several accounts or names others."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from jimo_lint.model import Account, Document, Platform, Problem
from jimo_lint.readers.archives import archive
from jimo_lint.readers.registers.platforms import platforms

AS_OF = date(2026, 11, 22)
CASES = Path(__file__).parents[2] / "cases" / "archives"


def account(name: str, platform: Platform = Platform.WECHAT) -> Account:
    return Account(f"{platform.value}:{name}", name, platform)


def owned(path: Path, *accounts: Account) -> tuple[dict[str, list[str]], list[Problem]]:
    """The titles of each account, and the problems."""
    found: dict[str, list[str]] = {one.id: [] for one in accounts}
    problems = []
    for value in archive.read(accounts, path, AS_OF):
        if isinstance(value, Document):
            found[value.account or ""].append(value.title)
        else:
            problems.append(value)
    return found, problems


def ledger(folder: Path, *names: str) -> Path:
    path = folder / "台账.csv"
    rows = [f"第{number}条,2026-11-{number:02},{name}" for number, name in enumerate(names, 1)]
    path.write_text("\n".join(["标题,发布时间,账号", *rows]), encoding="utf-8")
    return path


def test_a_shared_ledger_is_given_out_by_name_and_platform() -> None:
    """A row goes to the account of its name on its platforms; what belongs to nobody is named, not lost."""
    here = [account("云溪发布"), account("云溪发布", Platform.WEIBO), account("云溪发布", Platform.VIDEO)]
    found, problems = owned(CASES / "ledger-platforms.csv", *here)
    assert found == {
        "wechat:云溪发布": ["微信上的一条", "微信微博同发"],
        "weibo:云溪发布": ["微博上的一条", "微信微博同发"],
        "video:云溪发布": ["两处同发的一条"],
    }
    assert [(problem.message, problem.excused) for problem in problems] == [
        ("档案里还有不属于所配置账号的内容，未检查：云溪交通 1 条", True)
    ]


def test_one_other_name_throughout_is_the_account_itself(tmp_path: Path) -> None:
    """An archive of one account that calls it otherwise is not thrown away."""
    found, problems = owned(ledger(tmp_path, "云溪发布V", "云溪发布V"), account("云溪发布"))
    assert found["wechat:云溪发布"] == ["第1条", "第2条"]
    assert not problems


def test_other_names_beside_the_own_one_are_others(tmp_path: Path) -> None:
    """Whether they stand before or behind the account's own rows."""
    found, problems = owned(ledger(tmp_path, "云溪交通", "云 溪发布", "云溪公安"), account("云溪发布"))
    assert found["wechat:云溪发布"] == ["第2条"]
    assert "云溪交通 1 条" in problems[0].message
    assert "云溪公安 1 条" in problems[0].message


def test_two_other_names_and_no_own_one_are_nobodys(tmp_path: Path) -> None:
    """None of them is taken for the account; that is no silence but a name to correct."""
    found, problems = owned(ledger(tmp_path, "云溪交通", "云溪公安"), account("云溪发布"))
    assert found["wechat:云溪发布"] == []
    assert [problem.excused for problem in problems] == [False]
    assert "没有账号“云溪发布”的内容" in problems[0].message
    assert problems[0].accounts == (account("云溪发布").id,)


def test_rows_without_a_name_in_a_shared_archive_are_told(tmp_path: Path) -> None:
    """Nobody guesses whose they are."""
    found, problems = owned(ledger(tmp_path, "云溪发布", "", "云溪交通"), account("云溪发布"), account("云溪交通"))
    assert found == {"wechat:云溪发布": ["第1条"], "wechat:云溪交通": ["第3条"]}
    assert [problem.message[:14] for problem in problems] == ["1 条没有写账号名称，分不清"[:14]]


def test_a_long_archive_under_another_name_is_not_held_back(tmp_path: Path) -> None:
    """After many posts under one other name it is taken for the account's own, and the rest streams."""
    path = tmp_path / "a.csv"
    rows = "".join(f"第{number}条,2026-11-01,云溪发布V\n" for number in range(1500))
    path.write_text(f"标题,发布时间,账号\n{rows}", encoding="utf-8")
    assert len(owned(path, account("云溪发布"))[0]["wechat:云溪发布"]) == 1500


def test_platforms_are_understood_as_offices_write_them() -> None:
    """微信视频号 is no 微信公众号; several may stand in one cell; an unknown one is OTHER, nothing is nothing."""
    assert platforms("微信公众号") == {Platform.WECHAT}
    assert platforms("微信视频号") == {Platform.VIDEO}
    assert platforms("政务微博、抖音号") == {Platform.WEIBO, Platform.DOUYIN}
    assert platforms("今日头条") == {Platform.TOUTIAO}
    assert platforms("人民号") == {Platform.OTHER}
    assert platforms(" ") == frozenset()


def test_width_of_characters_is_no_other_name(tmp_path: Path) -> None:
    """A name written in full-width letters is the same name; a letter more is not."""
    one, other = account("云溪APP"), account("云溪发布")
    found, _ = owned(ledger(tmp_path, "云溪ＡＰＰ", "云溪发布", "云溪ＡＰＰＳ"), one, other)
    assert found == {one.id: ["第1条"], other.id: ["第2条"]}
