"""What the demo says: one screen of each kind that the page has to show well."""

from __future__ import annotations

from collections.abc import Collection

from bonewise.dialogue.screen import Button, Screen


def _rows(*buttons: Button) -> tuple[tuple[Button, ...], ...]:
    return tuple((button,) for button in buttons)


_HELP = Button("I need help now", press="go:emergency", style="danger")

HELLO = Screen(
    "**This is Bonewise, a computer guide. Not a person, not a doctor.**\n"
    "We explain weak bones, nerve trouble and pressed nerves. We can help you see how soon to get help.",
    "en",
    buttons=_rows(Button("Start", press="go:home", style="primary"), _HELP, Button("Language 🌐", press="go:language")),
    role="hello",
)
HOME = Screen(
    "**What would you like to do?** Tap one, or type a question in your own words.",
    "en",
    buttons=_rows(
        Button("Check a symptom", press="go:check", style="primary"),
        Button("Read and learn", press="go:learn"),
        Button("Plan a visit", press="go:visit"),
        Button("For caregivers", press="go:caregiver"),
        Button("Reminders", press="go:reminders"),
        _HELP,
    ),
    role="page",
)
_SIGNS = (
    "**First, five signs that can't wait. Is any of these true for you?**\n"
    "1. Face dropped, an arm weak, speech slurred or one side numb, all at once. Even if it went away.\n"
    "2. Hard to breathe or swallow.\n"
    "3. Chest pain. Or back pain with sweating or short breath.\n"
    "4. One arm or leg all at once cold, pale or blue, and sore or numb.\n"
    "5. Legs so weak in the last days that you can hardly walk or stand.\n"
    "Tap all that fit. If one is happening now, call 112 first.\n_Question 1 of about 14_"
)
_LABELS = ("1 Face or arm", "2 Breathing", "3 Chest", "4 Cold limb", "5 Weak legs")


def many(ticks: Collection[str]) -> Screen:
    """A question with many choices, some of them ticked."""
    presses = [f"t:s1:1:{number}" for number in range(1, 6)]
    buttons = [
        Button(("Yes: " if press in ticks else "") + label, press=press, ticked=press in ticks)
        for press, label in zip(presses, _LABELS, strict=True)
    ]
    rest = (
        [Button("Done", press="d:s1:1", style="primary"), Button("Clear all", press="c:s1:1")]
        if ticks
        else [Button("Not sure", press="a:s1:1:unsure"), Button("None of these", press="a:s1:1:none")]
    )
    return Screen(_SIGNS, "en", buttons=_rows(*buttons, *rest), role="question", slot="many")


