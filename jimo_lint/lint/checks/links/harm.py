"""Weighs whether words are those of gambling, pornography or lottery sites: several together, never one alone."""

from __future__ import annotations

from collections.abc import Iterable

from jimo_lint.language import wordlists
from jimo_lint.language.expressions import compiled
from jimo_lint.language.matcher import Matcher
from jimo_lint.values import NamedTuple

_LOTTERY = "彩票"
_KINDS = frozenset({"赌博", "色情", _LOTTERY})
# Who speaks so warns of it, punishes it, or is the lottery's own administration.
_WARNS = (
    r"打击|查处|严禁|禁止|取缔|抓获|涉嫌|涉案|犯罪|整治|诈骗|防范|警惕|举报|净网|扫黄|判处|判决|民警|公安|警方|反赌|禁赌|拒赌|抵制"
    r"|远离|危害|福利彩票|体育彩票|中国福彩|中国体彩|福彩中心|体彩中心|责任彩票|理性购彩|彩票管理|彩票公益金|纪检|监委"
)


class Terms(NamedTuple):
    """The distinct terms in a text, in the order in which they stand there. harmful: without those of lotteries."""

    all: tuple[str, ...]
    harmful: tuple[str, ...]


class Harm:
    """Finds the terms of lists whose rows are noted 赌博…, 色情… or 彩票…; rows noted otherwise are left out."""

    def __init__(self, names: Iterable[str]) -> None:
        """RuleError where there is no such list."""
        rows = {
            word.term.lower(): word.note[:2] for name in names for word in wordlists.load(name).words
            if word.note[:2] in _KINDS
        }  # fmt: skip
        self._matcher = Matcher(rows.items())

    def terms(self, text: str) -> Terms:
        """Terms that do not overlap, the longest first served: 澳门新葡京 is one term, not two."""
        taken: list[tuple[int, int, str]] = []
        folded = text.lower()
        for start, end, kind in sorted(self._matcher.iter(folded), key=lambda one: (one[0] - one[1], one[0])):
            if all(end <= first or last <= start for first, last, _ in taken):
                taken.append((start, end, kind))
        found = dict.fromkeys((folded[start:end], kind) for start, end, kind in sorted(taken))
        return Terms(
            tuple(dict.fromkeys(term for term, _ in found)),
            tuple(dict.fromkeys(term for term, kind in found if kind != _LOTTERY)),
        )


def warns(text: str) -> bool:
    """True where a text speaks against gambling and pornography, or for the state's lottery."""
    return compiled(_WARNS).search(text) is not None
