"""Reads which sites a fleet has: `fleet.toml`, a folder of site folders, or a register of sites."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import urlsplit

from jimo_lint.errors import ConfigError, JimoLintError, cause
from jimo_lint.readers.registers import site_list
from jimo_lint.settings import config as settings
from jimo_lint.settings import toml
from jimo_lint.settings.sections import ID_CODE
from jimo_lint.values import dataclass

FILE_NAME = "fleet.toml"
_HOUR = 3600.0
# What Windows, shared folders and object stores all take in a name.
_NOT_IN_KEY = re.compile(r"[^\w.-]+")
_DURATION = re.compile(r"(\d{1,4})\s*(小时|分钟|秒|h|m|s)")
_SECONDS = {"小时": 3600, "h": 3600, "分钟": 60, "m": 60, "秒": 1, "s": 1}


@dataclass(frozen=True, slots=True)
class FleetSite:
    """A site of a fleet. key: 标识码, else the name of its folder; also how its results are called.

    code: 标识码, "" where unknown. address: of its home page. folder: of its jimo-lint.toml, below the fleet's storage.
    """

    key: str
    code: str
    name: str
    city: str
    unit: str
    address: str
    folder: str


class Unfit(NamedTuple):
    """A site that is not inspected, and why, with place and remedy. closed: since it is no longer run."""

    site: FleetSite
    reason: str
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Fleet:
    """The sites of a supervisor. path: what they were read from; storage: an address of fsspec, or a folder.

    results: where the reports of the sites go, a folder. time_limit: seconds for one site. per_address: how many
    sites that one machine answers for are inspected at a time. shared: files and folders of the storage that the
    settings of sites refer to. understood: how a register was read.
    """

    path: Path
    name: str
    storage: str
    results: Path
    time_limit: float
    per_address: int
    shared: tuple[str, ...]
    sites: tuple[FleetSite, ...]
    unfit: tuple[Unfit, ...] = ()
    understood: tuple[str, ...] = ()


class _Listed(NamedTuple):
    """A site and where it is written, as messages say it."""

    site: FleetSite
    place: str
    closed: bool = False


def read(path: Path) -> Fleet:
    """The fleet of a `fleet.toml`, a folder, or a register. ConfigError and InputError name place, fault, remedy."""
    if path.is_dir():
        path = path / FILE_NAME if (path / FILE_NAME).is_file() else path
    if path.is_dir():
        return _fleet(path, path.resolve(), toml.Table({}, str(path), ConfigError), _of_folder(path))
    if path.suffix.lower() != ".toml" and path.exists():
        register = site_list.read(path)
        table = toml.Table({}, str(path), ConfigError)
        return _fleet(path, path.resolve().parent, table, _of_register(register), register.understood)
    missing = (
        "没有这个文件",
        f"请写一份 {FILE_NAME}，或用 --fleet 指定文件、站点文件夹的上级或登记表，见 docs/fleet.md",
    )
    whole = toml.load(path, ConfigError, missing)
    table = whole.table("fleet")
    sites = list(_of_tables(whole.tables("site")))
    understood: tuple[str, ...] = ()
    if listed := table.path("register"):
        register = site_list.read(listed)
        sites += _of_register(register)
        understood = register.understood
    whole.finish()
    if not sites:
        raise ConfigError(str(path), "里没有站点", '请写 [[site]]，或在 [fleet] 里写 register = "登记表.xlsx"')
    return _fleet(path, path.resolve().parent, table, sites, understood)


def _fleet(
    path: Path, folder: Path, table: toml.Table, listed: Iterable[_Listed], understood: tuple[str, ...] = ()
) -> Fleet:
    sites, unfit = _told_apart(listed)
    storage = table.text("storage", "").strip()
    fleet = Fleet(
        path=path,
        name=table.text("name", "").strip() or folder.name,
        storage=storage if "://" in storage else str(table.path("storage") or folder),
        results=table.path("results") or folder / "results",
        time_limit=_duration(table),
        per_address=table.integer("per_address", 1, low=1, high=64),
        shared=tuple(_inside(table, "shared", one) for one in table.texts("shared", ())),
        sites=sites,
        unfit=unfit,
        understood=understood,
    )
    table.finish()
    return fleet


def _duration(table: toml.Table) -> float:
    written = table.text("time_limit", "6 小时").strip()
    found = _DURATION.fullmatch(written)
    seconds = int(found[1]) * _SECONDS[found[2]] if found else 0
    if not 1 <= seconds <= 72 * _HOUR:
        raise table.fail("time_limit", f"= “{written}” 不是能用的时限", "请写作“6 小时”“90 分钟”，最长 72 小时")
    return float(seconds)


def _inside(table: toml.Table, key: str, written: str) -> str:
    """A path below the storage."""
    table.joined(key, written)  # refuses what can be no path
    path = PurePosixPath(written.replace("\\", "/").strip())
    if path.is_absolute() or ".." in path.parts or not path.parts or re.match(r"[A-Za-z]:", written):
        raise table.fail(key, f"= “{written}” 不在 storage 里面", "请写从 storage 算起的路径，如 sites/qingtan")
    return str(path)


def _of_tables(rows: Iterable[toml.Table]) -> Iterator[_Listed]:
    for row in rows:
        code = row.text("code", "").strip()
        if code and not ID_CODE.fullmatch(code):
            raise row.fail("code", f"= “{code}” 不是网站标识码", "应为 10 位数字，或 bm 加 8 位数字")
        folder = _inside(row, "folder", row.text("folder", "").strip() or code)
        site = FleetSite(
            key=code or _key(folder),
            code=code,
            name=row.text("name", "").strip() or PurePosixPath(folder).name,
            city=row.text("city", "").strip(),
            unit=row.text("unit", "").strip(),
            address=row.text("address", "").strip(),
            folder=folder,
        )
        row.finish()
        yield _Listed(site, row.label.strip())


def _of_folder(folder: Path) -> list[_Listed]:
    """The folders below that have settings. What is wrong with those is told when the site's turn has come."""
    try:
        below = sorted(one for one in folder.iterdir() if (one / settings.FILE_NAME).is_file())
    except OSError as fault:
        raise ConfigError(str(folder), f"读不出（{cause(fault)}）", "请检查文件夹权限") from None
    if not below:
        raise ConfigError(
            str(folder), f"下一级的文件夹里都没有 {settings.FILE_NAME}", "请指定站点文件夹的上级，或写一份 fleet.toml"
        )
    return [_Listed(_of_settings(one), str(one)) for one in below]


