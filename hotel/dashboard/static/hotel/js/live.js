// Live parts: one socket a tab says which topics of the page have news, and htmx fetches the part anew, as its person.
// Without a socket the page looks again by itself and says so; without scripts people reload.
import { showHere } from "./here.js";

const BATCH = 120, JITTER = 80, POLL = 20_000, FIRST_WAIT = 500, LONGEST_WAIT = 15_000;
const words = document.getElementById("net");
const parts = () => [...document.querySelectorAll("[data-live]:not([data-live=''])")];
const topicsOf = (part) => part.dataset.live.split(" ");
const news = new Map(); // topic to the instant of its news
let batch = 0, poll = 0, wait = FIRST_WAIT, failures = 0, lostAt = null, isMissed = false;

const refreshAll = () => {
  if (document.hidden) isMissed = true;
  else parts().forEach((part) => htmx.trigger(part, "news"));
};

const tell = () => {
  batch = 0;
  if (document.hidden) { isMissed = true; return; }
  const stale = (part) => topicsOf(part).some((topic) => news.get(topic) > Number(part.dataset.seen));
  parts().filter(stale).forEach((part) => htmx.trigger(part, "news"));
  news.clear();
};

const live = () => {
  clearInterval(poll);
  poll = 0; failures = 0; wait = FIRST_WAIT;
  words.hidden = true;
};

const lost = () => {
  failures += 1;
  lostAt ??= new Date();
  showHere([]);
  if (failures >= 2 && !poll && parts().length) {
    const time = lostAt.toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    words.textContent = words.dataset.words.replace("{time}", time);
    words.hidden = false;
    poll = setInterval(refreshAll, POLL);
  }
  setTimeout(open, wait + Math.random() * FIRST_WAIT);
  wait = Math.min(wait * 2, LONGEST_WAIT);
};

const open = () => {
  const page = document.getElementById("page"), [first = page] = parts(), here = page?.dataset.here ?? "";
  if (!parts().length && !here) return;
  const topics = new Set(parts().flatMap(topicsOf)), scheme = location.protocol === "https:" ? "wss" : "ws";
  const asked = new URLSearchParams({ topics: [...topics].join(" "), seen: first.dataset.seen, here });
  const socket = new WebSocket(`${scheme}://${location.host}/ws/desk/${first.dataset.place}?${asked}`);
  socket.onopen = () => {
    if (lostAt) refreshAll();
    lostAt = null;
    live();
  };
  socket.onmessage = ({ data }) => {
    const { topic, v, here: people } = JSON.parse(data);
    if (people) { showHere(people); return; }
    news.set(topic, v);
    batch ||= setTimeout(tell, BATCH + Math.random() * JITTER);
  };
  socket.onclose = lost;
};

document.addEventListener("visibilitychange", () => {
  if (!document.hidden && isMissed) { isMissed = false; refreshAll(); }
});
// Whoever is signed out, or may no longer see the page, is shown so instead of an empty part.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target.id === "page" && !detail.xhr.response.includes('id="page"')) { detail.shouldSwap = false; location.reload(); }
});
open();
