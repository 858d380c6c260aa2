"""TeX: running text may be edited; commands, references, formulae, verbatim, comments, the preamble are protected.

A small scanner of our own: it reads what plain LaTeX means by its categories of characters, and expands nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from texttool.edits import Span
from texttool.markup import Marked
from texttool.markup.spans import Closings

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
    closings = Closings(text, last)
    while (m := _TOKEN.search(text, at, last)) is not None:
        at = m.end()
        closer = _closer(m)
        if closer:
            fits = _unescaped(closings) if closer == "$" else None
            found = closings.find(closer, at, _limit(closings, m), fits)
            at = found + len(closer) if found >= 0 else at
        yield m.start(), at, m["comment"] is not None


def _unescaped(closings: Closings) -> Callable[[int], bool]:
    return lambda at: not closings.escaped(at)


def _closer(m: re.Match[str]) -> str:
    if m["kept"]:
        return f"\\end{{{m['kept']}}}"
    return m["verb"] or (_CLOSES[m["open"]] if m["open"] else "")


def _limit(closings: Closings, m: re.Match[str]) -> int:
    """Where it must have been closed: ``\\verb`` in its line, a formula in its paragraph."""
    if m["verb"]:
        end = closings.text.find("\n", m.end(), closings.last)
        return closings.last if end < 0 else end
    return closings.paragraph(m.end()) if m["open"] else closings.last
