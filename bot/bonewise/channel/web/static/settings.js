// Text size and the shared computer.
import { label } from "./words.js";
import { post } from "./say.js";

const YEAR = 31536000; // seconds
const root = document.documentElement;
const size = document.getElementById("size");
const shared = document.getElementById("shared");

size.addEventListener("click", () => {
  const next = String((Number(root.dataset.size) % 3) + 1);
  root.dataset.size = next;
  label(size, `size_${next}`);
  document.cookie = `size=${next}; Max-Age=${YEAR}; SameSite=Strict; Path=/`;
});

shared.addEventListener("change", () => post("shared", { on: shared.checked }));

window.addEventListener("pagehide", () => {
  if (!shared.checked) return;
  const headers = { "Content-Type": "application/json" };
  fetch("leave", { method: "POST", headers, body: "{}", keepalive: true });
});
