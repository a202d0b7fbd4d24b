"""Which articles of the regulation on government information (政府信息公开条例) a text cites."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jimo_lint.evidence.answers.folding import NUMBER, Folded, number
from jimo_lint.model.answers import Citation

_TOKEN = re.compile(
    r"《(?P<law>[^《》\n]{2,40})》|(?P<bare>(?:政府信息公开|该|本)?条例)(?=[（第规])|(?P<other>法|办法|规定|细则|解释)(?=第)"
    rf"|(?:第|(?<=[》例]))(?P<article>{NUMBER})条(?:第?(?P<paragraph>{NUMBER})款)?(?P<items>(?:第?[（(]?{NUMBER}[）)]?项(?:[、和及，与]?(?:第[（(]?|[（(]){NUMBER}[）)]?项)*)?)"
    r"|(?P<end>[。\n])"
)
_REGULATION = re.compile(r"(?:中华人民共和国)?(?:政府)?信息公开条例(?:（.{0,30}）)?|条例")
FORMERLY = re.compile(r"(?:当时|彼时|其时)(?:施行|有效|适用|生效)?的?[^。；，\n]*$")  # of a law, before its name
_POINTS = 10  # below it, 第一条 and so on may count what the letter itself says, unless the sentence names the law
_LAW = re.compile(r"《([^《》\n]{2,40})》")
_OF_LAW = re.compile(r"(?:条例|法|办法|规定|细则|规程|规范|准则|解释)(?:（[^（）]*）)?$")
_ITEM = re.compile(rf"({NUMBER})[）)]?项")


def citations(folded: Folded) -> Iterator[Citation]:
    """In the order of the text; one for each item that is named. Where no other law is named, all articles are its."""
    laws = [one for one in _LAW.findall(folded.text) if _OF_LAW.search(one)]
    alone = bool(laws) and all(map(_REGULATION.fullmatch, laws))
    ours, named = alone, False
    for found in _TOKEN.finditer(folded.text):
        if found["law"]:
            then = FORMERLY.search(folded.text, max(found.start() - 16, 0), found.start())
            ours = named = then is None and _REGULATION.fullmatch(found["law"]) is not None
        elif found["bare"]:
            ours = named = ours or folded.text[found.start() - 1 : found.start()] not in "省市区县"
        elif found["end"]:
            ours, named = alone, False
        elif found["other"]:
            ours = False
        elif ours:
            span = folded.of(found)
            article, paragraph = number(found["article"]), number(found["paragraph"] or "〇")
            if article < _POINTS and not named:
                continue
            for item in [number(one) for one in _ITEM.findall(found["items"])] or [0]:
                yield Citation(article, paragraph, item, span)
