"""What the tests share: the installed command, the samples, and how hypothesis runs."""

from __future__ import annotations

import os
import sysconfig
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parent.parent
SAMPLES = sorted(path for path in (ROOT / "samples").iterdir() if path.is_dir())
# A real report, kept outside the project: the tests that read it skip where it is absent.
SEED = ROOT.parent / "shared" / "seed"
COMMAND = str(Path(sysconfig.get_path("scripts")) / "texttool")

# The command is started a thousand times: it may keep its compiled modules, which takes two thirds off each start.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
# How large a terminal is, a test says itself; where tests run in several processes, these are set for all.
for name in ("COLUMNS", "LINES"):
    os.environ.pop(name, None)

settings.register_profile(
    "default", deadline=None, derandomize="CI" in os.environ, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("default")


@pytest.fixture
def seed() -> Path:
    """The folder of the real report."""
    if not SEED.is_dir():
        pytest.skip("the real report is not here")
    return SEED
