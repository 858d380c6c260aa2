"""The edge of the process: signals, closed and full streams, imports, locales. All with the installed command."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import COMMAND

TEXT = "第一行,没有完\n第二行。\n" * 20_000


@pytest.fixture
def big(tmp_path: Path) -> Path:
    path = tmp_path / "big.txt"
    path.write_text(TEXT, "utf-8")
    return path


def shell(line: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        ["bash", "-c", line], capture_output=True, env={**os.environ, "TT": COMMAND, **env}, timeout=120, check=False
    )


@pytest.mark.parametrize("command", ["punct", "lint", "clean", "clean --diff"])
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_closed_reader_ends_it_quietly(big: Path, command: str, unbuffered: str) -> None:
    line = f'"$TT" {command} "{big}" | head -n 1 >/dev/null; exit "${{PIPESTATUS[0]}}"'
    done = shell(line, PYTHONUNBUFFERED=unbuffered)
    assert (done.returncode, done.stderr) == (128 + signal.SIGPIPE, b"")


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_slow_reader_gets_every_byte(big: Path, unbuffered: str) -> None:
    done = shell(f'"$TT" decode "{big}" | (sleep 0.5; cat)', PYTHONUNBUFFERED=unbuffered)
    assert done.stdout == TEXT.encode()


@pytest.mark.parametrize(
    "command", ["clean", "punct", "lint", "rules", "doctor", "stats", "--help", "--version", "lint --help"]
)
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_disk_is_told(command: str, unbuffered: str) -> None:
    done = shell(f'echo "你好,世界" | "$TT" {command} >/dev/full', PYTHONUNBUFFERED=unbuffered)
    assert (done.returncode, done.stderr) == (2, b"texttool: standard output: No space left on device\n")


@pytest.mark.parametrize("command", ["clean", "lint", "doctor", "stats", "rules", "--version"])
def test_closed_standard_output_is_told(command: str) -> None:
    done = shell(f'echo "你好,世界" | "$TT" {command} >&-')
    assert (done.returncode, done.stderr) == (2, b"texttool: standard output: is closed\n")


@pytest.mark.parametrize("command", ["clean", "lint", "detect", "doctor", "stats", 'undo - --audit "$TT"'])
def test_closed_standard_input_is_told(command: str) -> None:
    done = shell(f'"$TT" {command} <&-')
    assert (done.returncode, done.stderr) == (2, b"texttool: standard input: is closed\n")


def test_closed_standard_error_stops_nothing() -> None:
    done = shell('printf "GIF8\\0\\0\\0z" | "$TT" punct 2>&-')
    assert (done.returncode, done.stdout) == (0, b"GIF8\0\0\0z")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_by_that_signal(number: signal.Signals) -> None:
    pipe = subprocess.PIPE
    running = subprocess.Popen([COMMAND, "clean"], stdin=pipe, stdout=pipe, stderr=pipe)
    time.sleep(0.5)  # it waits for its input
    running.send_signal(number)
    out, err = running.communicate(timeout=20)
    assert (running.returncode, out, err) == (-number, b"", b"")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_in_a_batch_leaves_whole_files_and_no_litter(tmp_path: Path, number: signal.Signals) -> None:
    source = "第一句,第二句。\n" * 300
    for i in range(300):
        (tmp_path / f"{i:03}.txt").write_text(source, "utf-8")
    running = subprocess.Popen([COMMAND, "punct", "-i", str(tmp_path)], stderr=subprocess.PIPE)
    while (tmp_path / "003.txt").read_text("utf-8") == source and running.poll() is None:
        time.sleep(0.005)
    running.send_signal(number)
    _, err = running.communicate(timeout=20)
    assert (running.returncode, err) == (-number, b"")
    texts = [path.read_text("utf-8") for path in sorted(tmp_path.iterdir())]
    assert len(texts) == 300
    assert set(texts) == {source, source.replace(",", "，")}


def test_input_is_not_output(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("甲,乙\n", "utf-8")
    done = shell(f'"$TT" punct "{path}" >> "{path}"')
    assert (done.returncode, path.read_text("utf-8")) == (2, "甲,乙\n")
    assert done.stderr.decode() == f"texttool: {path}: is input and output at once; -i rewrites in place\n"


def test_a_pipe_of_the_shell_may_be_read_but_no_other(tmp_path: Path) -> None:
    assert shell('"$TT" punct <(echo "甲,乙")').stdout.decode() == "甲，乙\n"
    os.mkfifo(tmp_path / "fifo")
    done = shell(f'"$TT" punct "{tmp_path}/fifo"')
    assert (done.returncode, done.stderr.decode()) == (2, f"texttool: {tmp_path}/fifo: is not a regular file\n")


@pytest.mark.parametrize(
    "locale",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "C.UTF-8"},
        {"LC_ALL": "zh_CN.GB18030"},
        {"PYTHONUTF8": "0"},
        {"PYTHONUTF8": "1"},
        {"PYTHONIOENCODING": "ascii"},
    ],
)
def test_the_locale_changes_nothing(locale: dict[str, str]) -> None:
    assert shell('printf "甲,乙" | "$TT" punct', **locale).stdout == "甲，乙".encode()
    told = shell('printf "甲,乙" | "$TT" lint --select PN', **locale)
    assert "-:1:2: PN101" in told.stdout.decode()


def test_a_name_that_is_no_utf8_works(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xff.txt"
    Path(os.fsdecode(path)).write_text("甲,乙\n", "utf-8")
    done = subprocess.run([COMMAND.encode(), b"lint", b"--select", b"PN", path], capture_output=True, check=False)
    assert b"/\\xff.txt:1:2: PN101" in done.stdout
    json_too = [COMMAND.encode(), b"lint", b"--output-format", b"json", path]
    done = subprocess.run(json_too, capture_output=True, check=False)
    assert json.loads(done.stdout)[0]["path"].endswith("/\\xff.txt")


HEAVY = {"rich", "chardet", "opencc", "numpy", "importlib.metadata"}


@pytest.mark.parametrize(
    "code",
    [
        "import texttool",
        "import texttool.cli",
        "import sys; sys.argv[1:] = ['--version']\nfrom texttool.__main__ import main\n"
        "try: main()\nexcept SystemExit: pass",
        "import texttool; texttool.decode('中文'.encode())",
        "import texttool; texttool.clean('你好,世界。\\n这一行没有问题。\\n')",
    ],
    ids=["package", "cli", "--version", "decode UTF-8", "clean a few lines"],
)
def test_heavy_libraries_are_not_imported(code: str) -> None:
    check = f"\nimport sys; print(sorted({HEAVY!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code + check], capture_output=True, check=True)
    assert done.stdout.decode().splitlines()[-1] == "[]"


@pytest.mark.skipif((3, 12) <= sys.version_info < (3, 14), reason="dataclasses use it at each start")
@pytest.mark.parametrize("command", ["punct", "unicode", "decode", "lint"])
def test_what_click_imports_for_the_help_of_others_waits_for_it(command: str) -> None:
    code = (
        "import atexit, sys; from texttool.__main__ import command\n"
        "atexit.register(lambda: print('dis' in sys.modules))\n"
        f"sys.argv[1:] = [{command!r}, '-']; command()"
    )
    done = subprocess.run([sys.executable, "-c", code], input="头发。\n".encode(), capture_output=True, check=True)
    assert done.stdout.decode().splitlines()[-1] == "False"


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="there is no list of threads here")
def test_numpy_starts_no_threads() -> None:
    code = (
        "import atexit, os, sys; from texttool.__main__ import command\n"
        "atexit.register(lambda: print('numpy' in sys.modules, len(os.listdir('/proc/self/task'))))\n"
        "sys.argv[1:] = ['unwrap', '-']; command()"
    )
    page = "今年全市经济运行总体平稳，\n各项指标稳步回升向好态势\n明显增强，居民收入继续增\n" * 90
    env = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    done = subprocess.run([sys.executable, "-c", code], input=page.encode(), capture_output=True, check=True, env=env)
    assert done.stdout.decode().splitlines()[-1] == "True 1"


def test_a_postponed_module_is_whole_when_it_is_used() -> None:
    code = (
        "import sys; from texttool.postponed import postpone; postpone('wave'); import wave\n"
        "print('Wave_read' in vars(wave)); postpone('wave')\n"
        "from wave import Error, open as opened; import wave as again\n"
        "print(again is wave, issubclass(Error, Exception), type(wave) is type(sys), wave.Wave_read.__module__)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.decode().splitlines() == ["False", "True True True wave"]


def test_a_module_in_the_working_folder_is_not_imported(tmp_path: Path) -> None:
    for name in ("texttool", "click", "numpy", "chardet"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('imported from the working folder')")
    done = subprocess.run([COMMAND, "punct"], input="甲,乙".encode(), cwd=tmp_path, capture_output=True, check=False)
    assert done.stdout.decode() == "甲，乙"


def test_what_waits_for_the_end_of_the_process_is_done() -> None:
    code = (
        "import atexit, sys, threading, time; from texttool.__main__ import command; {}\n"
        "sys.argv[1:] = ['convert', '--to', 's2t', '--check']; command()"
    )
    waits = (
        "atexit.register(print, 'done')",
        "threading.Thread(target=lambda: (time.sleep(0.2), print('done'))).start()",
        "threading.Timer(0.2, print, ['done']).start()",
    )
    for wait in waits:
        command = [sys.executable, "-c", code.format(wait)]
        done = subprocess.run(command, input="头发".encode(), capture_output=True, check=False)
        assert (done.returncode, done.stdout) == (1, b"done\n")


def test_a_profiler_sees_the_end() -> None:
    command = [sys.executable, "-m", "cProfile", "-m", "texttool", "--version"]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0
    assert b"function calls" in done.stdout


def test_an_internal_error_is_one_line_and_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("甲,乙\n", "utf-8")
    code = (
        "import sys; from texttool import rulebook; from texttool.rule import Rule, letters, sub\n"
        "bad = Rule('PN101', 'eats-a-letter', sub('甲', ''), '', (), letters)\n"
        "rulebook.rules_of = lambda name: (bad,)\n"
        f"sys.argv[1:] = ['punct', '-i', '-q', {str(path)!r}]\n"
        "from texttool.__main__ import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 2
    assert "internal error: PN101 eats-a-letter changes what it must keep" in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1
    assert path.read_text("utf-8") == "甲,乙\n"


def test_a_crash_is_one_line_and_shows_its_place_when_asked() -> None:
    code = (
        "import sys; from texttool import pipeline\n"
        "def run(*a, **k): raise RuntimeError('boom')\n"
        "pipeline.run = run; sys.argv[1:] = ['punct', *sys.argv[1:]]\n"
        "from texttool.__main__ import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], input=b"a", capture_output=True, check=False)
    assert done.returncode == 2
    assert done.stderr == b"texttool: -: internal error: RuntimeError: boom (--traceback shows the place)\n"
    done = subprocess.run([sys.executable, "-c", code, "--traceback"], input=b"a", capture_output=True, check=False)
    assert b"Traceback" in done.stderr
