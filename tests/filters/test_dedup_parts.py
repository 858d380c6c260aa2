"""The steps of dedup one by one, each against the plain way to do it."""

from __future__ import annotations

import random
from collections import defaultdict
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies import damaged
from texttool.filters.dedup import extend, find_duplicates, scan, suspects
from texttool.filters.dedup.adjacent import repeats
from texttool.filters.dedup.extend import gapped, run
from texttool.filters.dedup.fold import fold, folded_text
from texttool.filters.dedup.joints import connected
from texttool.filters.dedup.minhash import clusters
from texttool.filters.dedup.overlap import alike
from texttool.filters.dedup.seeds import links, minimizers, own

LETTERS = st.text(st.sampled_from("甲乙丙丁戊"), max_size=60)
WIDE = st.text(st.sampled_from("甲乙aＡ１，\U00020000\U0002a700\U0001f600"), max_size=40)


def row_of(text):
    return fold([text]).codes


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＡＢＣ　abc", "abcabc"),
        ("Ｎｏ．１２", "no12"),
        ("e\u0301té", "ete"),
        ("臺灣的貓", "台湾的猫"),
        ("著作與看着", "着作与看着"),
        ("ｶﾀｶﾅ カタカナ", "カタカナカタカナ"),
        ("“你好”，世界——！", "你好世界"),
        ("a\u200bb\u00adc\ufeff", "abc"),
        ("½ ⅣⅣ", "½ⅳⅳ"),
        ("\U00020000字", "\U00020000字"),
        ("", ""),
    ],
)
def test_folded(text, folded):
    assert folded_text(text) == folded
    assert "".join(map(chr, row_of(text)[1:-1])) == folded


@settings(max_examples=500)
@given(st.lists(st.one_of(damaged, WIDE), max_size=4))
def test_both_ways_to_fold_agree_and_offsets_lead_back(documents):
    row = fold(documents)
    assert (row.codes[row.first] == 0).all()
    for number, text in enumerate(documents):
        start, end = row.first[number] + 1, row.first[number + 1]
        assert "".join(map(chr, row.codes[start:end])) == folded_text(text)
        assert [folded_text(text[at]) for at in row.at[start:end]] == list(folded_text(text))
        if start < end:
            assert row.span(start, end)[0] == number


def test_text_is_folded_alike_over_the_edges_of_pieces():
    text = "山，水" * 50_000 + "\U00020000" + "月 " * 40_000
    assert "".join(map(chr, row_of(text)[1:-1])) == folded_text(text)


@settings(max_examples=300)
@given(LETTERS, LETTERS, st.text(st.sampled_from("子丑寅卯辰巳午未申酉"), min_size=9, max_size=30))
def test_nine_equal_characters_share_a_seed_whatever_stands_around(before, behind, same):
    row = row_of(before + same + "完" + same + behind)
    seeds = defaultdict(set)
    for key in minimizers(row, 6, 4).tolist():
        seeds[key >> 32].add(key & 0xFFFFFFFF)
    first, second = 1 + len(before), 2 + len(before) + len(same)
    ends = len(same) - 6
    assert any(
        {at - first for at in places if first <= at <= first + ends}
        & {at - second for at in places if second <= at <= second + ends}
        for places in seeds.values()
    )


@settings(max_examples=300)
@given(LETTERS, st.integers(1, 4))
def test_links_lead_to_equal_seeds_and_do_not_multiply(text, reach):
    row = row_of(text)
    keys = minimizers(row, 6, 4)
    found = links(keys, reach, 1)
    assert found.size <= reach * keys.size
    assert (np.diff(found.astype(object)) > 0).all()
    for link in found.tolist():
        shift, at = link >> 33, link >> 1 & 0xFFFFFFFF
        assert (row[at : at + 6] == row[at - shift : at - shift + 6]).all()


def test_the_work_is_bounded_by_the_length_of_the_text():
    line = "清晨的渡口起了雾，老船工解开缆绳。\n"
    for text in ("甲" * 30_000, line * 2_000, "ab" * 15_000, "甲乙丙丁戊己庚辛" * 4_000):
        keys = minimizers(row_of(text), 6, 4)
        assert links(keys, 3, 24).size <= keys.size + 3 * 8 * len(set((keys >> np.uint64(32)).tolist()))
        assert sum(map(len, scan(text).values())) == 1


def test_what_stands_n_times_is_one_group_of_n_and_n_findings_less_one():
    draw = random.Random(5)
    page = "".join(draw.choices([chr(code) for code in range(0x4E00, 0x5E00)], k=1500))
    groups = list(find_duplicates({"a": "。\n".join([page] * 40)}))
    assert [len(group.spans) for group in groups] == [40]
    assert sum(map(len, scan("。\n".join([page] * 40)).values())) == 39
    apart = {str(n): f"{n}号。{page}" for n in range(40)}
    assert sorted((group.kind, len(group.spans)) for group in find_duplicates(apart)) == [
        ("document", 40),
        ("span", 40),
    ]


