"""Puts together what rules may know in a run: day, standard, and the user's own lists and allowed texts."""

from __future__ import annotations

from datetime import date

from jimo_lint.lint.standards import load_profile
from jimo_lint.model import Context, Leader, Profile, TermEntry
from jimo_lint.settings.config import Config
from jimo_lint.values import replace


def context(config: Config, as_of: date) -> Context:
    """The context of a run. InputError or RuleError where a list of the configuration cannot be used."""
    return Context(
        as_of=as_of,
        profile=profile(config),
        id_code=config.site.id_code,
        own=own_words(config),
        allowed=config.allow,
        leaders=_leaders(config),
        hosts=config.site.hosts,
    )


def profile(config: Config) -> Profile:
    """The standard in force, with the office's own days off and of work. RuleError where there is none."""
    standard = load_profile(config.site.profile, config.folder)
    deadlines = replace(standard.deadlines, holidays=config.holidays, workdays=config.workdays)
    return replace(standard, deadlines=deadlines)


def _leaders(config: Config) -> tuple[Leader, ...]:
    if config.leaders is None:
        return ()
    from jimo_lint.readers.registers import leader_list

    return leader_list.read(config.leaders)


def own_words(config: Config) -> tuple[TermEntry, ...]:
    """The `[[pair]]` tables and the lists; a term that comes again later is what it was first."""
    words = {pair.term: pair for pair in config.pairs}
    if config.lists:
        from jimo_lint.readers.registers import term_list  # csv and zip are of no use to a check without lists

        for path in config.lists:
            for word in term_list.use(path):
                words.setdefault(word.term, word)
    return tuple(words.values())
