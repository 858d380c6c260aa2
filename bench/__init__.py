"""``make bench``: speed, start-up and memory of the installed command, as ratios against peers in the same run."""
