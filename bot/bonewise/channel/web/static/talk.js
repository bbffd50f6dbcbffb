// The talk: messages come in at its end, or take the place of an older one.
import { build, strip } from "./message.js";
import { bringIntoView, focusOn, isTyping } from "./view.js";
import { follow } from "./words.js";

const talk = document.getElementById("talk");
let live = false; // false while what was said before is put back
let turn = { asked: true, shown: false }; // what follows one action of the person

export function startTurn() {
  turn = { asked: true, shown: false };
}

export function empty() {
  talk.replaceChildren();
  startTurn();
}

export function show(data) {
  const old = document.getElementById(`m${data.message}`);
  if (data.strip) {
    if (old) strip(old);
  } else if (data.edit && old) {
    replace(old, build(data));
  } else {
    append(data);
  }
  markNewest();
}

function append(data) {
  const message = build(data);
  if (data.buttons.some((button) => !button.lasting)) {
    for (const older of talk.children) strip(older, true);
  }
  if (isFirst(data.role)) message.classList.add("first");
  if (live && data.role === "emergency") message.setAttribute("role", "alert");
  talk.append(message);
  if (!["said", "other_language"].includes(data.role)) follow(data.lang);
  if (live) lead(message, data.role);
}

// The first message of a result or an emergency says what to do, and says it larger.
function isFirst(role) {
  const before = talk.lastElementChild;
  return ["result", "emergency"].includes(role) && !["result", "emergency"].some((r) => before?.classList.contains(r));
}

function lead(message, role) {
  if (role === "said" || (isTyping() && role !== "emergency")) return;
  const first = turn.asked && !turn.shown;
  if (first || role === "emergency") bringIntoView(message);
  if (first || role === "emergency" || (turn.asked && role === "question")) focusOn(message);
  turn.shown = true;
}

function replace(old, message) {
  const held = old.contains(document.activeElement) ? document.activeElement : null;
  if (old.classList.contains("first")) message.classList.add("first");
  const place = old.getBoundingClientRect().top;
  old.replaceWith(message);
  window.scrollBy({ top: message.getBoundingClientRect().top - place, behavior: "instant" });
  if (!held) return;
  const same = [...message.querySelectorAll("[data-press]")].find((key) => key.dataset.press === held.dataset.press);
  if (same) same.focus({ preventScroll: true });
  else focusOn(message);
}

function markNewest() {
  talk.querySelector(".newest")?.classList.remove("newest");
  const withKeys = talk.querySelectorAll(":scope > :has(.buttons)");
  withKeys[withKeys.length - 1]?.classList.add("newest");
}

// All that was kept is back: from now on new messages are read out, and the last turn is in view.
export function ready() {
  if (live) return;
  live = true;
  talk.setAttribute("aria-live", "polite");
  const message = lastTurn();
  if (message) { bringIntoView(message); focusOn(message); turn.shown = true; }
}

function lastTurn() {
  const messages = [...talk.children];
  const before = messages.findLastIndex((m) => m.classList.contains("said") || m.classList.contains("answered"));
  return messages[before + 1] ?? messages[messages.length - 1];
}