def _of_settings(folder: Path) -> FleetSite:
    name, code, address = folder.name, "", ""
    with suppress(JimoLintError):
        config = settings.load(folder / settings.FILE_NAME)
        name, code = config.site.name or name, config.site.id_code
        address = next(iter(config.site.start), "")
    return FleetSite(code or _key(folder.name), code, name, "", "", address, folder.name)


def _of_register(register: site_list.Register) -> list[_Listed]:
    listed = []
    for entry in register.entries:
        code = entry.code if ID_CODE.fullmatch(entry.code) else ""
        folder = entry.folder or entry.code or urlsplit(entry.address).netloc
        site = FleetSite(
            code or _key(folder or entry.name), code, entry.name, entry.city, entry.unit, entry.address, _plain(folder)
        )
        listed.append(_Listed(site, entry.place, entry.closed))
    return listed


def _plain(folder: str) -> str:
    """A cell as a path below the storage, "" where it leads elsewhere."""
    path = PurePosixPath(folder.replace("\\", "/").strip())
    return "" if path.is_absolute() or ".." in path.parts or not path.parts else str(path)


def _key(folder: str) -> str:
    return _NOT_IN_KEY.sub("-", folder).strip("-.") or "site"


def _told_apart(listed: Iterable[_Listed]) -> tuple[tuple[FleetSite, ...], tuple[Unfit, ...]]:
    """The sites with keys of their own, and those that are another one again, or no longer there."""
    fit: list[FleetSite] = []
    unfit: list[Unfit] = []
    met: dict[tuple[str, str], _Listed] = {}
    keys: set[str] = set()
    for one in listed:
        site = one.site
        said = _fault(one, met)
        for what in _identities(site).items():
            met.setdefault(what, one)
        if site.key in keys:
            number = next(number for number in range(2, len(keys) + 3) if f"{site.key}-{number}" not in keys)
            site = replace(site, key=f"{site.key}-{number}")
        keys.add(site.key)
        if said:
            unfit.append(Unfit(site, said, one.closed))
        else:
            fit.append(site)
    return tuple(fit), tuple(unfit)


def _fault(one: _Listed, met: Mapping[tuple[str, str], _Listed]) -> str:
    if one.closed:
        return f"{one.place}：登记为已关停。确已关停的请从清单里删去"
    if not one.site.folder:
        return f"{one.place}：没有可用的文件夹或标识码。请补上标识码，或在“文件夹”一列写从 storage 算起的路径"
    for kind, value in _identities(one.site).items():
        if (first := met.get((kind, value))) is not None:
            return f"{one.place}：{kind}“{value}”与{first.place}的“{first.site.name}”相同。请改正其中一个，或删去重复的"
    return ""


def _identities(site: FleetSite) -> dict[str, str]:
    """What no two sites have in common. One address with two codes is a mistake in one of them."""
    parts = urlsplit(site.address)
    address = f"{parts.netloc.lower()}{parts.path.rstrip('/')}"
    return {kind: value for kind, value in (("标识码", site.code), ("文件夹", site.folder), ("网址", address)) if value}
