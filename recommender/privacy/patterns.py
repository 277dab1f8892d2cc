"""Contact details inside text, by their patterns: e-mail addresses, links, account names, telephone numbers.

Every repetition is bounded or ends its match, so that the time of each pattern grows with the text's length alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, partial

#: Characters of a text whose masked form is remembered.
_SHORT = 300

EMAIL, LINK, PHONE = "[email]", "[link]", "[phone]"

_EMAIL = re.compile(
    r"""
    [\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}
    | [\w.+-]{1,64}[ ]?[\[({<][ ]?(?:at|@|ät)[ ]?[\])}>][ ]?[\w-]{1,63}            # name [at] host [dot] tld
      (?:[ ]?(?:\.|[\[({<][ ]?(?:dot|punkt)[ ]?[\])}>])[ ]?[\w-]{1,63}){1,4}
    | \b[\w.+-]{1,64}[ ]at[ ][\w-]{1,63}(?:[ ]dot[ ][\w-]{2,24}){1,3}\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_HOSTS = (
    r"(?:linkedin|github|gitlab|bitbucket|twitter|facebook|fb|instagram|tiktok|medium|behance|dribbble|xing|youtube|kaggle"
    r"|stackoverflow|soundcloud|pinterest|snapchat|threads|x|about|t|wa|linktr|calendly|keybase|bsky|orcid)"
    r"\.(?:com|net|org|io|me|ee|app)"
)
_LINK = re.compile(
    rf"""
    (?:\bhttps?://|\bftps?://|\bwww\.|\bmailto:|\btel:)[^\s<>"]+
    | (?<![\w@.-])(?:[a-z]{{2,3}}\.)?{_HOSTS}/[^\s<>"]+
    | (?<![\w@.-])[\w-]{{1,63}}\.(?:github|gitlab)\.io\b[^\s<>"]*
    | (?<![\w@.-])(?!(?:asp|vb|ado|ml)\.net)[\w-]{{1,63}}(?:\.[\w-]{{1,63}})?
      \.(?:com|net|org|io|dev|me|info|eu|de|at|ch|uk|fr|nl|it|es|pl|se|ca|us|co)/[~@\w][^\s<>"]*
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NETWORKS = (
    "skype|telegram|whatsapp|wechat|viber|threema|discord|icq|twitter|instagram|insta|github|mastodon|threads"
    "|snapchat|tiktok"
)
_SITES = "website|homepage|portfolio|blog|web|site|url"
_ACCOUNT = re.compile(
    rf"""
    \b({_NETWORKS})(\s?[:=]\s?|\s)@[\w.]{{2,40}}
    | \b(skype|telegram|wechat|viber|threema|icq)(\s?[:=]\s?)[\w.:+-]{{3,40}}
    | \b({_SITES})(\s?[:=]\s?)[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{1,4}}\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_GAP = r"[ \u00a0./()\u2010-\u2013-]"
_PHONE = re.compile(
    rf"""
    (?<![\w.,+])(?:\+|00)[ ]?\(?[1-9]\d{{0,2}}\)?(?:{_GAP}{{0,3}}\d{{1,5}}+){{2,7}}+(?!\w)          # from abroad
    | (?<![\w.,/+-])\(?0[1-9]\d{{0,4}}\)?{_GAP}{{0,3}}\d{{2,8}}(?:{_GAP}{{1,2}}\d{{2,8}}){{0,5}}(?!\w) # at home
    | (?<![\w.,/+-])(?:1[ .-])?\(?[2-9]\d\d\)?[ .-]{{0,2}}(?<=[ .)-])\d{{3}}[ .-]\d{{4}}(?![\w-])      # North America
    | (?<![\w.,/+-])[6-9]\d{{4}}[ -]\d{{5}}(?![\w-])                                                  # India
    | (?<![\w.,/+-])[1-9]\d{{9,10}}(?![\w.,-])
    """,
    re.VERBOSE,
)
_LABELLED = re.compile(
    r"(\b(?:tel|telephone|telefon|phone|mobile|mobil|cell|cellphone|handy|fax|whatsapp|signal|call|ring|text)"
    r"(?: me)?(?: (?:on|at|under))?(?: ?(?:no|nr|number)\b)?\.? ?[:=.]? ?)(\+?\(?\d[\d()\u00a0 ./-]{4,25}\d)(?!\w)",
    re.IGNORECASE,
)
#: What a run of digits differs from a telephone number by: dates and years in it, what is before or after it.
_DATE = re.compile(
    r"(?<!\d)(?:\d{1,2}[./-]){1,2}(?:19|20)\d\d(?!\d)"
    r"|(?<!\d)(?:19|20)\d\d[ ./-]{0,3}(?:\d{1,2}|(?:19|20)\d\d)(?!\d)"
)
_NUMBER_OF = re.compile(
    r"(?:\b(?:id|no|nr|number|licen[cs]e|certificate|credential|patent|isbn|issn|doi|order|ticket|version|v|eur|usd|gbp|inr"
    r"|rs)|[#№$€£¥₹])[\s.:#-]{0,3}\Z",
    re.IGNORECASE,
)
_AMOUNT_OF = re.compile(
    r"\s?(?:%|[$€£¥₹]|(?:users|requests|records|rows|events|items|people|messages|transactions|bytes|customers|euros?|dollars"
    r"|eur|usd|gbp|million|lines|documents|images|calls|parameters|tokens)\b)",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r"\+?\d{1,3}(?:[ .\u00a0]\d{3})*[ .\u00a0]000\Z|\d+0000\Z")
#: What a text holds that holds any of them; most texts do not, and this alone decides.
_BRACKETED = re.compile(r"[\[({<] ?(?:at|ät) ?[\])}>]", re.IGNORECASE)
_LINKED = ("://", "www.", "mailto:", "tel:", ".io")
_PATH = re.compile(r"\.\w{2,4}/")
_MARK = re.compile("[:=@]")
_LABELS = (*_NETWORKS.split("|"), *_SITES.split("|"))
_DIGITS = re.compile(r"\d(?:\D{0,4}\d){5}")


Write = Callable[[str, str], str]


def masked(text: str) -> str:
    """The text with "[email]", "[link]" and "[phone]" for what would reach a person."""
    return replaced(text, lambda kind, written: kind)


def replaced(text: str, write: Write) -> str:
    """The text with what `write` makes of each contact detail: of its kind (`EMAIL`, `LINK`, `PHONE`) and its text."""
    if "@" in text or " dot " in text or _BRACKETED.search(text):
        text = _in_lines(_EMAIL, _may_hold_email, lambda found: write(EMAIL, found[0]), text)
    if _may_hold_link(text):
        text = _in_lines(_LINK, _may_hold_link, lambda found: write(LINK, found[0]), text)
    if _may_hold_account(text):
        text = _ACCOUNT.sub(partial(_account, write), text)
    if not _DIGITS.search(text):
        return text
    text = _in_lines(_LABELLED, _DIGITS.search, partial(_labelled, write), text)
    return _in_lines(_PHONE, _DIGITS.search, partial(_phone, write), text)


def _may_hold_email(line: str) -> object:
    return "@" in line or " dot " in line or _BRACKETED.search(line)


def _may_hold_link(line: str) -> object:
    lower = line.lower()
    return any(clue in lower for clue in _LINKED) or _PATH.search(line)


def _may_hold_account(text: str) -> bool:
    """Whether the name of a network, or a word for a site, is before a mark."""
    marks = (mark.start() for mark in _MARK.finditer(text))
    return any(text[max(0, at - 12) : at].rstrip().lower().endswith(_LABELS) for at in marks)


def _in_lines(
    pattern: re.Pattern[str], may_hold: Callable[[str], object], write: Callable[[re.Match[str]], str], text: str
) -> str:
    """What `pattern.sub` makes of a text, looked for in the lines alone that may hold a match; none goes over two."""
    parts: list[str] = []
    done = at = 0
    for line in text.split("\n"):
        if may_hold(line):
            for found in pattern.finditer(text, at, at + len(line)):
                parts += [text[done : found.start()], write(found)]
                done = found.end()
        at += len(line) + 1
    return "".join([*parts, text[done:]])


_short_masked = lru_cache(16_384)(masked)


def masked_again(text: str) -> str:
    """`masked`, remembered where the text is short: answers show the same names, titles and lines again and again."""
    return _short_masked(text) if len(text) <= _SHORT else masked(text)


def _account(write: Write, found: re.Match[str]) -> str:
    label, mark = (part for part in found.groups() if part is not None)
    address = found[0][len(label) + len(mark) :]
    is_site = found[5] is not None  # an account's name says nothing without its network's
    return f"{label}{mark}{write(LINK, address if is_site else found[0])}"


def _labelled(write: Write, found: re.Match[str]) -> str:
    digits = sum(char.isdigit() for char in found[2])
    if not 6 <= digits <= 15 or _is_amount(found, found[2]):
        return found[0]
    return f"{found[1]}{write(PHONE, found[2])}"


def _phone(write: Write, found: re.Match[str]) -> str:
    number = found[0]
    digits = sum(char.isdigit() for char in number)
    before = found.string[max(0, found.start() - 24) : found.start()]
    if not 9 <= digits <= 15 or _is_amount(found, number) or _NUMBER_OF.search(before):
        return number
    return write(PHONE, number)


def _is_amount(found: re.Match[str], number: str) -> bool:
    """Whether a run of digits is dates, or a count of something."""
    counted = _THOUSANDS.match(number) or _AMOUNT_OF.match(found.string, found.end())
    return bool(counted or _DATE.search(number))
