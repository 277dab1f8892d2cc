"""What is masked, and what only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.privacy import is_contact_key, masked

MASKED = """
write to quill.ada+cv@mail.example.org today	write to [email] today
jürgen@müller-werke.de	[email]
ada [at] example [dot] org	[email]
ada(at)example.org	[email]
ada at example dot org	[email]
+49 170 5550123	[phone]
+4917055501234	[phone]
0049 170 5550123	[phone]
0170/5550123	[phone]
(0170) 5550123	[phone]
+44 (0)20 7946 0958	[phone]
+33.6.12.34.56.78	[phone]
+33 612 345 678	[phone]
06 12 34 56 78	[phone]
(555) 123-4567 or 555.123.4000	[phone] or [phone]
+1-555-123-4567	[phone]
98765 43210, 9876543210	[phone], [phone]
Tel.: 555 0100	Tel.: [phone]
call me on 555-0199	call me on [phone]
my site is https://quill.example/cv?x=1	my site is [link]
www.quill.example	[link]
de.linkedin.com/in/ada-quill	[link]
adaquill.github.io	[link]
quill.dev/about	[link]
Portfolio: adaquill.com	Portfolio: [link]
Telegram: @adaquill	Telegram: [link]
skype: live:ada.q	skype: [link]
"""
KEPT = """
2010 - 2015, 2010-2015 and 1990 2000 2010
03/2010 - 04/2015
01.02.2010 - 03.04.2012
2010-03-01 to 2012-04-05
1,000,000 users and $1 000 000
10 000 000 users; 100 000 000 000 events
1.234.567,89 EUR
+20 000 000 downloads
1500000000 requests; 4155552671 messages
version 3.11.2, 192.168.100.123
ISO 27001:2013, RFC 9457, IEC 61508-3
99.999% of 24/7
0.0001 to 0.0002
Node.js/Express, ASP.NET/C#, CI/CD, R&D
Engineer @ Quill, @Transactional, @angular/core
Signal: processing at scale
License No. 1234567890, ISBN 978-3-16-148410-0, US 10,123,456
from 12 000 to 250 000 people
worked at Booking.com
Tel Aviv office of 120
10115 Berlin
"""


@pytest.mark.parametrize(("text", "shown"), [line.split("\t") for line in MASKED.strip().splitlines()])
def test_what_reaches_a_person_is_masked(text: str, shown: str) -> None:
    assert masked(text) == shown
    assert masked(shown) == shown


@pytest.mark.parametrize("text", KEPT.strip().splitlines())
def test_what_only_looks_like_it_is_kept(text: str) -> None:
    assert masked(text) == text


def test_each_is_masked_in_its_line_among_others() -> None:
    """A number of an identity card is none to call, though what says so is on the line above."""
    text = "Lill\nMail: vera@example.org\n\nID:\n+372 5550 0173\nCall: 5550 0173\nsee https://example.org/vera\nThe end"
    shown = "Lill\nMail: [email]\n\nID:\n+372 5550 0173\nCall: [phone]\nsee [link]\nThe end"
    assert (
        masked(text) == shown
    )  # a number of an identity card is none to call, though what says so is on the line above


@given(st.text(alphabet="ab @.:/+-()[]0123456789 dotat", max_size=60))
def test_masking_again_changes_nothing_that_was_masked(text: str) -> None:
    once = masked(text)
    assert once.count("[email]") <= masked(once).count("[email]")


@pytest.mark.parametrize(
    "piece",
    [
        "a", "1", "1 ", "01 ", "a.", "a@", "a@b.", "(at) ", "+1", "www.", "a dot ", ": ", "tel 1", "x.com/", "skype:",
        "a-", "+" + "1" * 40 + "a",
    ],
)  # fmt: skip
def test_long_texts_take_no_square_of_time(piece: str) -> None:
    masked(piece * (400_000 // len(piece)))


CONTACT = """email;E-Mail;e_mail;emailAddress;phone;Phone Number;mobile;Mobile No.;cell phone;tel;WhatsApp
linkedin;LinkedIn URL
address;homeAddress;Street;Zip Code;postal_code;website;url;roles[0].url;skype;telegram;date_of_birth;DOB;birthDate
github;twitter_handle;contact;contact_info;emergency_contact;references;photo;profile_picture
avatar;social media;xing;username"""
OTHERS = """nickname;shift;mobile_development;link_building;salary;notice_period;visa
image_processing;signal_processing;projects
awards;web_frameworks;volunteer;text;x1;social_work
reference_architecture;contact_center_experience;telemetry;source"""


def test_keys() -> None:
    assert [key for key in CONTACT.replace("\n", ";").split(";") if not is_contact_key(key)] == []
    assert [key for key in OTHERS.replace("\n", ";").split(";") if is_contact_key(key)] == []