@pytest.mark.parametrize("long", [8, 4096])  # from which on a pair is followed by itself
@given(st.one_of(LETTERS, LETTERS.map(lambda text: 4 * text[:15])), st.integers(0, 59), st.integers(0, 59))
def test_run_is_the_common_prefix_or_suffix(long, text, a, b):
    row = row_of(text)
    a, b = min(a, row.size - 1), min(b, row.size - 1)
    for step in (1, -1):
        expected, x, y = 0, a, b
        while min(x, y) >= 0 and max(x, y) < row.size and row[x] == row[y] != 0:
            expected, x, y = expected + 1, x + step, y + step
        with patch.object(extend, "_LONG", long), patch.object(extend, "_PIECE", 5):
            assert run(row, np.array([a]), np.array([b]), step).tolist() == [expected]
            for most in (0, 9, 40):
                assert run(row, np.array([a]), np.array([b]), step, np.array([most])).tolist() == [min(expected, most)]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("甲乙丙丁戊己庚辛壬癸", "甲乙丙丁戊己庚辛壬癸", (10, 10, 10)),
        ("甲乙丙丁错己庚辛壬癸", "甲乙丙丁戊己庚辛壬癸", (10, 10, 9)),  # a wrong character
        ("甲乙丙丁己庚辛壬癸", "甲乙丙丁戊己庚辛壬癸", (9, 10, 9)),  # a lost one
        ("甲乙丙丁多戊己庚辛", "甲乙丙丁戊己庚辛", (9, 8, 8)),  # one too many
        ("甲乙丙丁子丑寅卯", "甲乙丙丁辰巳午未", (4, 4, 4)),  # the end
        ("甲乙丙丁错己庚", "甲乙丙丁戊己庚", (4, 4, 4)),  # two behind an edit do not pay for it
        ("子丑寅卯", "辰巳午未", (0, 0, 0)),
    ],
)
def test_gapped_goes_on_behind_single_edits(one, other, expected):
    row = row_of(one + "")
    codes = np.concatenate((row, row_of(other)[1:]))
    found = gapped(codes, np.array([1]), np.array([row.size]), 1)
    assert tuple(int(column[0]) for column in found) == expected
    back = codes[::-1].copy()
    found = gapped(back, np.array([codes.size - 2]), np.array([codes.size - 1 - row.size]), -1)
    assert tuple(int(column[0]) for column in found) == expected


@given(st.lists(st.tuples(st.integers(0, 29), st.integers(0, 29)), max_size=40))
def test_connected_components(edges):
    part = list(range(30))
    for x, y in edges:
        low, high = sorted((part[x], part[y]))
        part = [low if p == high else p for p in part]
    x, y = (np.array([edge[i] for edge in edges], np.int64) for i in (0, 1))
    assert connected(30, x, y).tolist() == [part.index(p) for p in part]


@settings(max_examples=300)
@given(LETTERS)
def test_repeats_with_a_short_period(text):
    """Each square of the least length is found, and what is found repeats."""
    row = row_of(text)
    found = repeats(row, 24, 5, 24)
    for start, end, period in found:
        assert end - start >= 2 * min(period, 24)
        assert (row[start : end - period] == row[start + period : end]).all()
    for period in range(5, 24):
        for at in range(1, row.size - 2 * period):
            square = row[at : at + period].tolist()
            whole = all(square[i:] + square[:i] != square for i in range(1, period))
            if whole and square == row[at + period : at + 2 * period].tolist():
                assert any(start <= at and at + 2 * period <= end for start, end, _ in found)


def test_own_tells_what_is_said_elsewhere():
    name, rest = "某某省人民代表大会常务委员会关于", "子丑寅卯辰巳午未申酉戌亥甲乙丙丁戊己庚辛"
    text = "。".join([name + rest, "又" + name + rest, "一" + name, "二" + name, "三" + name])
    row = row_of(text)
    keys = minimizers(row, 6, 4)
    start, size = np.array([1, 1, 1 + len(name)]), np.array([len(name + rest), len(name), len(rest)])
    parts = own(row, keys, 6, 4, start, start + size, np.array([2, 2, 2])).tolist()
    assert parts[1] == 0
    assert 0 < parts[0] < parts[2] == 1


