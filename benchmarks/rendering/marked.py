"""Documents as text, Markdown, HTML and RTF."""

from __future__ import annotations

from html import escape

from benchmarks.rendering.document import Block, Bullets, Columns, Row, in_sequence

_WIDTH = 90
_CSS = """body { font: 10pt sans-serif; margin: 0 } h1 { font-size: 18pt; margin: 0 }
h2 { font-size: 12pt; margin: 10pt 0 2pt }
p, ul { margin: 2pt 0 } .row, .columns { display: flex; justify-content: space-between } .columns { gap: 14pt }
@page { size: A4; margin: 16mm }"""


def as_text(blocks: tuple[Block, ...]) -> bytes:
    """Plain text: the right end of a row stands in a far column."""
    lines: list[str] = []
    for block in in_sequence(blocks):
        if isinstance(block, Bullets):
            lines += [f"- {item}" for item in block.items]
        elif isinstance(block, Row):
            lines.append(f"{block.left:<{_WIDTH - len(block.right)}}  {block.right}")
        else:
            lines += ["", block.text] if block.style == "heading" else [block.text]
    return "\n".join(lines).encode()


def as_markdown(blocks: tuple[Block, ...]) -> bytes:
    """Markdown: headings with signs, bold heads, and a paragraph a line."""
    marks = {"name": "# {}", "heading": "## {}", "strong": "**{}**", "plain": "{}"}
    paragraphs: list[str] = []
    for block in in_sequence(blocks):
        if isinstance(block, Bullets):
            paragraphs.append("\n".join(f"- {item}" for item in block.items))
        elif isinstance(block, Row):
            paragraphs.append(f"**{block.left}** | {block.right}")
        else:
            paragraphs.append(marks[block.style].format(block.text))
    return "\n\n".join(paragraphs).encode()


def as_html(blocks: tuple[Block, ...]) -> bytes:
    """A page whose rows and columns are boxes."""
    body = "\n".join(map(_element, blocks))
    head = f"<head><meta charset='utf-8'><style>{_CSS}</style></head>"
    return f"<!DOCTYPE html><html>{head}<body>{body}</body></html>".encode()


def _element(block: Block) -> str:
    if isinstance(block, Columns):
        sides = ((block.left, block.share), (block.right, 1 - block.share))
        inside = ("\n".join(map(_element, side)) for side, _ in sides)
        boxes = (f"<div style='width:{share:.0%}'>{one}</div>" for one, (_, share) in zip(inside, sides, strict=True))
        return f"<div class='columns'>{' '.join(boxes)}</div>"
    if isinstance(block, Bullets):
        return f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in block.items)}</ul>"
    if isinstance(block, Row):
        left = f"<b>{escape(block.left)}</b>" if block.strong else escape(block.left)
        return f"<div class='row'><span>{left}</span> <span>{escape(block.right)}</span></div>"
    tag = {"name": "h1", "heading": "h2", "strong": "p", "plain": "p"}[block.style]
    text = f"<b>{escape(block.text)}</b>" if block.style == "strong" else escape(block.text)
    return f"<{tag}>{text}</{tag}>"


def as_rtf(blocks: tuple[Block, ...]) -> bytes:
    """RTF of paragraphs; the right end of a row stands behind a tab."""
    paragraphs: list[str] = []
    for block in in_sequence(blocks):
        if isinstance(block, Bullets):
            paragraphs += [rf"\pard\li360 \bullet\tab {_escaped(item)}" for item in block.items]
        elif isinstance(block, Row):
            paragraphs.append(rf"\pard\tqr\tx9000 {_escaped(block.left)}\tab {_escaped(block.right)}")
        else:
            size = {"name": r"\b\fs36", "heading": r"\b\fs26", "strong": r"\b\fs22", "plain": r"\fs22"}[block.style]
            paragraphs.append(rf"\pard{{{size} {_escaped(block.text)}}}")
    body = "\\par\n".join(paragraphs)
    return rf"{{\rtf1\ansi\ansicpg1252\deff0{{\fonttbl{{\f0 Arial;}}}}{body}\par}}".encode("ascii")


def _escaped(text: str) -> str:
    plain = "".join(f"\\{letter}" if letter in "\\{}" else letter for letter in text)
    return "".join(letter if ord(letter) < 128 else f"\\u{ord(letter)}?" for letter in plain)
