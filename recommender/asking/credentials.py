"""Certificates, spoken languages and companies that a text asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recommender.asking.spans import ValueSpan
from recommender.reading.text.titles import is_noun
from recommender.skills import Vocabulary

#: What stands among the languages of the vocabulary and is none.
_NOT_SPOKEN = re.compile(r"Communication|Translat|Interpret|Linguist|Multilingual")
#: Certificates that go by letters alone.
_LETTERS = (
    "PMP|CAPM|PgMP|PRINCE2|CSM|CSPO|PSM(?: I{1,3})?|SAFe|ITIL|TOGAF|CPA|CFA|CMA|CIA|ACCA|CIMA|CFP|FRM|CISSP"
    "|CISM|CISA|CRISC|CEH|OSCP"
    "|CCNA|CCNP|CCIE|MCSE|MCSA|MCP|RHCE|RHCSA|CKA|CKAD|OCP|OCA|LPIC|CompTIA (?:A\\+|Network\\+|Security\\+)"
    "|A\\+|Network\\+|Security\\+"
    "|(?:Lean )?Six Sigma(?: Master)?(?: (?:Green|Black|Yellow) Belt)?|(?:Green|Black) Belt"
    "|BLS|ACLS|PALS|CPR|TNCC|CCRN|CNA|RN|LPN"
    "|NCLEX|CDL|LEED(?: AP)?|PE|EIT"
    "|SHRM-CP|SHRM-SCP|PHR|SPHR|CIPD|TEFL|TESOL|CELTA|QTS|NASM|ACE|CSCS|ServSafe|OSHA (?:10|30)|NEBOSH|IOSH"
    "|CPhT|CPHT|PTCB|CMP|CCM|CPC|RHIA|RHIT|LCSW|BCBA|CBAP|PMI-ACP|CAIA|CPCU|CTP|CCSP|GSEC|GCIH|CIPP/E|CIPM|CRCST"
    "|NICEIC|CWI|CSWIP|PADI|NPLQ|PGCE|NREMT|CNOR|CEN|OCN|IBCLC|RDMS|MRICS|CIPS|CPIM|CSCP|CFE|CAMS|CTFL|ISTQB"
)
_KNOWN = re.compile(rf"(?<![\w.+#])(?:{_LETTERS})(?![\w])", 0)
_NAMED = re.compile(
    r"\b(?:(?:AWS|Azure|Google|Microsoft|Salesforce|Oracle|Cisco|SAP|Kubernetes)\s+[Cc]ertified(?:\s+[A-Z][\w-]*){0,4}"
    r"|[A-Z][\w+.-]*\s+(?:(?:[A-Z&]|\d)[\w+.-]*\s+){0,4}(?:[Cc]ertification|[Cc]ertificate|[Cc]ertified|[Ll]icen[cs]e)"
    r"|[A-Z]{2,6}\s+[Rr]egistration\b"
    r"|(?i:driving|driver['’]?s?|heavy goods|nursing|teaching|pilot['’]?s?|food (?:hygiene|safety|handler['’]?s?)"
    r"|first aid"
    r"|forklift|security|real estate|electrical|plumbing|contractor['’]?s?|medical|pharmacy|insurance|pesticide|welding"
    r"|health and safety)\s+(?i:licen[cs]es?|certificates?|certification|permit))"
)  # fmt: skip
#: Whose body registers or certifies them: "Gas Safe registered"; no name of it has the last word.
_BY_BODY = re.compile(
    r"(?<![\w.+#-])(?P<name>(?!AWS\b|Azure\b)[A-Z][\w+.-]*(?: [A-Z&][\w+.-]*){0,3}?)"
    r"[ -](?i:certified|registered|accredited|licensed)(?=\s*(?:[,;.)\n]|\Z|and\b|or\b))"
)
#: What somebody holds: "holds a CMP", "a lifeguard certificate".
_HELD = re.compile(
    r"\b(?:(?:holds?|holding|hold(?:er)?s? of|has|have|with) (?:an?|the|their|your|valid|current|active)"
    r" (?P<letters>[A-Z][A-Za-z]?[A-Z][A-Za-z-]{0,4})"
    r"(?=\s*(?:[,;.)\n]|\Z|and\b|or\b|is\b))"
    r"|(?:an?|your|valid|current|holds?|have) (?P<name>(?!(?:relevant|valid|current|professional|recogni[sz]ed"
    r"|birth|trade|full"
    r"|clean|suitable|appropriate|good|new|the|your)\b)[a-z][\w-]+(?: [a-z][\w-]+)? (?:certificate|licen[cs]e))\b)"
)
#: Letters that people hold of what they studied.
_DEGREES = frozenset(
    (
        "BA",
        "BS",
        "BSc",
        "MA",
        "MS",
        "MSc",
        "MBA",
        "MD",
        "PhD",
        "PHD",
        "JD",
        "LLB",
        "LLM",
        "BEng",
        "MEng",
        "BSN",
        "MSN",
        "DVM",
        "HND",
        "GED",
    )
)
_NO_LANGUAGE = re.compile(
    r"\s*(?:teacher|tutor|literature|cuisine|food|restaurant|market|client|compan|customer|speaking market"
    r"|department|studies|chef|lecturer|major|-?based)",
    re.IGNORECASE,
)
#: Languages that the vocabulary does not take for such in prose: where words say that they are spoken, and in a list
#: with a capital letter.
_SPOKEN = re.compile(
    r"\b(?:Afrikaans|Albanian|Amharic|Arabic|Armenian|Azerbaijani|Basque|Belarusian|Bengali|Bosnian|Bulgarian"
    r"|Burmese|Cantonese|Catalan|Chinese|Croatian|Czech|Danish|Dutch|English|Estonian|Farsi|Finnish"
    r"|Flemish|French|Galician|Georgian|German|Greek|Gujarati|Hausa|Hebrew|Hindi|Hungarian|Icelandic|Igbo"
    r"|Indonesian|Irish|Italian|Japanese|Kannada|Kazakh|Khmer|Korean|Kurdish|Lao|Latvian|Lithuanian"
    r"|Luxembourgish|Macedonian|Malay|Malayalam|Maltese|Mandarin|Marathi|Mongolian|Nepali|Norwegian|Pashto"
    r"|Persian|Polish|Portuguese|Punjabi|Romanian|Russian|Serbian|Sinhala|Slovak|Slovene|Slovenian|Somali"
    r"|Spanish|Swahili|Swedish|Tagalog|Tamil|Telugu|Thai|Tibetan|Turkish|Twi|Ukrainian|Urdu|Uzbek"
    r"|Vietnamese|Welsh|Xhosa|Yiddish|Yoruba|Zulu)\b",
    re.IGNORECASE,
)  # fmt: skip
_CUE = re.compile(
    r"\b(?:fluent|native|speaks?|speaking|spoken|bilingual|good|fluency|proficien\w+|knowledge of|command of)"
    r"(?: (?:in|written|and|spoken))*\s+(?:[A-Z]\w+ (?:and|or|&) )?\Z",
    re.IGNORECASE,
)
_LISTED = re.compile(r"(?:\A|[,;:(\n/]|[.!?]\s|\b(?:and|or|plus|preferably|ideally)|&)\s*\Z", re.IGNORECASE)
_ENDS = re.compile(r"\s*(?:\Z|[,;.)\n/]|(?:and|or|is|would|required|preferred|a plus|an?|speak\w*|nice|fluen\w*)\b|&)")
_SPEAKERS = re.compile(r"[ -]speak(?:ers?|ing)\b", re.IGNORECASE)
_COMPANY = re.compile(
    r"\b(?P<cue>ex|came from|alum(?:ni|nus|na|nae)? of|formerly (?:at|of|with)"
    r"|previously (?:at|with)|currently (?:at|with)|now at"
    r"|worked (?:at|for"
    r"|with)|used to (?:work|be) (?:at|for|with)|works (?:at|for)|working (?:at|for)"
    r"|experience (?:at|with a company like)|background (?:at|from)|someone from|people (?:from|at)|anyone from"
    r"|employed (?:at|by))"
    r"(?:\s+|-)(?P<name>[A-Z][\w&'’.-]*(?:\s+(?:[A-Z&][\w&'’.-]*|of|and(?= [A-Z]))){0,4})"
)  # fmt: skip


def find_certifications(text: str) -> list[ValueSpan]:
    """Certificates by their letters or as somebody's certification."""
    found = [ValueSpan(m.start(), m.end(), m[0]) for m in _KNOWN.finditer(text)]
    for match in _BY_BODY.finditer(text):
        name = _without_title(match["name"])
        found = [one for one in found if not (one.start < match.end() and match.start() < one.end)]
        found.append(ValueSpan(match.end("name") - len(name), match.end(), name))
    for match in _HELD.finditer(text):
        group = match.lastgroup or 0
        if match[group] not in _DEGREES and not any(
            one.start < match.end() and match.start() < one.end for one in found
        ):
            found.append(ValueSpan(*match.span(group), match[group]))
    for match in _NAMED.finditer(text):
        if not any(one.start < match.end() and match.start() < one.end for one in found):
            found.append(ValueSpan(match.start(), match.end(), " ".join(match[0].split())))
    return sorted(found)


