"""Files that hold more than one encoding, and files with damage: every line in the code it is in, every byte kept."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from texttool.filters.decode import Decoded, decode, encode
from texttool.filters.decode.codecs import to_bytes, to_text
from texttool.filters.decode.mixed import _ESCAPED, _FAIR, _reads_well
from texttool.filters.decode.readings import NARROW, read

HANS = [
    "昨天下午我们去河边钓鱼，一条也没有钓到。",
    "她把信读了两遍，才小心地收进抽屉里。",
    "村口的大树下面，孩子们正在做游戏。",
    "这本书讲的是一个老人和他的船。",
]
HANT = [
    "昨天下午我們去河邊釣魚，一條也沒有釣到。",
    "她把信讀了兩遍，才小心地收進抽屜裡。",
    "村口的大樹下面，孩子們正在做遊戲。",
    "這本書講的是一個老人和他的船。",
]
JA = [
    "昨日の午後、川へ釣りに行ったが、何も釣れなかった。",
    "彼女は手紙を二度読んで、引き出しにしまった。",
    "木の下で子供たちが遊んでいる。",
    "この本は老人と船の話です。",
]


def spread(first: list[str], code: str, second: list[str], other: str) -> tuple[bytes, str]:
    """Lines of ``first`` in ``code`` with every fourth line from ``second`` in the other code."""
    lines = [(second[i // 4 % 4], other) if i % 4 == 3 else (first[i % 4], code) for i in range(32)]
    return b"\n".join(line.encode(name) for line, name in lines), "\n".join(line for line, _ in lines)


@pytest.mark.parametrize(
    ("first", "code", "second", "other"),
    [
        (HANS, "gb18030", HANS, "utf-8"),
        (HANS, "utf-8", HANS, "gb18030"),
        (HANT, "cp950", HANT, "utf-8"),
        (HANT, "utf-8", HANT, "cp950"),
        (HANS, "gb18030", HANT, "cp950"),
        (JA, "utf-8", JA, "cp932"),
        (JA, "utf-8", JA, "euc_jp"),
    ],
)
def test_lines_in_two_codes(first: list[str], code: str, second: list[str], other: str) -> None:
    data, text = spread(first, code, second, other)
    found = decode(data)
    assert found.text == text
    assert "\n".join(text[start:end] for start, end, _ in found.parts) in {
        "\n".join(second[i % 4] for i in range(8)),
        "\n".join(line for i, line in enumerate(text.split("\n")) if i % 4 != 3),
    }
    assert _bytes(found) == data


def test_one_file_behind_another() -> None:
    data = "\n".join(HANS * 5).encode("gb18030") + b"\n" + "\n".join(HANS * 5).encode()
    assert decode(data).text == "\n".join(HANS * 10)


def test_a_run_within_a_line() -> None:
    lines = [line.encode() for line in HANS * 5]
    for i in (3, 8, 13):
        lines[i] = "我们在".encode() + "学校门口见面".encode("gb18030") + "，不要迟到。".encode()
    found = decode(b"\n".join(lines))
    assert found.text.split("\n")[3] == "我们在学校门口见面，不要迟到。"
    assert {name for _, _, name in found.parts} == {"gb18030"}
    assert _bytes(found) == b"\n".join(lines)


@pytest.mark.parametrize(
    ("code", "lines"), [("gb18030", HANS), ("utf-8", HANS), ("cp932", JA), ("euc_jp", JA), ("cp950", HANT)]
)
@given(seed=st.integers(0, 10_000))
@settings(max_examples=15, deadline=None)
def test_damage_is_not_taken_for_another_code(code: str, lines: list[str], seed: int) -> None:
    data = bytearray("\n".join(lines * 6).encode(code))
    chance = random.Random(seed)
    for _ in range(len(data) // 300):
        data[chance.randrange(len(data))] = chance.randrange(128, 256)
    found = decode(bytes(data))
    assert found.encoding in {code, "big5hkscs" if code == "cp950" else code}
    assert not found.parts
    if code not in {"cp932", "cp950"}:  # which spell some signs twice
        assert encode(found.text, code) == bytes(data)


def test_reading_goes_on_behind_a_lost_byte() -> None:
    data = "\n".join(HANS * 6).encode("gb18030")
    at = data.index("我们".encode("gb18030"))
    found = decode(data[:at] + data[at + 1 :])
    first, *rest = found.text.split("\n")
    assert rest == (HANS * 6)[1:]
    assert first.endswith("们去河边钓鱼，一条也没有钓到。")


def _bytes(found: Decoded) -> bytes:
    """The text written back, each part in its own encoding."""
    pieces, at = [], 0
    for start, end, name in found.parts:
        pieces += encode(found.text[at:start], found.encoding), encode(found.text[start:end], name)
        at = end
    return b"".join((*pieces, encode(found.text[at:], found.encoding)))


# Of each code: what it has at the place of other signs than Python's codec, and signs that few texts have.
ODD = [*"龘靐﹁︐", "\ufffd", "€", "ｱ", "〇", "あ", "한"]


@settings(max_examples=1000)
@given(
    st.lists(st.sampled_from([*HANS, *HANT, *JA, *ODD, "abc "]), min_size=1, max_size=4),
    st.sampled_from(NARROW),
    st.sampled_from([b"", b"", b"\xff"]),
)
def test_a_line_that_reads_well_is_one_whose_bytes_do(parts: list[str], code: str, bad: bytes) -> None:
    data = "".join(parts).encode(code, "ignore") + bad
    line = to_text(data, code)
    assert to_bytes(line, code) == data
    fair = read(data, code).cost <= _FAIR * len(line) and not _ESCAPED.search(line)
    # Bytes that are read as U+FFFD are looked at in any case.
    assert _reads_well(line, code) == fair or "\ufffd" in line
