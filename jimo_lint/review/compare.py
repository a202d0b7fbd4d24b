"""Compares a run with those before it: which findings are new, still there, mended - or were not looked at.

A quick answer lies in each of these cases; what decides is said in `docs/decisions/0009-since-last-time.md`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import NamedTuple

from jimo_lint.model import Decision, Finding, Opinion, State
from jimo_lint.review.effect import is_over
from jimo_lint.review.looked import Looked, is_web, outermost
from jimo_lint.store.runs import Life, Place

# Characters on both sides, blanks apart, by which the words of a finding are known again in a text.
_AROUND = 6

# Why a place was not looked at, as reports say it.
NOT_READ = "页面这次没有读到"
NOT_IN_FORCE = "这条规则这次没有启用"
RULE_CHANGED = "规则、词表或检查标准改过，不能和上次相比"
TEXT_STANDS = "原文没有改，只是没有再报（词表、允许的写法或别处的写法变了）"
NOT_SURE_GONE = "页面打不开（404），下次再打不开才算下线"
OTHER_CONTENT = "那里现在是别的内容（要登录、出错提示，或换了文章），看不出改没改"
EARLIER = "检查日早于上次发现的那天"
NO_VERDICT = "链接这次没有结论"
NOT_JUDGED = "这次未能判定"
NOT_COLLECTED = "这次没有重新采集"


class _Seen(NamedTuple):
    """What is known of one place of a finding. state: CLOSED stands for nothing; reason: of UNCHECKED."""

    state: State
    reason: str = ""


_CLEAN, _GONE = _Seen(State.MENDED), _Seen(State.OFFLINE)


class _Text(Enum):
    """What has become of the text in which a finding stood and in which it was not found."""

    AS_BEFORE = "the words stand there in the same surroundings"
    ELSEWHERE = "the words stand there in others"
    OTHER = "nothing of what stood around them is there"


# What is known of the texts of one finding's places, by their names; where nothing is, the words are gone.
_Texts = Mapping[str, _Text]
_NO_TEXTS: _Texts = {}


@dataclass(frozen=True, slots=True)
class Before:
    """What earlier runs left. rules: codes with their hashes, by run; days: the day of each run. runs_at: the runs that
    looked at a place."""

    rules: Mapping[int, Mapping[str, str]]
    days: Mapping[int, date]
    runs_at: Callable[[Place], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Now:
    """What this run brings. rules: codes with their hashes. gone: addresses that answered 404 or 410, with whether
    that is confirmed. texts: of documents by their names, asked for once. complete: all was looked at."""

    day: date
    rules: Mapping[str, str]
    looked: Looked
    gone: Mapping[str, bool]
    texts: Callable[[Collection[str]], Mapping[str, str]]
    complete: bool


class Standing(NamedTuple):
    """How one finding stands. life: as it is to be stored. places, clean: as in `History`. finding, reason: of `Past`,
    where it was not found."""

    life: Life
    places: int = 1
    clean: int = 0
    finding: Finding | None = None
    reason: str = ""


class _Here(NamedTuple):
    """What was found in this run. former: its life until now, None where it has none; numbers: of the places where it
    stands."""

    finding: Finding
    former: Life | None
    numbers: tuple[int, ...]


@dataclass(slots=True)
class _Vanished:
    """A life that was not found in this run."""

    life: Life
    finding: Finding
    places: tuple[Place, ...] = field(default_factory=tuple)


class Comparison:
    """One run against those before it.

    lives: all of the inspection; last_found: the finding of one. decided: the decision in force on a finding, by
    fingerprint. named: places of lives by their numbers; numbers: the other way, for places of this run.
    """

    def __init__(
        self,
        before: Before,
        now: Now,
        lives: Iterable[Life],
        last_found: Callable[[Life], Finding],
        decided: Mapping[str, Decision],
        named: Mapping[int, Place],
        numbers: Mapping[Place, int],
    ) -> None:
        self._before = before
        self._now = now
        self._lives = {life.fingerprint: life for life in lives}
        self._last_found = last_found
        self._decided = decided
        self._named = named
        self._numbers = numbers

    def standings(self, found: Iterable[Finding], silenced: Collection[str]) -> tuple[list[Standing], list[Standing]]:
        """Of what was found, in its order, and of what was not found any more and has not long been gone.

        silenced: fingerprints that 误报 keeps silent, which are found all the same.
        """
        number = self._numbers.__getitem__
        here = [
            _Here(finding, self._lives.get(finding.fingerprint), tuple(map(number, self._places(finding))))
            for finding in found
        ]
        present = {one.finding.fingerprint for one in here}
        vanished = [
            _Vanished(life, self._last_found(life), tuple(self._named[number] for number in life.places))
            for life in self._lives.values()
            if life.fingerprint not in present and not life.state.gone and life.gone is None
        ]
        reworded = self._reworded([one.finding for one in here if one.former is None], vanished)
        left = [
            _Vanished(life, one.finding, places)
            for one in here
            if (life := one.former) is not None and (places := self._left(one.numbers, life))
        ]
        stand = self._texts_of([*vanished, *left])
        standing = [
            self._first_found(one, reworded.get(one.finding.fingerprint))
            if one.former is None
            else self._found_again(
                one,
                one.former,
                stand.get(one.finding.fingerprint, _NO_TEXTS),
                silenced=one.finding.fingerprint in silenced,
            )
            for one in here
        ]
        replaced = {one.life.fingerprint for one in reworded.values()}
        past = []
        for one in vanished:
            if one.life.fingerprint in replaced:
                one.life.state, one.life.gone = State.REWORDED, self._now.day
                past.append(Standing(one.life, len(one.places)))
            else:
                past.append(self._not_found(one, stand.get(one.life.fingerprint, _NO_TEXTS)))
        return standing, past

    def _places(self, finding: Finding) -> Collection[Place]:
        """Where this run found it."""
        return self._now.looked.stands.get(finding.fingerprint) or (self._now.looked.place(finding),)

    def _left(self, now: tuple[int, ...], former: Life) -> tuple[Place, ...]:
        """Where it stood before and was not found now."""
        if now == former.places:  # as of nearly all
            return ()
        return tuple(self._named[number] for number in former.places if number not in now)

    def _first_found(self, here: _Here, reworded: _Vanished | None) -> Standing:
        day, finding = self._now.day, here.finding
        state = self._first_state(finding, self._places(finding)) if reworded is None else State.REWORDED
        life = Life(finding.fingerprint, finding.code, state, 0, day, day, 0, day, places=here.numbers, now=finding)
        if reworded is not None:
            old = reworded.life
            life.first_run, life.first_seen, life.since = old.first_run, old.first_seen, old.since
            life.returns = old.returns
            if self._claimed_mended(old):
                life.state = State.UNDONE
        return Standing(life, len(here.numbers))

    def _found_again(self, here: _Here, life: Life, stand: _Texts, *, silenced: bool) -> Standing:
        day, finding, numbers = self._now.day, here.finding, here.numbers
        places, standing, clean = numbers, len(numbers), 0
        if life.places != numbers:
            left = set(life.places) - set(numbers)
            # Places that were not looked at stay the finding's: they are not clean.
            kept = [one for one in left if self._seen(self._named[one], finding, life, stand) is not _CLEAN]
            # What is elsewhere now has only moved there, as a row from one list page to the next.
            clean = max(len(left) - len(kept) - len(set(numbers) - set(life.places)), 0)
            places = (*numbers, *kept)
            standing = len(left) + len(numbers)
        if life.gone is not None or life.state.gone:
            life.state, life.since, life.returns = State.RETURNED, day, life.returns + 1
        elif self._claimed_mended(life) and not silenced and self._looked_anew(finding):
            life.state = State.UNDONE
        else:
            life.state = State.PARTLY if clean else State.STILL
        life.last_run, life.last_seen, life.now, life.places = 0, day, finding, places
        life.gone = life.missing = None
        return Standing(life, standing, clean)

    def _first_state(self, finding: Finding, places: Iterable[Place]) -> State:
        """NEW where an earlier run looked here with this rule, or where the page was published since; else FIRST."""
        before = self._before
        knew = [run for run, rules in before.rules.items() if finding.code in rules]
        if not knew:
            return State.FIRST
        if finding.published and finding.published.date() > before.days[max(knew)]:
            return State.NEW
        for place in places:
            # A link is looked at where the page that holds it is.
            at = Place("document", self._now.looked.called(finding.url)) if place.kind == "link" else place
            if any(finding.code in before.rules.get(run, ()) for run in before.runs_at(at)):
                return State.NEW
        return State.FIRST

    def _looked_anew(self, finding: Finding) -> bool:
        """Whether what was found now was collected now, so that it speaks against who says that it is mended."""
        looked = self._now.looked
        return looked.fresh and (finding.kind != "link" or looked.asked)

    def _claimed_mended(self, life: Life) -> bool:
        decision = self._decided.get(life.fingerprint)
        if decision is None or decision.opinion is not Opinion.MENDED:
            return False
        return not is_over(decision, life.since, life.returns)

    def _reworded(self, fresh: Iterable[Finding], vanished: Iterable[_Vanished]) -> dict[str, _Vanished]:
        """New findings whose page had the same words by the same rule before, in other surroundings."""
        left: defaultdict[tuple[str, str, str], list[_Vanished]] = defaultdict(list)
        for one in vanished:
            if one.finding.matched:
                for place in one.places:
                    left[one.finding.code, one.finding.matched, place.name].append(one)
        found: dict[str, _Vanished] = {}
        taken: set[str] = set()
        for finding in fresh:
            if not finding.matched or not left:
                continue
            for place in self._places(finding):
                waiting = left.get((finding.code, finding.matched, place.name), [])
                old = next((one for one in waiting if one.life.fingerprint not in taken), None)
                if old is not None:
                    found[finding.fingerprint] = old
                    taken.add(old.life.fingerprint)
                    break
        return found

    def _texts_of(self, vanished: Iterable[_Vanished]) -> dict[str, dict[str, _Text]]:
        """What has become of the texts in which findings stood that were not found there, by fingerprint and name."""
        wanted: defaultdict[str, list[_Vanished]] = defaultdict(list)
        for one in vanished:
            for place in one.places:
                if one.finding.matched and place.kind == "document" and place.name in self._now.looked.texts:
                    wanted[place.name].append(one)
        found: defaultdict[str, dict[str, _Text]] = defaultdict(dict)
        for name, text in self._now.texts(frozenset(wanted)).items() if wanted else ():
            dense = _dense(text)
            for one in wanted[name]:
                if _words(one.finding) in dense:
                    found[one.life.fingerprint][name] = _Text.AS_BEFORE
                elif not _known_again(one.finding, dense):
                    found[one.life.fingerprint][name] = _Text.OTHER
                elif _dense(one.finding.matched) in dense:
                    found[one.life.fingerprint][name] = _Text.ELSEWHERE
        return found

    def _not_found(self, one: _Vanished, stand: _Texts) -> Standing:
        """How a finding stands that was not found again."""
        life, day = one.life, self._now.day
        seen = [self._seen(place, one.finding, life, stand) for place in one.places]
        unchecked = next((known for known in seen if known.state is State.UNCHECKED), None)
        clean = sum(known is _CLEAN for known in seen)
        if unchecked is not None or not seen:
            # Only where all that is left was gone already the last time is it gone for sure this time.
            unknown = {known.reason for known in seen if known.state is State.UNCHECKED}
            if NOT_SURE_GONE in unknown:
                life.missing = (life.missing or day) if len(unknown) == 1 else None
            life.state = State.UNCHECKED
            # What was looked at and clean need not be looked at once more.
            life.places = tuple(number for number, known in zip(life.places, seen, strict=True) if known is not _CLEAN)
            return Standing(life, len(seen), clean, one.finding, unchecked.reason if unchecked else NOT_READ)
        if self._claimed_mended(life):
            life.state = State.CLOSED
        else:
            life.state = State.OFFLINE if _GONE in seen else State.MENDED
        life.gone = day
        return Standing(life, len(seen), clean, one.finding)

    def _seen(self, place: Place, finding: Finding, life: Life, stand: _Texts) -> _Seen:
        """What this run knows of one place where the finding stood and was not found."""
        now = self._now
        if finding.code not in now.rules:
            return _Seen(State.UNCHECKED, NOT_IN_FORCE)
        if now.day < life.last_seen:
            return _Seen(State.UNCHECKED, EARLIER)
        same = now.rules[finding.code] == self._before.rules.get(life.last_run, {}).get(finding.code)
        if place.kind == "document":
            return self._seen_document(place, finding, life, stand, same=same)
        if not now.looked.fresh:
            return _Seen(State.UNCHECKED, NOT_COLLECTED)
        if place.kind == "link":
            return self._seen_link(place, finding, same=same)
        if place not in now.looked.others:
            return _Seen(State.UNCHECKED, NOT_JUDGED)
        return _CLEAN if same else _Seen(State.UNCHECKED, RULE_CHANGED)

    def _seen_document(self, place: Place, finding: Finding, life: Life, stand: _Texts, *, same: bool) -> _Seen:
        now = self._now
        if place.name not in now.looked.texts:
            # What lay in a file is gone with it, or from it where all of that was read.
            outer = outermost(place.name)
            if outer != place.name and outer in now.looked.texts and place.name not in now.looked.unread:
                return _CLEAN if now.looked.fresh else _Seen(State.UNCHECKED, NOT_COLLECTED)
            if outer not in now.gone or not now.looked.fresh:
                return _Seen(State.UNCHECKED, NOT_READ)
            sure = now.gone[outer] or (life.missing is not None and life.missing < now.day)
            return _GONE if sure else _Seen(State.UNCHECKED, NOT_SURE_GONE)
        text = stand.get(place.name)
        if text is _Text.OTHER:
            return _Seen(State.UNCHECKED, OTHER_CONTENT)
        if text is _Text.AS_BEFORE:
            return _Seen(State.UNCHECKED, TEXT_STANDS)
        if finding.matched and text is None:  # the words themselves are gone, whatever the rule says now
            return _CLEAN
        if not now.looked.fresh:
            return _Seen(State.UNCHECKED, NOT_COLLECTED)
        return _CLEAN if same else _Seen(State.UNCHECKED, RULE_CHANGED)

    def _seen_link(self, place: Place, finding: Finding, *, same: bool) -> _Seen:
        looked = self._now.looked
        known = looked.links.get(place.name, looked.hosts.get(place.name))
        if known is None:  # nowhere linked to any more: so it is where every page that held it was read
            holders = {looked.called(page) for page in (finding.url, *finding.samples)}
            read = all(is_web(one) and (one in looked.texts or one in self._now.gone) for one in holders)
            every = finding.pages <= len(finding.samples) or self._now.complete
            return _CLEAN if read and every else _Seen(State.UNCHECKED, NOT_READ)
        if not known:
            return _Seen(State.UNCHECKED, NO_VERDICT)
        return _CLEAN if same else _Seen(State.UNCHECKED, RULE_CHANGED)


def _words(finding: Finding) -> str:
    """The words with a little of what stood around them in their line, blanks apart."""
    start = finding.excerpt_start
    end = start + len(finding.matched)
    before = finding.excerpt[:start].rpartition("\n")[2]
    after = finding.excerpt[end:].partition("\n")[0]
    return f"{_dense(before).strip('…')[-_AROUND:]}{_dense(finding.matched)}{_dense(after).strip('…')[:_AROUND]}"


def _dense(text: str) -> str:
    return "".join(text.split())


def _known_again(finding: Finding, dense: str) -> bool:
    """Whether a text is still that in which the finding stood: its title, or a little of what stood beside."""
    title = _dense(finding.subject)
    if len(title) >= _AROUND and title in dense:
        return True
    start, end = finding.excerpt_start, finding.excerpt_start + len(finding.matched)
    for part in (finding.excerpt[:start], finding.excerpt[end:]):
        for line in part.split("\n"):
            told = _dense(line).strip("…")
            if any(told[at : at + _AROUND] in dense for at in range(len(told) - _AROUND + 1)):
                return True
    # What stood alone, as a title does, cannot be told from anything else.
    return not any(_dense(part).strip("…") for part in (finding.excerpt[:start], finding.excerpt[end:]))