SADDLE = Screen(
    "**Is the skin numb or odd to the touch between your legs, or round your bottom or private parts?**\n"
    "Think of the parts that touch a bike seat. Does it feel odd when you wipe? We ask everyone this.\n"
    "_Question 2 of about 14_",
    "en",
    buttons=_rows(
        Button("Yes", press="a:s1:2:yes"),
        Button("Not sure", press="a:s1:2:unsure"),
        Button("No", press="a:s1:2:no"),
        Button("Back", press="b:s1:2"),
        Button("Leave", press="l:s1:2"),
    ),
    role="question",
    folded="The nerves low in the spine feel this part. If they are pressed, help must come fast.",
    slot="saddle",
)
_ANSWERED = Screen(
    SADDLE.text.rpartition("\n")[0] + "\nYou said: no", "en", role="answered", slot="saddle", replace="saddle"
)
_SIGNS_ANSWERED = Screen(
    "**First, five signs that can't wait. Is any of these true for you?**\nYou said: none of these",
    "en",
    role="answered",
    slot="many",
    replace="many",
)
EMERGENCY = (
    Screen(
        "**Get emergency help now.** Call 112. Or have someone take you to the nearest emergency department. "
        "Do not drive yourself. Do not wait for a reply here.\n"
        "You told us: new numbness between the legs, since Monday. It can be a sign of pressed nerves. "
        "It needs help now.\n"
        "Say: “I am newly numb between my legs. I need to be seen now.”",
        "en",
        buttons=_rows(
            Button("Copy 112", copy="112", style="danger"),
            Button("Someone's here", press="o:s1:here"),
            Button("I'm alone", press="o:s1:alone"),
            Button("Send this to someone", press="o:s1:share"),
            Button("I tapped by mistake", press="o:s1:mistake"),
        ),
        role="emergency",
    ),
    Screen(
        "**We can't be sure what is causing this.** Worse while you wait? Call 112 again, at any time. "
        "You won't be wasting anyone's time.\n"
        "_This guide gives facts, not a diagnosis. If you feel worse or are worried, get medical help, "
        "no matter what it says._",
        "en",
        buttons=_rows(Button("Sources", press="o:s1:sources")),
        role="result",
    ),
)
RESULT = (
    Screen(
        "**Book a visit with your doctor.** Ask the doctor's office for a visit in the next 2 to 4 weeks. "
        "The doctor can check your feet and order blood tests.",
        "en",
        role="result",
    ),
    Screen(
        "**Why:** you told us that both feet tingle. It began in the toes and came on over months. "
        "That can be a sign of nerve trouble (neuropathy).\n"
        "**Say when you call:** “Both my feet have tingled for 3 months. I'd like a visit.”",
        "en",
        role="result",
    ),
    Screen(
        "**We can't be sure what is causing this.** No visit by 9 December? Call the doctor's office again.\n"
        "You can come back or call again at any time. You won't be wasting anyone's time.\n"
        "_This guide gives facts, not a diagnosis._",
        "en",
        buttons=_rows(
            Button("Plan my visit", press="go:visit", style="primary"),
            Button("Save a summary", press="o:s1:summary"),
            Button("Share", press="o:s1:share"),
            Button("Sources", press="src:tingling"),
            Button("Start again", press="r:0123456789ab"),
            _HELP,
        ),
        role="result",
    ),
)
SHORT_ANSWER = Screen(
    "**No, not directly.** Weak bones (osteoporosis) do not cause nerve trouble (neuropathy).\n"
    "But they can meet. A broken spine bone can sometimes press on a nerve. That is uncommon.\n"
    "Tingling or numb feet need checking. Did it start all at once? Tap “I need help now”.",
    "en",
    buttons=_rows(
        Button("Check my tingling", press="go:check", style="primary"),
        Button("How can they be linked?", press="card:tingling.link"),
        Button("Sources", press="src:tingling"),
        Button("The page it is from", url="https://example.org/osteoporosis"),
        _HELP,
    ),
    role="page",
    folded="**Where this comes from**\nA health service, 2025",
)
ARABIC = Screen(
    "**ماذا تريد أن تفعل؟** اختر واحدا، أو اكتب سؤالا بكلماتك.",
    "ar",
    rtl=True,
    buttons=_rows(Button("افحص عرضا", press="go:check", style="primary"), Button("اقرأ وتعلم", press="go:learn")),
    role="page",
)
SPANISH = Screen("**¿Qué le gustaría hacer?**", "es", buttons=_rows(Button("Revisar", press="go:check")), role="page")
FORGET = Screen(
    "**Wipe all that we keep about you?** Answers, reminders, tips and summaries go. We can't bring them back.",
    "en",
    buttons=_rows(Button("Yes, go on", press="s:wipe"), Button("No, keep it", press="s:keep")),
    role="question",
)
NUDGE = Screen(
    "**You asked us to remind you to make a call.**",
    "en",
    buttons=_rows(
        Button("Show me", press="n:r1:show", style="primary"),
        Button("Done", press="n:r1:done"),
        Button("Not yet", press="n:r1:not_yet"),
    ),
    role="nudge",
    kind="reminder",
)
STALE = Screen("**That button is from an earlier question.** We changed nothing.", "en")
AFTER = {
    "go:home": (HOME,),
    "go:check": (many(()),),
    "go:emergency": EMERGENCY,
    "a:s1:1:none": (_SIGNS_ANSWERED, SADDLE),
    "a:s1:2:no": (_ANSWERED, *RESULT),
    "a:s1:2:yes": (_ANSWERED, *EMERGENCY),
    "arabic": (ARABIC,),
    "go:language": (SPANISH,),
}
