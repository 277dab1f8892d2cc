"""HTML and XML → their elements; YAML → its values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from recommender.decoding.parts import Element, Part, Refused, Value
from recommender.limits import Limits

#: Elements of one document, and how deep they stand in one another.
_MOST, _DEEPEST = 60_000, 150
_HIDDEN = frozenset(("style", "noscript", "template", "svg", "iframe", "object", "head", "nav", "button", "select"))


def decode_html(stream: BinaryIO, limits: Limits) -> Iterator[Part]:
    """The elements of a page of HTML that are seen, and its scripts of data."""
    from lxml import html

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    yield _decoded(stream, limits, parser, "HTML")


def decode_xml(stream: BinaryIO, limits: Limits) -> Iterator[Part]:
    """The elements of an XML document. Nothing outside of it is looked at."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    yield _decoded(stream, limits, parser, "XML")


def _decoded(stream: BinaryIO, limits: Limits, parser: Any, name: str) -> Part:
    from lxml import etree

    content = stream.read(5 * limits.text_characters + 1)
    if len(content) > 5 * limits.text_characters:
        return Refused(f"the {name} is larger than {5 * limits.text_characters:,} bytes; save the résumé alone")
    try:
        root = etree.fromstring(content, parser)
    except (etree.LxmlError, ValueError) as error:
        return Refused(f"the {name} is broken ({str(error).splitlines()[0][:200]}); save it again")
    if root is None:
        return Refused(f"nothing stands in this {name}; save it again")
    many = sum(1 for _ in root.iter())
    if many > _MOST:
        return Refused(f"the {name} has {many:,} elements; more than {_MOST:,} are not read: save the résumé alone")
    return _element(root, 0)


def _element(node: Any, depth: int) -> Element:
    """An element with what is inside, texts and elements in order."""
    inner: list[Element | str] = [node.text] if node.text else []
    for child in node:
        if isinstance(child.tag, str):
            kind = _name(child)
            if depth < _DEEPEST and (kind not in _HIDDEN or kind == "head"):
                inner.append(_element(child, depth + 1))
        if child.tail:
            inner.append(child.tail)
    attributes = {key.rpartition("}")[2].lower(): value for key, value in node.attrib.items()}
    return Element(_name(node), attributes, inner)


def _name(node: Any) -> str:
    return str(node.tag).rpartition("}")[2].rpartition(":")[2].lower()


def decode_yaml(stream: BinaryIO, limits: Limits) -> Iterator[Part]:
    """The value of a YAML document, of the types that JSON has; references within it are refused."""
    import yaml

    content = stream.read(limits.text_characters + 1)
    if len(content) > limits.text_characters:
        yield Refused(f"the YAML is larger than {limits.text_characters:,} bytes (limits.text_characters); split it")
        return
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(content, Loader=loader)):
            yield Refused("the YAML refers to parts of itself (*name); write them out")
            return
        value = yaml.load(content, Loader=loader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        yield Refused(f"the YAML is broken ({' '.join(str(error).split())[:200]}); fix it")
        return
    yield Value(_plain(value))


def _plain(value: Any) -> Any:
    """A value as JSON has it: dates as text."""
    if isinstance(value, dict):
        return {str(key): _plain(held) for key, held in value.items()}
    if isinstance(value, list | tuple | set):
        return [_plain(held) for held in value]
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)
