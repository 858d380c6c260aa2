"""Runs every benchmark of a part, or those named: ``python -m bench [startup clean …]``. Peers: ``bench/peers.py``."""

from __future__ import annotations

import sys
from importlib import import_module

BENCHES = (
    "startup",
    "lint_speed",
    "stats_speed",
    "clean",
    "batch",
    "convert",
    "encoding_speed",
    "unwrap_speed",
    "punct",
    "punct_speed",
    "dedup_speed",
    "dedup_index",
    "memory",
    "scale",
    "scale_plan",
    "linear",
)


def main() -> None:
    """Prints the figures of each benchmark as it ends."""
    for name in sys.argv[1:] or BENCHES:
        print(f"== {name}", flush=True)
        import_module(f"bench.{name}").main()


if __name__ == "__main__":
    main()
