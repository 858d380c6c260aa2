"""Whether a file begins as what texttool wrote there: only that may another one of its kind take the place of."""

from __future__ import annotations

import re

HEAD = 8192  # bytes that tell; paths, which are in them, have 4096 at most on Linux

_STRING = rb'"(?:[^"\\]|\\.)*+"'
_ENTRY = rb'\{"path": ' + _STRING + rb', "line": \d+, "column": \d+, '
_FINDINGS = (  # the formats of texttool.report, in the order of their names
    rb"::warning file=",
    rb'\[\n\{"description": ' + _STRING + rb', "check_name": "[A-Z]{2}\d{3}"',
    rb"\[\]\n",
    rb"\[\n" + _ENTRY,
    _ENTRY,
    rb'<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites name="texttool">',
    rb'\{"\$schema": "[^"]*", "version": "2[^"]*", "runs": \[\{"tool": \{"driver": \{"name": "texttool", ',
    rb'\[\n  \{\n    "code": "[A-Z]{2}\d{3}",\n    "name": "',
    rb" *\d+  [A-Z]{2}\d{3} [a-z]",
)
_PLACE = rb":\d+:\d+: [A-Z]{2}\d{3} "  # behind a path, in the first line of a report for people
_GROUP = rb'\{"kind": "[a-z]+", "identity": [\d.]+, "spans": \['


def findings(head: bytes) -> bool:
    """Whether a file with these first bytes is a report of lint, in any format."""
    return any(re.match(begin, head) for begin in _FINDINGS) or bool(re.search(_PLACE, head.partition(b"\n")[0]))


def groups(head: bytes) -> bool:
    """Whether it is a list of groups of duplicates."""
    return re.match(_GROUP, head) is not None


def page(head: bytes) -> bool:
    """Whether it is the page of ``report``."""
    return head.startswith(b"<!doctype html>\n") and b": texttool report</title>" in head
