"""Words that name people or a part of a house by their work: "the QA team", "reported to the project manager"."""

from __future__ import annotations

import re

from recommender.skills.senses.names import names_doer

_HOUSE = r"(?:teams?|departments?|depts?|divisions?|staff|personnel|stakeholders|colleagues|counterparts)"
_ITSELF = r"(?! (?:players?|lead|leaders?|leadership|manage|building|work|concert|development|environment|spirit|of\b))"
#: A part of a house after the name of what it does: "QA team", "sales, marketing and editorial departments".
_TEAM = re.compile(rf"[\s-]+(?i:{_HOUSE})\b(?i:{_ITSELF})|(?:(?:,| ?/ ?| ?& ?| and) ?\w+){{1,3}} {_HOUSE}\b{_ITSELF}")
#: What one does with a team that is one's own.
_OWN = re.compile(
    r"\b(?:led|leads?|leading|manag\w*|head(?:ed|ing|s)?|direct(?:ed|ing|s)?|supervis\w*|oversee\w*|oversaw"
    r"|built|build(?:ing)?|ran|running|mentor\w*|member|part|join\w*|work(?:s|ed|ing)? (?:in|on|for|as)"
    r"|serv(?:e|ed|ing)|belong\w*|position|role|intern\w*"
    r"|transferred to|promoted to|start\w*|establish\w*|creat\w*|form\w*)"
    r"\b[^.;•\n]{0,40}\Z",
    re.IGNORECASE,
)
#: Ways to work, which who works beside such a team shares.
_METHOD = re.compile(r"agile|scrum|kanban|\bsafe\b|cross|self|multi|team", re.IGNORECASE)
_BESIDE = (
    "report|assist|support|work|help|train|shadow|provid|respon|answer|approv|supervision|direction|guidance|assistance"
)
_LINKS = "directly|closely|to|with|for|under|by|from|of|in|along|alongside|together"
_WHICH = "the|our|their|his|her|other|another|fellow|various|a|an|senior|lead|assigned|corporate|global|local"
#: Somebody else, right before what he or she is called by: "reported to the", "by our senior".
_SOMEBODY = re.compile(
    rf"\b(?:(?:{_BESIDE})\w*(?: (?:{_LINKS}|{_WHICH}))+|(?:to|by|for|and|between) the(?: (?:{_WHICH}))*|(?:by|for) an?"
    r"|other|another|fellow|their|our)\s\Z",
    re.IGNORECASE,
)
_AS = re.compile(
    r"\b(?:as|role of|position of|duties of|i am|i'm|was|being|become|became)(?: (?:the|an?|our))*\s\Z", re.IGNORECASE
)
_WANTED = re.compile(r"(?:,? ?[\w/-]+){0,2} (?:position|role|opportunity|opening|job)\b", re.IGNORECASE)
_WANT = re.compile(
    r"\b(?:seek\w*|look\w* for|obtain\w*|pursu\w*|secur\w*|apply\w*|desir\w*|interested in"
    r"|objective:?)\b[^.\n]{0,80}\Z",
    re.IGNORECASE,
)


_WORK = re.compile(r"(?:ing|ed)\Z", re.IGNORECASE)
_VERB = re.compile(r"\w+(?:ing|ed)\s", re.IGNORECASE)
_SOUGHT = re.compile(
    r"\b(?:seek\w*|look(?:ing)? for|obtain\w*|pursu\w*|desir\w*)\b[^.;\n]{0,60}\b(?:position|role|job|opportunity"
    r"|opportunities|career|employment|internship)s? (?:as|in|of|within|with)\b[^.;\n]{0,25}\Z",
    re.IGNORECASE,
)


#: Who does what a name before it says; of "Linux hosts" and "Kafka brokers" nobody does.
_DOER_AFTER = re.compile(
    r" (?:developer|engineer|manager|administrator|admin|analyst|designer|architect|tester|recruiter|programmer"
    r"|consultant|director|supervisor|technician|specialist|coordinator|representative|officer|strategist|instructor|dba)s?\b",
    re.IGNORECASE,
)


_GAPS = frozenset(" -/,&\n\t")


def of_others(text: str, start: int, end: int) -> str | None:
    """Why the name at `text[start:end]` is of people who are not the person; None where it is not."""
    before = text[max(0, start - 70) : start]
    if text[end : end + 1] in _GAPS and _TEAM.match(text, end, end + 60):
        own = _METHOD.search(text, start, end) or _OWN.search(before)
        return None if own else "it is what a team or department does"
    doer = _DOER_AFTER.match(text, end)
    if doer and not _WORK.search(text, start, end):
        return _of_doer(text, start, doer.end(), before)
    if not names_doer(text, start, end) or _VERB.match(text, start, end):
        return None  # "mentoring developers" is one's own work
    if text[end - 1] in "sS" and text[end - 2 : end].lower() != "ss":
        return "it is what others are called by"
    if _SOMEBODY.search(before) and not _AS.search(before):
        return "it is what somebody else is called by"
    if _SOUGHT.search(text, max(0, start - 120), start) or (
        _WANTED.match(text, end, end + 50) and _WANT.search(text, max(0, start - 100), start)
    ):
        return "it is a job that is looked for"
    return None


def _of_doer(text: str, start: int, end: int, before: str) -> str | None:
    """The same of a name that says what a doer after it does: "the Client Success Manager", "Java developers"."""
    if text[end - 1] == "s" and text[end - 2] != "s":
        return None if _OWN.search(before) else "it is what others are called by"
    if _SOMEBODY.search(before) and not _AS.search(before):
        return "it is what somebody else is called by"
    return None
