"""What degrees and schools are called: one place for every reader."""

from __future__ import annotations

import re

#: Degrees by their letters, with and without full stops: "BSc", "B. Tech", "Ph.D".
_LETTERS = (
    r"(?:ph\.?\s?d|b\.?\s?s\.?c?|m\.?\s?s\.?c?|b\.?\s?a|m\.?\s?a|b\.?\s?e|b\.?\s?tech|m\.?\s?tech|b\.?com|b\.?c\.?a|m\.?c\.?a"
    r"|m\.?b\.?a|g\.?e\.?d)\b"
)

#: A degree at the beginning of a line about a course of study: all of its name.
DEGREE = re.compile(
    rf"(?:(?:executive |post.?graduate )?(?:bachelors?|masters?|associates?|doctorate|doctor)(?:['’]?s)?"
    rf"(?: degree)?(?: of| in|\b)"
    rf"|(?:post.?graduate )?diploma|certificate|(?:{_LETTERS}|a\.?\s?a\.?\s?s?\b)\.?"
    rf"|b\.?\s?eng\b\.?|m\.?\s?eng\b\.?|m\.?phil\b\.?|ll\.?\s?[bm]\b\.?|[bm]\.?ed\b\.?"
    rf"|high school(?: diploma| or equivalent)?|some college|juris doctor|nanodegree|(?:higher )?secondary school"
    rf"|abitur|fachabitur|mittlere reife|staatsexamen|diplom(?:a|e|-\w+)?\b|magister"
    rf"|berufsausbildung|ausbildung zu[rm]?\b"
    rf"|licence\b|baccalauréat|bac\b|bts\b|dut\b|but\b|cap\b|maîtrise|doctorat|diplôme"
    rf"|grado en|licenciatura|máster|maestría|bachillerato|doctorado|técnico superior|formación profesional"
    rf"|mestrado|doutoramento|doutorado|bacharelado|ensino médio|laurea|dottorato|maturità|hbo\b|mbo\b|vwo\b|havo\b)",
    re.IGNORECASE,
)
#: What a line may begin with that dates a study and no role: wider, for a study that is taken for a role is a job more.
STUDYING = re.compile(
    rf"(?:bachelor|master(?!y)|associate(?:'?s)?(?: degree|'s| of| in)|doctor|diploma|certificat(?:e|ion)"
    rf"|{_LETTERS}|a\.?a\.?s?\b|high school|some college|juris|undergraduate|post.?graduate|degree|secondary school"
    rf"|coursework|minor in|executive mba|nanodegree|none in|student of|computer science)",
    re.IGNORECASE,
)
#: How such a line goes on where it names what was studied.
SUBJECT = re.compile(r"[^,]{1,40}?\b(?:in|of|degree|diploma)\b|high school|ged\b|nanodegree", re.IGNORECASE)
#: A degree anywhere in a line that is known to be of somebody's education.
DEGREE_WITHIN = re.compile(
    rf"\b(?:bachelor|master|doctor|associate|diploma|degree|certificate|{_LETTERS}|high school|llb|llm|m\.?d\b"
    rf"|postgraduate|undergraduate|a-levels?|abitur|licen[cs]e)",
    re.IGNORECASE,
)
#: A word that a school's name has.
SCHOOL = re.compile(
    r"\b(?:university|college|school|institute|academy|univ|polytechnic|campus|universidad|universität|hochschule|fachhochschule"
    r"|université|universidade|università|universiteit|hogeschool|gymnasium|realschule|gesamtschule|lycée|école|iut|instituto"
    r"|institut|escuela|escola|colegio|colégio|liceo|istituto|politecnico|politécnica|faculdade|facultad|akademie|académie"
    r"|academia)\b|\w(?:schule|hochschule|universität|gymnasium)\b",
    re.IGNORECASE,
)
