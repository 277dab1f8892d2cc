"""Names of others that hold the words of a skill: of files, societies, employers, schools, places, and amounts."""

from __future__ import annotations

import re

#: " - Boston, MA" after a name: it was an employer's, unless it names a doer ("Web Developer - Boston, MA").
_SEAT = re.compile(r"(?: [A-Z&][\w&.'’]*){0,2} - [A-Z][\w.' ]{1,30}, [A-Z]{2}\b")
#: What people are called by their work.
_PEOPLE = (
    "developer|engineer|manager|administrator|admin|analyst|designer|architect|tester|accountant|nurse|recruiter|programmer"
    "|consultant|director|supervisor|technician|specialist|teacher|worker|officer|lawyer|attorney|therapist|physician"
    "|scientist|researcher|owner|master|lead|leader|dba|coach|writer|editor|planner|buyer|auditor|driver|chef|cook|clerk"
    "|assistant|associate|representative|rep|agent|coordinator|instructor|trainer|tutor|professor|lecturer|librarian"
    "|carpenter|electrician|plumber|welder|mechanic|machinist|operator|installer|inspector|estimator|surveyor|foreman"
    "|superintendent|joiner|painter|bricklayer|roofer|cashier|bartender|barista|waiter|waitress|host|hostess"
    "|housekeeper|janitor|(?<!data )guard|sergeant|paralegal|banker|broker|trader|underwriter|teller|bookkeeper"
    "|controller|intern|marketer|salesperson|salesman|copywriter|journalist|reporter|photographer|videographer|artist|animator"
    "|illustrator|producer|musician|actor|dancer|chemist|biologist|physicist|economist|statistician|psychologist|counselor|caregiver"
    "|pharmacist|dentist|hygienist|phlebotomist|radiographer|paramedic|midwife|surgeon|doctor|dietitian|rn|lpn|cna|emt"
    "|head|president|principal|partner|merchandiser|stylist|barber|esthetician|gardener|landscaper|farmer|scrum master"
    "|product owner|strategist|executive|advisor|adviser|apprentice|trainee|founder|freelancer|contractor|detective"
    "|investigator|firefighter|soldier|pilot|captain|dispatcher|courier|picker|stocker|handler"
)
#: The last words, in lower case, of what people are called by.
DOER_WORDS = frozenset(word.rsplit(" ", 1)[-1].rsplit(")", 1)[-1] for word in _PEOPLE.split("|"))
#: Letters of the longest of them, and one more.
_LONGEST_DOER = max(map(len, DOER_WORDS)) + 2
_LAST_WORD = re.compile(r"\w+\Z")
_HAS_DOER = re.compile(rf"\b(?:{_PEOPLE})s?\b", re.IGNORECASE)
_FIRM = re.compile(
    r",? (?:INC|LTD|CORP"
    r"|Inc|LLC|L\.L\.C|LLP|Ltd|Limited|Corp|Corporation|Company|Companies|Co\.|Group(?! Polic)|Associates"
    r"|Partners|Holdings"
    r"|(?:University|College|Institute|Academy)(?! of\b| at\b| [A-Z][a-z]+ (?:College|University))"
    r"|Agency|Bank|Hospital|Church|Foundation|GmbH|Pvt|PLC|Plc)\b"
)
_FARTHER = re.compile(
    r" (?:[A-Z&][\w&.'’]* ){1,2}(?:Inc|LLC|L\.L\.C|LLP|Ltd|Pvt|University|College|Institute|Academy|High School|School"
    r"|Elementary|Hospital|Medical Center|Church|Foundation|Clinic)\b"
)
_OF = re.compile(
    r"\b(?:University|Universities|Centers?|Bank|Church|Institute|College|Academy|Board|Ministry|Bureau|Chamber|Museum|Society"
    r"|Association|Journal|Club|Faculty|Conservatory) (?:of|for) (?:the )?(?:[A-Z][\w&]* (?:and |& )?){0,2}\Z"
)
#: What files are called by after their names: "dispatcher-servlet.xml".
_FILE = re.compile(r"\.(?:xml|ya?ml|properties|json|jsp|html?|exe|dll|ini|conf|txt|csv|xsd|wsdl|jar|war|sh|bat)\b")
#: Dates of a job right after a name that names no doer: it was an employer's.
_DATES = re.compile(
    r" (?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? |\d{1,2}/)\d{4} (?:to|-|–) (?=[A-Z\d])"
)
_NAMED = re.compile(rf"\b(?i:{_PEOPLE}),? (?:[A-Z&][\w&'’]* ){{1,3}}\Z")
#: "BSc in Accounting Salford University": what was studied is before the school's name.
_SUBJECT = re.compile(
    r"(?:\b(?:in|of|and|major|minor|studies|degree|diploma|certificate|science|arts|bachelors?|masters?|associates?"
    r"|bachelor['’]s|master['’]s|B\.?S\.?c?|M\.?S\.?c?|A\.?A\.?S?|B\.?A|M\.?B\.?A)\b|[,:&(/])[\s:]*\Z",
    re.IGNORECASE,
)
#: Letters that fraternities and honour societies are called by: "Phi Beta Lambda" has nothing of AWS.
_LETTERS = (
    "alpha|beta|gamma|delta|epsilon|zeta|eta|theta|iota|kappa|lambda|mu|nu|xi|omicron|pi|rho|sigma|tau|upsilon|phi|chi"
    "|psi|omega"
)
_LETTER_NAMES = frozenset(_LETTERS.split("|"))
_LETTER_BEFORE = re.compile(rf"(?:\A|\W)(?:{_LETTERS})[ -]\Z", re.IGNORECASE)
_LETTER_AFTER = re.compile(rf"[ -](?:{_LETTERS})\b", re.IGNORECASE)
_AMOUNT_AFTER = re.compile(
    r"\s?[$€£₹]?\s?\d[\d,.]*\s?(?:k|m|mm|mn|b|bn|t|million|billion|thousand|lakhs?|crores?)\b", re.I
)
_CURRENCY = frozenset("$€£¥₹")
#: ", AR" after a town: codes of states that are also short for skills.
_CODES = frozenset(
    ["AR", "PR", "AL", "MS", "MA", "PA", "SC", "ME", "VA", "OR", "IN", "DE", "LA", "MD", "CO", "GA", "RI"]
)
_TOWN = re.compile(r"(?<![\w,])(?:[A-Z][a-z.'’]+|[A-Z]{3,})(?:[ -](?:[A-Z][a-z.'’]+|[A-Z]{3,}))*,? \Z")


