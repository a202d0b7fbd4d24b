"""Finds personal data by checksums, shapes and telling words; says where, and changes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from jimo_lint.privacy.kinds import BANK_CARD, MOBILE, PASSPORT, RESIDENT_ID, SOCIAL_SECURITY, UNSURE, Found
from jimo_lint.privacy.numbers import DIVISIONS, Number, chains, numbers, told
from jimo_lint.privacy.view import View

# Neither part of a longer number or code, nor of a decimal, nor behind a star (what is masked stays as it is).
_BEFORE = r"(?<![0-9A-Za-z*_.])"
_AFTER = r"(?![0-9A-Za-z*_]|\.[0-9])"
_STANDS_BEFORE, _STANDS_AFTER = re.compile(_BEFORE), re.compile(_AFTER)
# What is no sure ID is one only in one run, or in groups of 6-8-4, 6-4-4-4, 6-4-2-2-4 with the same mark between
# them, or of 4-4-4-4-2: any other gaps are those of a table, and its dates would be taken for birthdays.
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
# What may follow a mobile number: no measure, no decimal, no further group.
_AFTER_MOBILE = re.compile(r"(?![0-9A-Za-z*元万亿吨%％]|_(?![\u3400-\u9fff]|[0-9]{1,2}\.)|\.[0-9]|-[0-9*])")
# In front: no such thing either, save in names of files, 张三_13800138000 and list_13800138000.xlsx.
_BEFORE_MOBILE = re.compile(r"(?<![0-9A-Za-z*_.])(?<![0-9*]-)|(?<=[\u3400-\u9fff][_.])")
_NAMED = re.compile(r"(?<=[_.])")

# These have no check digit, so only the words in front tell them from other numbers. A passport of China: E, or E
# with a letter, D, S, P (diplomatic, service, public affairs) and seven or eight digits, or G with eight.
_END = r"(?![0-9A-Za-z*])"
_LABEL = r"(?:号码?|编号)?\s?[为是]?\s?[:=]?\s{0,3}"
_PASSPORT = re.compile(
    r"(?:护照|[Pp]assport\s?(?:[Nn]o\.?|[Nn]umber)?)"
    + _LABEL
    + r"((?:[EeGg][0-9]{8}|[Ee][A-Za-z][0-9]{7}|[DdSsPp][EeKkJj]?[0-9]{7,8}|[KkMmHh][JjAa]?[0-9]{7,8}))"
    + _END
)
_SOCIAL_SECURITY = re.compile(
    r"(?:(?:社会保障|社会保险|社保|医保)(?:卡|号|证)码?|个人编号)" + _LABEL + r"([A-Z]?[0-9]{8,20}[Xx]?)" + _END
)
_OLD_RESIDENT_ID = re.compile(
    r"(?:身份证件?|公民身份|证件号码?|(?<![A-Za-z?&;/_])ID|(?i:sfzh?m?|id_?card|id_?no|zjhm)[A-Za-z_]{0,8})"
    + _LABEL
    + r"([1-8][0-9]{14})"
    + _END
)
_CALLED_ID = re.compile(
    r"(?:(?:身份证件?|公民身份)" + _LABEL + r"|(?i:sfzh?m?|id_?card|id_?no|zjhm)[a-z_]{0,8}[=:]\s?)$"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643-1999
_PARTS = frozenset((3, 6, 10, 12, 14, 17))  # where city, division, year, month, day and serial number end
_CARD_CONTEXT = re.compile(r"卡号|银行|账号|帐号|账户|帐户|开户|一卡通|社保卡|信用社|(?i:bank|card|yhkh|yhzh)")
_PHONE_CONTEXT = re.compile(
    r"(?:电话|手机|联系方式|联系人|热线|微信|短信|(?i:tel|phone|mobile|mob|cell|sjh|sjhm|lxdh|lxfs))[^\n0-9*]{0,8}\n?$"
)
_OTHER_NUMBER = re.compile(
    r"(?:QQ|qq|编号|注册号|单号|流水号|群号|编码|代码|序列号|许可证号|合同号|ID)(?:号码?)?[为是]?:?[\s_.]*$"
)
# An ID's shape, its check digit too by chance: a division, a day and a serial number make up many a permit's number.
_PERMIT = re.compile(
    r"(?:许可证|项目|合同|订单|单|流水|施工|备案|案件|登记|受理|档案|注册|统一)(?:编号|编码|代码|号码?)[为是]?:?\s*$"
)
# In an address a long number is mostly an identifier of a page: of a telephone or a card only the scheme, the
# parameter, or a name or word beside it says what it is.
_TELLING_SCHEME = re.compile(r"(?i)(?:tel|sms|smsto|callto|mailto|weixin|whatsapp):")
_TELLING_BEFORE = re.compile(
    # t and m hold times and pages too, but no time has eleven digits before the year 2286.
    r"(?:(?i:[?&;#](?:t|m|sj|dh|hm|haoma|lxdh|lianxi)="
    r"|[?&;#/][a-z_.-]*(?:phone|mobile|tel|sjh|shouji|lxfs|dianhua|contact|user|account|login|card|yhkh|yhzh|zhanghao)"
    r"[a-z_.-]*=)|[\u3400-\u9fff]|(?i:(?<![a-z])(?:(?:tel|phone|mobile)/"
    r"|(?:tel|phone|mobile|sj|dh|card|yhk)[_-]?)))[ _.:+~,-]{0,2}(?:0{0,2}86[ -]?)?$"
)
_TELLING_AFTER = re.compile(r"[ _.~,-]{0,2}[\u3400-\u9fff]|@")  # a mailbox that is called by the number
_IN_FRONT = 48  # characters in front of a number in which these are looked for
# A file that is called by such a number alone is somebody's; pages are called by numbers of all lengths.
_ALONE = re.compile(r"[/=_.-][+ ]?(?:(?:00)?86[ -]?)?$")
_FILE = re.compile(r"(?i)(?:_[0-9]{1,2})?\.(?:docx?|xlsx?|pptx?|wps|et|pdf|ofd|rtf|csv|txt|zip|rar|7z)(?:[?#&]|$)")
_MOBILE = 11  # digits
_COUNTRY = ("", "86", "0086")


def find(shown: View) -> tuple[View, list[Found]]:
    """Personal data that do not overlap, in order, and the view that they are in; the strongest evidence takes
    precedence."""
    spans = chains(shown.text)
    labelled = told(shown.text)
    if not spans and not labelled:
        return shown, []
    shown = shown.alike()
    text = shown.text
    read = [number for start, end in spans for number in numbers(text, start, end)]
    sure = (
        *((RESIDENT_ID, one.start, one.end) for one in read if _is_resident_id(one, text)),
        *(_labelled(text) if labelled else ()),
        *((BANK_CARD, one.start, one.end) for one in read if _is_card(one, text)),
        *_mobiles(read, text),
    )
    taken = bytearray(len(text))
    found: list[Found] = []
    for what, start, end in (*sure, *_unsure(text, spans)):
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            found.append((what, start, end))
    return shown, sorted(found, key=lambda one: one[1])


def tells_in_address(text: str, what: str, start: int, end: int) -> bool:
    """Whether a number that was found in an address is what it looks like."""
    if what == UNSURE or "/" in text[start:end]:
        return False
    if what not in (MOBILE, BANK_CARD) or _TELLING_SCHEME.match(text):
        return True
    before = text[max(start - _IN_FRONT, 0) : start]
    if _TELLING_BEFORE.search(before) or _TELLING_AFTER.match(text, end):
        return True
    return bool(_ALONE.search(before) and _FILE.match(text, end))


def _stands(number: Number, text: str) -> bool:
    return bool(_STANDS_BEFORE.match(text, number.start) and _STANDS_AFTER.match(text, number.end))


def _is_resident_id(number: Number, text: str) -> bool:
    """Sure where division, birthday and check digit fit, whatever stands around it: hardly another number does so.

    Gaps must be of one kind, and blanks, which part the figures of a table too, where people put them: between the
    number's parts, or after so many digits each.
    """
    digits = number.digits
    if len(digits) != 18 or not _is_born(digits):
        return False
    low = max(number.start - 16, 0)
    if _CALLED_ID.search(text, low, number.start):
        return True
    if "X" in digits[:17] or _check_digit(digits) != digits[17] or _PERMIT.search(text, low, number.start):
        return False
    if not number.cuts:
        return True
    if len(number.marks) != 1:
        return False
    return " " not in number.marks or number.regular or _PARTS.issuperset(number.cuts)


def _unsure(text: str, spans: list[tuple[int, int]]) -> Iterator[Found]:
    """Numbers that may be personal; see UNSURE."""
    for begin, end in spans:
        behind = end + 2  # what a pattern looks at behind a number
        for regex in (_RESIDENT_ID, _WRONG_RESIDENT_ID):
            for match in regex.finditer(text, begin, behind):
                if _is_born(_compact(match[0])):
                    yield UNSURE, match.start(), match.end()
        for match in _SHORT_RESIDENT_ID.finditer(text, begin, behind):
            number = _compact(match[0])
            other = _OTHER_NUMBER.search(text, max(match.start() - 10, 0), match.start())
            if _is_born(f"{number[:6]}19{number[6:]}") and not other:
                yield UNSURE, match.start(), match.end()
        for match in _BANK_CARD.finditer(text, begin, behind):
            if match[0].startswith("62") and _CARD_CONTEXT.search(text, max(match.start() - 30, 0), match.end() + 15):
                yield UNSURE, match.start(), match.end()


def _labelled(text: str) -> Iterator[Found]:
    """Numbers that only the words in front of them make personal."""
    for match in _OLD_RESIDENT_ID.finditer(text):
        number = match[1]
        if _is_born(f"{number[:6]}19{number[6:]}"):
            yield RESIDENT_ID, *match.span(1)
    for what, regex in ((PASSPORT, _PASSPORT), (SOCIAL_SECURITY, _SOCIAL_SECURITY)):
        for match in regex.finditer(text):
            yield what, *match.span(1)


def _is_born(digits: str) -> bool:
    """True where division and birthday are possible, whatever the check digit says."""
    if digits[:2] not in DIVISIONS or digits[6:8] not in ("19", "20"):
        return False
    try:
        return date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14])).year < 2050
    except ValueError:
        return False


def is_checked(digits: str) -> bool:
    """Whether these are the digits of an ID with the right check digit."""
    return len(digits) == 18 and digits[:17].isdigit() and _is_born(digits) and _check_digit(digits) == digits[17]


def _check_digit(digits: str) -> str:
    """The last character of an 18-digit resident ID by GB 11643-1999 (ISO 7064 MOD 11-2)."""
    return "10X98765432"[sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False)) % 11]


def _is_card(number: Number, text: str) -> bool:
    """UnionPay cards are 62 with 16-19 digits; 620 (division codes of Gansu) and the foreign brands with 16 digits
    need a word that says so, and so do odd groups with blanks, the figures of a table: one in ten of all numbers
    passes Luhn."""
    digits = number.digits
    if not 16 <= len(digits) <= 19 or digits[0] not in "456" or not (digits.isdigit() and _luhn(digits)):
        return False
    union = digits.startswith("62")
    if not union and (len(digits) != 16 or not ("40" <= digits[:2] <= "49" or "51" <= digits[:2] <= "55")):
        return False
    if len(digits) == 18 and _is_born(digits):
        return False
    by_four = {4, 8, 12, 16}.issuperset(number.cuts)
    if _CARD_CONTEXT.search(text, max(number.start - 30, 0), number.end + 15):
        shaped = by_four or (union and len(number.marks) == 1 and (number.regular or number.cuts == (6,)))
        return not number.cuts or shaped
    if not union or digits[2] == "0" or not _stands(number, text):
        return False
    if by_four and number.marks <= {" ", "-"}:
        return True
    if len(number.marks) != 1 or number.marks <= {" ", "\n"}:
        return False
    return by_four or number.regular or number.cuts == (6,)


def _luhn(digits: str) -> bool:
    """True where the last digit fits by ISO/IEC 7812-1."""
    row = [int(digit) for digit in reversed(digits)]
    return (sum(row[::2]) + sum(sum(divmod(2 * digit, 10)) for digit in row[1::2])) % 10 == 0


def _mobiles(read: Sequence[Number], text: str) -> Iterator[Found]:
    for whole in read:
        code = next((one for one in _COUNTRY if len(whole.digits) == _MOBILE + len(one)), None)
        if code is not None and whole.digits.startswith(code):
            number = whole.without(len(code)) if code else whole
            if _is_mobile(number, text, whole.start):
                yield MOBILE, number.start, number.end


def _is_mobile(number: Number, text: str, begin: int) -> bool:
    """Sure in one run and as 3-4-4, or with marks of one kind as 4-4-3; other groups, and what stands behind letters,
    where a word says what it is: years and figures of a table begin with 13 to 19 too.

    begin: of the code of the country.
    """
    digits, marks = number.digits, number.marks
    if digits[0] != "1" or digits[1] not in "3456789" or digits[10] == "X" or not _AFTER_MOBILE.match(text, number.end):
        return False
    if _OTHER_NUMBER.search(text, max(begin - 10, 0), begin):
        return False
    if _PHONE_CONTEXT.search(text, max(begin - 20, 0), begin):
        return len(marks) < 2 or marks <= {" ", "-"}
    if not _BEFORE_MOBILE.match(text, begin):
        return not number.cuts and bool(_NAMED.match(text, begin) and _FILE.match(text, number.end))
    if {3, 7}.issuperset(number.cuts):
        # A path has slashes in front too.
        return marks <= {" ", "-"} or (len(marks) == 1 and "\n" not in marks and text[begin - 1 : begin] not in marks)
    return number.cuts == (4, 8) and len(marks) == 1 and marks <= {"-", ".", "·", "_"}


def _compact(number: str) -> str:
    return number.replace(" ", "").replace("-", "")
