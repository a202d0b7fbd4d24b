"""The parts of the statistical typo detector: alphabet, tables, codec, trees, storage."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jimo_lint.errors import RuleError
from jimo_lint.language.typo import storage
from jimo_lint.language.typo.alphabet import BITS, BORDER, DIGIT, FIRST, GAP, LATIN, OTHER, Alphabet, keys, packed
from jimo_lint.language.typo.candidates import neighbours
from jimo_lint.language.typo.codec import pack, unpack
from jimo_lint.language.typo.ngrams import HashTable, quantised, square
from jimo_lint.language.typo.slips import onward
from jimo_lint.language.typo.tree_ensemble import Forest
from jimo_lint.settings.resources import wordlists_folder

pytestmark = pytest.mark.slow

LETTERS = Alphabet("的一是，。（甲乙丙")


@given(st.text())
def test_offsets_lead_back_to_the_text(text: str) -> None:
    """Every character has one number, in order, and the number's offset is the character's code point."""
    encoded = LETTERS.encode(text)
    places = np.flatnonzero(encoded.numbers != BORDER)
    assert [LETTERS.number(text[encoded.offsets[place]]) for place in places] == encoded.numbers[places].tolist()
    assert np.all(np.diff(encoded.offsets[places]) > 0)
    assert not encoded.numbers[:GAP].any() and not encoded.numbers[len(encoded.numbers) - GAP :].any()


def test_variants_share_a_number() -> None:
    """Digits, letters and brackets of several kinds count as one; unknown characters and emoji as another."""
    assert {LETTERS.number(one) for one in "0９5"} == {DIGIT}
    assert {LETTERS.number(one) for one in "aＺ"} == {LATIN}
    assert LETTERS.number("〔") == LETTERS.number("(") == LETTERS.number("（") >= FIRST
    assert LETTERS.number("😀") == LETTERS.number("丁") == OTHER


def test_sentences_do_not_touch() -> None:
    """No n-gram of four reaches from one sentence into the next."""
    numbers = LETTERS.encode("甲甲。乙乙\n丙丙").numbers
    four = {tuple(numbers[start : start + 4].tolist()) for start in range(len(numbers) - 3)}
    one, two = LETTERS.number("甲"), LETTERS.number("乙")
    assert not any(one in row and two in row for row in four)


def test_keys_and_packed_agree() -> None:
    """A key made from a running text is the key made from columns."""
    numbers = LETTERS.encode("的一是甲乙丙").numbers
    assert np.array_equal(keys(numbers, 3), packed(numbers[:-2], numbers[1:-1], numbers[2:]))
    assert len(keys(numbers[:2], 4)) == 0


@given(st.dictionaries(st.integers(1, (1 << 52) - 1), st.integers(1, 255), max_size=300))
def test_hash_table_gives_back_what_it_was_filled_with(content: dict[int, int]) -> None:
    """Known keys give their values, and of unknown ones next to none gives any."""
    known = np.array(list(content), np.uint64)
    table = HashTable(HashTable.filled(known, np.array(list(content.values()), np.uint8)))
    assert table.get(known).tolist() == list(content.values())
    unknown = np.array([key for key in range(1 << 51, (1 << 51) + 500) if key not in content], np.uint64)
    assert np.count_nonzero(table.get(unknown)) <= 1


def test_square_and_quantised() -> None:
    """A bigram's value stands at its two numbers; more counts are never a smaller value."""
    values = quantised(np.array([1, 2, 3, 10, 10**9]))
    assert values.tolist() == sorted(values.tolist()) and values[0] >= 1 and values[-1] == 255
    table = square(np.array([(5 << BITS) | 7], np.uint64), values[:1], 10, BITS)
    assert table[5, 7] == values[0] and np.count_nonzero(table) == 1


