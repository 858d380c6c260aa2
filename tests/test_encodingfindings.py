from __future__ import annotations

from texttool import document, rulebook
from texttool.encodingfindings import of_bytes, with_bytes
from texttool.linting import findings

RULES = rulebook.rules()


def told(data: bytes) -> list[tuple[str, int, str]]:
    read = document.load(data)
    made = [*of_bytes(read, RULES), *findings(read.text, RULES)]
    return [(f.code, f.start, f.message) for f in with_bytes(read, made) if f.code.startswith("EN")]


def byte_of(message: str) -> int:
    return int(message.split("(byte ")[1].split(",")[0])


def test_an_undecodable_byte_is_told_with_its_byte() -> None:
    good = "\ufeff第一行写得好好的。\r\n第二行坏了", "一个字。\r\n第三行坏", "了。"
    damaged = good[0].encode() + b"\xff" + good[1].encode() + b"\xfe\xfe" + good[2].encode()
    [first, second] = told(damaged)
    assert (first[0], damaged[byte_of(first[2])]) == ("EN101", 0xFF)
    assert "\\xff" in first[2]
    assert first[2].endswith("read as utf-8)")
    assert damaged.index(b"\xfe\xfe") == byte_of(second[2])


def test_another_encoding_than_utf8_is_told() -> None:
    [finding] = told(("春眠不觉晓，处处闻啼鸟。夜来风雨声，花落知多少。\n" * 3).encode("gb18030"))
    assert finding == ("EN103", 0, "the text is in gb18030")
    assert told("plain ASCII, and 中文。\n".encode()) == []


def test_bytes_that_no_encoding_explains_are_one_finding() -> None:
    noise = bytes((i * 151 + 77) % 255 + 1 for i in range(400))
    read = document.load(noise)
    assert not read.known
    assert [f.code for f in of_bytes(read, RULES)][-1:] == ["EN104"]


def test_lines_in_another_encoding_are_told_and_placed() -> None:
    lines = ["今天的天气很好，我们去公园里散步。", "下午又回来看书写字。", "晚上大家一起吃饭聊天。"]
    data = b"".join((line + "\r\n").encode("gb18030" if i % 3 == 1 else "utf-8") for i, line in enumerate(lines * 3))
    read = document.load(data)
    assert read.text.split("\n")[:3] == lines
    spans = [read.text[start:end] for start, end, encoding in read.parts if encoding.startswith("gb")]
    assert spans
    assert all("下午又回来" in span for span in spans)
    assert read.width(0, len(read.text)) == len(data)
    assert [code for code, _, _ in told(data)].count("EN102") == len(read.parts)
