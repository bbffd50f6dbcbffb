"""How the page looks, measured: contrast, sizes, widths, and where the eye is led."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from playwright.async_api import Browser, expect
from tests.channel.web import scenes
from tests.channel.web.running import Site
from tests.channel.web.visiting import press, show_all, type_in, visit

pytestmark = pytest.mark.browser


def _luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    if colour.startswith("#"):
        parts = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    else:
        parts = [int(part) for part in re.findall(r"\d+", colour)[:3]]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (p / 255 for p in parts)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one.strip()), _luminance(other.strip())), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_contrast_is_7_for_text_and_3_for_frames(browser: Browser, site: Site, scheme: str) -> None:
    async with visit(browser, site, color_scheme=scheme) as page:
        await show_all(page, site)
        await page.evaluate("document.getElementById('status').textContent = 'One moment.'")
        pairs = await page.evaluate("measure.pairs()")
        assert len(pairs) > 60
        low = [pair for pair in pairs if _contrast(pair[2], pair[3]) < (7 if pair[1] == "text" else 3)]
        assert low == []


async def test_the_two_themes_differ(browser: Browser, site: Site) -> None:
    grounds = set()
    for scheme in ("light", "dark"):
        async with visit(browser, site, color_scheme=scheme) as page:
            grounds.add(await page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert len(grounds) == 2


@pytest.mark.parametrize(
    ("width", "size"), [(320, "125%"), (320, "187.5%"), (320, "400%"), (390, "125%"), (1280, "400%")]
)
async def test_nothing_is_cut_or_scrolls_sideways(browser: Browser, site: Site, width: int, size: str) -> None:
    async with visit(browser, site, viewport={"width": width, "height": 700}) as page:
        await show_all(page, site)
        await page.evaluate(f"document.documentElement.style.fontSize = '{size}'")
        assert await page.evaluate("document.documentElement.scrollWidth") <= width
        assert await page.evaluate("measure.cut()") == []


@pytest.mark.parametrize(("width", "size"), [(320, "1"), (320, "3"), (390, "2"), (390, "3")])
async def test_the_bar_is_one_line(browser: Browser, site: Site, width: int, size: str) -> None:
    async with visit(browser, site, viewport={"width": width, "height": 700}) as page:
        await page.evaluate(f"document.documentElement.dataset.size = '{size}'")
        name, key = await page.locator("#name").bounding_box(), await page.locator("#help").bounding_box()
        assert name is not None
        assert key is not None
        assert key["y"] < name["y"] + name["height"] / 2 < key["y"] + key["height"]


async def test_at_400_percent_zoom_help_stays_in_sight_and_leaves_room(browser: Browser, site: Site) -> None:
    async with visit(browser, site, viewport={"width": 320, "height": 200}) as page:
        await show_all(page, site)
        box = await page.locator("#help").bounding_box()
        bar = await page.locator("#bar").bounding_box()
        assert box is not None
        assert bar is not None
        assert box["y"] >= 0
        assert bar["height"] <= 90


async def test_targets_are_large_and_apart(browser: Browser, site: Site) -> None:
    async with visit(browser, site, viewport={"width": 320, "height": 700}) as page:
        await show_all(page, site)
        boxes = await page.evaluate("measure.targets()")
        assert len(boxes) > 30
        assert [box for box in boxes if box[4] < 56] == []
        assert [pair for pair in pairwise(boxes) if _too_near(*pair)] == []


def _too_near(one: list[float], other: list[float]) -> bool:
    """Whether two targets that follow each other are less than 12 px apart both ways."""
    beside = max(other[1] - one[1] - one[3], one[1] - other[1] - other[3])
    below = max(other[2] - one[2] - one[4], one[2] - other[2] - other[4])
    return max(beside, below) < 11.9


async def test_newest_keys_have_the_full_width(browser: Browser, site: Site) -> None:
    async with visit(browser, site) as page:
        text, keys = page.locator(".newest .text"), page.locator(".newest button")
        width = (await text.bounding_box() or {})["width"]
        assert {(await key.bounding_box() or {})["width"] for key in await keys.all()} == {width}


async def test_the_red_key_of_an_emergency_stays_large_until_something_else_is_said(
    browser: Browser, site: Site
) -> None:
    ground = "getComputedStyle(document.querySelector('.emergency .danger')).backgroundColor"
    async with visit(browser, site) as page:
        await site.demo.show(site.address, *scenes.EMERGENCY)
        await expect(page.locator(".newest")).to_contain_text("We can't be sure")
        assert await page.evaluate(ground) == "rgb(164, 22, 26)"
        await site.demo.show(site.address, scenes.HOME)
        await expect(page.locator(".newest")).to_contain_text("What would you like")
        assert await page.evaluate(ground) != "rgb(164, 22, 26)"


async def test_text_size_has_three_steps_and_is_kept(browser: Browser, site: Site) -> None:
    size = "getComputedStyle(document.querySelector('.text')).fontSize"
    async with visit(browser, site) as page:
        steps = [await page.evaluate(size)]
        for _ in range(2):
            await page.click("#size")
            steps.append(await page.evaluate(size))
        assert steps == ["20px", "24px", "30px"]
        await page.reload()
        await page.wait_for_selector(".hello")
        assert await page.evaluate(size) == "30px"
        await expect(page.locator("#size")).to_have_text("Text size: largest")
        await page.click("#size")
        assert await page.evaluate(size) == "20px"


async def test_lines_have_at_most_60_letters_and_room(browser: Browser, site: Site) -> None:
    async with visit(browser, site, viewport={"width": 1280, "height": 800}) as page:
        await show_all(page, site)
        longest = await page.evaluate("measure.longestLine()")
        assert 40 <= longest <= 60
        style = "getComputedStyle(document.querySelector('.text'))"
        assert await page.evaluate(f"parseFloat({style}.lineHeight) / parseFloat({style}.fontSize)") == 1.5


async def test_a_new_message_appears_with_its_first_line_in_view(browser: Browser, site: Site) -> None:
    async with visit(browser, site, viewport={"width": 320, "height": 480}) as page:
        await press(page, "Start")
        await expect(page.locator(".newest")).to_contain_text("What would you like")
        await press(page, "Check a symptom")
        await press(page, "None of these")
        await expect(page.locator(".newest")).to_contain_text("bike seat")
        await press(page, "No")
        await expect(page.locator(".newest")).to_contain_text("We can't be sure")
        bar = (await page.locator("#bar").bounding_box() or {})["height"]
        top = (await page.locator(".message.first").bounding_box() or {})["y"]
        assert bar <= top <= bar + 40


async def test_the_bar_stays_on_top(browser: Browser, site: Site) -> None:
    async with visit(browser, site, viewport={"width": 390, "height": 500}) as page:
        await show_all(page, site)
        for place in (0, 500, 100_000):
            await page.evaluate(f"window.scrollTo(0, {place})")
            assert (await page.locator("#help").bounding_box() or {})["y"] < 40


async def test_nothing_moves(browser: Browser, site: Site) -> None:
    async with visit(browser, site) as page:
        await show_all(page, site)
        moving = await page.evaluate("measure.moving()")
        assert moving == 0


async def test_a_result_on_paper_has_no_keys(browser: Browser, site: Site) -> None:
    async with visit(browser, site) as page:
        await type_in(page, "a:s1:2:no")
        await page.emulate_media(media="print")
        await expect(page.locator(".result").first).to_be_visible()
        for hidden in ("#help", "#box", "footer", ".buttons"):
            await expect(page.locator(hidden).first).to_be_hidden()


async def test_an_edit_stays_where_it_is_on_the_screen(browser: Browser, site: Site) -> None:
    async with visit(browser, site) as page:
        await site.demo.show(site.address, scenes.many(()))
        key = page.locator(".newest button", has_text="3 Chest")
        await key.scroll_into_view_if_needed()
        before = (await key.bounding_box() or {})["y"]
        await press(page, "3 Chest")
        await page.wait_for_selector('[aria-pressed="true"]')
        after = (await page.locator('[aria-pressed="true"]').bounding_box() or {})["y"]
        assert abs(before - after) <= 8
