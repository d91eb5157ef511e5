// What was dropped is sent; the server decides, and the page is refreshed from what stands there then.
import { dayOf, linkOf, put, spanOf, words } from "./geometry.js";

const form = document.getElementById("chart-form");
const toast = document.getElementById("chart-toast");
const dialog = document.getElementById("chart-dialog");
const SHOWN = 8000;
let timer = 0;

export const say = (text, { isBad = false, undo = null } = {}) => {
  toast.replaceChildren(text);
  toast.classList.toggle("bad", isBad);
  if (undo) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words.undo;
    button.addEventListener("click", undo, { once: true });
    toast.append(button);
  }
  toast.hidden = false;
  hush();
};
const hush = () => {
  clearTimeout(timer);
  timer = setTimeout(() => { toast.hidden = true; }, SHOWN);
};
for (const start of ["pointerenter", "focusin"]) toast.addEventListener(start, () => clearTimeout(timer));
for (const end of ["pointerleave", "focusout"]) toast.addEventListener(end, hush);

export const refresh = () => window.htmx.trigger("#page", "news");

const post = async (stay, fields, isForeseen = false) => {
  const body = new FormData(form);
  for (const [name, value] of Object.entries(fields)) body.append(`rearrange-${name}`, value);
  body.append("do", "rearrange");
  if (isForeseen) body.append("foresee", "1");
  try {
    const answer = await fetch(form.dataset.action.replace("/0/", `/${stay}/`), { method: "POST", body, headers: { Accept: "application/json" } });
    return { isDone: answer.ok, ...(await answer.json()) };
  } catch {
    return { isDone: false, message: words.cannot };
  }
};

const fieldsOf = (bar, row, span) => {
  const is = bar.dataset, { version, ...stay } = linkOf(bar).dataset;
  const isWhole = !stay.arrival; // only a part of a stay says when the whole begins and ends
  const part = isWhole ? {} : { first: is.start, last: is.end };
  const isMoved = dayOf(span.start) !== is.start || dayOf(span.end) !== is.end;
  // A part that is dragged in time is told as it is wanted; the server refuses it by name.
  const dates = isWhole || isMoved ? [dayOf(span.start), dayOf(span.end)] : [stay.arrival, stay.departure];
  return { version, room: row.dataset.room, arrival: dates[0], departure: dates[1], ...part };
};

// Ask at which price; the answer is one of the offers, or null.
const chosen = (foreseen) => new Promise((resolve) => {
  document.getElementById("chart-what").textContent = foreseen.words;
  document.getElementById("chart-offers").replaceChildren(...foreseen.offers.map(({ rate, label, price }) => {
    const button = document.createElement("button");
    button.className = "btn pri";
    button.value = rate;
    button.textContent = label ? `${label}: ${price}` : price;
    return button;
  }));
  dialog.returnValue = "";
  dialog.addEventListener("close", () => resolve(dialog.returnValue || null), { once: true });
  dialog.showModal();
  dialog.querySelector("#chart-offers button").focus();
});

// Put a bar into a row at a span. Prices that may change are shown before; whatever is refused leaves it where it was.
export const send = async (bar, row, span, home) => {
  const link = linkOf(bar), stay = link.dataset.stay, was = spanOf(bar);
  const isMoved = was.start !== span.start || was.end !== span.end, isOther = row.dataset.type !== home.dataset.type;
  let fields = fieldsOf(bar, row, span);
  put(bar, row, span);
  const back = (text, isBad) => {
    put(bar, home, was);
    say(text, { isBad });
    refresh();
  };
  if (isMoved || isOther || link.dataset.status === "in_house") {
    const foreseen = await post(stay, fields, true);
    if (!foreseen.isDone) return back(foreseen.message, true);
    const rate = await chosen(foreseen);
    if (!rate) return back(words.kept, false);
    fields = { ...fields, rate };
  }
  const answer = await post(stay, fields);
  if (!answer.isDone) return back(answer.message, true);
  link.dataset.version = answer.version;
  say(answer.message, { undo: answer.undo && (() => undo(stay, answer.undo)) });
  refresh();
};

const undo = async (stay, fields) => {
  const answer = await post(stay, fields);
  say(answer.isDone ? words.undone : answer.message, { isBad: !answer.isDone });
  refresh();
};
