"""A résumé's text without what the page or the program around it put there.

Letters spaced apart are closed up, Markdown becomes plain lines, page numbers, rules and the buttons of a copied
profile go. LinkedIn's own PDF is put in the order in which it is read: the person first, then the column beside.
"""

from __future__ import annotations

import re

from recommender.reading.resume.details_form import written_out
from recommender.reading.resume.names import name_in
from recommender.reading.resume.sections import split_resume

_SPACED = re.compile(
    r"[ \t]*(?:(?:[^\W\d_] ){3,}[^\W\d_](?:[ \t]{2,}(?:[^\W\d_] )*[^\W\d_])*"
    r"|(?:[^\W\d_] )+[^\W\d_](?:[ \t]{2,}(?:[^\W\d_] )+[^\W\d_])+)[ \t]*:?"
)
_FURNITURE = re.compile(
    r"(?:page|seite|pagina|página)?\s*\d{1,3}\s*(?:of|/|von|de|sur|di|van)\s*\d{1,3}"
    r"|(?:page|seite|pagina|página) \d{1,3}"
    r"|[\s*#=_~|+<>–—\-.·•\u2500-\u259f]{3,}|endorsed by .*|\d+ endorsements?(?: .*)?|show all \d+ .*"
    r"|show (?:credential|more|less)|[^\n]{2,80} logo"
    r"|(?:…\s*)?see (?:more|less|all.*)|[\d,.]+\+? (?:connections|followers)(?:\s+[\d,.]+\+? connections)?"
    r"|contact info|message|connect|follow|\(?(?:she/her|he/him|they/them)(?:/\w+)?\)?",
    re.IGNORECASE,
)
#: More blanks in a row say no more than these: what looks for some takes time by their number.
_MOST_BLANKS = 12
_BLANKS = re.compile(rf"[ \t]{{{_MOST_BLANKS + 1},}}")
#: A line that begins with what is between two dates: one of the next two may be.
_ALONE = re.compile(r"\n[ \t]*(?:to|bis|until|till|[-–—])[ \t]*[:\n]", re.IGNORECASE)
#: A span of dates over three lines, the word between alone on one.
_OVER_LINES = re.compile(
    r"(?<=\d)[ \t]*\n[ \t]*(to|bis|until|[-–—])[ \t]*\n[ \t]*"
    r"(?=(?:[^\W\d_]{3,9}\.? |\d\d?/)?\d{4}\b|(?:present|current|now)\b)",
    re.IGNORECASE,
)
#: The end of a span on a line of its own, behind a label.
_LABELLED_END = re.compile(r"(?<=\d)[ \t]*\n[ \t]*(to|until|bis|till)[ \t]*:[ \t]*(?=\S)", re.IGNORECASE)
#: The number of an entry, and a box that is ticked.
_NUMBER = re.compile(r"^[ \t]*(\d{1,2})[.)][ \t]+(?=[^\W\d_])", re.MULTILINE)
_TICKED = re.compile(r"\[[xX✓✔]\](?=\s)")
#: What a copied profile has at the end of a line.
_BUTTON = re.compile(r"\s{2,}contact info\s*\Z", re.IGNORECASE)
_MARKDOWN = re.compile(r"^#{1,6} \S|\*\*[^*\n]+\*\*|^\[[^\]]+\]\([^)]+\)", re.MULTILINE)
#: What stands above a Markdown file for programs, and what of it names the person.
_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\n(?:[\w-]+:[^\n]*\n|[ \t]+[^\n]*\n){1,30}---[ \t]*\n")
_AUTHOR = re.compile(r"^(?:name|author):[ \t]*[\"']?([^\n\"']+)", re.MULTILINE)
_HASHES = re.compile(r"^#{1,6}[ \t]+(.*?)[ \t#]*$", re.MULTILINE)
_LINK = re.compile(r"!?\[([^\]\n]{0,200})\]\([^)\n]{0,400}\)")
_STRONG = re.compile(r"(\*{1,3}|_{2,3}|`)(?=\S)([^*_`\n]{1,300}?)(?<=\S)\1")
_SLANTED = re.compile(r"(?<![\w_])_(?=\S)([^_\n]{1,300}?)(?<=\S)_(?![\w_])")
_ROW = re.compile(r"^\|(.*)\|$", re.MULTILINE)
_EUROPASS = {
    "First name(s) / Surname(s)": "Name: ", "Surname(s) / First name(s)": "Name: ", "Dates": "Dates: ",
    "Occupation or position held": "Position: ", "Name and address of employer": "Employer: ",
    "Main activities and responsibilities": "", "Type of business or sector": "Sector: ",
    "Title of qualification awarded": "", "Name and type of organisation providing education and training": "",
    "Address": "Address: ", "E-mail": "E-mail: ", "Telephone": "Telephone: ", "Nationality": "Nationality: ",
    "Date of birth": "Date of birth: ", "Gender": "Gender: ",
}  # fmt: skip
_EUROPASS_NAME = re.compile(
    r"^[ \t]*(PERSONAL INFORMATION|PERSÖNLICHE ANGABEN|INFORMATIONS PERSONNELLES)[ \t]+(\S[^\n]{2,60})$", re.MULTILINE
)
_LATE_EMPLOYER = re.compile(
    r"^(Position: [^\n]*)((?:\n(?!Position: |Dates: |\n)[^\n]*){1,12}?)\n(Employer: [^\n]*)", re.MULTILINE
)
_LINKEDIN = re.compile(r"linkedin\.com/in/([\w%-]+)", re.IGNORECASE)


