"""Words by which a heading or a sentence of an advert shows what it says."""

from __future__ import annotations

import re

from recommender.asking.request import ProseKind


def _typed(*cues: tuple[ProseKind, str]) -> tuple[tuple[ProseKind, str], ...]:
    return cues


#: The first that holds decides; of headings and of sentences.
HEADINGS: tuple[tuple[ProseKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE))
    for kind, pattern in _typed(
        ("nice", (r"nice[- ]to[- ]haves?|preferred|desirable|desired|bonus(?: points)?|plus(?:es)?|pluses"
                 r"|advantages?|optional|ideally")),
        ("duties", (r"responsibilit(?:y|ies)|duties|what you(?:'ll|’ll| will)? (?:do|be doing)|you(?:'ll|’ll"
                   r"| will)|the role|your role"
                   r"|tasks|the opportunity|the job|day[- ]to[- ]day|your mission|the work")),
        ("wanted", (r"requirements?|required|must[- ]haves?|qualifications?|what you(?:'ll|’ll| will)? (?:need"
                   r"|bring|have)|you bring"
                   r"|your profile|who you are|person spec(?:ification)?|candidate (?:profile|specification)"
                   r"|selection criteria|your background|what matters"
                   r"|skills?|essentials?|you have|about you|we(?:'re|’re"
                   r"| are) looking for|experience|what we need")),
        ("aside", (r"about (?:us|the company|our \w+)|who we are|(?:the|our) company|benefits?|perks"
                  r"|what we offer|we offer|what you(?:'ll|’ll| will)? (?:get|receive|gain)|in return|rewards?"
                  r"|what(?:['’]s| is) in it for you|the package"
                  r"|why (?:join )?us"
                  r"|why join|compensation|salary|pay|how to apply|equal opportunit(?:y|ies)|(?:our )?culture"
                  r"|our values|contact|about [A-Z]\w+")),
    )
)  # fmt: skip
_WANTS = (
    r"(?:looking for|seeks|needs|wants|seeking|searching for|hiring|in need of|recruiting|(?<!look )(?<!looking )after"
    r"|want(?:ing)?|need(?:ing)?|expect|require|ask for|(?:would|'d|’d) (?:love|like) (?:you|an?|some\w+)\b)"
)
_WE = r"(?:we|our company|our firm|our client|our group|our team|our people)"
SENTENCES: tuple[tuple[ProseKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in _typed(
        ("nice", r"\bspeakers? (?:are|is) (?:\w+ )?(?:encouraged|welcome)"),
        ("wanted", (rf"\b(?:we|i|i['’]m|is|are|company|team|client)\b[^.]{{0,40}}?(?<!\w){_WANTS}\b"
                    rf"|^\W*(?:{_WANTS})\b"
                    r"|^[^.]{1,60}?\b(?:seeks|is hiring)\b"
                    r"|^[^.,]{1,60}?\b(?:needs|wants|requires)\s+(?:an?|two|three|another|some|several|more)\b"
                    r"|^\W*are you an?\b"
                    r"|^[^.]{1,60}\b(?:wanted|needed)\b|^\W*(?:job )?(?:location|place of work|where)\s*:")),
        ("work", (r"\bneed some(?:one|body)\b"
                  r"|^\W*(?:we (?:use|work (?:with|in)|build (?:with|in)|run on|code in)\b|our (?:\w+ )?stack\b)")),
        ("aside", (r"equal opportunit|regardless of (?:race|age|gender)|401\(?k"
                  # who administers pensions is asked for what others are offered
                  r"|^(?!.*\b(?:experience|knowledge|administ\w+|manage|process\w*|you(?:['’]ll| will| would)|assist\w*"
                  r"|background)\b)"
                  r".*\b(?:salary|compensation|pension"
                  r"|paid (?:leave|holiday|time)"
                  r"|health insurance|dental|perks|benefits? (?:include|package)|holiday allowance"
                  r"|days? (?:of )?(?:leave|vacation|holidays?))\b"
                  r"|\b(?:apply (?:now|today|by|via|with|at|to)|send (?:us )?your|to apply|join us|cover letter"
                  r"|informal (?:chat|discussion|conversation|enquir|inquir)\w*|questions\?"
                  r"|applicants?)\b"
                  r"|^\W*(?:founded|established|since \d{4}|headquartered)\b|\bfounded in\b"
                  rf"|\b{_WE} (?:are|is|were|was|offers?|believe|provide|pride|value|have|has|pay"
                  r"|serve|build|make|love|celebrate|give|grew|started|help|operate|employ|run|treat|train|share)\b"
                  r"|^\W*our (?!ideal)\w+|^\W*(?:(?:at|from|with|in) [^,.]{1,40},? )?(?:we|i|they)['’]?\b"
                  r"|\b(?:has|have) been (?:named|voted|recogni[sz]ed|rated|ranked|awarded)\b|\bgreat place to work\b"
                  r"|^\W*(?:the|this) (?:firm|company|clinic|school|hospital|trust|practice|hotel|shop) (?:also )?"
                  r"(?:offers|closes|is|has"
                  r"|provides|pays|gives)\b|^\W*(?:please )?send (?:us )?(?:an?|your) (?:cv|resume|résumé|application)"
                  r"|^\W*(?:interviews?\b|interested\?|write to us)|\bupload your\b"
                  r"|\bflexible (?:hours|working)\b|\bsubsidi[sz]ed \w+|\b(?:coffee|lunch|parking|fruit) is free\b"
                  r"|\b(?:world[- ]leading|market[- ]leading|award[- ]winning|fast[- ]growing|leading provider"
                  r"|industry leader|free (?:lunch|coffee|fruit))\b")),
        ("duties", (r"\b(?:you(?:'ll|’ll| will|'d|’d| would)|responsib(?:le|ilities)|duties|the (?:role|job|position"
                   r"|successful candidate) (?:will|involves|includes)"
                   r"|(?:is|are) to)\b")),
        ("wanted", (r"\b(?:you (?:have|bring|know|are|hold|speak|can|need|understand|work|should)|must"
                   r"|require[sd]?|requirements?|experience|expected"
                   r"|at least|minimum|years?|knowledge|proficien\w+|fluent|fluency|essential|ability"
                   r"|familiar\w*|degree|certifi\w+|skills?)\b")),
    )
)  # fmt: skip


#: The first word of the name of who asks.
ASKER = re.compile(
    r"(?:(?:\A|(?<=[.!?\n] )|(?<=\n))(?P<name>[A-Z][\w'’-]+)(?:[ -][A-Z&][\w'’-]*){0,4}"
    r" (?:(?:is|are) (?:\w+ )?(?:looking|hiring|seeking|searching|recruiting)|needs|wants|seeks)"
    r"|\b(?:[Ww]anted (?:for|by|at)|[Jj]oin|[Aa]t) (?P<other>[A-Z][\w'’-]+)\b)"
)
#: A company that speaks of itself by its name; what is asked for is no name of two words with a capital each.
COMPANY = re.compile(
    r"(?:[A-Z][\w'’.-]*\s+(?:[A-Z&][\w'’.-]*\s+){1,4})"
    r"(?:offers|provides|believes|runs|makes|serves|helps|cares|teaches|gives|operates|employs|builds|values|pays|treats|prides|ships|has)\b"
)
