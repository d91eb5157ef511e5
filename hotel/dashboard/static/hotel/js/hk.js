// My rooms on a phone: each act is kept first, shown as done at once, and sent as soon as there is a network. What did not
// count is told on a card until its person has seen it. Without this script the forms send themselves.
import { cardDrop, cards, forget, keep, send, waiting } from "./hk/acts.js";

const AGAIN = 15_000, KEEP_AFTER = 1500, LEAVES = /\/(logout|lock\/now)$/;
const net = document.getElementById("hk-net");
const { who, place, page, worker, one, many, offline, away, refused, seen, waits } = net.dataset;
const [words, stack] = net.children;
const jobOf = (task) => document.getElementById(`task-${task}`);
const tokenOf = () => document.querySelector("main [name=csrfmiddlewaretoken]")?.value ?? document.querySelector("[name=csrfmiddlewaretoken]").value;
const refresh = () => window.htmx?.trigger("#page", "news");
let isAway = false, isLeaving = false, keeping = 0;

// How a room looks once an act on it is kept.
const show = ({ act, task }) => {
  const job = jobOf(task);
  if (!job) return;
  const tag = job.querySelector(".waits");
  tag.textContent = waits;
  tag.hidden = false;
  if (act === "start") {
    job.classList.add("now");
    job.querySelector("[data-act=start]").hidden = true;
    job.querySelector("[data-act=done]").hidden = false;
  } else if (["done", "skip", "pass", "fail"].includes(act)) job.classList.add("left");
};

const paint = async () => {
  if (isLeaving) return;
  const [acts, told] = await Promise.all([waiting(who, place), cards()]);
  document.querySelectorAll(".job").forEach((job) => { job.classList.remove("left"); job.querySelector(".waits").hidden = true; });
  acts.forEach(show);
  const count = acts.length === 1 ? one : many.replace("{n}", acts.length);
  const why = isAway ? away : navigator.onLine ? "" : offline;
  words.textContent = [acts.length ? count : "", why].filter(Boolean).join(" · ");
  words.hidden = !words.textContent;
  stack.replaceChildren(...told.filter((card) => card.who === who).map(({ n, what, message }) => {
    const card = Object.assign(document.createElement("div"), { className: "notice error card-told" });
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn s", textContent: seen });
    button.addEventListener("click", async () => { await cardDrop(n); paint(); });
    card.append(Object.assign(document.createElement("strong"), { textContent: `${what}: ${refused}. ` }), message, " ", button);
    return card;
  }));
};

const flush = async () => {
  if (isLeaving) return;
  if ((await waiting(who, place)).length === 0) { isAway = false; return paint(); }
  if (!navigator.onLine) return paint();
  const last = await send(who, place, page, tokenOf);
  isAway = last === "away";
  await paint();
  if (last === "sent" || last === "refused") refresh();
};

const textOf = (form) => {
  const button = form.querySelector("button").cloneNode(true), job = form.closest(".job");
  button.querySelectorAll(".vh").forEach((hidden) => hidden.remove());
  return `${job.querySelector(".no").textContent}, ${button.textContent.trim()}`;
};

document.addEventListener("submit", async (event) => {
  const form = event.target;
  // Not by formAction, which is the page's own address for a button that names none.
  const target = event.submitter?.getAttribute("formaction") ?? form.getAttribute("action") ?? "";
  if (form.matches(".job form[data-act]")) {
    event.preventDefault();
    await keep(form, { who, place }, textOf(form));
    if (form.closest("details")) { form.closest("details").open = false; form.reset(); }
    await paint();
    flush();
  } else if (LEAVES.test(target)) {
    event.preventDefault();
    await flush();
    if ((await waiting(who, place)).length) return; // what is kept would be lost; the words say what to do
    isLeaving = true;
    await forget();
    form.action = target;
    form.submit(); // tells no listener
  }
});

// The page that is kept for the worker is read anew after each change, without keeping the session alive.
const keepPage = async () => {
  const answer = await fetch(page, { headers: { "X-Refresh": place } });
  if (answer.ok && !answer.redirected && (await answer.clone().text()).includes('id="my-rooms"')) {
    await (await caches.open("hk-pages")).put(page, answer);
  }
};
const keepSoon = () => {
  clearTimeout(keeping);
  keeping = setTimeout(() => keepPage().catch(() => undefined), KEEP_AFTER);
};
document.addEventListener("htmx:afterSettle", () => { paint(); keepSoon(); });
addEventListener("online", flush);
addEventListener("offline", paint);
document.addEventListener("visibilitychange", () => { if (!document.hidden) flush(); });
setInterval(flush, AGAIN);
navigator.serviceWorker?.register(worker).then(() => navigator.serviceWorker.ready).then(keepPage).catch(() => undefined);
flush();
