"""Lengths that the search for passages and the glance before it agree on, in folded characters."""

from __future__ import annotations

# Seeds: short enough to survive one wrong character in ten, and dense enough that nine equal characters hold one.
SEED = 6
PERIOD = 24  # repetitions with a shorter period are found by `adjacent`
WORDS = 5  # the longest reduplications and set phrases of Chinese have four characters
# Edits by which an alignment may go on, as characters skipped in the one text and in the other: substitutions, lost
# and inserted characters, up to two in a row, and up to three for as many others: a word of another region.
EDITS = ((1, 1), (0, 1), (1, 0), (2, 2), (0, 2), (2, 0), (1, 2), (2, 1), (3, 3), (2, 3), (3, 2))
AHEAD = 6  # characters looked at behind an edit
ENOUGH = 6  # an edit is believed where two ideographs or six letters agree behind it
DRIFT = 64  # characters that one text may have more than the other: two or three lines lost or put in
JITTER = 4  # characters by which noise shifts one text against the other
NOISE = 24  # characters between two runs in which both texts may differ here and there: two lines at the most
OVERLAP = 8  # characters by which two runs of different shifts may overlap
OUTWEIGH = 4  # how much longer than what differs between them runs are that belong together all the same
