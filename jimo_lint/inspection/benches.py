"""Which rules judge which draft: those of the settings, of the genre, and of the `[[path]]` that fit its path."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from jimo_lint.errors import ConfigError, RuleError
from jimo_lint.inspection.context import context
from jimo_lint.lint.checks import DOCUMENT, KINDS
from jimo_lint.lint.engine import GUESSING, Engine, verify
from jimo_lint.lint.ruleset import changed, in_use, load_rules, select
from jimo_lint.model import INSIDE, Confidence, Context, Document, Finding, Problem, ProblemCode, Rule
from jimo_lint.model.problems import Args
from jimo_lint.readers.drafts.choice import fits
from jimo_lint.settings.config import Config
from jimo_lint.settings.paths import PathRules
from jimo_lint.values import NamedTuple, replace

if TYPE_CHECKING:
    from jimo_lint.lint.genres import Genre

_OPTION = "--as"


class Asked(NamedTuple):
    """What the command line says beside the settings. only replaces, ignore and extend add to what those say.

    genre: of all drafts, "" for what `[[path]]` says. least: what is less sure is not reported.
    """

    only: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend: tuple[str, ...] = ()
    genre: str = ""
    least: Confidence = Confidence.POSSIBLE


class Bench:
    """What some drafts are judged by: rules by their codes, what these may know, and how sure they must be.

    genre: that these drafts have. off: codes that it took away. unsure: those of rules that never are sure enough.
    """

    def __init__(self, rules: Mapping[str, Rule], context: Context, least: Confidence) -> None:
        self.rules = rules
        self.context = context
        self.least = least
        self.genre = ""
        self.off: frozenset[str] = frozenset()
        self.unsure: frozenset[str] = frozenset()

    @cached_property
    def engine(self) -> Engine:
        """Made when a draft needs it."""
        return Engine(tuple(self.rules.values()), self.context, least=self.least)


class Benches:
    """The engines of a check, one for all drafts that the same rules and texts hold for; made when the first needs it.

    RuleError about anything in the settings that cannot be meant, whether or not a draft is concerned.
    """

    def __init__(self, config: Config, as_of: date, asked: Asked) -> None:
        self._config = config
        self._asked = asked
        self._known = _known(config.folders)
        self._kinds = {rule.code: rule.kind for rule in self._known}
        self.context = context(config, as_of)
        verify((rule for rule in self._known if rule.file), self.context)
        base = in_use(
            self._known, asked.only or config.select, (*config.ignore, *asked.ignore), (*config.extend, *asked.extend)
        )
        if not config.paths and not any(KINDS[rule.kind].of == DOCUMENT for rule in base):
            raise RuleError("选用的规则", "没有一条查文稿", "栏目、账号、链接等请用 inspect、links 检查")
        self._base = {rule.code: rule for rule in base}
        self._genres: dict[str, Genre] = {}
        if asked.genre:
            self._add(asked.genre, _OPTION)
        for path in config.paths:
            self._look(path)
        self._benches: dict[tuple[int, ...], Bench] = {}
        self.unsure = 0

    def of(self, url: str) -> Bench:
        """The rules of a draft, and who judges by them. url: as of `Document`."""
        path = "" if "://" in url else url.partition(INSIDE)[0]
        fitting = tuple(
            number for number, one in enumerate(self._config.paths) if path and fits(Path(path), one.folder, one.match)
        )
        if fitting not in self._benches:
            self._benches[fitting] = self._bench([self._config.paths[number] for number in fitting])
        return self._benches[fitting]

    def expect(self, documents: Sequence[Document]) -> None:
        """As `Engine.expect`."""
        together: dict[int, list[Document]] = {}
        for document in documents:
            together.setdefault(id(self.of(document.url)), []).append(document)
        for alike in together.values():
            self.of(alike[0].url).engine.expect(alike)

    def judged(self, document: Document, problems: list[Problem]) -> list[Finding]:
        """As `Engine.judged`, by the rules that hold for this document."""
        engine = self.of(document.url).engine
        before = engine.unsure
        findings = engine.judged(document, problems)
        self.unsure += engine.unsure - before
        return findings

    def guessed(self, finding: Finding) -> bool:
        """As `Engine.guessed`."""
        return self._kinds[finding.code] in GUESSING

    @property
    def rules(self) -> tuple[Rule, ...]:
        """All that judged some draft, sorted by code; where no draft was judged, those of the settings."""
        benches = list(self._benches.values()) or [self.of("")]
        found = {code: rule for bench in reversed(benches) for code, rule in bench.rules.items()}
        return tuple(found[code] for code in sorted(found))

    @property
    def off(self) -> tuple[Rule, ...]:
        """Those that a genre switched off for some draft, sorted by code."""
        codes = {code for bench in self._benches.values() for code in bench.off}
        return tuple(rule for rule in self._known if rule.code in codes)

    def told(self, unsure: int) -> Iterator[Problem]:
        """What was not looked for, and what not reported, by genre and confidence. unsure: of all, whoever judged."""
        titles = {rule.code: rule.title for rule in self._known}
        for genre in dict.fromkeys(bench.genre for bench in self._benches.values() if bench.off):
            codes = sorted({code for bench in self._benches.values() if bench.genre == genre for code in bench.off})
            listed = "、".join(f"{code} {titles[code]}" for code in codes)
            yield Problem(ProblemCode.GENRE_OFF, f"文种 {genre}", {"genre": genre, "rules": listed})
        unused = "、".join(sorted({code for bench in self._benches.values() for code in bench.unsure}))
        if unused or unsure:
            args: Args = {"least": self._asked.least.label, "rules": unused or "无", "count": unsure}
            yield Problem(ProblemCode.UNSURE, "--min-confidence", args)

    def named(self, name: str) -> frozenset[str]:
        """Codes of the rules about documents that a remark means: by code or name, or those on by default by the
        beginning of their codes, or `all`."""
        start = "" if name.upper() == "ALL" else name.upper()
        return frozenset(
            rule.code
            for rule in self._known
            if KINDS[rule.kind].of == DOCUMENT
            and (name.upper() == rule.code or name == rule.name or (rule.default and rule.code.startswith(start)))
        )

    def _look(self, path: PathRules) -> None:
        changed(self._known, (), (*path.select, *path.extend), path.ignore, path.place)
        if path.genre and path.genre not in self._genres:
            self._add(path.genre, path.place)

    def _add(self, genre: str, place: str) -> None:
        from jimo_lint.lint.genres import load_genre  # of no use where no genre is asked for

        self._genres[genre] = load_genre(genre, place)

    def _bench(self, paths: Sequence[PathRules]) -> Bench:
        rules = dict(self._base)
        off: set[str] = set()
        name = self._asked.genre or next((path.genre for path in reversed(paths) if path.genre), "")
        if name:
            rules, off = self._switched(rules, self._genres[name])
        for path in paths:
            if path.select and not self._asked.only:
                chosen = {rule.code for rule in select(self._known, path.select, path.ignore, path.extend)}
            else:
                extend = () if self._asked.only else path.extend
                chosen = changed(self._known, rules, extend, path.ignore, path.place)
            rules = self._at(chosen, rules)
        if paths or name:  # what the command line says has the last word
            rules = self._at(changed(self._known, rules, self._asked.extend, self._asked.ignore, ""), rules)
        # The other rules judge columns, accounts and the like: their kinds would only be loaded for nothing.
        judging = [rules[code] for code in sorted(rules) if KINDS[rules[code].kind].of == DOCUMENT]
        sure = {rule.code: rule for rule in judging if rule.confidence >= self._asked.least}
        known = self.context
        if paths:
            lists = tuple(one for path in paths for one in path.lists)
            allowed = tuple(one for path in paths for one in path.allow)
            more = replace(self._config, lists=(*self._config.lists, *lists), allow=(*self._config.allow, *allowed))
            known = context(more, known.as_of) if lists else replace(known, allowed=more.allow)
        if any(rule.params.get("check") == "template" for rule in judging):
            known = replace(known, templates=self._templates)
        bench = Bench(sure, known, self._asked.least)
        bench.genre = name
        bench.off = frozenset(off - sure.keys())
        bench.unsure = frozenset(rule.code for rule in judging if rule.code not in sure)
        return bench

    @cached_property
    def _templates(self) -> tuple[Document, ...]:
        """The office's templates of answers. ConfigError where one of them cannot be read."""
        requests = self._config.requests
        if not requests or not requests.templates:
            return ()
        from jimo_lint.readers.drafts import local  # of no use to a check of other drafts

        folder = requests.templates
        read = tuple(local.read((folder,), as_of=self.context.as_of))
        unread = next((one for one in read if isinstance(one, Problem) and not one.excused), None)
        if unread:
            where = f"[requests] templates = {folder}"
            raise ConfigError(where, f"范本读不了：{unread.place}：{unread.message}", "请核对这个文件夹里的范本")
        return tuple(one for one in read if isinstance(one, Document))

    def _at(self, codes: Iterable[str], levelled: Mapping[str, Rule]) -> dict[str, Rule]:
        """The rules of these codes, at the level that a genre gave them."""
        return {rule.code: levelled.get(rule.code, rule) for rule in self._known if rule.code in set(codes)}

    def _switched(self, rules: Mapping[str, Rule], genre: Genre) -> tuple[dict[str, Rule], set[str]]:
        """The rules as the genre has them, and the codes of those that it takes away."""
        from jimo_lint.lint.genres import OFF, at_level

        left, off = dict(rules), set[str]()
        for switch in genre.switches:
            named = changed(self._known, (), switch.rules, (), f"文种“{genre.name}”")
            for rule in self._known:
                if rule.code not in named:
                    continue
                if switch.state == OFF:
                    off |= {rule.code} & left.keys()
                    left.pop(rule.code, None)
                elif rule.code in left or not self._asked.only:
                    left[rule.code] = at_level(left.get(rule.code, rule), switch)
        return left, off


def _known(folders: Sequence[Path]) -> tuple[Rule, ...]:
    if not folders:
        return load_rules(examples=False)
    from jimo_lint.lint.own_rules import all_rules  # of no use to an office without rules of its own

    return all_rules(folders)
