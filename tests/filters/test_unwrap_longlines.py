"""What is told of long lines without measuring them is what the measured decision says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import laws
from texttool.filters import unwrap
from texttool.filters.unwrap.settle import settle

CLAUSES = [
    "全年新建服务站四十六个，",
    "覆盖职工12.8万人,",
    "接待来访 the rest of it ",
    "比上一年\t多了",
    "其中有站 台 之 间的。",
]
PARAGRAPHS = st.lists(st.sampled_from(CLAUSES), min_size=4, max_size=30).map("".join)


@st.composite
def pages(draw: st.DrawFn) -> str:
    """Paragraphs, of which some are cut into a column and some stand as they are."""
    width = draw(st.integers(6, 30))
    parts = draw(st.lists(st.tuples(PARAGRAPHS, st.booleans(), st.sampled_from(["\n", "\n\n"])), max_size=8))
    cut = (
        ("\n".join(part[at : at + width] for at in range(0, len(part), width)) if narrow else part) + end
        for part, narrow, end in parts
    )
    return "".join(cut)


@laws(300)
@given(pages())
def test_mostly_long_lines_are_not_wrapped(text: str) -> None:
    if unwrap._stands_in_long_lines(text):
        settled = settle(text)
        assert settled is None or not settled.join


def test_a_page_with_code_stands_in_long_lines_and_a_column_does_not() -> None:
    paragraph = "参数的含义如下，第一次运行会复制全部内容，之后只传输变化的部分，所以快得多。" * 4
    code = "rsync -a --delete \\\n    /srv/data/ \\\n    host:/backup/\n"
    assert unwrap._stands_in_long_lines(f"{paragraph}\n\n{code}\n{paragraph}\n")
    column = "\n".join(paragraph[at : at + 20] for at in range(0, len(paragraph), 20))
    assert not unwrap._stands_in_long_lines(column)
    assert not unwrap._stands_in_long_lines(f"{column}\n\n{paragraph[:60]}")
