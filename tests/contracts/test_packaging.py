"""What is installed is what is in the checkout, and runs outside it."""

import json
import os
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from jimo_lint import __version__
from tests.support import checkout as checkouts
from tests.support.checkout import DATA_FOLDERS, ROOT, TRASH

pytestmark = pytest.mark.slow

# Run with nothing of the checkout in reach: the three folders must be found, and hold something.
PROBE = """
import importlib, json, pathlib, sys
import jimo_lint
from jimo_lint.settings.resources import rules_folder, wordlists_folder
from jimo_lint.lint.ruleset import load_rules
importlib.import_module("jimo_lint.spiders")
print(json.dumps({
    "package": str(pathlib.Path(jimo_lint.__file__).resolve().parent.parent),
    "rules": len(load_rules()),
    "files": len([f for f in rules_folder().iterdir() if f.name.endswith(".toml")]),
    "lists": len([f for f in wordlists_folder().iterdir() if f.name.endswith(".tsv")]),
    "found": [one.code for one in jimo_lint.check_text("抓好关健环节。").findings],
    "profiles": len([f for f in rules_folder().joinpath("profiles").iterdir() if f.name.endswith(".toml")]),
}))
"""


def files_below(folder: Path) -> set[str]:
    """Paths of a folder's files relative to its parent, without what Python leaves behind."""
    return {
        path.relative_to(folder.parent).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and not any(mark in path.as_posix() for mark in TRASH)
    }


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what is packed: building must not write into the checkout, where other tests run."""
    return checkouts.copy(tmp_path_factory.mktemp("checkout") / "jimo-lint")


@pytest.fixture(scope="module")
def built(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist, and the wheel built from that sdist."""
    folder = tmp_path_factory.mktemp("dist")
    run([sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(checkout)], cwd=folder)
    return folder


def run(command: list[str], *, cwd: Path, path: Path | None = None) -> str:
    """Run a command with only `path` (and the guard against the internet) on PYTHONPATH; what it printed."""
    guard = os.environ["PYTHONPATH"].split(os.pathsep)[0]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (guard, path and str(path))))}
    ended = subprocess.run(command, cwd=cwd, env=environment, check=False, capture_output=True, text=True, timeout=240)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


def one(folder: Path, pattern: str) -> Path:
    """The one file of a folder that matches."""
    (found,) = folder.glob(pattern)
    return found


def below(names: Iterable[str], prefix: str) -> set[str]:
    """The names below a folder, relative to it, without folders themselves."""
    return {name.removeprefix(prefix) for name in names if name.startswith(prefix) and not name.endswith("/")}


def check_runs(location: Path, cwd: Path) -> None:
    """The program found at `location` says its version and reads its rules from there."""
    assert location not in (cwd, *cwd.parents)
    told = json.loads(run([sys.executable, "-c", PROBE], cwd=cwd, path=location))
    assert Path(told["package"]) == location.resolve()
    assert told["rules"] == told["files"] > 0 and told["lists"] > 0 and told["profiles"] > 0
    assert told["found"] == ["T101"]
    version = run([sys.executable, "-m", "jimo_lint", "--version"], cwd=cwd, path=location)
    assert __version__ in version


def test_wheel_holds_exactly_the_folders(built: Path, checkout: Path) -> None:
    """The wheel has every file of spiders/, rules/ and wordlists/ inside the package, and the package itself."""
    with zipfile.ZipFile(one(built, "*.whl")) as wheel:
        names = wheel.namelist()
    for folder in DATA_FOLDERS:
        assert below(names, f"jimo_lint/{folder}/") == below(files_below(checkout / folder), f"{folder}/")
    packed = {name for name in names if name.startswith("jimo_lint/")}
    packed -= {name for name in packed if name.split("/")[1] in DATA_FOLDERS}
    assert packed == files_below(checkout / "jimo_lint")
    assert {name.split("/")[0] for name in names} == {"jimo_lint", f"jimo_lint-{__version__}.dist-info"}
    assert "jimo_lint/py.typed" in packed  # without it nobody's checker believes the types
    licences = {name for name in names if "/licenses/" in name}
    assert {Path(name).name for name in licences} == {"LICENSE", "NOTICE"}


def test_wheel_runs_outside_the_checkout(built: Path, tmp_path: Path) -> None:
    """Installed from the wheel, the program finds its rules and lists without the checkout."""
    target, elsewhere = tmp_path / "target", tmp_path / "elsewhere"
    elsewhere.mkdir()
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(target)]
    run([*install, str(one(built, "*.whl"))], cwd=elsewhere)
    check_runs(target, elsewhere)


def test_sdist_runs_as_it_is_unpacked(built: Path, tmp_path: Path) -> None:
    """The source distribution unpacked is a bare checkout: it holds all that is needed and runs."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    with tarfile.open(one(built, "*.tar.gz")) as archive:
        archive.extractall(tmp_path, filter="data")
    unpacked = one(tmp_path, "jimo_lint-*")
    for needed in ("Makefile", "constraints.txt", "LICENSE", "NOTICE", "README.md", "tests/conftest.py"):
        assert (unpacked / needed).is_file()
    check_runs(unpacked, elsewhere)


def test_bare_checkout_runs(checkout: Path, tmp_path: Path) -> None:
    """A checkout that nothing was installed from runs as well."""
    check_runs(checkout, tmp_path)


def test_constraints_name_exact_versions_only() -> None:
    """The pins hold no address, no local path and no editable install, and cover every dependency."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert all("==" in pin and not set(pin) & set("/@: ") for pin in pins)
    pinned = {pin.split("==")[0].lower().replace("_", "-") for pin in pins}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(name for extra in project["optional-dependencies"].values() for name in extra),
    ]
    assert {name.split(">")[0].lower() for name in wanted} <= pinned
