"""Takes the values of a JSON object by key: of the kind that the database wants, masked and fit for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from jimo_lint.errors import InputError
from jimo_lint.language.printing import encodable
from jimo_lint.model.terms import CHINA
from jimo_lint.privacy import mask_text, mask_url

T = TypeVar("T")

_REMEDY = "请重新检查这个网站"
# The whole numbers that databases hold.
_LARGEST = 2**63
_MISSING = object()


class Part:
    """One object of a file. InputError, with the file and the place in it, where a value is not there or of another
    kind."""

    def __init__(self, raw: Any, file: str, place: str = "") -> None:
        if not isinstance(raw, Mapping):
            raise InputError(file, f"{place or '开头'} 应是表", _REMEDY)
        self._raw = raw
        self._file = file
        self._place = place

    def text(self, key: str) -> str:
        """Without personal data, and without what no database holds; "" for null."""
        value = self._raw.get(key, _MISSING)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise self._wrong(key, value, "文字")
        return _fit(mask_text(value))

    def url(self, key: str) -> str:
        """An address or a path; as `text`."""
        value = self._raw.get(key, _MISSING)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise self._wrong(key, value, "文字")
        return _fit(mask_url(mask_text(value)))

    def digits(self, key: str) -> str:
        """What the program made itself, in which a number is nobody's."""
        return _fit(self._of(key, str, "文字"))

    def texts(self, key: str) -> list[str]:
        """A list of texts."""
        return [_fit(mask_text(str(one))) for one in self._of(key, list, "列表")]

    def number(self, key: str) -> int:
        """A whole number."""
        value = self._raw.get(key, _MISSING)
        if type(value) is not int or not -_LARGEST <= value < _LARGEST:
            raise self._wrong(key, value, "整数")
        return value

    def number_or_none(self, key: str) -> int | None:
        """A whole number or null."""
        return None if self._raw.get(key, _MISSING) is None else self.number(key)

    def decimal_or_none(self, key: str) -> float | None:
        """A number or null."""
        value = self._raw.get(key, _MISSING)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self._wrong(key, value, "数")
        return float(value)

    def flag(self, key: str) -> bool:
        """True or false."""
        return self._of(key, bool, "真假")

    def day(self, key: str) -> date | None:
        """A date or null."""
        value = self._raw.get(key, _MISSING)
        if value is None:
            return None
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            raise self._wrong(key, value, "日期") from None

    def moment(self, key: str) -> datetime | None:
        """A moment, as UTC, or null; without a zone it is UTC already."""
        moment = self._time(key)
        return moment and (moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC))

    def clock(self, key: str) -> datetime | None:
        """What clocks in China show, without a zone, or null."""
        moment = self._time(key)
        return moment and (moment.astimezone(CHINA).replace(tzinfo=None) if moment.tzinfo else moment)

    def _time(self, key: str) -> datetime | None:
        value = self._raw.get(key, _MISSING)
        if value is None:
            return None
        try:
            return datetime.fromisoformat(value)
        except (TypeError, ValueError):
            raise self._wrong(key, value, "时刻") from None

    def part(self, key: str) -> Part:
        """An object inside."""
        return Part(self._raw.get(key), self._file, self._at(key))

    def part_or_none(self, key: str) -> Part | None:
        """An object inside, or null."""
        return None if self._raw.get(key) is None else self.part(key)

    def parts(self, key: str) -> Iterator[Part]:
        """A list of objects."""
        for number, one in enumerate(self._of(key, list, "列表")):
            yield Part(one, self._file, f"{self._at(key)}[{number}]")

    def _of(self, key: str, kind: type[T], word: str) -> T:
        value = self._raw.get(key, _MISSING)
        if not isinstance(value, kind):
            raise self._wrong(key, value, word)
        return value

    def _at(self, key: str) -> str:
        return f"{self._place}.{key}" if self._place else key

    def _wrong(self, key: str, value: object, word: str) -> InputError:
        said = "缺少" if value is _MISSING else f"应是{word}"
        return InputError(self._file, f"报告残缺或被改过：{self._at(key)} {said}", _REMEDY)


def _fit(text: str) -> str:
    # PostgreSQL holds no NUL in texts, and UTF-8 no lone surrogates.
    return encodable(text.replace("\0", "\ufffd"))
