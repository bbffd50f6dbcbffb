// Where the eye and the focus go: to the first line of what is new.
const bar = document.getElementById("bar");
const box = document.getElementById("typed");

// What sticks to an edge must not hide what has the focus.
const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    document.documentElement.style.setProperty(`--${target.id}-height`, `${target.offsetHeight}px`);
  }
});
sizes.observe(bar);
sizes.observe(document.getElementById("status"));

export function bringIntoView(message) {
  const gap = 16; // px under the bar
  window.scrollBy({ top: message.getBoundingClientRect().top - bar.offsetHeight - gap, behavior: "instant" });
}

// The ring is for those who go by keys.
let byKeys = false;
document.addEventListener("keydown", () => { byKeys = true; }, true);
document.addEventListener("pointerdown", () => { byKeys = false; }, true);

export function focusOn(message) {
  message.querySelector(".text").focus({ preventScroll: true, focusVisible: byKeys });
}

// Somebody who is in the middle of typing is not torn away.
export function isTyping() {
  return document.activeElement === box && !box.readOnly && box.value.trim() !== "";
}
