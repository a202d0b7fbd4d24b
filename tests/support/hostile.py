"""Inputs that a pattern works longest on, made from the pattern itself, and how its time grows with their length."""

import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import islice
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

# Characters of an input at which a pattern is looked at first, and what each may cost in seconds: most take less,
# while a quadratic one takes more at this length, also where a step is as quick as on an idle machine.
LENGTH = 4096
PER_CHARACTER = 0.1e-6
# What is dearer is looked at again: with four times the length, linear time grows fourfold, n log n fivefold and
# quadratic time sixteenfold; with sixteen times the length, 16, 21 and 256 times. The limits leave room for a busy
# machine: what stays within PLAIN at once is good without being asked again, what takes BEYOND times the limit is bad.
STEPS = ((4, 8.0), (16, 60.0))
REPEATS = 3
PLAIN = (4, 5.5)
BEYOND = 4
WINDOW = 256
WINDOW_COST = 0.005  # seconds: a square takes a tenth of it
# Seconds of CPU after which an input is given up: the dearest of the good ones take a tenth at eight times the length.
CUTOFF = 0.25

Take = Callable[[str], object]

# What stands in hostile pages, whatever the pattern.
_PUMPS = (
    *(
        " ",
        "\n",
        " \n",
        "0",
        "0 ",
        "1,",
        "- ",
        "--",
        "_",
        ".",
        "a",
        "a.",
        "a ",
        "/",
        "\\",
        "http://",
        "%41",
        "&#",
        ":",
        "| ",
    ),
    *("<", "<a ", "<!--", "<!-- -->\n", "<script>", "/*", "[", "[](", "(", "()", "{", '"', "'", "`", "``a", "*", "#"),
    *("一", "一，", "《", "“", "（", "。", "2026年", "1月"),
)
_END = "\0"  # which no pattern waits for, so that what needs an end fails there
_MOST_SAMPLES = 4
_MOST_ALPHABET = 14
_RANGES = 3


class EndlessError(Exception):
    """The cutoff was reached."""


