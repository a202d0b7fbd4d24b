"""jieba's dictionary in a file mapped into memory, of which only what is asked for is read; made once a version."""

from __future__ import annotations

import marshal
import sys
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from jimo_lint.errors import RuleError, cause
from jimo_lint.runtime.memory import map_file
from jimo_lint.settings import cache
from jimo_lint.values import NamedTuple

# Changes whenever the form of the file does: an older file is then left alone.
_LAYOUT = 3
_MAGIC = b"jimo-lint lexicon\n"
_HEAD = 1024
_PLANE = 0x10000  # jieba has no word of characters beyond
_INDEX = _HEAD + 4 * (_PLANE + 1)
# Entries that are kept at a time, in 8 MB; what a site has in its words would take several times that.
_KEPT = 10_000
STATES = "BEMS"  # of a character in a word of the hidden Markov model: begins, ends, goes on, stands alone
_NEVER = -3.14e100  # jieba's logarithm of nought


class Entry(NamedTuple):
    """What is known of a character, or of two.

    words: what begins with the two, or the character itself, with its count in the corpus; beginnings of words that are
    none themselves count 0. emitted: log probabilities of the character in each of STATES.
    """

    words: Mapping[str, int] = {}
    emitted: tuple[float, ...] = (_NEVER,) * len(STATES)


_UNKNOWN = Entry()


class Lexicon(dict[str, Entry]):
    """Entries by one character or two, each read when it is asked for.

    total: of all counts. start: log probabilities of STATES at the beginning; steps: of each after each.
    """

    def __init__(self, data: Any) -> None:
        """`data`: the bytes that `_packed` made. ValueError and the like where they are not whole."""
        super().__init__()
        whole = memoryview(data)
        if whole[: len(_MAGIC)] != _MAGIC:
            raise ValueError("not a lexicon")
        size, number, self.total, self.start, self.steps = marshal.loads(whole[len(_MAGIC) : _HEAD])
        if len(whole) != size:
            raise ValueError("not a whole lexicon")
        places = _INDEX + 2 * number
        self._firsts = whole[_HEAD:_INDEX].cast("I")
        self._seconds = whole[_INDEX:places].cast("H")
        self._places = whole[places : places + 4 * (number + 1)].cast("I")
        self._entries = whole[places + 4 * (number + 1) :]

    def __missing__(self, head: str) -> Entry:
        if len(self) >= _KEPT:
            self.clear()
        entry = self[head] = self._entry(*map(ord, head))
        return entry

    def _entry(self, first: int, second: int = 0) -> Entry:
        if first >= _PLANE:
            return _UNKNOWN
        end = self._firsts[first + 1]
        at = bisect_left(self._seconds, second, self._firsts[first], end)
        if at == end or self._seconds[at] != second:
            return _UNKNOWN
        return Entry(*marshal.loads(self._entries[self._places[at] : self._places[at + 1]]))


def load() -> Lexicon:
    """The dictionary of the jieba that is installed. RuleError where there is none.

    The file is made in about a second at first use and lies where no other user can write; jieba's own in the folder
    for temporary files, which all users share, is never read. Where none can be kept, it is made in memory each time.
    """
    folder = _folder()
    name = f"lexicon-{_mark(folder)}.bin"
    for path in cache.places(name):
        with suppress(OSError, ValueError, TypeError, EOFError):
            return Lexicon(map_file(path))
    packed = _packed(folder)
    cache.keep(name, lambda file: file.write(packed), "lexicon-*")
    return Lexicon(packed)


def counted() -> Iterator[tuple[str, int]]:
    """All words with their counts."""
    for line in _read(_folder() / "dict.txt").splitlines():
        word, times = line.split(" ", 2)[:2]
        yield word, int(times)


def _folder() -> Path:
    """Where jieba lies. It is not imported: it would load all of its dictionary, from whatever file lies there."""
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise RuleError("jieba", "没有安装分词用的 jieba", "请重新安装本程序")
    return Path(spec.origin).parent


def _mark(folder: Path) -> str:
    """What tells this dictionary, and the form that this Python reads, from others."""
    try:
        state = (folder / "dict.txt").stat()
    except OSError as fault:
        raise _unread(folder / "dict.txt", fault) from None
    return f"{_LAYOUT}-{sys.implementation.cache_tag}-{state.st_size:x}-{state.st_mtime_ns:x}"


def _packed(folder: Path) -> bytes:
    """The file: magic and head; for each first character which entries are its own, 0 for the character itself before
    all that may follow it; where the entry of each begins, in numbers of four bytes; and the entries."""
    words: defaultdict[str, dict[str, int]] = defaultdict(dict)
    total = 0
    for line in _read(folder / "dict.txt").splitlines():
        word, times, _ = line.split(" ", 2)
        words[word[0]][word] = int(times)
        total += int(times)  # a word that stands there twice counts twice, as in jieba
    for same in words.values():
        for word in list(same):
            # Where a beginning is known, so are all that are shorter: the word that brought it brings them too.
            for size in range(len(word) - 1, 0, -1):
                if word[:size] in same:
                    break
                same[word[:size]] = 0
    emitted, steps, start = (_probabilities(folder, name) for name in ("emit", "trans", "start"))
    firsts, seconds, places, entries = array("I"), array("H"), array("I"), bytearray()
    for character in map(chr, range(_PLANE)):
        firsts.append(len(seconds))
        known = tuple(emitted[state].get(character, _NEVER) for state in STATES)
        heads: defaultdict[int, dict[str, int]] = defaultdict(dict)
        for word, count in words.get(character, {}).items():
            heads[ord(word[1]) if len(word) > 1 else 0][word] = count
        if known != _UNKNOWN.emitted:
            heads.setdefault(0, {})
        for second, same in sorted(heads.items()):
            seconds.append(second)
            places.append(len(entries))
            entries += marshal.dumps((same,) if second else (same, known))
    firsts.append(len(seconds))
    places.append(len(entries))
    moves = tuple(tuple(steps[one].get(other, _NEVER) for other in STATES) for one in STATES)
    index = b"".join((firsts.tobytes(), seconds.tobytes(), places.tobytes()))
    told = (_HEAD + len(index) + len(entries), len(seconds), total, tuple(start[state] for state in STATES), moves)
    return b"".join(((_MAGIC + marshal.dumps(told)).ljust(_HEAD, b"\0"), index, entries))


def _probabilities(folder: Path, name: str) -> Any:
    """A table of jieba's hidden Markov model, from the module that is nothing else."""
    path = folder / "finalseg" / f"prob_{name}.py"
    spec = spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise _unread(path, OSError("不是模块"))
    module = module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except OSError as fault:
        raise _unread(path, fault) from None
    return module.P


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as fault:
        raise _unread(path, fault) from None


def _unread(path: Path, fault: OSError) -> RuleError:
    return RuleError(str(path), f"读不出分词词典（{cause(fault)}）", "请重新安装 jieba")
