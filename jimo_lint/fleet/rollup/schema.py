"""The tables of the database, made and brought up to date by one script a version, for SQLite and PostgreSQL alike."""

from __future__ import annotations

# A script that has been released is never edited: databases that have it would differ from those that are made anew.
# SQLite takes the types of PostgreSQL by name and keeps days and moments as ISO 8601; it has no BRIN, so those words
# are left out for it. What hangs on a result lies together, in the order of results, which is all that BRIN needs; with
# a B-tree the findings take a fifth longer to fill, with one that is unique twice as long.
SCRIPTS = (
    """
    CREATE TABLE sites (
        key TEXT PRIMARY KEY, code TEXT NOT NULL, name TEXT NOT NULL, city TEXT NOT NULL, unit TEXT NOT NULL,
        run TEXT NOT NULL
    );
    CREATE TABLE runs (
        run TEXT PRIMARY KEY, inspection TEXT NOT NULL, title TEXT NOT NULL, as_of DATE NOT NULL,
        started TIMESTAMPTZ NOT NULL, ended TIMESTAMPTZ
    );
    CREATE TABLE results (
        id BIGINT PRIMARY KEY, run TEXT NOT NULL, inspection TEXT NOT NULL, site TEXT NOT NULL, source TEXT NOT NULL,
        state TEXT NOT NULL, reason TEXT NOT NULL, attempts BIGINT NOT NULL, started TIMESTAMPTZ, ended TIMESTAMPTZ,
        cpu_s DOUBLE PRECISION, worker TEXT NOT NULL, standing TEXT NOT NULL, why TEXT NOT NULL, title TEXT NOT NULL,
        as_of DATE, profile TEXT NOT NULL, version TEXT NOT NULL, complete BOOLEAN NOT NULL, documents BIGINT NOT NULL,
        characters BIGINT NOT NULL, problems BIGINT NOT NULL, unopened BIGINT NOT NULL, vetoes BIGINT NOT NULL,
        grave BIGINT NOT NULL, errors BIGINT NOT NULL, warnings BIGINT NOT NULL, notices BIGINT NOT NULL,
        columns BIGINT NOT NULL, stale BIGINT NOT NULL, blank BIGINT NOT NULL, accounts BIGINT NOT NULL,
        accounts_passed BIGINT NOT NULL, accounts_failed BIGINT NOT NULL, links_alive BIGINT NOT NULL,
        links_dead BIGINT NOT NULL, links_inconclusive BIGINT NOT NULL, links_unchecked BIGINT NOT NULL,
        unprobed BOOLEAN NOT NULL, UNIQUE (run, inspection, site)
    );
    CREATE TABLE columns (
        result BIGINT NOT NULL, number BIGINT NOT NULL, name TEXT NOT NULL, url TEXT NOT NULL, kind TEXT NOT NULL,
        owner TEXT NOT NULL, key_column BOOLEAN NOT NULL, newest DATE, age_days BIGINT, status TEXT NOT NULL,
        reason TEXT NOT NULL
    );
    CREATE TABLE accounts (
        result BIGINT NOT NULL, number BIGINT NOT NULL, account TEXT NOT NULL, name TEXT NOT NULL,
        platform TEXT NOT NULL, owner TEXT NOT NULL, newest DATE, age_days BIGINT, posts BIGINT NOT NULL,
        week_posts BIGINT NOT NULL, status TEXT NOT NULL, wording BIGINT NOT NULL, dead_links BIGINT NOT NULL,
        grave BIGINT NOT NULL, errors BIGINT NOT NULL, standing TEXT NOT NULL, why TEXT NOT NULL
    );
    CREATE TABLE findings (
        result BIGINT NOT NULL, number BIGINT NOT NULL, code TEXT NOT NULL, title TEXT NOT NULL,
        severity TEXT NOT NULL, message TEXT NOT NULL, matched TEXT NOT NULL, excerpt TEXT NOT NULL,
        subject TEXT NOT NULL, url TEXT NOT NULL, kind TEXT NOT NULL, column_name TEXT NOT NULL,
        account_name TEXT NOT NULL, account TEXT NOT NULL, owner TEXT NOT NULL, pages BIGINT NOT NULL,
        published TIMESTAMP, fingerprint TEXT NOT NULL, state TEXT NOT NULL, first_seen DATE, due DATE
    );
    CREATE TABLE links (
        result BIGINT NOT NULL, number BIGINT NOT NULL, url TEXT NOT NULL, verdict TEXT NOT NULL, reason TEXT NOT NULL,
        status BIGINT NOT NULL, kind TEXT NOT NULL, external BOOLEAN NOT NULL, pages BIGINT NOT NULL,
        sample TEXT NOT NULL, owner TEXT NOT NULL
    );
    CREATE TABLE indicators (
        result BIGINT NOT NULL, number BIGINT NOT NULL, key TEXT NOT NULL, part TEXT NOT NULL, name TEXT NOT NULL,
        point TEXT NOT NULL, judged TEXT NOT NULL, measure TEXT NOT NULL, standing TEXT NOT NULL,
        counted DOUBLE PRECISION, threshold DOUBLE PRECISION, unit TEXT NOT NULL, deduction DOUBLE PRECISION NOT NULL,
        arithmetic TEXT NOT NULL, samples TEXT NOT NULL, basis TEXT NOT NULL, evidence TEXT NOT NULL
    );
    CREATE TABLE problems (
        result BIGINT NOT NULL, number BIGINT NOT NULL, place TEXT NOT NULL, code TEXT NOT NULL, message TEXT NOT NULL,
        excused BOOLEAN NOT NULL
    );
    CREATE INDEX columns_of ON columns USING brin (result);
    CREATE INDEX accounts_of ON accounts USING brin (result);
    CREATE INDEX findings_of ON findings USING brin (result);
    CREATE INDEX links_of ON links USING brin (result);
    CREATE INDEX indicators_of ON indicators USING brin (result);
    CREATE INDEX problems_of ON problems USING brin (result);
    """,
)
