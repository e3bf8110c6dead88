"""A briefing as Markdown or as one self-contained page of HTML; every text in it is escaped."""

import re
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path

from stackwatch.domain.errors import BadInputError
from stackwatch.domain.web_address import is_web_address
from stackwatch.domain.words.briefing_words import BriefingPage, Item, Section, Table
from stackwatch.storage.whole_file import write_whole

# An ampersand counts before the name of a letter, a sign before a figure nowhere: these are left as they are.
_SPECIAL = re.compile(r"([\\`*_\[\]<>|~]|&(?=#?\w+;))|^(\s*)(\d+)([.)])(?=\s|$)|^(\s*)([-+](?!\d)|[=#])")
_LONG_WORD = re.compile(r"\S{40}")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
# Light and plain: it is printed. No script, no font and no picture from elsewhere.
_STYLE = """
:root { color-scheme: light; }
body { font: 13px/1.45 "Segoe UI", "Noto Sans", "Malgun Gothic", "Apple SD Gothic Neo", "Noto Sans KR",
  "Noto Sans CJK KR", sans-serif; color: #15181c; background: #fff; max-width: 760px; margin: 24px auto;
  padding: 0 16px; font-variant-numeric: tabular-nums; overflow-wrap: break-word;
  word-break: keep-all; }
h1 { font-size: 22px; margin: 0 0 2px; }
h2 { font-size: 15px; margin: 22px 0 6px; padding-bottom: 3px; border-bottom: 1px solid #c9ced4;
  break-after: avoid; }
p { margin: 4px 0; }
.note, .made { color: #4c545d; font-size: 12px; }
table { border-collapse: collapse; width: 100%; margin: 4px 0; }
.narrow { width: 40%; }
th { text-align: left; font-weight: 400; color: #4c545d; font-size: 12px; }
th, td { padding: 3px 8px 3px 0; border-bottom: 1px solid #e2e5e9; vertical-align: top; }
.figure { text-align: right; }
.figure, .whole { white-space: nowrap; }
.broken { overflow-wrap: anywhere; }
.item { margin: 8px 0; break-inside: avoid; }
.item b { font-weight: 600; }
.item p { margin: 1px 0 1px 12px; }
a { color: #5540c4; }
@page { margin: 16mm; }
@media print { body { margin: 0; max-width: none; } tr, .item { break-inside: avoid; } }
"""


def write_briefing(path: Path, page: BriefingPage) -> None:
    """Write a briefing, .html or .md by the name, whole or not at all; raises BadInputError."""
    writers: dict[str, Callable[[BriefingPage], str]] = {
        ".html": as_html,
        ".htm": as_html,
        ".md": as_markdown,
    }
    writer = writers.get(path.suffix.lower())
    if writer is None:
        raise BadInputError(f"{path}: expected a name that ends in .html, .md or .pdf")
    write_whole(path, writer(page))


def as_markdown(page: BriefingPage) -> str:
    """Return a briefing as Markdown."""
    lines = [f"# {_mark(page.title)}", "", _mark(page.made), "", _mark(page.summary), ""]
    for section in page.sections:
        lines += [f"## {_mark(section.title)}", ""]
        lines += [_mark(section.note), ""] if section.note else []
        lines += _marked(section)
    return "\n".join(lines).rstrip() + "\n"


def as_html(page: BriefingPage) -> str:
    """Return a briefing as a page of HTML that needs nothing else."""
    body = "\n".join(_section(section) for section in page.sections)
    return (
        f'<!DOCTYPE html>\n<html lang="{page.language.value}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f"<title>{escape(page.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f'<h1>{escape(page.title)}</h1>\n<p class="made">{escape(page.made)}</p>\n'
        f"<p>{escape(page.summary)}</p>\n{body}\n</body>\n</html>\n"
    )


def _section(section: Section) -> str:
    parts = [f"<h2>{escape(section.title)}</h2>"]
    if section.note:
        parts.append(f'<p class="note">{escape(section.note)}</p>')
    if section.table is not None and section.table.rows:
        parts.append(_table(section.table))
    parts += [_item(item) for item in section.items]
    if _is_empty(section):
        parts.append(f"<p>{escape(section.nothing)}</p>")
    return "\n".join(parts)


def _table(table: Table) -> str:
    def cell(tag: str, place: int, words: str) -> str:
        kind = "figure" if place in table.figures else "whole" if place in table.whole else ""
        if not kind and _LONG_WORD.search(words):  # else it would widen the table beyond the page
            kind = "broken"
        kept = f' class="{kind}"' if kind else ""
        scope = ' scope="col"' if tag == "th" else ""
        return f"<{tag}{scope}{kept}>{escape(words)}</{tag}>"

    head = "".join(cell("th", place, words) for place, words in enumerate(table.heads))
    rows = (
        "<tr>" + "".join(cell("td", place, words) for place, words in enumerate(row)) + "</tr>"
        for row in table.rows
    )
    narrow = ' class="narrow"' if table.narrow else ""
    body = "\n".join(rows)
    return f"<table{narrow}>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"


def _item(item: Item) -> str:
    if not item.lines:
        return f'<p class="item">{escape(item.head)}</p>'
    lines = "".join(f"<p>{escape(line)}</p>" for line in item.lines)
    link = f'<p><a href="{escape(item.link)}">{escape(item.link)}</a></p>' if _is_web(item.link) else ""
    return f'<div class="item"><b>{escape(item.head)}</b>{lines}{link}</div>'


def _marked(section: Section) -> Iterator[str]:
    if section.table is not None and section.table.rows:
        table = section.table
        rules = ("--:" if place in table.figures else "---" for place in range(len(table.heads)))
        yield f"| {' | '.join(map(_mark, table.heads))} |"
        yield f"|{'|'.join(rules)}|"
        for row in table.rows:
            yield f"| {' | '.join(map(_mark, row))} |"
        yield ""
    for item in section.items:
        yield f"- {_mark(item.head)}"
        yield from (f"  - {_mark(line)}" for line in item.lines)
        if _is_web(item.link):
            yield f"  - <{item.link}>"
    if section.items:
        yield ""
    if _is_empty(section):
        yield _mark(section.nothing)
        yield ""


def _is_empty(section: Section) -> bool:
    return not section.items and (section.table is None or not section.table.rows)


def _mark(words: str) -> str:
    """Keep Markdown, and HTML inside it, from reading anything into a plain text."""

    def escaped(found: re.Match[str]) -> str:
        special, before, number, dot, space, sign = found.groups()
        if special is not None:
            return f"\\{special}"
        return f"{before}{number}\\{dot}" if number is not None else f"{space}\\{sign}"

    return _SPECIAL.sub(escaped, " ".join(words.splitlines()))


def _is_web(address: str) -> bool:
    return set(address).isdisjoint('<>"') and is_web_address(address)
