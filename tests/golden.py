"""The expected output of the samples: what the tests compare, and what ``make golden`` writes anew.

``out.txt`` is the cleaned text, ``findings.txt`` what lint says of the source that clean does not mend by itself,
and how many edits each rule made.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from texttool import document, pipeline, rulebook
from texttool.report import Setup, text


def made(sample: Path) -> dict[str, bytes]:
    """The files that belong beside ``in.txt``, by name."""
    read = document.load((sample / "in.txt").read_bytes(), "in.txt")
    result = pipeline.run(read.text, rulebook.rules())
    left = [finding for finding in result.findings() if finding.put == finding.found or not finding.safe]
    counts = Counter(stage.rule.code for stage in result.stages for _ in stage.edits if stage.applied)
    edits = "".join(f"{code} {count}\n" for code, count in sorted(counts.items()))
    return {
        "out.txt": read.encode(result.text, "utf-8"),
        "findings.txt": f"{''.join(text.render([(read, left)], Setup()))}\n{edits}".encode(),
    }


if __name__ == "__main__":
    for folder in sorted((Path(__file__).parent.parent / "samples").iterdir()):
        for name, data in made(folder).items():
            (folder / name).write_bytes(data)