@given(st.lists(st.integers(0, (1 << 63) - 1), unique=True), st.lists(st.floats(width=32, allow_nan=False)))
def test_packing_is_exact_and_repeatable(numbers: list[int], floats: list[float]) -> None:
    """Arrays come back as they were, and the same arrays give the same bytes."""
    arrays = {"some_keys": np.array(sorted(numbers), np.uint64), "floats": np.array(floats, np.float32).reshape(-1, 1)}
    data = pack(arrays)
    assert data == pack(arrays)
    back = dict(unpack(data))
    assert list(back) == list(arrays)
    assert all(np.array_equal(back[name], array) and back[name].dtype == array.dtype for name, array in arrays.items())


def test_damaged_pack_is_told() -> None:
    """Bytes that are no pack raise ValueError, whatever they are."""
    good = pack({"a": np.arange(9)})
    for bad in (b"", b"xz", good[:-9]):
        with pytest.raises(ValueError, match="not a packed model"):
            list(unpack(bad))


def test_trees_are_walked_to_the_leaf_that_the_answers_lead_to() -> None:
    """ "At most" leads to the first child; a tree of one leaf gives its value to every row."""
    forest = Forest(
        column=np.array([[1, 0, 0, 0, 0], [0] * 5], np.int16),
        threshold=np.array([[2.0, np.inf, 5.0, np.inf, np.inf], [np.inf] * 5], np.float32),
        child=np.array([[1, 1, 3, 3, 4], [0] * 5], np.int16),
        value=np.array([[0, 10, 0, 20, 30], [1, 0, 0, 0, 0]], np.float32),
        depth=2,
    )
    rows = np.array([[0, 2], [5, 3], [6, 3]], np.float32)
    assert forest.scores(rows).tolist() == [11, 21, 31]
    assert forest.scores(rows[:0]).tolist() == []


def test_no_trigram_is_more_frequent_than_the_bigrams_in_it() -> None:
    """Of the model that ships: by this it is told without a look-up what a trigram may come to at most.

    Two borders are the exception, whose bigram is not counted.
    """
    parts = dict(unpack((wordlists_folder() / "typo" / "ngrams.gz").read_bytes()))
    numbers, values = parts["gram3_keys"], parts["gram3_values"]
    first, second, third = ((numbers >> np.uint64(BITS * place)) & np.uint64((1 << BITS) - 1) for place in (2, 1, 0))
    counts = square(parts["gram2_keys"], parts["gram2_values"], 1 << BITS, BITS)
    for one, other in ((first, second), (second, third)):
        bordered = (one == BORDER) & (other == BORDER)
        assert bordered.any() and np.all(bordered | (values <= counts[one.astype(int), other.astype(int)]))


@given(st.lists(st.integers(0, 255), min_size=81, max_size=81))
def test_neighbours_are_told_bit_by_bit(values: list[int]) -> None:
    """A bigram seen eight times may stand beside a candidate, a rarer one may not; told from either side."""
    table = np.array(values, np.uint8).reshape(9, 9)
    before, behind = (np.unpackbits(bits, axis=1, bitorder="little")[:, :9] for bits in neighbours(table))
    frequent = table >= quantised(np.array([7]))[0]
    assert np.array_equal(before, frequent) and np.array_equal(behind, frequent.T)


