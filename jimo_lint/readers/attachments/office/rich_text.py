"""Reads rich text (.rtf), as Word, WPS and LibreOffice write it, in every part that holds text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial

from jimo_lint.errors import InputError
from jimo_lint.model import Mark
from jimo_lint.readers import compound
from jimo_lint.readers.attachments.office import embedded, properties
from jimo_lint.readers.attachments.office.rich_state import (
    BINS,
    ENTERED,
    KEPT,
    LEFT_OUT,
    LIST_TEXTS,
    MARGINS,
    SIGNS,
    STORIES,
    SWITCHES,
    Bin,
    Field,
    Said,
    State,
    Story,
)
from jimo_lint.readers.attachments.office.rich_tokens import Token, decoded, octets, of_font, page, tokens, whole
from jimo_lint.readers.contents import FileContents, Member, Passage, Picture, contents, links_of
from jimo_lint.readers.source import Source
from jimo_lint.readers.word import docx_numbers
from jimo_lint.readers.word.word_text import CellCounter, hidden_marks, in_cell, kept_by, linked, shown_by, tooltip
from jimo_lint.values import replace

_TITLE, _REMEDY = "RTF 文档", "请用 Word 或 WPS 另存为 .docx"
# What differs between the numbers of a list.
_NUMERALS = re.compile("[0-9０-９一二三四五六七八九十百零〇]+")
_START = b"{\\rtf"


def sign(source: Source) -> str:
    """How such a file begins."""
    return "{\\rtf" if source.start.startswith(_START) else ""


def read(source: Source, base: str, _as_of: date) -> FileContents:
    """Its paragraphs, then notes, comments and margins. InputError: damaged, or no rich text."""
    if not sign(source):
        raise InputError(source.place, f"不是 {_TITLE}", _REMEDY, mark="damaged")
    reading = _Reading()
    if not reading.read(source.body.decode("latin-1")):
        fault = f"{_TITLE}已损坏，多半没有下载或复制完"
        raise InputError(source.place, fault, f"请重新复制，或{_REMEDY[1:]}", mark="damaged")
    return replace(reading.done(source, base), properties=reading.about.said)


class _Reading:
    """What was found so far. about: what the document says of itself."""

    def __init__(self) -> None:
        self._state = State(Story("", 0, 0, CellCounter()))
        self._stack: list[State] = []
        self._raw: list[str] = []  # bytes that are still to be decoded
        self._skip = 0  # characters to be passed over, behind one of Unicode
        self._charset, self._default = "", 0
        self._fonts: dict[int, str] = {}
        self._font = 0  # that is being told of
        self._starred = self._opening = False
        self._counted = Counter[str]()
        self._number = 0  # of paragraphs of the body
        self._passages: list[Passage] = []
        self._later: list[Passage] = []
        self._numbered: dict[str, str] = {}  # the first number of each list, by what stands around it
        self._links: list[tuple[str, str]] = []
        self._hidden: list[str] = []
        self._names: list[str] = []
        self._paths: list[str] = []
        self._pictures: list[Picture] = []
        self._members: list[Member] = []
        self._changes, self._change = 0, 0
        self._property = self._told = ""
        self.about = Said()

    def read(self, text: str) -> bool:
        """Go through it; False where it ends within a group."""
        for token in tokens(text):
            if token.raw:
                self._characters(token.raw)
                continue
            self._flush()
            if token.brace == "{":
                self._stack.append(self._state)
                self._opening, self._starred, self._skip = True, False, 0
            elif token.brace:
                if not self._stack:
                    return False
                self._close()
                if not self._stack:
                    break  # what may stand behind is none of it
            elif token.sign:
                self._sign(token.sign)
            elif token.word:
                self._word(token)
        self._end(0)
        return not self._stack

    def done(self, source: Source, base: str) -> FileContents:
        """All of it."""
        numbers = (text for around, text in self._numbered.items() if docx_numbers.has_words(around))
        comments, objects = self._counted["批注"], self._counted["对象"] - len(self._members)
        return contents(
            source,
            dict.fromkeys((*self._passages, *self._later, *(Passage(one, "编号", 1, "aside") for one in numbers))),
            marks=[
                *hidden_marks(self._hidden),
                *([Mark("tracked", "", f"{self._changes} 处")] if self._changes else ()),
                *([Mark("comments", "", f"{comments} 条")] if comments else ()),
                *properties.authors(self._names),
                *properties.paths(self._paths),
            ],
            links=links_of(dict.fromkeys(self._links), base),
            unread=f"{objects} 个嵌入的对象" if objects else "",
            pictures=self._pictures,
            members=self._members,
        )

    def _characters(self, raw: str) -> None:
        self._opening = False
        if self._skip:
            raw, self._skip = raw[self._skip :], max(self._skip - len(raw), 0)
        if raw:
            self._raw.append(raw)

    def _flush(self) -> None:
        """Give the bytes read so far, which may be halves of characters, to what takes them in, as text."""
        if self._raw:
            raw = "".join(self._raw)
            self._raw.clear()
            charset = self._fonts.get(self._default, "") if self._state.charset is None else self._state.charset
            self._add(decoded(raw, charset or self._charset))

    def _add(self, text: str) -> None:
        state = self._state
        if state.bin is not None:
            if state.bin.name and not state.fonts:
                state.bin.texts.append(text)
            return
        change = 1 if state.deleted else 2 if state.inserted else 0
        if change and change != self._change:
            self._changes += 1
        self._change = change
        if state.deleted:
            return
        state.story.texts.append(text)
        if state.hidden and text.strip():
            state.story.hidden = True
        if state.result is not None:
            state.result.words.append(text)

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self._starred = True
            return
        if self._skip:
            self._skip -= 1
        elif sign in "\\{}":
            self._characters(sign)
        elif sign in "~_":
            self._add("\u00a0" if sign == "~" else "-")
        elif sign in "\r\n":
            self._end(self._state.depth)

    def _word(self, token: Token) -> None:
        state, word, number = self._state, token.word, token.number
        opening, self._opening = self._opening, False
        if state.bin is not None and not state.bin.name:
            return  # within what is left out
        if opening and self._begin(word, starred=self._starred):
            return
        if self._skip:
            self._skip -= 1
        elif word == "u" and number is not None:
            self._add(chr(number & 0xFFFF))
            self._skip = state.blanks
        elif word in SIGNS:
            self._add(SIGNS[word])
        elif word in _COMMANDS:
            _COMMANDS[word](self, number)

    def _begin(self, word: str, *, starred: bool) -> bool:
        """Begin a group that is told by its first word; False where that is none of such a group."""
        state = self._state
        if word == "ud":
            self._state = state._replace(bin=state.bin.outer if state.bin else None)
        elif word in LEFT_OUT:
            self._state = state._replace(bin=Bin("", state.bin))
        elif word in BINS:
            self._state = state._replace(bin=Bin(word, state.bin))
        elif word == "fonttbl":
            self._state = state._replace(bin=Bin(word, state.bin), fonts=True)
        elif word in STORIES:
            title = STORIES[word]
            self._counted[title] += 1
            number = self._counted[title]
            tables = CellCounter(f"{title} " if title in MARGINS else f"{title} {number} ")
            line = 1 if title in MARGINS else self._number + 1
            self._state = State(Story(title, number, line, tables), charset=state.charset, blanks=state.blanks)
        elif word == "field":
            self._state = state._replace(field=Field())
        elif word == "fldrslt":
            self._state = state._replace(result=state.field)
        elif starred and word not in ENTERED:
            self._state = state._replace(bin=Bin("", state.bin))
        else:
            return False
        return True

    def _close(self) -> None:
        """End a group, and take in what it held."""
        ended, self._state = self._state, self._stack.pop()
        self._opening = self._starred = False
        self._skip = 0
        state = self._state
        if ended.bin is not None and ended.bin is not state.bin and (state.bin is None or ended.bin.outer is state.bin):
            self._take(ended.bin)
        if ended.story is not state.story:
            self._end_paragraph(ended.story, 0, ends=False)
        if ended.field is not None and ended.field is not state.field:
            found = ended.field
            self._links += linked([(found.instruction, "".join(found.words))])
            if not found.words and (base := found.choice or shown_by(found.instruction)):
                self._add(base)
            self._asides([("链接提示", tooltip(found.instruction)), *(("下拉选项", one) for one in found.others)])
            self._asides(kept_by(found.instruction, "".join(found.words)))

    def _take(self, ended: Bin) -> None:
        text = "".join(ended.texts)
        if ended.name == "fldinst" and self._state.field is not None:
            self._state.field.instruction = text
        elif ended.name == "ffl" and self._state.field is not None:
            self._state.field.entries.append(text)
        elif ended.name in LIST_TEXTS:
            self._numbered.setdefault(_NUMERALS.sub("1", text), text.strip())
        elif ended.name in ("ffhelptext", "ffstattext"):
            self._asides([("窗体域的提示", text)])
        elif ended.name in ("author", "operator"):
            self._names.append(text)
        elif ended.name == "template":
            self._paths.append(text)
        elif ended.name in KEPT:
            self._asides([(KEPT[ended.name], text.strip())])
        elif ended.name == "sn":
            self._property = text.strip()
        elif ended.name == "sv":
            self._value(text, of_picture=ended.outer is not None and ended.outer.name == "pict")
        elif ended.name == "pict":
            self._counted["图"] += 1
            place = f"图 {self._counted['图']}"
            self._pictures.append(embedded.picture(place, partial(octets, text)))
            if self._told:
                self._passages.append(Passage(self._told, f"{place} 的替代文字", self._number + 1, "alt"))
            self._told = ""
        elif ended.name == "objdata":
            self._object(octets(text))
        else:
            self.about.take(ended.name, text.strip())

    def _asides(self, said: Iterable[tuple[str, str]]) -> None:
        """Words that are shown when they are asked for, and where they stand."""
        words = ((at, one) for at, one in said if one.strip() and not embedded.is_address(one))
        self._passages += (Passage(one, at, self._number + 1, "aside") for at, one in words)

    def _value(self, text: str, *, of_picture: bool) -> None:
        """A property of a drawing: its alternative text, or words that are drawn."""
        if self._property == "wzDescription" and (words := embedded.alternative(text)):
            if of_picture:
                self._told = words
            else:
                self._passages.append(Passage(words, "图形的替代文字", self._number + 1, "alt"))
        elif self._property == "gtextUNICODE" and text.strip():
            self._counted["艺术字"] += 1
            self._passages.append(Passage(text.strip(), f"艺术字 {self._counted['艺术字']}", self._number + 1))

    def _object(self, content: bytes) -> None:
        self._counted["对象"] += 1
        at = content.find(compound.SIGNATURE)
        member = embedded.of_object(f"对象 {self._counted['对象']}", content[at:]) if at >= 0 else None
        if member:
            self._members.append(member)

    def _end(self, depth: int, *, ends: bool = False) -> None:
        """End a paragraph. ends: it is the last of its cell."""
        if self._state.bin is None and not self._state.deleted:
            self._end_paragraph(self._state.story, depth, ends=ends)

    def _end_paragraph(self, story: Story, depth: int, *, ends: bool) -> None:
        text = whole("".join(story.texts)).rstrip()
        story.texts.clear()
        hidden, story.hidden = story.hidden, False
        cell = story.tables.place(depth, ends=ends)
        if not story.title:
            self._number += 1
        if text:
            place = in_cell(cell) if cell else story.place if story.title else f"第 {self._number} 段"
            kind = "comment" if story.title == "批注" else "table" if cell else "body"
            cell = cell._replace(hidden=hidden) if cell else None
            passage = Passage(text, place, story.line or self._number, kind, cell)
            (self._passages if story.title in ("", "文本框") else self._later).append(passage)
            if hidden:
                self._hidden.append(place)

    def _end_line(self, _number: int | None) -> None:
        self._end(self._state.depth)

    def _end_cell(self, _number: int | None) -> None:
        self._end(1, ends=True)

    def _end_inner_cell(self, _number: int | None) -> None:
        self._end(max(self._state.depth, 2), ends=True)

    def _end_row(self, _number: int | None) -> None:
        self._state.story.tables.end_row(1)

    def _end_inner_row(self, _number: int | None) -> None:
        self._state.story.tables.end_row(max(self._state.depth, 2))

    def _set_font(self, number: int | None) -> None:
        if self._state.fonts:
            self._font = number or 0
        else:
            self._state = self._state._replace(charset=self._fonts.get(number or 0, ""))

    def _set_charset(self, number: int | None) -> None:
        if self._state.fonts:
            self._fonts[self._font] = of_font(number)

    def _set_page(self, number: int | None) -> None:
        self._charset = page(number)

    def _set_default(self, number: int | None) -> None:
        self._default = number or 0

    def _set_blanks(self, number: int | None) -> None:
        self._state = self._state._replace(blanks=max(number or 0, 0))

    def _set_choice(self, number: int | None) -> None:
        if self._state.field is not None:
            self._state.field.chosen = max(number or 0, 0)

    def _set_usual(self, number: int | None) -> None:
        if self._state.field is not None:
            self._state.field.usual = max(number or 0, 0)

    def _set_plain(self, _number: int | None) -> None:
        self._state = self._state._replace(charset=None, deleted=False, inserted=False, hidden=False)

    def _set_on(self, number: int | None, *, what: str) -> None:
        self._state = self._state.turned(what, number != 0)

    def _set_depth(self, number: int | None) -> None:
        self._state = self._state._replace(depth=min(max(number or 0, 0), 9))

    def _enter_table(self, _number: int | None) -> None:
        self._state = self._state._replace(depth=max(self._state.depth, 1))

    def _leave_table(self, _number: int | None) -> None:
        self._state = self._state._replace(depth=0)

    def _is_endnote(self, _number: int | None) -> None:
        story = self._state.story
        if story.title == "脚注":
            self._counted["脚注"] -= 1
            self._counted["尾注"] += 1
            story.title, story.number = "尾注", self._counted["尾注"]


_COMMANDS: dict[str, Callable[[_Reading, int | None], None]] = {
    "par": _Reading._end_line,
    "sect": _Reading._end_line,
    "cell": _Reading._end_cell,
    "nestcell": _Reading._end_inner_cell,
    "row": _Reading._end_row,
    "nestrow": _Reading._end_inner_row,
    "f": _Reading._set_font,
    "fcharset": _Reading._set_charset,
    "ansicpg": _Reading._set_page,
    "deff": _Reading._set_default,
    "uc": _Reading._set_blanks,
    "plain": _Reading._set_plain,
    "itap": _Reading._set_depth,
    "intbl": _Reading._enter_table,
    "pard": _Reading._leave_table,
    "ftnalt": _Reading._is_endnote,
    **{word: partial(_Reading._set_on, what=what) for word, what in SWITCHES.items()},
    "ffres": _Reading._set_choice,
    "ffdefres": _Reading._set_usual,
}
