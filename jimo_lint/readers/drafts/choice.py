"""Which files of a folder are drafts to be read: those that nobody left out, by name or in a file of his own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from jimo_lint.errors import InputError, cause
from jimo_lint.model import Problem, ProblemCode
from jimo_lint.readers.source import is_folder
from jimo_lint.settings.config import FILE_NAME
from jimo_lint.values import dataclass, field

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

# Files of patterns, in the manner of git; they hold for the folder that they lie in and all below.
IGNORE_FILES = (".gitignore", ".jimolintignore")


@dataclass(frozen=True, slots=True)
class Choice:
    """exclude: patterns with * and ? of names of files or folders inside those given, or of paths. only: what else a
    file must be one of, None for any. left_out: how many files each source of patterns left out. told_of: called with
    each file or folder that is left out, and why. own: files and folders in which settings are kept, resolved."""

    exclude: Sequence[str] = ()
    only: frozenset[Path] | None = None
    left_out: Counter[str] = field(default_factory=Counter)
    told_of: Callable[[Path, str], None] | None = None
    own: frozenset[Path] = frozenset()

    def files(self, path: Path) -> Iterator[Path | Problem]:
        """The file, which is read whatever ignore files say, or all in the folder, in the order of names."""
        folder = is_folder(path)
        for file in self._walk(path, self._above(path)) if folder else (path,):
            if not isinstance(file, Path):
                yield file
            elif self.exclude and _excluded(file, path if folder else None, self.exclude):
                self.left_out["--exclude"] += 1
                self._tell(file, "--exclude")
            elif self.only is None or target(file) in self.only or not (folder or path.exists()):
                yield file  # what is not there has not been left as it was: reading it tells
            else:
                self._tell(file, "没有改动")

    def _tell(self, path: Path, why: str) -> None:
        if self.told_of is not None:
            self.told_of(path, why)

    def told(self) -> Iterator[Problem]:
        """How many were left out, and by what."""
        for source, count in self.left_out.items():
            yield Problem(ProblemCode.EXCLUDED, source, {"count": count})

    def _above(self, folder: Path) -> list[_Ignored]:
        """What the folders above have to say, up to the one that git's work begins in.

        Nothing of a folder that they leave out as a whole: who names it, or has named it in the settings, means it.
        """
        place = target(folder)
        tops = [number for number, one in enumerate((place, *place.parents)) if (one / ".git").exists()]
        above = [one for at in reversed(place.parents[: tops[0]]) for one in _patterns(at)] if tops else []
        return [] if above and _ignoring(place, above, is_inner=True) else above

    def _walk(self, folder: Path, ignored: list[_Ignored]) -> Iterator[Path | Problem]:
        try:
            children = sorted(folder.iterdir(), key=lambda one: one.name)
        except OSError as fault:
            yield Problem(ProblemCode.FOLDER_UNREADABLE, str(folder), {"cause": cause(fault)})
            return
        names = {child.name for child in children}
        if names & set(IGNORE_FILES):
            ignored = [*ignored, *_patterns(target(folder))]
        for child in children:
            if child.name.startswith((".", "~$")):  # hidden; left behind by Word while a document is open
                self._tell(child, "隐藏的")
                continue
            # What says how drafts are checked is none: a list of wrong words would be reported word by word.
            if child.name == FILE_NAME or (self.own and target(child) in self.own):
                self._tell(child, "配置用的文件")
                continue
            is_inner = is_folder(child)
            if ignored and (source := _ignoring(child, ignored, is_inner=is_inner)):
                self.left_out[source] += _count(child) if is_inner else 1
                self._tell(child, source)
            elif is_inner:
                if not child.is_symlink():  # a link to a folder above would never end
                    yield from self._walk(child, ignored)
                else:
                    self._tell(child, "指向文件夹的链接")
            else:
                yield child


@dataclass(frozen=True, slots=True)
class _Ignored:
    """The patterns of one file; folder: resolved."""

    name: str
    folder: Path
    spec: GitIgnoreSpec


def changed_since(revision: str, folder: Path, paths: Iterable[Path] = ()) -> frozenset[Path]:
    """The files of the work tree that differ from a revision of git, and new ones.

    InputError where git fails, and where one of the paths lies elsewhere, of which git knows nothing.
    """
    top = Path(_git(folder, "rev-parse", "--show-toplevel").rstrip("\n"))
    for path in paths:
        if not target(path).is_relative_to(target(top)):
            remedy = "请在它所在的仓库里运行，或去掉 --changed-since"
            raise InputError(str(path), "不在当前的 git 仓库里，看不出有没有改动", remedy)
    base = _git(folder, "merge-base", "--end-of-options", revision, "HEAD").strip()
    # NUL ends each name, so that git writes Chinese ones as they are.
    changed = _git(top, "diff", "--name-only", "-z", "--diff-filter=d", base, "--")
    new = _git(top, "ls-files", "--others", "--exclude-standard", "-z")
    return frozenset(target(top / name) for name in (changed + new).split("\0") if name)


@cache
def _spec(patterns: tuple[str, ...]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(patterns)


def fits(path: Path, folder: Path, patterns: tuple[str, ...]) -> bool:
    """Whether patterns as in .gitignore, of what lies in `folder`, fit the file; a relative path starts from here."""
    try:
        inside = (path.parent.resolve() / path.name).relative_to(folder)
    except (ValueError, OSError, RuntimeError):  # elsewhere, or a circle of links
        return False
    return _spec(patterns).match_file(inside.as_posix())


def target(path: Path) -> Path:
    """The file that a path leads to; a link that leads nowhere stands for itself and is told of when it is read."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path.absolute()


