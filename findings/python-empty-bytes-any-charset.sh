#!/usr/bin/env bash
# CPython 3.11: b"".decode("no such charset") is "" and raises nothing, since there is nothing to decode (outside of -X dev). So
# whoever tries a charset that a file names on no bytes takes every name for a known one, and the first real bytes raise
# LookupError: an RTF with \ansicpg9999999999 did. codecs.lookup(name) tells. ElementTree is alike: a part in XML whose
# encoding nobody knows raises LookupError (or ValueError), and no ParseError.
# Seen on 2026-12-01 with Python 3.11.7. Exits non-zero where the behaviour is another one.
set -euo pipefail
python3 - <<'PYTHON'
import codecs
from xml.etree import ElementTree

name = "cp9999999999"
assert b"".decode(name) == ""
raised = []
for tried in (
    lambda: b"\xb1\xa8".decode(name),
    lambda: codecs.lookup(name),
    lambda: ElementTree.fromstring(b'<?xml version="1.0" encoding="UTF-0"?><a/>'),
):
    try:
        tried()
    except Exception as fault:
        raised.append(type(fault))
print("no bytes: nothing; bytes, codecs.lookup, ElementTree:", *(one.__name__ for one in raised))
assert raised == [LookupError] * 3
assert not issubclass(LookupError, ElementTree.ParseError)
PYTHON
