// What the tests measure on the page.
window.measure = {
  // Each text and each frame with its colour and the colour of the ground below it.
  pairs() {
    const clear = (colour) => colour === "rgba(0, 0, 0, 0)" || colour === "transparent";
    const ground = (element) => {
      while (element && clear(getComputedStyle(element).backgroundColor)) element = element.parentElement;
      return element ? getComputedStyle(element).backgroundColor : "rgb(255, 255, 255)";
    };
    const pairs = [];
    for (const element of document.querySelectorAll("body *")) {
      if (!element.checkVisibility() || element.closest("noscript")) continue;
      const style = getComputedStyle(element);
      const name = this.name(element);
      if ([...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim())) {
        pairs.push([name, "text", style.color, ground(element)]);
      }
      if (element.matches("button:not(#settings button), .buttons a, textarea, .said > .text")) {
        pairs.push([name, "frame", style.borderTopColor, ground(element.parentElement)]);
      }
    }
    const ring = getComputedStyle(document.documentElement).getPropertyValue("--ring");
    return [...pairs, ["ring", "frame", ring, getComputedStyle(document.body).backgroundColor]];
  },

  // What is wider than the window, or cut inside its own box.
  cut() {
    return [...document.querySelectorAll("body *")]
      .filter((element) => element.checkVisibility() && !element.matches(".unseen"))
      .filter((element) => {
        const box = element.getBoundingClientRect();
        const cut = element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1;
        return cut || box.right > innerWidth + 1 || box.left < -1;
      })
      .map(this.name);
  },

  // Everything that can be tapped: name, left, top, width, height.
  targets() {
    return [...document.querySelectorAll("button, .buttons a, summary, #computer label, textarea")].map((element) => {
      const box = element.getBoundingClientRect();
      return [this.name(element), box.x, box.y, box.width, box.height];
    });
  },

  // The letters of the fullest line of any message.
  longestLine() {
    const counts = [];
    for (const text of document.querySelectorAll(".text")) {
      const walk = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
      let bottom = null;
      for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        for (let i = 0; i < node.length; i++) {
          const range = document.createRange();
          range.setStart(node, i);
          range.setEnd(node, i + 1);
          const box = range.getBoundingClientRect();
          if (!box.width) continue;
          if (bottom === null || box.bottom - bottom > 8) counts.push(0);
          bottom = box.bottom;
          counts[counts.length - 1]++;
        }
      }
    }
    return Math.max(...counts);
  },

  // How far the letters of an element stand from its left and right edge.
  margins(element) {
    const range = document.createRange();
    range.selectNodeContents(element);
    const [box, letters] = [element.getBoundingClientRect(), range.getBoundingClientRect()];
    return [letters.left - box.left, box.right - letters.right];
  },

  moving() {
    return [...document.querySelectorAll("*")].filter((element) => {
      const style = getComputedStyle(element);
      return style.animationName !== "none" || parseFloat(style.transitionDuration) || style.scrollBehavior === "smooth";
    }).length;
  },

  name(element) {
    return `${element.tagName.toLowerCase()}.${element.className} ${element.textContent.slice(0, 20)}`;
  },
};
