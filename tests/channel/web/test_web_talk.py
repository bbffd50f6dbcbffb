"""The talk in a real browser: nothing is lost, nothing is sent twice, nothing goes elsewhere."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import Browser, expect
from tests.channel.web import scenes
from tests.channel.web.demo import Demo
from tests.channel.web.running import Site, running
from tests.channel.web.until import until
from tests.channel.web.visiting import open_tab, press, show_all, talk_of, type_in, visit

from bonewise.channel.web.words import PageWords
from bonewise.dialogue.event import Command, Opened, Press, Text
from bonewise.dialogue.screen import Screen

pytestmark = pytest.mark.browser


async def test_it_asks_nobody_but_its_own_server(browser: Browser, site: Site) -> None:
    async with visit(browser, site) as page:
        asked: list[str] = []
        page.context.on("request", lambda request: asked.append(request.url))
        await page.reload()
        await show_all(page, site)
        assert asked
        assert all(address.startswith(site.url + "/") for address in asked)


async def test_a_reload_shows_the_same_talk(browser: Browser, site: Site) -> None:
    async with visit(browser, site) as page:
        await show_all(page, site)
        before, keys = await talk_of(page), await page.locator(".buttons").all_inner_texts()
        await page.reload()
        await page.wait_for_selector('.newest [aria-pressed="true"]')
        assert await talk_of(page) == before
        assert await page.locator(".buttons").all_inner_texts() == keys


async def test_opening_tells_the_zone_once_for_each_opening(browser: Browser, site: Site) -> None:
    async with visit(browser, site, timezone_id="Europe/Madrid"):
        assert site.demo.events(Opened) == [Opened("Europe/Madrid")]


async def test_all_tabs_of_a_person_show_the_talk(browser: Browser, site: Site) -> None:
    async with visit(browser, site) as one:
        other = await open_tab(one.context, site)
        await other.wait_for_selector(".hello")
        await press(one, "Start")
        await expect(other.locator(".newest")).to_contain_text("What would you like to do?")
        assert await talk_of(one) == await talk_of(other)


async def test_a_double_click_counts_once(browser: Browser, site: Site) -> None:
    async with visit(browser, site) as page:
        await page.locator(".newest button", has_text="Start").dblclick()
        await expect(page.locator(".newest")).to_contain_text("What would you like to do?")
        await page.fill("#typed", "hello")
        await page.locator("#box button").dblclick()
        await expect(page.locator(".newest")).to_contain_text("No, not directly")
        await asyncio.sleep(0.3)
        assert site.demo.events(Press) == [Press("go:home", "1")]
        assert site.demo.events(Text) == [Text("hello")]


async def test_the_second_half_of_a_double_click_presses_nothing_that_came_meanwhile(
    browser: Browser, site: Site
) -> None:
    async with visit(browser, site) as page:
        await page.locator(".newest button", has_text="Start").dispatch_event("click", {"detail": 2})
        await asyncio.sleep(0.2)
        assert site.demo.events(Press) == []


async def test_a_restart_of_the_server_loses_nothing(browser: Browser, words: PageWords) -> None:
    demo = Demo()
    async with running(words, demo) as site:
        context = await browser.new_context(locale="en")
        page = await open_tab(context, site)
        await page.wait_for_selector(".hello")
        port, address = int(site.url.rpartition(":")[2]), site.address
    await type_in(page, "said while it was down")
    await expect(page.locator("#status")).to_contain_text("No connection. We try again.", timeout=10_000)
    demo.add(address, scenes.NUDGE)
    async with running(words, demo, port):
        await expect(page.locator("#talk")).to_contain_text("You asked us to remind you", timeout=20_000)
        await expect(page.locator("#talk")).to_contain_text("said while it was down", timeout=20_000)
        await expect(page.locator("#talk")).to_contain_text("No, not directly")
        await expect(page.locator("#status")).to_be_empty()
        await expect(page.locator("#typed")).to_have_value("")
        assert demo.events(Text) == [Text("said while it was down")]
        await context.close()


async def test_an_answered_question_keeps_its_place_and_loses_its_keys(browser: Browser, site: Site) -> None:
    async with visit(browser, site) as page:
        await press(page, "Start")
        await press(page, "Check a symptom")
        await press(page, "None of these")
        await expect(page.locator(".newest")).to_contain_text("bike seat")
        await press(page, "No")
        await expect(page.locator(".newest")).to_contain_text("We can't be sure")
        answered = page.locator(".answered")
        await expect(answered).to_have_count(2)
        await expect(answered.locator("button")).to_have_count(0)
        assert [text.rpartition("You said: ")[2] for text in await answered.all_inner_texts()] == [
            "none of these",
            "no",
        ]


async def test_only_the_newest_question_has_answers_and_links_stay(browser: Browser, site: Site) -> None:
    async with visit(browser, site) as page:
        await site.demo.show(site.address, scenes.SADDLE, scenes.many(()))
        await expect(page.locator(".newest")).to_contain_text("five signs")
        assert await page.locator('[data-press^="a:s1:2"], [data-press^="b:s1:2"]').count() == 0
        await page.locator(".hello button", has_text="Start").click()
        await expect(page.locator(".newest")).to_contain_text("What would you like to do?")


async def test_what_the_person_says_cannot_become_markup(browser: Browser, site: Site) -> None:
    async with visit(browser, site) as page:
        await site.demo.show(site.address, Screen('<img src=x onerror=alert(1)> & "quotes"', "en"))
        await expect(page.locator("#talk")).to_contain_text('<img src=x onerror=alert(1)> & "quotes"')
        assert await page.locator("#talk img").count() == 0


async def test_a_number_is_a_link_that_calls(browser: Browser, site: Site) -> None:
    async with visit(browser, site) as page:
        await page.click("#help")
        call = page.locator('.buttons a[href="tel:112"]')
        await expect(call).to_contain_text("Call")
        await expect(call).to_contain_text("112")


@pytest.mark.long
async def test_a_slow_answer_is_announced_in_words(browser: Browser, site: Site) -> None:
    site.demo.delay = 1.5
    async with visit(browser, site) as page:
        await press(page, "Start")
        assert await page.locator("#status").inner_text() == ""
        await expect(page.locator("#status")).to_have_text("One moment.", timeout=1200)
        await expect(page.locator(".newest")).to_contain_text("What would you like to do?")
        await expect(page.locator("#status")).to_be_empty()


async def test_a_short_notice_stays_until_the_next_press(browser: Browser, site: Site) -> None:
    async with visit(browser, site) as page:
        site.demo.toast = "That one is answered already"
        await press(page, "Start")
        await expect(page.locator(".newest")).to_contain_text("What would you like to do?")
        await expect(page.locator("#status")).to_have_text(site.demo.toast)
        site.demo.toast = ""
        await press(page, "Check a symptom")
        await expect(page.locator("#status")).to_be_empty()


async def test_wiping_empties_the_page(browser: Browser, site: Site) -> None:
    async with visit(browser, site) as page:
        await page.click("text=Wipe my answers")
        await expect(page.locator(".newest")).to_contain_text("Wipe all that we keep")
        assert site.demo.events(Command) == [Command("forget")]
        await site.transport.forgotten(site.address)
        await expect(page.locator(".message")).to_have_count(0)


async def test_the_page_follows_the_language_of_the_talk(browser: Browser, site: Site) -> None:
    async with visit(browser, site) as page:
        await page.click("#settings >> text=Language")
        await expect(page.locator("html")).to_have_attribute("lang", "es")
        await expect(page.locator("#help")).to_have_text("Necesito ayuda ya")
        assert await page.locator(".hello").get_attribute("lang") == "en"


async def test_leaving_a_shared_computer_wipes(browser: Browser, words: PageWords) -> None:
    async with running(words, grace=0.2) as site, visit(browser, site) as page:
        await page.check("#shared")
        await page.goto("about:blank")
        await until(lambda: site.demo.events(Command))
        assert site.demo.events(Command) == [Command("forget_now")]
