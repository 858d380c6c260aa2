"""What stands where a line was cut beside a mark: the text's habit, and tokens that no space parts."""

from __future__ import annotations

import pytest

from tests.filters.test_unwrap import VALLEY, VILLAGE, columns, unwrapped, wrap

SPACED = "他在县城 (南边) 住过，也在省城 (北边) 住过。先说 “修桥” 的事，再说 “修路” 的事。"
CLOSE = "他在县城(南边)住过，也在省城(北边)住过。先说“修桥”的事，再说“修路”的事。"
LATIN = "脚本用 read 读，用 write 写，用 rsync 传。"


def joined(end: str, start: str, habit: str) -> str:
    """What comes of a line of Chinese that was cut between ``end`` and ``start``, behind others."""
    room = 60 - sum(map(columns, end))
    body = "山" * (room // 2) + "a" * (room % 2)
    page = f"{wrap(''.join(VILLAGE), 60)}\n\n{wrap(habit, 60)}\n\n{body}{end}\n{start}，就是这样。\n"
    return unwrapped(page).rstrip("\n").split("\n")[-1].removeprefix(body)


@pytest.mark.parametrize(
    ("end", "start", "habit", "whole"),
    [
        ("县城", "(东边) 住过", SPACED, "县城 (东边) 住过"),
        ("县城", "(东边)住过", CLOSE, "县城(东边)住过"),
        ("县城 (东边)", "住过", SPACED, "县城 (东边) 住过"),
        ("先说", "“修渠” 的事", SPACED, "先说 “修渠” 的事"),
        ("先说", "“修渠”的事", CLOSE, "先说“修渠”的事"),
        ("放在 /usr", "/share/doc 下面", LATIN, "放在 /usr/share/doc 下面"),
        ("改 ~", "/.profile 一行", LATIN, "改 ~/.profile 一行"),
        ("先看 /bin /sbin", "/usr/bin 三处", LATIN, "先看 /bin /sbin /usr/bin 三处"),
        ("先写 rate=", "low 再说", LATIN, "先写 rate=low 再说"),
        ("写信给 <", "post@example.org> 再说", LATIN, "写信给 <post@example.org> 再说"),
        ("写信给 post", "@example.org 再说", LATIN, "写信给 post@example.org 再说"),
        ("变量 $", "home 里", LATIN, "变量 $home 里"),
    ],
)
def test_what_stands_beside_a_mark(end: str, start: str, habit: str, whole: str) -> None:
    assert joined(end, start, habit) == f"{whole}，就是这样。"


def test_lines_of_latin_end_at_a_space_in_front_of_a_sign() -> None:
    page = (
        wrap(" ".join(VALLEY), 60)
        + "\n"
        + "The rest of it is told in the letter that she wrote to you\n@anna before she left the valley.\n"
    )
    assert "wrote to you @anna before" in unwrapped(page)