def _git(folder: Path, *arguments: str) -> str:
    import subprocess  # of no use to a check of files that are named

    place = f"--changed-since {arguments[2]}" if arguments[0] == "merge-base" else "--changed-since"
    try:
        done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, check=False)
    except OSError as fault:
        raise InputError(place, f"git 运行不了（{cause(fault)}）", "请安装 git，或直接写要检查的文件") from None
    if done.returncode:
        raise InputError(place, "git 答不出有哪些改动", "请在 git 仓库里运行，并核对版本的写法（浅克隆请取全历史）")
    return done.stdout.decode("utf-8", "surrogateescape")


def _patterns(folder: Path) -> Iterator[_Ignored]:
    for name in IGNORE_FILES:
        try:
            lines = (folder / name).read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            continue
        from pathspec import GitIgnoreSpec  # of no use where nobody ignores anything

        yield _Ignored(name, folder, GitIgnoreSpec.from_lines(lines))


def _ignoring(child: Path, ignored: Sequence[_Ignored], *, is_inner: bool) -> str:
    """The file whose patterns leave the child out, "" for none; the last that says anything counts, as with git."""
    place = child.parent.resolve() / child.name
    for one in reversed(ignored):
        inside = place.relative_to(one.folder).as_posix() + ("/" if is_inner else "")
        if (verdict := one.spec.check_file(inside).include) is not None:
            return one.name if verdict else ""
    return ""


def _count(folder: Path) -> int:
    """The files in a folder, links and hidden ones left out as they are where it is read."""
    return sum(not one.name.startswith((".", "~$")) and one.is_file() for one in folder.rglob("*"))


def _excluded(file: Path, folder: Path | None, patterns: Sequence[str]) -> bool:
    """True where a pattern fits the file, or what lies between it and the folder that was given (None: the file was).

    What stands above that is where the work happens to lie. A pattern that begins like the path as written is meant
    for that.
    """
    if folder:
        inside = file.relative_to(folder)
    else:
        inside = Path(file.name) if file.is_absolute() or ".." in file.parts else file
    names = (*inside.parts, inside.as_posix(), f"./{inside.as_posix()}")
    return any(
        any(fnmatch(name, pattern) for name in names)
        or ("/" in pattern and pattern[0] not in "*?[" and fnmatch(file.as_posix(), pattern))
        for pattern in patterns
        if pattern
    )
