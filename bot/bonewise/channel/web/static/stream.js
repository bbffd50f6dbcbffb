// The line on which messages come. When it breaks we come back and ask for what we have not seen.
import { lineIsDown, lineIsUp, tell } from "./status.js";
import { word } from "./words.js";

const LONGEST_WAIT = 15000; // ms between two tries
const SILENCE = 45000; // ms: three missed pings
const seen = new Set();
let newest = 0;
let source;
let retry;
let watch;
let wait = 500;
let resting = false;

export function listen(on) {
  clearTimeout(retry);
  source?.close();
  resting = false;
  source = new EventSource(`stream?after=${newest}`);
  source.onopen = alive;
  source.onmessage = (event) => { alive(); row(JSON.parse(event.data), on); };
  source.addEventListener("ping", alive);
  source.addEventListener("ready", () => { lineIsUp("stream"); wait = 500; on.ready(); });
  source.addEventListener("waiting", on.waiting);
  source.addEventListener("done", (event) => on.done(JSON.parse(event.data).text));
  source.addEventListener("forgotten", on.forgotten);
  source.addEventListener("rest", rest);
  source.onerror = () => { if (!resting) comeBack(on); };

  function alive() {
    clearTimeout(watch);
    watch = setTimeout(() => comeBack(on), SILENCE);
  }
}

function row(message, on) {
  if (seen.has(message.row)) return;
  seen.add(message.row);
  newest = Math.max(newest, message.row);
  on.message(message);
}

function comeBack(on) {
  source.close();
  lineIsDown("stream");
  retry = setTimeout(() => listen(on), wait);
  wait = Math.min(wait * 2, LONGEST_WAIT);
}

// Too many windows of one talk: this one waits until the person looks at it again.
function rest() {
  resting = true;
  source.close();
  clearTimeout(watch);
  tell(word("rest"));
}

export function comeBackWhenSeen(on) {
  const seenAgain = () => {
    if (document.hidden || source.readyState !== EventSource.CLOSED) return;
    if (resting) tell("");
    listen(on);
  };
  for (const event of ["focus", "online", "pageshow"]) window.addEventListener(event, seenAgain);
  document.addEventListener("visibilitychange", seenAgain);
}
