"""The style sheet: text can be read by people who see less well, in both schemes, and nothing comes from elsewhere."""

from __future__ import annotations

import re

import pytest

from recommender.service.pages.assets import STATIC

SHEET = (STATIC / "pages.css").read_text()
#: Text colour and what it is on, as the sheet's rules pair them.
PAIRS = [
    *[("ink", ground) for ground in ("paper", "card", "band", "wash")],
    *[("soft", ground) for ground in ("paper", "card", "band")],
    *[("accent", ground) for ground in ("paper", "card", "wash")],
    ("accent-ink", "accent"),
    ("good", "good-wash"),
    ("good", "card"),
    ("warm", "warm-wash"),
    ("bad", "bad-wash"),
]


def scheme(name: str) -> dict[str, str]:
    """Colour name → "#rrggbb" in the light scheme, or in the dark one, which overrides it."""
    light, dark = re.findall(r":root \{(.*?)\}", SHEET, re.S)[:2]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", light if name == "light" else light + dark))


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21, WCAG 2.2."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_by_hand() -> None:
    """Black on white is 21; the grey #767676 is the lightest that passes on white."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_stands_out_from_its_ground(name: str, text: str, ground: str) -> None:
    colours = scheme(name)
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("number", range(8))
def test_initials_stand_out_from_their_avatar(number: int) -> None:
    found = re.search(rf"\.hue-{number} {{ background: (#[0-9a-f]{{6}}); }}", SHEET)
    assert found is not None
    assert contrast("#ffffff", found[1]) >= 4.5


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("number", range(8))
def test_segments_of_a_bar_stand_out_from_the_card(name: str, number: int) -> None:
    colours = scheme(name)
    assert contrast(colours[f"s{number}"], colours["card"]) >= 3


def test_nothing_is_loaded_from_elsewhere() -> None:
    for path in STATIC.iterdir():
        addresses = set(re.findall(r"https?://[^\s\"')]+", path.read_text()))
        assert addresses <= {"http://www.w3.org/2000/svg"}, path.name
