"""Tries a user's word list on right text, on the store and on local files before it is put in force."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from jimo_lint.language import text, wordlists
from jimo_lint.language.matcher import Matcher
from jimo_lint.lint.engine import Engine
from jimo_lint.lint.ruleset import load_rules
from jimo_lint.lint.standards import load_profile
from jimo_lint.model import Block, Context, Document, Finding, Problem, TermEntry
from jimo_lint.model.families import family
from jimo_lint.privacy import mask_problem
from jimo_lint.readers.drafts import local
from jimo_lint.readers.registers.term_list import Fault, Terms
from jimo_lint.settings.config import Config
from jimo_lint.store import Store

# A term of two characters stands inside longer words and across the border of two words.
_SHORT = 2
# Words that the segmenter's corpus has less often are not everyday words.
_COMMON = 100
_CONTEXTS = 3


@dataclass(slots=True)
class Tally:
    """What one term would report. contexts: the first few that differ, each a line with the address it stands in."""

    word: TermEntry
    hits: int = 0
    pages: int = 0
    contexts: list[Finding] = field(default_factory=list)


@dataclass(slots=True)
class Trial:
    """The outcome: terms by falling number of hits, and what was read for it."""

    tallies: tuple[Tally, ...]
    documents: int
    characters: int
    problems: tuple[Problem, ...]


def collisions(terms: Terms, as_of: date) -> Iterator[Fault]:
    """Remarks on terms that are too short, or that stand in right text: everyday words and right sentences."""
    words = terms.words

    def remark(word: TermEntry, fault: str, remedy: str) -> Fault:
        return Fault(terms.where[word.term], fault, remedy, False, word.line)

    for word in words:
        guarded = word.unless_in or word.unless_before or word.unless_after
        if len(word.term) <= _SHORT and not guarded:
            yield remark(word, f"“{word.term}”只有两个字，容易误报", "请用 jimo-lint words test 试查，或写长一些")
    for word, right in _in_vocabulary(words):
        if right == word.term:
            yield remark(word, f"“{right}”本身是常用词，每次出现都会报", "请写成较长的词语，或确认确实都错")
        else:
            yield remark(word, f"会在常用词“{right}”里报", f"请在“例外”一列写上“{right}”")
    for word, sentence in _in_sentences(words, as_of):
        yield remark(word, f"会在正确的文字里报，如“{sentence}”", "请写成较长的词语，或在“例外”一列写出正确的词语")


def _in_vocabulary(words: Sequence[TermEntry]) -> Iterator[tuple[TermEntry, str]]:
    """Terms with the commonest everyday word that holds them. That a sensitive term is a word is no surprise."""
    matcher = Matcher((word.term, word) for word in words)
    best: dict[str, tuple[int, str, TermEntry]] = {}
    for right, times in text.vocabulary():
        if times < _COMMON:
            continue
        for start, end, word in matcher.iter(right):
            whole = end - start == len(right)
            if (whole and not word.suggestions) or any(context in right for context in word.unless_in):
                continue
            best[word.term] = max(best.get(word.term, (0, "", word)), (times, right, word))
    for _, right, word in best.values():
        yield word, right


def _in_sentences(words: Sequence[TermEntry], as_of: date) -> Iterator[tuple[TermEntry, str]]:
    """Terms with the first right sentence of this project in which they would be reported."""
    engine = _engine(words, Config(), as_of)
    known = {word.term: word for word in words}
    for sentence in _right_sentences():
        document = Document("", "", "file", "", (Block("body", sentence),))
        for finding in engine.findings(document):
            word = known.pop(finding.matched, None)
            if word is not None:
                yield word, finding.excerpt


def _right_sentences() -> Iterator[str]:
    """The counter-examples of the text rules, and what the word lists that ship propose."""
    for rule in load_rules():
        for example in rule.examples:
            if not example.hit and isinstance(example.given.get("text"), str) and "own" not in rule.params:
                yield example.given["text"]
        if family(rule.code).listed:
            for name in rule.params.get("lists", ()):
                for word in wordlists.load(name).words:
                    yield from word.suggestions
            for name in rule.params.get("phrases", ()):
                yield from (word.term for word in wordlists.load(name).words)


def _engine(words: Sequence[TermEntry], config: Config, as_of: date) -> Engine:
    """Only the rules for users' lists: what they report is what the list would report once it is in force."""
    rules = [rule for rule in load_rules() if "own" in rule.params]
    context = Context(as_of, load_profile("national"), own=tuple(words), allowed=config.allow)
    return Engine(rules, context)


def stored(path: Path, stack: ExitStack) -> Iterator[Document]:
    """The documents of the store, pages and posts; closed with the stack."""
    store = stack.enter_context(Store.open(path, writing=False))
    for source in ("site", "archive"):
        yield from store.documents(source)


def files(paths: Sequence[Path], as_of: date) -> Iterator[Document | Problem]:
    """The documents of local files and folders."""
    return local.read(paths, as_of=as_of)


def trial(words: Sequence[TermEntry], sources: Iterable[Document | Problem], config: Config, as_of: date) -> Trial:
    """What the terms would report in these documents, with the configuration's allowed texts in force."""
    engine = _engine(words, config, as_of)
    tallies = {word.term: Tally(word) for word in words}
    documents = characters = 0
    problems: list[Problem] = []
    for source in sources:
        if isinstance(source, Problem):
            problems.append(mask_problem(source))
            continue
        documents += 1
        characters += len(source.text)
        met: set[str] = set()
        for finding in engine.judged(source, problems):
            tally = tallies[finding.matched]
            tally.hits += 1
            tally.pages += finding.matched not in met
            met.add(finding.matched)
            if len(tally.contexts) < _CONTEXTS and all(one.excerpt != finding.excerpt for one in tally.contexts):
                tally.contexts.append(finding)
    ordered = sorted(tallies.values(), key=lambda tally: (-tally.hits, tally.word.term))
    return Trial(tuple(ordered), documents, characters, tuple(problems))
