"""What is told of long lines without measuring them is what the measured decision says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import laws
from texttool.filters import unwrap
from texttool.filters.unwrap.settle import settle

PIECES = [
    "全年新建服务站四十六个，",
    "站 台 之 间",
    "覆盖职工12.8万人,",
    "the rest of it ",
    "é̀̀",
    "\t",
    "ア",
    "x=1;",
    "。",
]
LINES = st.lists(st.sampled_from(PIECES), max_size=9).map("".join)
SHORT = st.lists(st.sampled_from(PIECES), max_size=2).map("".join)
PARAGRAPHS = st.lists(LINES.map(lambda line: line * 8), min_size=1, max_size=3)


@laws(1000)
@given(st.lists(st.one_of(LINES, SHORT, st.just(""), PARAGRAPHS.map("\n".join)), max_size=40).map("\n".join))
def test_mostly_long_lines_are_not_wrapped(text: str) -> None:
    long = unwrap._stands_in_long_lines(text)
    if long:
        settled = settle(text)
        assert settled is None or not settled.join


def test_a_page_with_code_stands_in_long_lines_and_a_column_does_not() -> None:
    paragraph = "参数的含义如下，第一次运行会复制全部内容，之后只传输变化的部分，所以快得多。" * 4
    code = "rsync -a --delete \\\n    /srv/data/ \\\n    host:/backup/\n"
    assert unwrap._stands_in_long_lines(f"{paragraph}\n\n{code}\n{paragraph}\n")
    column = "\n".join(paragraph[at : at + 20] for at in range(0, len(paragraph), 20))
    assert not unwrap._stands_in_long_lines(column)
    assert not unwrap._stands_in_long_lines(f"{column}\n\n{paragraph[:60]}")
