"""An invitation to a link is made, to be sent to the one who helps."""

from __future__ import annotations

from urllib.parse import quote

from bonewise.dialogue.care_links import LASTS, MOST, hash_of, payload, put
from bonewise.dialogue.care_showing import home, show_words
from bonewise.dialogue.layout import rows
from bonewise.dialogue.person import CareLink
from bonewise.dialogue.screen import Button, Screen
from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.talk import Talk
from bonewise.i18n.markup import escape


def invite(talk: Talk, shown: str) -> None:
    """Make an invitation that shows this name, and show how it can be sent."""
    if len(talk.person.care_links) >= MOST:
        show_words(talk, "care.full")
        return
    token = talk.fresh_token()
    until = talk.now + LASTS
    put(talk, CareLink(talk.fresh_id(), "person", "invited", until, hash_of(token), shown=shown))
    talk.change(messages=True)  # who invites is told what came of it
    talk.show(lambda speaker: draw_invitation(speaker, token))


def draw_invitation(speaker: Speaker, token: str) -> Screen:
    """The invitation, to be sent on: in Telegram as an address of the bot, on the page as one of the page itself."""
    name = speaker.world.bot_name
    if speaker.person.channel == "web" or name is None:
        copy = Button(speaker.say("care.copy_invitation"), copy=f"?start={payload(token)}", style="primary")
        return speaker.screen(speaker.say("care.invitation_page"), rows([copy], [home(speaker)]))
    address = f"https://t.me/{name}?start={payload(token)}"
    send = Button(
        speaker.say("care.send_invitation"), url=f"https://t.me/share/url?url={quote(address, '')}", style="primary"
    )
    text = speaker.say("care.invitation", address=speaker.own(escape(address)))
    return speaker.screen(text, rows([send], [home(speaker)]))
