from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from tests.strategies import damaged, laws, texts
from texttool.filters.unwrap.linetable import code_points
from texttool.measure import characters
from texttool.measure.repeats import GRAM, Sketch, grams, hashed, of_spans
from texttool.measure.tally import PIECE, Tally, pieces, tally

PROSE = "渡口的船工起得很早，先看水，再看天。水涨了，船就靠里停。\n赶集的人陆续来了，挑担的站在船头。\n"


def kinds_of(text: str) -> dict[str, int]:
    return characters.counted(characters.classes(code_points(text)))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("中〇々㐀\U00020000", "han"),
        ("あアｱー", "kana"),
        ("한ᄀ", "hangul"),
        ("ㄅㄉ", "bopomofo"),
        ("aZéＡ", "latin"),
        ("αΩ", "greek"),
        ("жЯ", "cyrillic"),
        ("א", "hebrew"),
        ("ն", "other letters"),
        ("09３", "digits"),
        (",.!()+<~", "half-width marks"),
        ("，。、《》“”…—！（", "full-width marks"),
        ("°§\U0001f600", "other marks"),
        (" \n\t\u3000\u00a0\r", "space"),
        ("\x00\u200b\ufeff\udc80\ue000\x85", "hidden"),
    ],
)
def test_every_character_is_of_one_kind(text: str, kind: str) -> None:
    assert kinds_of(text) == {kind: len(text)}


def test_marks_count_where_they_stand_beside_han() -> None:
    text = "甲,乙，丙, a,b 1,000 (丁)"
    codes = code_points(text)
    found = characters.marks(codes, characters.classes(codes))
    assert found == {"half ,": 2, "full ，": 1, "half (": 1, "half )": 1}


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("好。坏！好吗？", 3),
        ("真的吗？！", 1),
        ("One. Two.\nThree.", 3),
        ("3.5 and e.g.x", 0),
        ("没有", 0),
        ("", 0),
        ("。", 1),
    ],
)
def test_sentences(text: str, count: int) -> None:
    assert tally(text).counts["sentences"] == count


def test_figures_of_a_page() -> None:
    made = tally(PROSE)
    assert (made.counts["lines"], made.counts["paragraphs"], made.counts["paragraphs ended"]) == (2, 2, 2)
    assert made.counts["characters"] == len(PROSE)
    assert made.group("width") == {"31-40": 1, "41-60": 1}
    assert made.shares()["han"] == pytest.approx(38 / 45)
    assert made.shares()["punctuation"] == pytest.approx(7 / 45)


def test_a_wrap_ends_no_paragraph() -> None:
    wrapped = "山脚下的小镇每到秋天就\n会飘起桂花的香气，老人\n们坐在巷口下棋，一直坐\n到天黑。\n"
    assert tally(wrapped).counts["paragraphs"] == 1
    assert tally(wrapped).shares()["ended_paragraphs"] == 1


def test_what_is_said_again_counts_whatever_its_wraps() -> None:
    once = PROSE.replace("\n", "")
    twice = tally(once + "\n" + PROSE.replace("天。", "天。\n"))
    total, again = twice.counts["grams"], twice.counts["grams repeated"]
    assert (total, again) == (2 * 45 - GRAM + 1, 45 - GRAM + 1)
    assert tally(PROSE * 3).shares()["repeated_paragraphs"] == pytest.approx(2 / 3)
    assert tally(PROSE).shares()["repeated_paragraphs"] == 0


def test_of_many_sequences_a_sample_tells_nearly_the_same() -> None:
    draw = np.random.default_rng(1)
    once = draw.integers(0x4E00, 0x5E00, 60_000).astype(np.uint32)
    again = np.concatenate((once, draw.integers(0x4E00, 0x5E00, 60_000).astype(np.uint32), once[:30_000]))
    total, repeated = grams(hashed(again))
    assert 5_000 < total < 15_000
    assert repeated / total == pytest.approx(0.2, abs=0.03)


def test_a_stretch_has_one_hash_wherever_it_stands() -> None:
    made = hashed(code_points("一二三四五六七八九十甲一二三四五六七八九十"))
    both = of_spans(made, np.array([0, 11]), np.array([10, 21]))
    other = of_spans(made, np.array([0, 1]), np.array([9, 10]))
    assert both[0] == both[1]
    assert len({*both.tolist(), *other.tolist()}) == 3


def test_a_sketch_stays_small_and_tells_the_share() -> None:
    draw = np.random.default_rng(2)
    ink = hashed(draw.integers(0x4E00, 0x9F00, 20 * 200_000).astype(np.uint32))
    start = np.arange(0, 20 * 200_000, 20)
    sketch = Sketch()
    sketch.add(ink, start, start + 20)
    sketch.add(ink, start[:100_000], start[:100_000] + 20)
    again, total = sketch.repeated()
    assert sketch.part == 4
    assert len(sketch) <= 1 << 16
    assert again / total == pytest.approx(1 / 3, abs=0.01)


def test_figures_add_up_in_any_order() -> None:
    parts = [tally(PROSE), tally(PROSE + "甲乙。\n"), tally("One line.\n" * 3)]
    forth, back = Tally(), Tally()
    for part in parts:
        forth.update(part)
    for part in reversed(parts):
        back.update(part)
    assert forth.counts == back.counts
    assert forth.counts["texts"] == 3
    assert forth.shares() == back.shares()


def test_a_long_text_is_cut_where_lines_end() -> None:
    text = PROSE * (3 * PIECE // len(PROSE))
    cut = list(pieces(text))
    assert "".join(cut) == text
    assert len(cut) == 3
    assert all(piece.endswith("\n") for piece in cut)
    assert "".join(pieces("甲" * 5 * PIECE)) == "甲" * 5 * PIECE


@given(texts | damaged)
@laws(200)
def test_any_text_has_figures(text: str) -> None:
    made = tally(text)
    assert sum(made.group("kind").values()) == made.counts["characters"] == len(text)
    assert sum(made.group("width").values()) == made.counts["lines"]
    shares = made.shares()
    assert all(0 <= share <= 1 for name, share in shares.items() if name != "mean_paragraph")
