"""Characters that only look like Han: radicals of the dictionary (U+2E80-2FD5), as text out of PDFs holds them."""

from __future__ import annotations

import re
import unicodedata

RADICAL = re.compile("[\u2e80-\u2fd5]")
# Unicode says of the Kangxi radicals which character each looks like, of the supplement next to nothing: those with
# a character of everyday text that looks the same, by their names.
_SUPPLEMENT = (
    "⺁厂⺄乙⺅亻⺇几⺈刀⺉刂⺋卩⺌小⺎尢⺐尣⺒巳⺓幺⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歹⺟母⺠民⺡氵⺢水⺣灬⺤爫⺥爫⺨犭⺩王⺪疋⺫目⺬示⺭礻"
    "⺯糸⺰纟⺱罓⺲罒⺳网⺶羊⺷羊⺹耂⺻聿⺼肉⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃西⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门"
    "⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻟飠⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻲龟⻳龟"
)
_LOOKS_LIKE = dict(zip(map(ord, _SUPPLEMENT[::2]), _SUPPLEMENT[1::2], strict=True)) | {
    number: unicodedata.normalize("NFKC", chr(number)) for number in range(0x2F00, 0x2FD6)
}


def unify(text: str) -> str:
    """`text` with the characters that radicals look like, one for one."""
    return text if text.isascii() or not RADICAL.search(text) else text.translate(_LOOKS_LIKE)
