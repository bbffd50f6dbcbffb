// One message as elements. Its text is HTML that the server made and escaped.
import { label, word } from "./words.js";

export function build(data) {
  const message = document.createElement("article");
  message.id = `m${data.message}`;
  message.className = `message ${data.role}`;
  message.dataset.message = data.message;
  if (data.lang !== "und") message.lang = data.lang;
  message.dir = data.role === "said" ? "auto" : data.dir;
  message.append(text(data));
  if (data.folded) message.append(folded(data));
  if (data.buttons.length) message.append(buttons(data.buttons));
  message.toggleAttribute("data-folded", Boolean(data.folded));
  return message;
}

function text(data) {
  const element = document.createElement("div");
  element.className = "text";
  element.tabIndex = -1;
  element.innerHTML = data.html;
  if (data.picture) element.append(Object.assign(document.createElement("img"), data.picture));
  if (data.role === "said") {
    const heading = document.createElement("h2");
    label(heading, "you_said");
    heading.lang = document.documentElement.lang;
    element.prepend(heading);
  }
  return element;
}

function folded(data) {
  const details = document.createElement("details");
  const summary = document.createElement("summary");
  label(summary, data.role === "question" ? "why" : "sources");
  const body = document.createElement("div");
  body.innerHTML = data.folded;
  details.append(summary, body);
  return details;
}

function buttons(all) {
  const group = document.createElement("div");
  group.className = "buttons";
  group.append(...all.map(button));
  return group;
}

function button(data) {
  const element = data.tel || data.url ? link(data) : key(data);
  element.textContent = data.label;
  element.classList.add(data.style);
  element.toggleAttribute("data-fleeting", !data.lasting);
  return element;
}

function link(data) {
  const element = document.createElement("a");
  element.href = data.tel ? `tel:${data.tel}` : data.url;
  if (data.download) element.download = data.download;
  else if (data.url) Object.assign(element, { target: "_blank", rel: "noopener noreferrer" });
  return element;
}

function key(data) {
  const element = document.createElement("button");
  element.type = "button";
  if (data.press) element.dataset.press = data.press;
  else element.dataset.copy = data.copy;
  if (data.press?.startsWith("t:")) element.setAttribute("aria-pressed", String(data.ticked));
  return element;
}

// Takes the buttons off; `fleeting`: only those that belong to one question.
export function strip(message, fleeting = false) {
  const group = message.querySelector(".buttons");
  if (!group) return;
  for (const element of [...group.children]) if (!fleeting || "fleeting" in element.dataset) element.remove();
  if (!group.children.length) group.remove();
}

export async function copy(element) {
  const text = element.dataset.copy;
  await navigator.clipboard.writeText(text.startsWith("?start=") ? new URL(text, location.href).href : text);
  return word("copied");
}
