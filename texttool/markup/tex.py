"""TeX: running text may be edited; commands, references, formulae, verbatim, comments, the preamble are protected.

A small scanner of our own: it reads what plain LaTeX means by its categories of characters, and expands nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from texttool.edits import Span
from texttool.markup import Marked

# Environments whose content is no running text.
_KEPT = (
    "verbatim|verbatim\\*|Verbatim|lstlisting|minted|comment|filecontents|tabular|tabular\\*|tabularx|array|longtable"
    "|tikzpicture|thebibliography|math|displaymath|equation|equation\\*|align|align\\*|alignat|alignat\\*|gather"
    "|gather\\*|multline|multline\\*|flalign|flalign\\*|eqnarray|eqnarray\\*|algorithm|algorithmic"
)
# Commands whose arguments are names, addresses or settings; those of all others are running text.
_NAMED = (
    "begin|end|label|ref|eqref|autoref|cref|Cref|pageref|nameref|hyperref|cite[a-zA-Z]*|parencite|textcite|nocite|url"
    "|href|path|input|include|includegraphics|usepackage|documentclass|bibliography|bibliographystyle|addbibresource"
    "|newcommand|renewcommand|def|setlength|vspace|hspace|color|textcolor|fontsize|lstinline|texttt|ce|SI|num"
)
_TOKEN = re.compile(
    rf"(?P<comment>%[^\n]*\n?)|\\begin\{{(?P<kept>{_KEPT})\}}|\\verb\*?(?P<verb>[^\sa-zA-Z*])"
    rf"|\n?\\(?:{_NAMED})(?![a-zA-Z])\*?(?:[ \t]*\[[^\[\]\n]*\])*(?:[ \t]*\{{[^{{}}]*\}})*"
    r"|(?P<open>\\\[|\\\(|\$\$|\$)|\n?\\[a-zA-Z@]+\*?(?:\[[^\[\]\n]*\])?|\\[\s\S]"
    r"|[{}&#_^~]|-{2,3}|``|''"
)
_CLOSES = {"\\[": "\\]", "\\(": "\\)", "$$": "$$", "$": "$"}
_PARAGRAPH = re.compile(r"\n[ \t]*\n")
_BEGIN, _END = "\\begin{document}", "\\end{document}"


def read(text: str) -> Marked:
    """What is markup in a text of TeX."""
    begin = text.find(_BEGIN)
    first = begin + len(_BEGIN) if begin >= 0 else 0
    last = text.find(_END, first)
    last = len(text) if last < 0 else last
    protected: list[Span] = [(0, first), (last, len(text))]
    comments = []
    for start, end, comment in _tokens(text, first, last):
        protected.append((start, end))
        if comment:
            comments.append((start, end - text.endswith("\n", start, end), text[start + 1 : end]))
    return Marked(protected, comments)


def _tokens(text: str, at: int, last: int) -> Iterator[tuple[int, int, bool]]:
    """Each span that is no running text, and whether it is a comment. Linear: what no text closes is sought once."""
    missing: set[str] = set()
    while (m := _TOKEN.search(text, at, last)) is not None:
        closer = _closer(m)
        at = m.end()
        if closer and closer not in missing:
            limit = _limit(text, m, last)
            found = _closing(text, closer, at, limit)
            if found >= 0:
                at = found + len(closer)
            elif limit == last:
                missing.add(closer)
        yield m.start(), at, m["comment"] is not None


def _closer(m: re.Match[str]) -> str:
    if m["kept"]:
        return f"\\end{{{m['kept']}}}"
    return m["verb"] or (_CLOSES[m["open"]] if m["open"] else "")


def _limit(text: str, m: re.Match[str], last: int) -> int:
    """Where it must have been closed: ``\\verb`` in its line, a formula in its paragraph."""
    if m["verb"]:
        end = text.find("\n", m.end(), last)
        return last if end < 0 else end
    if m["open"]:
        paragraph = _PARAGRAPH.search(text, m.end(), last)
        return paragraph.start() if paragraph else last
    return last


def _closing(text: str, closer: str, at: int, limit: int) -> int:
    found = text.find(closer, at, limit)
    while found > 0 and closer == "$" and _escaped(text, found):
        found = text.find(closer, found + 1, limit)
    return found


def _escaped(text: str, at: int) -> bool:
    backslashes = at - len(text[max(0, at - 64) : at].rstrip("\\")) - max(0, at - 64)
    return backslashes % 2 == 1