def _without_title(name: str) -> str:
    """The name of a body without the title before it: "Electrician NICEIC"."""
    words = name.split()
    last = next((at for at in range(len(words) - 1, 0, -1) if is_noun(words[at - 1])), 0)
    return " ".join(words[last:])


def find_languages(text: str, vocabulary: Vocabulary) -> Iterator[ValueSpan]:
    """Spoken languages; not where the word says of which country a kitchen or a market is."""
    found = set[int]()
    for mention in vocabulary.asked(text):
        spoken = vocabulary.field(mention.name) == "languages" and not _NOT_SPOKEN.search(mention.name)
        if spoken and not _NO_LANGUAGE.match(text, mention.end):
            found.add(mention.start)
            yield ValueSpan(mention.start, mention.end, mention.name)
    for match in _SPOKEN.finditer(text):
        before = text[max(0, match.start() - 60) : match.start()]
        alone = match[0][0].isupper() and _ENDS.match(text, match.end()) and _LISTED.search(before)
        cued = alone or _CUE.search(before) or _SPEAKERS.match(text, match.end())
        if match.start() not in found and cued and not _NO_LANGUAGE.match(text, match.end()):
            yield ValueSpan(match.start(), match.end(), match[0].title())


def find_companies(text: str) -> Iterator[ValueSpan]:
    """Companies that people are to come from, where words say so."""
    for match in _COMPANY.finditer(text):
        yield ValueSpan(match.start("name"), match.end("name"), match["name"].rstrip(".,"))