def tidied(text: str) -> str:
    """The text as described above; its lines keep their order but in LinkedIn's own PDF."""
    text = _BLANKS.sub(" " * _MOST_BLANKS, text)
    text = written_out(text)
    if _ALONE.search(text):
        text = _LABELLED_END.sub(r" \1 ", _OVER_LINES.sub(r" \1 ", text))
    if _MARKDOWN.search(text):
        text = _without_markdown(text)
    text = _TICKED.sub("•", text)
    if {"1", "2"} <= set(_NUMBER.findall(text)):
        text = _NUMBER.sub("", text)
    text = _EUROPASS_NAME.sub(lambda found: f"{found[1]}\nName: {found[2]}", text)
    if "Occupation or position held" in text:
        text = _labelled(text)
    lines = [_BUTTON.sub("", _closed_up(line)) for line in text.split("\n")]
    kept = "\n".join("" if line.strip() and _FURNITURE.fullmatch(line.strip()) else line for line in lines)
    return _person_first(kept)


def _closed_up(line: str) -> str:
    """A line like "V E R A  L I L L" as "VERA LILL"."""
    if line[1:2] != " " or not _SPACED.fullmatch(line):
        return line
    return " ".join(word.replace(" ", "") for word in re.split(r"[ \t]{2,}", line.strip()))


def _without_markdown(text: str) -> str:
    text = _FRONT_MATTER.sub(lambda found: "\n".join(_AUTHOR.findall(found[0])) + "\n", text)
    text = _HASHES.sub(r"\n\1", text)
    text = _LINK.sub(r"\1", text)
    for pattern, group in ((_STRONG, r"\2"), (_SLANTED, r"\1"), (_ROW, r"\1")):
        text = pattern.sub(group, text)
    return text


def _labelled(text: str) -> str:
    """Europass as it was before 2020, whose labels have no colon, with labels that have one; the employer, which it
    names last, beside the position."""
    for label, plain in _EUROPASS.items():
        text = re.sub(rf"^[ \t]*{re.escape(label)}[ \t]+", plain, text, flags=re.MULTILINE)
    return _LATE_EMPLOYER.sub(r"\1\n\3\2", text)


def _person_first(text: str) -> str:
    """LinkedIn's PDF, in which the column beside the person comes first as text: name, headline and place, which
    stand before "Summary" or "Experience", are put at the top."""
    profile = _LINKEDIN.search(text[:2_000])
    sections = split_resume(text) if profile and "contact" in text[:40].casefold() else []
    main = next((section for section in sections if section.kind in ("summary", "experience")), None)
    if profile is None or main is None:
        return text
    before = text[: main.at].rstrip("\n").split("\n")
    slug = re.sub(r"[^a-z]", "", profile[1].casefold())
    for back in range(2, min(6, len(before)) + 1):
        line = before[-back].strip()
        words = re.findall(r"[^\W\d_]{2,}", line.casefold())
        if name_in(line, "Person") and (all(word in slug for word in words) or back == 3):
            person, column = before[-back:], before[:-back]
            return "\n".join([*person, "", *column, "", text[main.at :]])
    return text