def test_what_nearly_alone_goes_on_is_known_beforehand() -> None:
    """A tenth of what follows a pair is enough, a twentieth is not, nor is anything behind a pair that is rare."""
    pairs = {(4, 5): 10_000, (5, 6): 5_000, (5, 7): 5_000, (8, 5): 40}
    table = np.zeros((9, 9), np.uint8)
    for places, count in pairs.items():
        table[places] = quantised(np.array([count]))[0]
    counts = {(4, 5, 6): 1_100, (4, 5, 7): 500, (8, 5, 6): 40}
    keyed = packed(*np.array(list(counts), np.uint16).T)
    found = onward(keyed, quantised(np.array(list(counts.values()))), table)
    assert found.tolist() == packed(*np.array([[4, 5, 6]], np.uint16).T).tolist()


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder, and an empty temporary folder."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    return tmp_path / "cache" / "jimo-lint"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A packed model without content, in the form of the one that ships."""
    grams = {}
    for n in (2, 3, 4):
        grams |= {f"gram{n}_keys": np.array([5], np.uint64), f"gram{n}_values": np.array([20], np.uint8)}
    rest = {
        "alphabet": np.array([ord(one) for one in "的一是"], np.uint16),
        "single": np.ones(7, np.uint8),
        "confusion_offsets": np.zeros(8, np.int32),
        "confusion_numbers": np.zeros(0, np.uint16),
        "confusion_kinds": np.zeros(0, np.uint8),
        "homophones": np.zeros((0, 2), np.uint16),
        "homophones_first": np.zeros(4, np.int32),
        "homophones_last": np.zeros(4, np.int32),
        "sounds": np.zeros((7, 2), np.uint16),
    }
    for n in (2, 3, 4):
        rest |= {f"word{n}_keys": np.array([5], np.uint64), f"word{n}_values": np.array([20], np.uint8)}
    for size in storage.FORESTS:
        for field, kind in (("column", "i2"), ("threshold", "f4"), ("child", "i2"), ("value", "f4")):
            rest[f"forest{size}_{field}"] = np.zeros((1, 3), kind)
        rest[f"forest{size}_depth"] = np.array([1], np.int32)
    folder = tmp_path / "model"
    folder.mkdir()
    sums = {}
    for name, arrays in zip(storage.PARTS, (grams, rest), strict=True):
        data = pack(arrays)
        (folder / name).write_bytes(data)
        sums[name] = sha256(data).hexdigest()
    manifest = {"sha256": sums, "tiers": {"likely": 2.0, "possible": 1.0}}
    (folder / storage.MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    return folder


def test_unpacked_once(cache: Path, small: Path) -> None:
    """The first use unpacks into the cache; the second only maps, for it works without the packed parts."""
    first = storage.load(small)
    (file,) = cache.glob("typo-*")
    before = file.stat().st_mtime_ns
    for name in storage.PARTS:
        (small / name).unlink()
    second = storage.load(small)
    assert file.stat().st_mtime_ns == before and list(cache.glob("typo-*")) == [file]
    assert first.tiers == second.tiers == {"likely": 2.0, "possible": 1.0}
    assert np.array_equal(first.detector.tables.square, second.detector.tables.square)
    assert second.detector.propose(["的一是"]) == [[]]


def test_cut_cache_file_is_replaced(cache: Path, small: Path) -> None:
    """A file that is not whole is not trusted but written anew."""
    storage.load(small)
    (file,) = cache.glob("typo-*")
    whole = file.read_bytes()
    file.unlink()
    file.write_bytes(whole[:-10])
    storage.load(small)
    assert file.read_bytes() == whole


@pytest.mark.parametrize("temporary", [True, False])
def test_works_where_nothing_can_be_written(
    cache: Path, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, temporary: bool
) -> None:
    """Without a cache the temporary folder is used, without that the memory of the process."""
    cache.parent.write_text("a file where the folder should be")
    if not temporary:
        (tmp_path / "tmp").rmdir()
        (tmp_path / "tmp").write_text("here as well")
    assert storage.load(small).detector.propose(["的一是"]) == [[]]
    assert bool(list(tmp_path.glob("tmp/*/typo-*.bin"))) == temporary


def test_folder_of_others_is_not_trusted(cache: Path, small: Path, tmp_path: Path) -> None:
    """A cache folder that others can write to is passed over: they could put a model of theirs there."""
    cache.mkdir(parents=True)
    cache.chmod(0o777)
    storage.load(small)
    assert not list(cache.iterdir())
    assert list(tmp_path.glob("tmp/*/typo-*.bin"))


def test_damaged_model_is_one_line(cache: Path, small: Path) -> None:
    """A wrong checksum or a missing manifest names the file and the remedy."""
    (small / "scorer.gz").write_bytes(b"changed")
    with pytest.raises(RuleError, match=r"wordlists/typo/scorer\.gz：.*校验和不符.*重新安装"):
        storage.load(small)
    (small / storage.MANIFEST).unlink()
    with pytest.raises(RuleError, match=r"wordlists/typo/model\.json：.*重新安装"):
        storage.load(small)
