"""Fictional people of many trades, each made from a seed: the answers that rendered pages are checked against."""

from __future__ import annotations

import random

from recommender.profile import Contact, Education, Profile, Role, Workplace

#: trade → (titles from the newest back, core skills, opening tags, things done)
Trade = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...]]
TRADES: dict[str, Trade] = {
    "nursing": (
        ("Nurse Manager", "Charge Nurse", "Registered Nurse", "Nursing Assistant"),
        ("Patient Care", "Nursing Leadership", "Critical Care", "Clinical Education"),
        ("triage", "Epic", "medication administration", "infection control", "shift planning", "wound care"),
        (
            "Ran a ward of 28 beds at night with a team of six.",
            "Brought falls down by a third in one year",
            "Taught sepsis bundles to every new colleague, and wrote the pocket card they still use.",
        ),
    ),
    "distributed systems": (
        ("Staff Software Engineer", "Senior Software Engineer", "Software Engineer", "Software Engineering Intern"),
        ("Distributed Systems", "Platform Infrastructure", "Backend Development", "Technical Leadership"),
        ("Kafka", "PostgreSQL", "CI/CD", "GraphQL", "low latency search", "data modeling", "Next.js", "C++"),
        (
            "Own the write path of a store that takes two million events a second.",
            "Moved 400 services from hand-made scripts to one pipeline (with no night lost)",
            "Experience with Go and Rust in anger; education of newcomers about backpressure.",
        ),
    ),
    "teaching": (
        ("Head of Mathematics", "Mathematics Teacher", "Teaching Assistant"),
        ("Curriculum Development", "Classroom Management", "Student Assessment"),
        ("lesson planning", "algebra", "Google Classroom", "parent communication", "differentiated instruction"),
        (
            "Led five colleagues and 600 pupils through a new syllabus.",
            "Started a Saturday club; 40 children came every week",
            "Wrote problem sets that three other schools now use.",
        ),
    ),
    "welding": (
        ("Welding Foreman", "Pipe Welder", "Apprentice Welder"),
        ("Pipe Welding", "Workshop Safety", "Quality Inspection"),
        ("TIG welding", "blueprint reading", "MIG welding", "metal fabrication", "forklift operation"),
        (
            "Signed off every seam of a 12 km line.",
            "Zero accidents in 900 days",
            "Trained nine apprentices to certificate.",
        ),
    ),
    "cooking": (
        ("Executive Chef", "Sous Chef", "Line Cook"),
        ("Menu Development", "Kitchen Management", "Food Safety"),
        ("inventory control", "HACCP", "pastry", "cost control", "vendor negotiation"),
        (
            "Cut waste to four percent.",
            "Opened two kitchens on budget",
            "Fed 300 covers a night with a brigade of eleven.",
        ),
    ),
    "law": (
        ("Senior Counsel", "Associate Attorney", "Paralegal"),
        ("Contract Negotiation", "Corporate Law", "Regulatory Compliance"),
        ("due diligence", "legal research", "GDPR", "employment law", "mergers"),
        (
            "Closed eleven acquisitions.",
            "Drafted the template 40 offices sign",
            "Defended two audits without a finding.",
        ),
    ),
    "accounting": (
        ("Financial Controller", "Senior Accountant", "Junior Accountant"),
        ("Financial Reporting", "Internal Controls", "Budget Planning"),
        ("Excel", "SAP", "month-end close", "tax filing", "QuickBooks", "IFRS"),
        (
            "Closed the books in four days instead of nine.",
            "Found a leak of 2% of revenue",
            "Led an audit of 14 entities.",
        ),
    ),
    "design": (
        ("Design Director", "Senior Product Designer", "Product Designer"),
        ("Product Design", "Design Systems", "User Research"),
        ("Figma", "prototyping", "usability testing", "iOS", "interaction design", "HTML"),
        ("Made one button out of 64.", "Interviewed 120 nurses on night shift", "Shipped a system used by 30 teams."),
    ),
    "logistics": (
        ("Logistics Director", "Warehouse Manager", "Dispatcher", "Forklift Operator"),
        ("Supply Chain Management", "Warehouse Operations", "Route Planning"),
        ("inventory management", "SAP", "cold chain", "carrier contracts", "lean"),
        (
            "Halved the time at the gate.",
            "Runs 60 trucks in four countries",
            "Counted a million parts and found all but nine.",
        ),
    ),
    "biology": (
        ("Principal Scientist", "Research Scientist", "Postdoctoral Researcher", "Research Assistant"),
        ("Molecular Biology", "Experimental Design", "Scientific Writing"),
        ("CRISPR", "flow cytometry", "R", "grant writing", "cell culture", "PCR"),
        (
            "Published nine papers, two of them read.",
            "Built a screen of 4,000 guides",
            "Supervised three doctoral students.",
        ),
    ),
    "sales": (
        ("Sales Director", "Account Executive", "Sales Development Representative"),
        ("Enterprise Sales", "Account Management", "Sales Leadership"),
        ("Salesforce", "cold calling", "contract negotiation", "forecasting", "pipeline management"),
        ("Grew the north from 2 to 9 million.", "Kept 97% of accounts for five years", "Built a team of fourteen."),
    ),
    "construction": (
        ("Site Manager", "Civil Engineer", "Graduate Engineer"),
        ("Construction Management", "Structural Engineering", "Site Safety"),
        ("AutoCAD", "Revit", "concrete design", "cost estimation", "MS Project", "surveying"),
        ("Handed over a bridge nine days early.", "Designed 34 foundations", "Coordinates eleven trades on one yard."),
    ),
    "embedded": (
        ("Firmware Lead", "Embedded Software Engineer", "Electronics Intern"),
        ("Embedded Systems", "Firmware Development", "Hardware Integration"),
        ("firmware development", "RTOS", "embedded Linux", "CAN", ".NET", "low power design"),
        (
            "Brought a board up in three days.",
            "Cut sleep current to 4 µA",
            "Wrote the boot loader of two million meters.",
        ),
    ),
}
NAMES = (
    "Ines Halvorsen", "Tomasz Wrobel-Kane", "Ruby Okafor", "Jean-Luc Ferrand", "Aiko Tanabe", "Dr. Samuel Osei",
    "Maria de la Fuente", "O'Neill Brannigan", "Li Wen", "Ådne Sørli", "Priyanka Vell", "Cher",
)  # fmt: skip
PLACES = (
    "Lisbon, Portugal", "San Jose, California, United States", "Greater Oslo Region, Norway", "Remote",
    "Pune, Maharashtra, India",
    "Kraków, Poland", "Leeds, England, United Kingdom", "Des Moines, Iowa",
)  # fmt: skip
COMPANIES = (
    "Alder & Finch", "Northgate Hospital", "quietriver", "Brightwater Foods Ltd.", "Hexagon Nine", "City of Elmsford",
    "Velocity3", "The Orchard School", "Marlow Systems, Inc.", "SkyHarbor", "Contoso Bakery", "Experience Co",
)  # fmt: skip
SCHOOLS = (
    "University of Elmsford",
    "Northgate Technical College",
    "Universidade do Vale",
    "Halden Institute of Technology",
)
DEGREES = (
    ("Masters", "Computer Science"),
    ("Bachelors", "Nursing"),
    ("Bachelor of Science - BS", "Physics"),
    ("Diploma", None),
)
BADGES = ("Most Likely To Switch", "Open To Work", "Top Talent")
WORKPLACES: tuple[Workplace | None, ...] = ("remote", "hybrid", "on-site", None)
AS_OF = "2026-03"


