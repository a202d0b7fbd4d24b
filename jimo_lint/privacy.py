"""Finds personal data by checksums and telling words and masks it, keeping the length."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache

from jimo_lint.model import Block, Document, Link, PersonalData, Span

RESIDENT_ID = "resident-id"
BANK_CARD = "bank-card"
MOBILE = "mobile"
PASSPORT = "passport"
SOCIAL_SECURITY = "social-security"
# Shaped like an ID or a card, but with a wrong check digit or too short: mostly slips of the keyboard in a true
# number, so it is masked; but it may be another number, so no rule reports it.
UNSURE = "unsure"

# Neither part of a longer number or code, nor of a decimal, nor behind a star (what is masked stays as it is).
_BEFORE = r"(?<![0-9A-Za-z*＊_.])"
_AFTER = r"(?![0-9A-Za-z*＊_]|\.[0-9])"
# In one run, or in groups of 6-8-4, 6-4-4-4, 6-4-2-2-4 with the same mark between them, or of 4-4-4-4-2: any other
# gaps are those of a table, and its dates would be taken for birthdays.
_RESIDENT_ID = re.compile(
    _BEFORE
    + r"(?:[1-8][0-9]{5}([ -]?)(?:19|20)[0-9]{2}(?:\1|)[0-9]{2}(?:\1|)[0-9]{2}[ -]?[0-9]{3}[0-9Xx]"
    + r"|[1-8][0-9]{3}([ -])[0-9]{2}(?:19|20)\2[0-9]{4}\2[0-9]{4}\2[0-9][0-9Xx])"
    + _AFTER
)
# With a digit too few or too many at the end; and of 15 digits, as they were until 1999.
_WRONG_RESIDENT_ID = re.compile(_BEFORE + r"[1-8][0-9]{5}(?:19|20)[0-9]{6}(?:[0-9]{2}|[0-9]{4})[0-9Xx]" + _AFTER)
_SHORT_RESIDENT_ID = re.compile(_BEFORE + r"[1-8][0-9]{5}([ -]?)[0-9]{6}(?:\1|)[0-9]{3}" + _AFTER)
_BANK_CARD = re.compile(_BEFORE + r"(?:62|4[0-9]|5[1-5])[0-9]{2}(?:[ -]?[0-9]{4}){3}(?:[ -]?[0-9]{1,3})?" + _AFTER)
_MOBILE = re.compile(
    r"(?<![0-9A-Za-z*＊_.])(?<![0-9*][-－])(?:(?:\+|00)?86[ -]?)?(1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4})"
    r"(?![0-9A-Za-z*＊_元万亿吨%％]|\.[0-9]|-[0-9])"
)
# These have no check digit, so only the words in front tell them from other numbers. A passport of China: E, or E
# with a letter, D, S, P (diplomatic, service, public affairs) and seven or eight digits, or G with eight.
_END = r"(?![0-9A-Za-z*＊])"
_LABEL = r"(?:号码?|编号)?\s?[为是]?\s?[:：]?\s{0,3}"
_PASSPORT = re.compile(
    r"(?:护照|[Pp]assport\s?(?:[Nn]o\.?|[Nn]umber)?)"
    + _LABEL
    + r"((?:[EeGg][0-9]{8}|[Ee][A-Za-z][0-9]{7}|[DdSsPp][EeKkJj]?[0-9]{7,8}|[KkMmHh][JjAa]?[0-9]{7,8}))"
    + _END
)
_SOCIAL_SECURITY = re.compile(
    r"(?:(?:社会保障|社会保险|社保|医保)(?:卡|号|证)码?|个人编号)" + _LABEL + r"([A-Z]?[0-9]{8,20}[Xx]?)" + _END
)
_OLD_RESIDENT_ID = re.compile(r"(?:身份证件?|公民身份|证件号码?|ID)" + _LABEL + r"([1-8][0-9]{14})" + _END)
_CALLED_ID = re.compile(r"(?:身份证件?|公民身份)" + _LABEL + "$")
# Any of the numbers above has at least eleven digits, gaps aside, or seven in a row behind a telling word. Days
# have neither.
_LONG_NUMBER = re.compile(r"[0-9０-９](?:[ \u3000\-－]?[0-9０-９]){10}")
_NUMBER = re.compile(rf"[0-9０-９]{{7}}|{_LONG_NUMBER.pattern}")
_TELLING = ("护照", "assport", "社会保", "社保", "医保", "个人编号", "身份", "证件号", "ID")
_REACH = 32  # code points from the beginning of such a word to the number are fewer
# Of a number of seven characters or more, two of every third in a row are digits or gaps: looking at those alone
# first makes the search three times as fast.
_EVERY = 3
_SAMPLED = re.compile(r"[0-9０-９ \u3000\-－]{2,}")
# Most texts are done with sooner: the lower bytes of their UTF-16, digits of both widths as one, hold no such run.
# Other characters that share a lower byte with a digit only make it look closer.
_LOWER = bytes(0x30 if byte in b"0123456789" or 0x10 <= byte <= 0x19 else byte for byte in range(256))
_GAPS = b" -\x00\x0d"  # those of full width too
_FULL_WIDTH = str.maketrans("０１２３４５６７８９Ｘｘ－\u3000", "0123456789Xx- ")

# First two digits of GB/T 2260 division codes in resident IDs; 81-83 are residence permits of Hong Kong, Macao, Taiwan.
_DIVISIONS = frozenset(
    str(code)
    for codes in ((11, 16), (21, 24), (31, 38), (41, 47), (50, 55), (61, 66), (71, 72), (81, 84))
    for code in range(*codes)
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643-1999
_CARD_CONTEXT = re.compile(r"卡号|银行|账号|帐号|账户|帐户|开户|一卡通|社保卡|信用社")
_OTHER_NUMBER = re.compile(
    r"(?:QQ|qq|编号|注册号|单号|流水号|群号|编码|代码|序列号|许可证号|合同号|ID)(?:号码?)?[为是]?[:：]?\s*$"
)
# An ID's shape, its check digit too by chance: a division, a day and a serial number make up many a permit's number.
_PERMIT = re.compile(
    r"(?:许可证|项目|合同|订单|单|流水|施工|备案|案件|登记|受理|档案|注册|统一)(?:编号|编码|代码|号码?)[为是]?[:：]?\s*$"
)
# In an address a long number is mostly an identifier of a page; only these say that it is a telephone or a card.
_TELLING_URL = re.compile(r"(?i)^(?:tel|sms|callto):|[?&;][a-z_]*(?:phone|mobile|tel|sjh|card|yhkh)[a-z_]*=")

# Code points kept at front and back. No standard fixes a form (standards.md §5.7); these leave what is commonly
# shown (138****1234, first six and last four of a card), and of a resident ID neither birthday nor serial number.
_KEPT = {RESIDENT_ID: (2, 2), BANK_CARD: (6, 4), MOBILE: (3, 4), PASSPORT: (2, 2), SOCIAL_SECURITY: (2, 2)}
_KEPT[UNSURE] = _KEPT[RESIDENT_ID]


def mask_text(text: str) -> str:
    """`text` with personal data masked; same length; masking twice changes nothing more."""
    return _mask(text)[0]


def mask_url(url: str) -> str:
    """`url` with personal data masked: resident IDs anywhere, telephone and card numbers only where it says so."""
    masked, found = _mask(url)
    if not found or _TELLING_URL.search(url):
        return masked
    kept = list(url)
    for what, start, end in found:
        if what == RESIDENT_ID:
            kept[start:end] = masked[start:end]
    return "".join(kept)


def _suspicious(text: str) -> bool:
    """False where there is certainly nothing to mask."""
    lower = text.encode("utf-16-le", "surrogatepass")[::2].translate(_LOWER)
    if b"0000000" not in lower and b"00000000000" not in lower.translate(None, _GAPS):
        return False
    for found in _SAMPLED.finditer(text[::_EVERY]):
        start, end = max(_EVERY * (found.start() - 1), 0), _EVERY * found.end()
        if _NUMBER.search(text, start, end) and (_LONG_NUMBER.search(text, start, end) or _telling(text, start, end)):
            return True
    return False


def _telling(text: str, start: int, end: int) -> bool:
    near = text[max(start - _REACH, 0) : end]
    return any(word in near for word in _TELLING)


def mask(document: Document) -> Document:
    """`document` with personal data masked in blocks, title, links and metas, and `personal` filled.

    The spans in `personal` are valid in the masked text: masking keeps lengths. `id` and `url` are the page's
    address and stay. A document masked before keeps its `personal`.
    """
    # Hardly a page has anything to mask, so all of it is looked at in one go first. No number goes on after a
    # line break.
    everything = [document.title, *document.meta.values(), *(block.text for block in document.blocks)]
    everything += (part for one in document.concealed for part in (one.url, one.text, one.code))
    if not _suspicious("\n".join(everything)) and not any(map(_suspicious_link, document.links)):
        return document
    blocks: list[Block] = []
    personal: list[PersonalData] = []
    start = 0
    for block in document.blocks:
        masked, found = _mask(block.text)
        blocks.append(replace(block, text=masked) if found else block)
        personal += [PersonalData(what, Span(start + a, start + b)) for what, a, b in found if what != UNSURE]
        start += len(block.text) + 1
    return replace(
        document,
        title=mask_text(document.title),
        blocks=tuple(blocks),
        links=tuple(_mask_link(link) for link in document.links),
        concealed=tuple(
            replace(one, url=mask_url(one.url), text=mask_text(one.text), code=mask_text(one.code))
            for one in document.concealed
        ),
        meta={key: mask_text(value) for key, value in document.meta.items()},
        personal=tuple(sorted((*document.personal, *personal), key=lambda one: (one.span.start, one.span.end))),
    )


@lru_cache(maxsize=32768)  # the links of a page mostly stand on other pages too
def _suspicious_link(link: Link) -> bool:
    return _suspicious(f"{link.url}\n{link.text}\n{link.raw}")


def _mask_link(link: Link) -> Link:
    if not _suspicious_link(link):
        return link
    masked = replace(link, url=mask_url(link.url), text=mask_text(link.text), raw=mask_url(link.raw))
    return link if masked == link else masked


def _mask(text: str) -> tuple[str, list[tuple[str, int, int]]]:
    """The masked text and what was found where; repeated until nothing is left, since a mask may free a neighbour."""
    found: list[tuple[str, int, int]] = []
    if not _suspicious(text):
        return text, found
    while True:
        fresh = list(_find(text))
        if not fresh:
            return text, sorted(found, key=lambda one: one[1:])
        found += fresh
        for what, start, end in fresh:
            text = text[:start] + _hide(text[start:end], *_KEPT[what]) + text[end:]


def _hide(number: str, front: int, back: int) -> str:
    """All characters but blanks and hyphens starred, save `front` at the start and `back` at the end."""
    places = [index for index, character in enumerate(number) if character not in " -－\u3000"]
    hidden = set(places[front : len(places) - back])
    return "".join("*" if index in hidden else character for index, character in enumerate(number))


def _find(text: str) -> Iterator[tuple[str, int, int]]:
    """Personal data that do not overlap, as (what, start, end); the strongest evidence takes precedence."""
    plain = text.translate(_FULL_WIDTH)
    taken: list[tuple[int, int]] = []
    sure = (*_resident_ids(plain), *_labelled(plain), *_bank_cards(plain), *_mobiles(plain))
    for what, start, end in (*sure, *_unsure(plain)):
        if all(end <= a or b <= start for a, b in taken):
            taken.append((start, end))
            yield what, start, end


def _resident_ids(text: str) -> Iterator[tuple[str, int, int]]:
    for match in _RESIDENT_ID.finditer(text):
        number = _compact(match[0]).upper()
        if not _resident_like(number):
            continue
        low = max(match.start() - 12, 0)
        fits = _check_digit(number) == number[17] and not _PERMIT.search(text, low, match.start())
        if fits or _CALLED_ID.search(text, low, match.start()):
            yield RESIDENT_ID, match.start(), match.end()


def _unsure(text: str) -> Iterator[tuple[str, int, int]]:
    """Numbers that may be personal; see UNSURE."""
    for regex in (_RESIDENT_ID, _WRONG_RESIDENT_ID):
        for match in regex.finditer(text):
            if _resident_like(_compact(match[0])):
                yield UNSURE, match.start(), match.end()
    for match in _SHORT_RESIDENT_ID.finditer(text):
        number = _compact(match[0])
        other = _OTHER_NUMBER.search(text, max(match.start() - 10, 0), match.start())
        if _resident_like(f"{number[:6]}19{number[6:]}") and not other:
            yield UNSURE, match.start(), match.end()
    for match in _BANK_CARD.finditer(text):
        if match[0].startswith("62") and _CARD_CONTEXT.search(text, max(match.start() - 30, 0), match.end() + 15):
            yield UNSURE, match.start(), match.end()


def _labelled(text: str) -> Iterator[tuple[str, int, int]]:
    """Numbers that only the words in front of them make personal."""
    if not any(word in text for word in _TELLING):
        return
    for match in _OLD_RESIDENT_ID.finditer(text):
        number = match[1]
        if _resident_like(f"{number[:6]}19{number[6:]}"):
            yield RESIDENT_ID, *match.span(1)
    for what, regex in ((PASSPORT, _PASSPORT), (SOCIAL_SECURITY, _SOCIAL_SECURITY)):
        for match in regex.finditer(text):
            yield what, *match.span(1)


def _resident_like(number: str) -> bool:
    """True where division and birthday are possible, whatever the check digit says."""
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    return number[:2] in _DIVISIONS and 1900 <= born.year < 2050


def _check_digit(number: str) -> str:
    """The last character of an 18-digit resident ID by GB 11643-1999 (ISO 7064 MOD 11-2)."""
    return "10X98765432"[sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False)) % 11]


def _bank_cards(text: str) -> Iterator[tuple[str, int, int]]:
    for match in _BANK_CARD.finditer(text):
        number = _compact(match[0])
        if not _luhn(number) or (len(number) == 18 and _resident_like(number)):
            continue
        # UnionPay cards are 62 with 16-19 digits; 620 (division codes of Gansu) and the foreign brands with 16
        # digits need a word that says so: one in ten of all numbers passes Luhn.
        certain = number.startswith("62") and number[2] != "0"
        near = text[max(match.start() - 30, 0) : match.end() + 15]
        if certain or ((len(number) == 16 or number[0] == "6") and _CARD_CONTEXT.search(near)):
            yield BANK_CARD, match.start(), match.end()


def _luhn(number: str) -> bool:
    """True where the last digit fits by ISO/IEC 7812-1."""
    digits = [int(digit) for digit in reversed(number)]
    return (sum(digits[::2]) + sum(sum(divmod(2 * digit, 10)) for digit in digits[1::2])) % 10 == 0


def _mobiles(text: str) -> Iterator[tuple[str, int, int]]:
    for match in _MOBILE.finditer(text):
        if not _OTHER_NUMBER.search(text, max(match.start() - 10, 0), match.start()):
            yield MOBILE, match.start(1), match.end(1)


def _compact(number: str) -> str:
    return number.replace(" ", "").replace("-", "")