def names_doer(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` is, by its last word, what people are called by their work: "Web Developers"."""
    found = _LAST_WORD.search(text, max(start, end - _LONGEST_DOER), end)
    if found is None:
        return False
    word = found[0].lower()
    if word not in DOER_WORDS and word.removesuffix("s") not in DOER_WORDS:
        return False
    return not (word.startswith("guard") and text[start : found.start()].lower().endswith("data "))


def other_name(text: str, start: int, end: int) -> str | None:
    """What else the words at `text[start:end]` are part of the name of; None where it is nothing."""
    if end - start <= 4 and text[start].isalpha() and _is_amount(text, start, end):
        return "an amount of money"
    if start > 1 and text[start - 1] == "." and text[start - 2].isalnum() and text[start].islower():
        return "a file or domain"
    if text[end : end + 1] == "." and _FILE.match(text, end):
        return "a file or domain"
    if not text[start].isupper():
        return None
    if text[start:end].lower() in _LETTER_NAMES and (
        _LETTER_BEFORE.search(text, max(0, start - 9), start) or _LETTER_AFTER.match(text, end)
    ):
        return "a society"
    if end - start == 2 and text[start:end] in _CODES and _is_state(text, start, end):
        return "a state, after its town"
    before = text[max(0, start - 60) : start]
    if ("of " in before or "for " in before) and _OF.search(before):
        return "an institution"
    return _firm(text, start, end)


def _firm(text: str, start: int, end: int) -> str | None:
    following = text[end : end + 2]
    if following[:1] not in (" ", ","):
        return None
    if _FIRM.match(text, end):
        return "an employer or school"
    if _DATES.match(text, end) and _is_employer(text, start, end):
        return "an employer, before the dates"
    if following == " -" or following[1:].isupper():
        seat = _SEAT.match(text, end)
        if (
            seat
            and not names_doer(text, start, end)
            and not _HAS_DOER.search(text, end, seat.start() + seat[0].index(" - "))
        ):
            return None if _SUBJECT.search(text, max(0, start - 24), start) else "an employer, before its town"
        if _FARTHER.match(text, end) and not names_doer(text, start, end):
            farther = _FARTHER.match(text, end)
            if (
                farther
                and not _HAS_DOER.search(text, end, farther.end() - 4)
                and not _SUBJECT.search(text, max(0, start - 24), start)
            ):
                return "an employer or school"
    return None


def _is_employer(text: str, start: int, end: int) -> bool:
    """Whether it ends what comes after a job's name, before the dates: "Manager Acme Energy June 2014 to"."""
    return not names_doer(text, start, end) and _NAMED.search(text, max(0, start - 60), start) is not None


def _is_amount(text: str, start: int, end: int) -> bool:
    """ "KSh 28B", "R$400M": letters of a currency, an amount of it after them."""
    after = text[end : end + 2].lstrip(" ")[:1]
    return (after.isdigit() or after in _CURRENCY) and after != "" and _AMOUNT_AFTER.match(text, end) is not None


def _is_state(text: str, start: int, end: int) -> bool:
    town = _TOWN.search(text, max(0, start - 40), start)
    return town is not None and text[start - 2 : start - 1] == ","
