// What goes on, in words: a line is down, or an answer takes a while. Nothing moves.
import { word } from "./words.js";

const line = document.getElementById("status");
const down = new Set();
const PATIENCE = 2000; // ms that a line may be down before we speak of it: a phone that wakes up needs one
let timers = [];
let notice = "";

function show() {
  const text = down.size ? word("offline") : notice;
  if (line.textContent !== text) line.textContent = text;
}

export function tell(text) {
  notice = text;
  show();
}

// A press or a text is on its way: after half a second we say so, after five what to expect.
export function waiting() {
  clear();
  tell("");
  timers = [setTimeout(() => tell(word("wait")), 500), setTimeout(() => tell(word("wait_long")), 5000)];
}

// The answer is here; a notice that came with it stays until the next press.
export function answered(text = "") {
  if (text) tell(text);
  else if (timers.length) tell("");
  clear();
}

function clear() {
  timers.forEach(clearTimeout);
  timers = [];
}

const pending = new Map();

export function lineIsDown(which) {
  if (pending.has(which)) return;
  pending.set(which, setTimeout(() => { down.add(which); show(); }, PATIENCE));
}

export function lineIsUp(which) {
  clearTimeout(pending.get(which));
  pending.delete(which);
  if (down.delete(which)) show();
}
