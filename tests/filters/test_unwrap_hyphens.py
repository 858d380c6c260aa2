"""Hyphens at line ends: those of English compounds stay, those of the line go, in every language."""

from __future__ import annotations

import pytest

from tests.filters.test_unwrap import VALLEY, unwrapped, wrap
from texttool import pipeline, rulebook
from texttool.filters.unwrap import hyphens
from texttool.rulebook import load

# (end of a line, start of the next, what they make), on a page of English hyphenated by a machine
CUTS = [
    ("a self-", "employed joiner", "a self-employed joiner"),
    ("was self-", "ish enough", "was selfish enough"),
    ("a well-", "known guide", "a well-known guide"),
    ("its well-", "ness resort", "its wellness resort"),
    ("some twenty-", "three sheep", "some twenty-three sheep"),
    ("some six-", "teen sheep", "some sixteen sheep"),
    ("some eight-", "een sheep", "some eighteen sheep"),
    ("of two-", "thirds of it", "of two-thirds of it"),
    ("a twelve-", "year-old boy", "a twelve-year-old boy"),
    ("a twelve-year-", "old boy", "a twelve-year-old boy"),
    ("by his ex-", "wife alone", "by his ex-wife alone"),
    ("by the ex-", "change alone", "by the exchange alone"),
    ("and ex-", "ample letters", "and example letters"),
    ("an all-", "embracing view", "an all-embracing view"),
    ("was all-", "owed to go", "was allowed to go"),
    ("the so-", "called summit", "the so-called summit"),
    ("the so-", "ciety of guides", "the society of guides"),
    ("a half-", "hearted effort", "a half-hearted effort"),
    ("it was half-", "way up there", "it was halfway up there"),
    ("the cross-", "border path", "the cross-border path"),
    ("two cross-", "roads of old", "two crossroads of old"),
    ("a second-", "rate inn", "a second-rate inn"),
    ("a second-", "ary road", "a secondary road"),
    ("the water-", "based paint", "the water-based paint"),
    ("the de-", "based coin", "the debased coin"),
    ("the inter-", "related parts", "the interrelated parts"),
    ("a grey-", "haired woman", "a grey-haired woman"),
    ("the mother-in-", "law of his", "the mother-in-law of his"),
    ("the mother-", "in-law of his", "the mother-in-law of his"),
    ("the low-in-", "come houses", "the low-income houses"),
    ("the state-of-", "the-art lamp", "the state-of-the-art lamp"),
    ("the state-", "of-the-art lamp", "the state-of-the-art lamp"),
    ("the box-of-", "fice takings", "the box-office takings"),
    ("no x-", "ray of it", "no x-ray of it"),
    ("the non-", "profit inn", "the nonprofit inn"),  # style guides disagree: the habit of the text
]


FRONT = "and it was in the summer of the year when the railway came to the valley that they first heard of"
BEHIND = "and a little later of the old bridge and the high road on the other side of the valley as well"


def page(end: str, start: str, *more: str) -> str:
    """English in lines of 56, with a line that ends in ``end``, and behind it two that a machine hyphenated."""
    front, behind = [end], [start]
    for word in reversed(FRONT.split()):
        if len(" ".join([word, *front])) <= 56:
            front.insert(0, word)
    for word in BEHIND.split():
        if len(" ".join([*behind, word])) <= 50:
            behind.append(word)
    lines = [
        *front,
        f"\n{behind[0]}",
        *behind[1:],
        "moun-\ntains and rivers in the west of it, as they had been be-\nfore.\n",
    ]
    paragraphs = (
        wrap(VALLEY[1], 56),
        " ".join(lines).replace(" \n", "\n"),
        *(wrap(text, 56) for text in (VALLEY[2], *more)),
    )
    return "\n\n".join(paragraphs) + "\n"


@pytest.mark.parametrize(("end", "start", "whole"), CUTS)
def test_on_a_page_that_a_machine_hyphenated(end: str, start: str, whole: str) -> None:
    made = unwrapped(page(end, start))
    assert f" {whole} " in made
    assert " mountains and rivers in the west of it, as they had been before.\n" in made


def test_the_words_of_the_text_come_first() -> None:
    """What the text writes elsewhere it writes here, whatever the dictionary says."""
    assert "the quasistatic state" in unwrapped(page("the quasi-", "static state", "It is quasistatic, as they say."))
    assert "the web-site of" in unwrapped(page("the web-", "site of", "The web-site is new, and they are proud of it."))


def test_compounds_are_no_sign_of_a_machine() -> None:
    """Two hyphens at sixty line ends, one in thirty, are a machine's; but one of these is a compound's."""
    end = "and so we came to the house and the garden of the well-\nknown guide, who had a number of brown and flat-\n"
    end += "bottomed boats.\n"
    text = f"{wrap(' '.join(VALLEY * 8), 56)}\n\n{end}"
    assert 55 <= len(text.split("\n")) <= 65
    made = unwrapped(text)
    assert made.endswith("the garden of the well-known guide, who had a number of brown and flat-bottomed boats.\n")
    assert "flatbottomed" in unwrapped(text.replace("well-\nknown", "shel-\nter"))


FOREIGN = [
    # (what the machine cut, what it makes): first parts and last parts of English compounds that are syllables here
    ("de half-\njaarlijkse", "de halfjaarlijkse"),
    ("een long-\nontsteking", "een longontsteking"),
    ("een vice-\nvoorzitter", "een vicevoorzitter"),
]
DUTCH = (
    "De vuurtorenwachter schreef elke morgen het weer in een schrift, hoewel niemand hem daarom gevraagd had, en na "
    "zijn dood werden de delen gevonden in een kast onder de trap, samen met een verrekijker."
)


@pytest.mark.parametrize(("cut", "whole"), FOREIGN)
def test_the_table_is_for_english(cut: str, whole: str) -> None:
    front = "Het was in het voorjaar en in de zomer van dat lange"
    text = f"{wrap(DUTCH, 60)}\n\n{front} {cut} vergadering, die in het na-\njaar opnieuw werd gehouden.\n"
    assert whole in unwrapped(text)


def test_a_word_that_is_one_would_be_a_compound(monkeypatch: pytest.MonkeyPatch) -> None:
    """An entry without which nothing would change is none."""
    known = hyphens._compounds()
    chains = ((True, False), (False, True))
    cuts = {
        word: [hyphens.Cut(word[:at], word[at:], *chain) for at in range(2, len(word)) for chain in chains]
        for word in known["one_word"]
    }
    assert [word for word in cuts if any(map(hyphens._is_compound, cuts[word]))] == []
    monkeypatch.setattr(hyphens, "_compounds", lambda: {**known, "one_word": frozenset()})
    assert [word for word in cuts if not any(map(hyphens._is_compound, cuts[word]))] == []


def test_lists_hold_words_once() -> None:
    for name, value in load("tables/wrap-compounds").items():
        for words in (
            value.values() if isinstance(value, dict) else [" ".join([value] if isinstance(value, str) else value)]
        ):
            listed = words.split()
            assert len(set(listed)) == len(listed), name
            assert all(word.isalpha() and word.islower() and word.isascii() for word in listed), name


def test_the_message_names_the_word() -> None:
    found = pipeline.run(page("by the ex-", "change alone"), rulebook.rules(["unwrap"])).findings()
    said = [finding.message for finding in found if finding.code == "LW103"]
    assert said == [f"{word} was hyphenated at the line end" for word in ("exchange", "mountains", "before")]
