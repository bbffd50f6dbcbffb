// Puts the page together: what is pressed and typed goes out, what comes in is shown.
import "./settings.js";
import { copy } from "./message.js";
import { post } from "./say.js";
import { answered, tell, waiting } from "./status.js";
import { comeBackWhenSeen, listen } from "./stream.js";
import { empty, ready, show, startTurn } from "./talk.js";

const form = document.getElementById("box");
const typed = document.getElementById("typed");
const RELEASE = 5000; // ms after which a key that brought no answer works again
let opened = false;

const on = {
  message(data) {
    if (data.role !== "said") { answered(); release(); }
    show(data);
  },
  ready() {
    ready();
    if (opened) return;
    opened = true;
    post("open", { zone: Intl.DateTimeFormat().resolvedOptions().timeZone });
    start();
  },
  waiting,
  done(text) { answered(text); release(); },
  forgotten: empty,
};

document.addEventListener("click", (event) => {
  const key = event.target.closest("button[data-press], button[data-command], button[data-copy]");
  if (!key || event.detail > 1) return; // the second half of a double click: another key may be under it by now
  if (key.dataset.copy !== undefined) copy(key).then(tell);
  else press(key);
});

// A deep link is used once: reloading the page does not open it again.
function start() {
  const start = new URLSearchParams(location.search).get("start");
  if (!start) return;
  history.replaceState(null, "", location.pathname);
  speak({ start });
}

async function press(key) {
  if (key.getAttribute("aria-disabled") === "true") return;
  hold(key);
  const message = key.closest("[data-message]")?.dataset.message;
  const { press, command } = key.dataset;
  await speak(press ? { press, message, label: key.textContent } : { command });
  setTimeout(release, RELEASE);
}

// A second tap counts for nothing: the keys beside it wait too.
function hold(key) {
  for (const each of key.parentElement.querySelectorAll("button")) each.setAttribute("aria-disabled", "true");
}

function release() {
  for (const key of document.querySelectorAll("button[aria-disabled]")) key.removeAttribute("aria-disabled");
}

async function speak(body) {
  startTurn();
  waiting();
  const taken = await post("say", body);
  if (!taken) release();
  return taken;
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const text = typed.value.trim();
  const send = form.querySelector("button");
  if (!text || send.getAttribute("aria-disabled") === "true") return;
  send.setAttribute("aria-disabled", "true");
  typed.readOnly = true;
  if (await speak({ text })) typed.value = "";
  typed.readOnly = false;
  send.removeAttribute("aria-disabled");
});

typed.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit();
});

listen(on);
comeBackWhenSeen(on);
