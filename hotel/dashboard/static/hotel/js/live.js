// Parts of a page that change by themselves: an element with data-live (seconds) is fetched anew until the page
// no longer asks for it; then the whole page is loaded once more. Without scripts people reload by hand.
"use strict";

const watch = (part) => {
  window.setTimeout(async () => {
    if (document.hidden) return watch(part);
    try {
      const answer = await fetch(window.location.href, { credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById(part.id);
      if (!fresh || !fresh.hasAttribute("data-live")) return window.location.reload();
      if (fresh.innerHTML !== part.innerHTML) part.replaceChildren(...fresh.childNodes);
    } catch {
      // The house does not answer now: the next look will tell.
    }
    return watch(part);
  }, Number(part.dataset.live) * 1000);
};

document.querySelectorAll("[data-live][id]").forEach(watch);
