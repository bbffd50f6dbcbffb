// What the person says goes out in order, each with an id of its own, again and again until it is taken in.
import { lineIsDown, lineIsUp, tell } from "./status.js";
import { word } from "./words.js";

const LONGEST_WAIT = 15000; // ms between two tries
const TIMEOUT = 20000; // ms for one try
let last = Promise.resolve();
let retryNow = () => {};

window.addEventListener("online", () => retryNow());

export function post(path, body) {
  const whole = JSON.stringify({ id: newId(), ...body });
  last = last.then(() => deliver(path, whole));
  return last;
}

function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // randomUUID needs https
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// True when it was taken in, false when it never will be.
async function deliver(path, body) {
  for (let wait = 500; ; wait = Math.min(wait * 2, LONGEST_WAIT)) {
    const status = await attempt(path, body);
    if (status && status < 500) {
      lineIsUp("say");
      if (status < 300) return true;
      tell(word(status === 401 ? "no_cookie" : "not_taken"));
      return false;
    }
    lineIsDown("say");
    await pause(wait);
  }
}

// The status of the answer, or 0 without one.
async function attempt(path, body) {
  try {
    const headers = { "Content-Type": "application/json" };
    const answer = await fetch(path, { method: "POST", headers, body, signal: AbortSignal.timeout(TIMEOUT) });
    return answer.status;
  } catch {
    return 0;
  }
}

function pause(wait) {
  return new Promise((go) => {
    const timer = setTimeout(go, wait);
    retryNow = () => { clearTimeout(timer); go(); };
  });
}
