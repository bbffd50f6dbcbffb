// The page's own words. They follow the language of the talk.
let words = JSON.parse(document.body.dataset.words);

export function word(key) {
  return words[key];
}

export function label(element, key) {
  element.dataset.word = key;
  element.textContent = words[key];
}

export async function follow(tag) {
  if (tag === "und" || tag === document.documentElement.lang) return;
  const answer = await fetch(`words/${encodeURIComponent(tag)}`);
  if (!answer.ok) return;
  words = await answer.json();
  document.documentElement.lang = words.lang;
  document.documentElement.dir = words.dir;
  document.title = words.title;
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = words[element.dataset.word];
  for (const element of document.querySelectorAll("[data-word-label]")) {
    element.setAttribute("aria-label", words[element.dataset.wordLabel]);
  }
}
