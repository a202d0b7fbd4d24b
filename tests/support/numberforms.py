"""Forms in which people write an ID number, a telephone and a card: invented numbers with right check digits."""

from __future__ import annotations

ID = "370102199003074519"
ID_X = "11010519491231002X"  # the example of GB 11643
PHONE = "13800138000"
CARD = "6222021001116245702"


def groups(number: str, *sizes: int) -> list[str]:
    """The number in groups; the last size counts on."""
    found: list[str] = []
    done = 0
    for size in sizes:
        found.append(number[done : done + size])
        done += size
    while done < len(number):
        found.append(number[done : done + sizes[-1]])
        done += sizes[-1]
    return [group for group in found if group]


def wide(text: str) -> str:
    """With digits of full width."""
    return "".join(chr(ord(one) + 0xFEE0) if one.isdigit() else one for one in text)


# Name to the written form: as a reader sees it.
FORMS: dict[str, str] = {
    "plain": ID,
    "ending in X": ID_X,
    "behind an underscore": f"id_{ID}",
    "behind a letter": f"A{ID}",
    "between letters": f"x{ID}y",
    "in brackets": f"（{ID}）",
    "full width": wide(ID),
    "full width X": wide(ID_X[:17]) + "Ｘ",
    "6-8-4 blanks": " ".join(groups(ID, 6, 8, 4)),
    "6-4-4-4 hyphens": "-".join(groups(ID_X, 6, 4, 4, 4)),
    "6-12": " ".join(groups(ID, 6, 12)),
    "by 1": " ".join(ID),
    "by 2": "-".join(groups(ID, 2)),
    "by 3": " ".join(groups(ID, 3)),
    "by 4": " ".join(groups(ID_X, 4)),
    "by 5": " ".join(groups(ID, 5)),
    "by 6": "　".join(groups(ID, 6)),
    "dots": ".".join(groups(ID, 6, 8, 4)),
    "middle dots": "·".join(groups(ID, 6)),
    "em dashes": "——".join(groups(ID, 6, 8, 4)),
    "en dashes": " – ".join(groups(ID, 3)),
    "underscores": "_".join(groups(ID, 6, 4, 4, 4)),
    "invisible": "\u200b".join(groups(ID, 4)),
    "no-break blanks": "\u00a0".join(groups(ID, 3)),
    "copied from a chat": f"\u2068{ID[:6]}\u202c\u202d{ID[6:]}\u2069",
    "variation marks": "\ufe0f".join(ID),
    "in rings": "".join("⓪①②③④⑤⑥⑦⑧⑨"[int(one)] for one in ID),
    "mobile": f"电话{PHONE}",
    "mobile in rings": f"手机{''.join('⓪①②③④⑤⑥⑦⑧⑨'[int(one)] for one in PHONE)}",
    "mobile 3-4-4": f"电话{' '.join(groups(PHONE, 3, 4, 4))}",
    "mobile hyphens": "-".join(groups(PHONE, 3, 4, 4)),
    "mobile dots": ".".join(groups(PHONE, 3, 4, 4)),
    "mobile em dashes": "—".join(groups(PHONE, 3, 4, 4)),
    "mobile 4-4-3": "-".join(groups(PHONE, 4, 4, 3)),
    "mobile 4-4-3 blanks": f"手机：{' '.join(groups(PHONE, 4, 4, 3))}",
    "mobile by 3": f"手机号码 {' '.join(groups(PHONE, 3))}",
    "mobile bracket": f"手机({PHONE[:3]}){PHONE[3:]}",
    "mobile abroad": f"+86 {PHONE}",
    "mobile glued abroad": f"电话86{PHONE}",
    "mobile glued word": f"Tel{PHONE}",
    "mobile mail": f"mailto:{PHONE}@139.com",
    "mobile full width": f"电话{wide(PHONE)}",
    "card": f"卡号{CARD}",
    "card by 4": " ".join(groups(CARD, 4)),
    "card hyphens": "-".join(groups(CARD, 4)),
    "card dots": ".".join(groups(CARD, 4)),
    "card 6-13": f"银行卡 {' '.join(groups(CARD, 6, 13))}",
    "card by 5": f"银行账号：{' '.join(groups(CARD, 5))}",
    "card underscore": f"card_{CARD}",
    "card full width": f"卡号{wide(CARD)}",
}
NUMBERS = (ID, ID_X, PHONE, CARD)