@contextmanager
def cutoff(seconds: float) -> Iterator[None]:
    """Raise EndlessError after so much CPU: `re` lets signals through."""

    def ring(number: int, frame: object) -> None:
        raise EndlessError

    before = signal.signal(signal.SIGVTALRM, ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def cost(take: Take, text: str) -> float:
    """Seconds of CPU; infinite where it does not end in time."""
    try:
        with cutoff(CUTOFF):
            start = time.thread_time()  # that of the process is counted in ticks while the timer runs
            take(text)
            return time.thread_time() - start
    except EndlessError:
        return float("inf")


def verdict(take: Take, made: Callable[[int], str], length: int = LENGTH) -> str:
    """What is wrong with the time that `take` needs for inputs of about so many characters; "" for nothing."""
    quick = PER_CHARACTER * length
    once = cost(take, made(length))
    if once < quick or (once := min(once, cost(take, made(length)))) < quick:
        return ""
    if once == float("inf"):
        return f"over {CUTOFF} s for {length} characters"
    times, limit = PLAIN
    if cost(take, made(times * length)) <= limit * once:
        return ""
    # Of both lengths the quickest of several counts: what else the machine does only adds.
    once = min(once, *(cost(take, made(length)) for _ in range(REPEATS)))
    for times, limit in STEPS:
        more = float("inf")
        for _ in range(REPEATS):
            more = min(more, cost(take, made(times * length)))
            if more <= limit * once:
                return ""
            if more > BEYOND * limit * once:
                break
    return f"{once:.4f} s for {length} characters, {more:.4f} s for {times} times as many"


def _in_window(take: Take, text: str) -> str:
    """As `verdict`, of so little text that even its square is done at once; its cube is not."""
    taken = min(cost(take, text) for _ in range(REPEATS)) if cost(take, text) > WINDOW_COST else 0.0
    return f"{taken:.4f} s for {len(text)} characters" if taken > WINDOW_COST else ""


def worst(pattern: "re.Pattern[str] | re.Pattern[bytes]", way: str) -> str:
    """The first input on which the pattern takes too long, and how long; "" where there is none.

    way: search, match, fullmatch, or window where it is only let loose on a few hundred characters.
    """
    take = _taken(pattern, way)
    length = LENGTH if way != "window" else WINDOW
    for prefix, pump, end in inputs(pattern.pattern, pattern.flags):
        if not pump:
            continue

        def made(size: int, prefix: str = prefix, pump: str = pump, end: str = end) -> str:
            return prefix + pump * (size // len(pump)) + end

        if said := _in_window(take, made(length)) if way == "window" else verdict(take, made, length):
            return f"{prefix[:40]!r} + {pump[:60]!r} × n + {end!r}: {said}"
    return ""


def _taken(pattern: Any, way: str) -> Take:
    function = {
        "match": pattern.match,
        "fullmatch": pattern.fullmatch,
        "search": lambda text: sum(1 for _ in pattern.finditer(text)),
        "window": pattern.search,
    }[way]
    if isinstance(pattern.pattern, bytes):
        return lambda text: function(text.encode())
    return function  # type: ignore[no-any-return]


@cache
def inputs(source: str | bytes, flags: int) -> tuple[tuple[str, str, str], ...]:
    """(prefix, pump, end) of inputs: every repetition of the pattern pumped, behind what leads to it and without."""
    tree = parser.parse(source, flags & ~re.DEBUG)
    alphabet = _alphabet(tree)
    found: dict[tuple[str, str, str], None] = {}
    maker = _Maker(alphabet)
    whole = maker.samples(tree)
    for pump in (*alphabet, *whole, *(one[: len(one) // 2] for one in whole)):
        found[("", pump, _END)] = None
    for prefix, body, follow in islice((one for lean in (True, False) for one in maker.repeats(tree, "", lean)), 80):
        for pump in (*body, *(one for one in alphabet if maker.fits(one, body))):
            found[(prefix, pump, _END)] = None
            found[("", prefix + pump, _END)] = None
            found[("", prefix + pump + follow, _END)] = None
        if prefix:
            found[("", prefix, _END)] = None
    for first in alphabet[:5]:
        for second in alphabet[:5]:
            if first != second:
                found[("", first + second, _END)] = None
    for pump in _PUMPS:
        found[("", pump, _END)] = None
    return tuple(found)


def _alphabet(tree: Any) -> list[str]:
    """Characters that the pattern tells apart: its literals, and some of each of its classes."""
    seen: dict[str, None] = {}

    def walk(node: Any) -> None:
        for operation, value in node:
            if operation is codes.LITERAL or operation is codes.NOT_LITERAL:
                seen[chr(value)] = None
            elif operation is codes.IN:
                for one in islice(_members(value), _RANGES):
                    seen[one] = None
            elif operation is codes.BRANCH:
                for branch in value[1]:
                    walk(branch)
            elif operation is codes.SUBPATTERN:
                walk(value[3])
            elif operation in _REPEATS:
                walk(value[2])
            elif operation in (codes.ASSERT, codes.ASSERT_NOT):
                walk(value[1])
            elif operation is codes.ATOMIC_GROUP:
                walk(value)

    walk(tree)
    # Marks and blanks part things and are what patterns stumble over; letters stand for one another.
    ranked = sorted(seen, key=lambda one: one.isalnum())
    return ranked[:_MOST_ALPHABET]


def _members(value: Any) -> Iterator[str]:
    """Some characters of a class; of a negated one, some that it lets through."""
    negated = bool(value) and value[0][0] is codes.NEGATE
    if negated:
        yield from (one for one in "a 1<\n" if not _within(one, value[1:]))
        return
    for operation, one in value:
        if operation is codes.LITERAL:
            yield chr(one)
        elif operation is codes.RANGE:
            yield chr(one[0])
        elif operation is codes.CATEGORY:
            yield _CATEGORIES.get(one, "a")


_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)
_CATEGORIES = {
    codes.CATEGORY_SPACE: " ", codes.CATEGORY_DIGIT: "1", codes.CATEGORY_WORD: "a",
    codes.CATEGORY_NOT_SPACE: "a", codes.CATEGORY_NOT_DIGIT: "a", codes.CATEGORY_NOT_WORD: "-",
}  # fmt: skip


def _within(character: str, value: Any) -> bool:
    for operation, one in value:
        if operation is codes.LITERAL and chr(one) == character:
            return True
        if operation is codes.RANGE and one[0] <= ord(character) <= one[1]:
            return True
        if operation is codes.CATEGORY:
            known = {
                codes.CATEGORY_SPACE: character.isspace(), codes.CATEGORY_NOT_SPACE: not character.isspace(),
                codes.CATEGORY_DIGIT: character.isdigit(), codes.CATEGORY_NOT_DIGIT: not character.isdigit(),
                codes.CATEGORY_WORD: character.isalnum() or character == "_",
                codes.CATEGORY_NOT_WORD: not (character.isalnum() or character == "_"),
            }  # fmt: skip
            if known.get(one):
                return True
    return False


class _Maker:
    """Writes texts that parts of a pattern match."""

    def __init__(self, alphabet: list[str]) -> None:
        self._alphabet = alphabet
        self._groups: dict[int, str] = {}

    def samples(self, node: Any) -> list[str]:
        """A few texts that the node matches, assertions aside."""
        made = [""]
        for operation, value in node:
            parts = self._parts(operation, value)
            made = [
                front + part for part in parts[:_MOST_SAMPLES] for front in (made if part == parts[0] else made[:1])
            ][:_MOST_SAMPLES]
        return list(dict.fromkeys(made))

    def _parts(self, operation: Any, value: Any) -> list[str]:
        if operation is codes.LITERAL:
            return [chr(value)]
        if operation is codes.NOT_LITERAL:
            return [next(one for one in "a b" if one != chr(value))]
        if operation is codes.ANY:
            return ["a"]
        if operation is codes.IN:
            return list(islice(_members(value), _RANGES)) or ["a"]
        if operation is codes.BRANCH:
            return [one for branch in value[1] for one in self.samples(branch)[:2]]
        if operation is codes.SUBPATTERN:
            made = self.samples(value[3])
            if value[0] is not None:
                self._groups[value[0]] = made[0]
            return made
        if operation is codes.ATOMIC_GROUP:
            return self.samples(value)
        if operation in _REPEATS:
            low, _, body = value
            made = self.samples(body)
            times = min(max(low, 1), 300)
            return [one * times for one in made] + ([""] if low == 0 else [])
        if operation is codes.GROUPREF:
            return [self._groups.get(value, "")]
        if operation is codes.GROUPREF_EXISTS:
            return self.samples(value[1])
        return [""]

    def repeats(self, node: Any, prefix: str, lean: bool) -> Iterator[tuple[str, list[str], str]]:
        """Every repetition of the pattern: what leads to it (lean: without what may be missing), texts of its body,
        and the character that should follow."""
        for place, (operation, value) in enumerate(node):
            if operation in _REPEATS:
                _, high, body = value
                if high > 1:
                    follow = self._parts(*node[place + 1])[0][:1] if place + 1 < len(node) else ""
                    yield prefix, [one for one in self.samples(body) if one], follow
                yield from self.repeats(body, prefix, lean)
            elif operation is codes.BRANCH:
                for branch in value[1]:
                    yield from self.repeats(branch, prefix, lean)
            elif operation is codes.SUBPATTERN:
                yield from self.repeats(value[3], prefix, lean)
            elif operation is codes.ATOMIC_GROUP:
                yield from self.repeats(value, prefix, lean)
            elif operation in (codes.ASSERT, codes.ASSERT_NOT):
                yield from self.repeats(value[1], prefix, lean)
            if not (lean and operation in _REPEATS and value[0] == 0):
                prefix += self._parts(operation, value)[0]

    def fits(self, character: str, body: list[str]) -> bool:
        """True for a character that stands in what is pumped: one that the class beside it may take as well."""
        return any(character in one for one in body)