def test_documents_that_are_nearly_the_same():
    draw = random.Random(3)
    han = [chr(code) for code in range(0x4E00, 0x5E00)]
    text = "".join(draw.choices(han, k=2000))
    noisy = "".join(draw.choice(han) if draw.random() < 0.02 else char for char in text)
    other = "".join(draw.choices(han, k=2000))
    half = text[:700] + other[:1300]
    (cluster,) = clusters(fold([text, other[::-1], noisy, half, "短", "短"]), 0.5, 24)
    assert cluster.members == (0, 2)
    assert 0.7 < cluster.identity < 1


@pytest.mark.parametrize("letters", ["甲乙丙丁戊己庚辛壬癸", "abcdefghij"])
def test_pairs_of_documents_are_counted_to_the_last_of_their_grams(letters):
    """What is left out by the bound is not alike, whatever the lengths, and no document knows of the next one."""
    draw = random.Random(5)
    parts = ["".join(draw.choices(letters, k=draw.choice((30, 300, 3000)))) for _ in range(12)]
    texts = ["".join(draw.sample(parts, 3)) for _ in range(30)] + ["", parts[0][:3], letters]
    reach = 10 if letters.isascii() else 5  # a gram of letters is told with those behind it
    grams = [{(text + " " * 9)[at : at + reach] for at in range(max(len(text) - 4, 0))} for text in texts]
    pairs = [(a, b) for a in range(len(texts)) for b in range(a)]
    plain = {}
    for a, b in pairs:
        common, fewer = len(grams[a] & grams[b]), min(len(grams[a]), len(grams[b]))
        if fewer and common >= 0.5 * fewer and common >= 0.25 * len(grams[a] | grams[b]):
            plain[a, b] = common / fewer
    x, y, parts_alike = alike(fold(texts), *np.array(pairs).T, 5, 0.5)
    assert 0 < len(plain) < len(pairs)
    assert dict(zip(zip(x.tolist(), y.tolist(), strict=True), parts_alike.tolist(), strict=True)) == plain


def test_clusters_do_not_depend_on_the_order_of_documents():
    draw = random.Random(7)
    han = [chr(code) for code in range(0x4E00, 0x5E00)]
    sentences = ["".join(draw.choices(han, k=30)) for _ in range(100)]
    texts = ["".join(draw.sample(sentences, 14)) for _ in range(1500)]
    found = set()
    for _ in range(2):
        draw.shuffle(texts)
        found.add(frozenset(frozenset(texts[n] for n in group.members) for group in clusters(fold(texts), 0.5, 24)))
    (groups,) = found
    assert len(groups) > 5


def test_seeds_of_one_hash_are_told_apart(monkeypatch):
    """Were there four hashes only, the places would be among those all the same, and none where nothing recurs."""
    text = "山水风云日月星辰花鸟鱼虫，春夏秋冬，山水风云日月，东西南北春夏秋冬山水。"
    ((_, known),) = suspects.suspected([text])
    monkeypatch.setattr(suspects, "_MOST", 2)  # of a hash: most seeds then share their place with others
    monkeypatch.setattr(suspects, "_last", suspects._last.__wrapped__)
    assert known
    twice = folded_text(text), known
    assert suspects.suspected([text, text[:17], text]) == [twice, ("", []), twice]


def test_records_that_are_equal():
    record = "一份很短的记录，写着今天到渡口的船和人数，还有风向和天气。"
    documents = {str(n): text for n, text in enumerate([record, "别的", record.replace("，", ","), "别的", record] * 2)}
    (group,) = find_duplicates(documents)
    assert group.kind == "document"
    assert [name for name, *_ in group.spans] == ["0", "2", "4", "5", "7", "9"]


@pytest.mark.parametrize(
    "options",
    [
        {"min_length": 3},
        {"identity": 0},
        {"identity": 1.5},
        {"similarity": -1},
        {"keep": "worst"},
        {"kinds": ["spans"]},
        {"kinds": "span"},
    ],
)
def test_options_out_of_range(options):
    with pytest.raises(ValueError, match=r"min_length|kinds"):
        find_duplicates({"a": ""}, **options)


def test_kinds_are_those_asked_for():
    text = "".join(map(chr, range(0x4E00, 0x4F00)))
    for kinds in (("document",), ("span",), ("document", "span"), ()):
        assert tuple(group.kind for group in find_duplicates({"a": text, "b": text}, kinds=kinds)) == kinds


def test_min_length():
    passage = "".join(map(chr, range(0x4E00, 0x4E00 + 30)))
    documents = {"a": f"子{passage}丑", "b": f"寅{passage}卯"}
    assert [g.spans for g in find_duplicates(documents, min_length=30)] == [(("a", 1, 31), ("b", 1, 31))]
    assert list(find_duplicates(documents, min_length=31)) == []
