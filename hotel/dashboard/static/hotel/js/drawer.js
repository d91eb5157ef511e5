// Links marked so open their page in a drawer beside the one that somebody works on. Its forms are sent from there: what is
// refused stays with what was typed, what is done closes it and is told. Without this file they are links.
import { tell, tellAll } from "./toasts.js";

const drawer = document.getElementById("drawer");
const body = document.getElementById("drawer-body");
const whole = document.getElementById("drawer-whole");
const REFERS = ["for", "aria-labelledby", "aria-describedby", "aria-controls", "list", "form"];
let shown = "", isSending = false;

// Two pages in one document: the drawer's names must not be those of the page behind it.
const rename = (part) => {
  for (const named of part.querySelectorAll("[id]")) named.id = `drawer-${named.id}`;
  for (const name of REFERS) {
    for (const one of part.querySelectorAll(`[${name}]`)) {
      one.setAttribute(name, one.getAttribute(name).split(" ").map((id) => `drawer-${id}`).join(" "));
    }
  }
  for (const link of part.querySelectorAll("a[href^='#']")) link.setAttribute("href", `#drawer-${link.getAttribute("href").slice(1)}`);
};

const show = (page, url) => {
  const part = page.getElementById("page");
  if (!part) return location.assign(url); // signed out, or refused: that is a page of its own
  rename(part);
  // Without an address of its own a form would be sent to the page behind.
  for (const form of part.querySelectorAll("form:not([action]):not([method=dialog])")) form.setAttribute("action", url);
  body.replaceChildren(...part.childNodes);
  shown = whole.href = url;
  window.htmx?.process(body);
  if (!drawer.open) drawer.showModal();
  const head = body.querySelector("[aria-invalid=true]") ?? body.querySelector("h1");
  if (head?.matches("h1")) head.tabIndex = -1;
  head?.focus();
};

const ask = async (url, sent) => {
  const answer = await fetch(url, { method: sent ? "POST" : "GET", body: sent, credentials: "same-origin" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return { page, url: answer.url, isLed: answer.redirected };
};

const open = async (link) => {
  drawer.setAttribute("aria-label", link.textContent.trim());
  try {
    const { page, url } = await ask(link.href);
    show(page, url);
  } catch {
    location.assign(link.href);
  }
};

const send = async (form, submitter) => {
  isSending = true;
  drawer.setAttribute("aria-busy", "true");
  try {
    const url = new URL(submitter?.getAttribute("formaction") ?? form.getAttribute("action"), shown).href;
    const { page, isLed, url: last } = await ask(url, new FormData(form, submitter));
    const isDone = isLed && new URL(last).pathname !== new URL(shown).pathname;
    if (isDone && page.getElementById("page")) {
      drawer.close();
      if (document.querySelector("#page[data-live]:not([data-live=''])")) window.htmx.trigger("#page", "news");
      else location.reload();
    } else show(page, last);
    tellAll(page);
  } catch {
    tell(drawer.dataset.lost, "error");
  } finally {
    isSending = false;
    drawer.removeAttribute("aria-busy");
  }
};

if (drawer) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-drawer]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented) return;
    event.preventDefault();
    open(link);
  });
  drawer.addEventListener("submit", (event) => {
    if (event.target.method !== "post") return;
    event.preventDefault();
    if (!isSending) send(event.target, event.submitter);
  });
  drawer.addEventListener("click", (event) => {
    if (event.target === drawer) drawer.close(); // beside it
  });
  drawer.addEventListener("close", () => body.replaceChildren());
}