def person(seed: int) -> Profile:
    """A fictional person: the same for the same seed."""
    rng = random.Random(seed)
    titles, core, opening, done = TRADES[list(TRADES)[seed % len(TRADES)]]
    core = tuple(rng.sample(core, k=rng.randint(2, len(core))))
    roles = _roles(rng, titles, core, opening, done)
    return Profile(
        name=rng.choice(NAMES),
        title=roles[0].title,
        location=rng.choice(PLACES),
        years_of_experience=rng.randint(1, 34),
        badges=tuple(rng.sample(BADGES, k=rng.randint(0, 2))),
        highlights=tuple(rng.sample(done, k=rng.randint(0, 3))),
        persona=f"Hands-on {titles[1]} with expertise in {core[0]}" if rng.random() < 0.8 else None,
        core_skills=_closing(roles),
        other_skills=tuple(rng.sample(opening, k=rng.randint(1, len(opening)))),
        about=_about(rng, core, done),
        roles=roles,
        education=_education(rng),
        contact=Contact(emails=(f"person{seed}@example.org",)) if rng.random() < 0.3 else None,
        as_of=AS_OF,
    )


def _roles(
    rng: random.Random, titles: tuple[str, ...], core: tuple[str, ...], opening: tuple[str, ...], done: tuple[str, ...]
) -> tuple[Role, ...]:
    """A career back from the present: some companies hold two roles, some roles have no tags or no bullets."""
    month, company, roles = 2026 * 12 + 2, rng.choice(COMPANIES), list[Role]()
    for index, title in enumerate(titles):
        end, month = month, month - rng.randint(2, 50)
        tags = (
            tuple(rng.sample(opening, k=rng.randint(1, 3))) + tuple(rng.sample(core, k=2))
            if rng.random() < 0.85
            else ()
        )
        roles.append(
            Role(
                company=company,
                title=title,
                start=_month(month),
                end=None if index == 0 else _month(end),
                location=rng.choice((*PLACES[:3], None)),
                workplace=rng.choice(WORKPLACES),
                bullets=tuple(rng.sample(done, k=rng.randint(0, 3))),
                skills=tags or tuple(rng.sample(core, k=2)) if index == 0 else tags,
            )
        )
        month -= rng.randint(0, 3)
        if rng.random() < 0.7:
            company = rng.choice([other for other in COMPANIES if other != company])
    return tuple(roles)


def _closing(roles: tuple[Role, ...]) -> tuple[str, ...]:
    """The core skills of a page: the closing tags of its roles, in order of first appearance."""
    return tuple(dict.fromkeys(tag for role in roles for tag in role.skills[-2:]))


def _about(rng: random.Random, core: tuple[str, ...], done: tuple[str, ...]) -> str | None:
    if rng.random() < 0.15:
        return None
    first = f"I work on {core[0].lower()} — and have for years. Skills are learnt; education never ends."
    return "\n\n".join([first, *rng.sample([text.rstrip(".") + "." for text in done], k=rng.randint(0, 2))])


def _education(rng: random.Random) -> tuple[Education, ...]:
    courses = []
    for school in rng.sample(SCHOOLS, k=rng.randint(0, 2)):
        degree, field = rng.choice(DEGREES)
        year = rng.randint(1992, 2015)
        start, end = rng.choice([(f"{year}-09", f"{year + 3}-06"), (str(year), str(year + 4))])
        courses.append(Education(school=school, degree=degree, field=field, start=start, end=end))
    return tuple(courses)


def _month(number: int) -> str:
    return f"{number // 12}-{number % 12 + 1:02}"
