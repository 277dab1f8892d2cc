"""Fictional people of whom something can be said."""

from __future__ import annotations

from recommender.profile import Profile, Role

ENGINEER = Profile(
    id="mara",
    name="Mara Quill",
    title="Senior Software Engineer",
    about="Mara is a calm engineer."
    " Over 12 years of experience building booking systems for ferries, trains and buses.",
    roles=(
        Role(
            company="Tern Ferries", title="Senior Software Engineer", start="2019-04",
            skills=("Kafka", "Cassandra", "Spring Boot", "Hibernate", "Node.js", "Express.js", "Docker"),
            bullets=(
                "Cut the time of a booking from 9 seconds to 400 ms with Kafka and Cassandra.",
                "Led a team of six who moved 40 services to Spring Boot.",
                "My favourite was the night ferry.",
                "Responsible for everything.",
            ),
        ),
        Role(
            company="Rail Post", title="Software Engineer", start="2012-01", end="2019-03",
            bullets=(
                "Wrote the queue of parcels on Kafka, Hibernate and Cassandra.",
                "Mara fixed the printers of 20 sites.",
            ),
        ),
    ),
    as_of="2026-03",
)  # fmt: skip

HEAD = Profile(
    id="ivo",
    name="Ivo Lindqvist",
    title="Director of Nursing",
    about="Over 20 years in health care, and over 9 years leading wards of children.",
    roles=(
        Role(company="St Odile", title="Director of Nursing", start="2018", bullets=("Opened a ward of 40 beds.",)),
        Role(company="Moor Clinic", title="Nurse Manager", start="2012", end="2018", bullets=("Led 25 nurses.",)),
    ),
    as_of="2026-03",
)
