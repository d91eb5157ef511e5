// A mouse or a pen takes a bar, or one end of it, or draws a new one over free days. Fingers scroll; they tap a bar to open it.
import { dayOf, draw, isTaken, lanes, linkOf, measured, rowAt, rowOf, spanOf, tape, told, words } from "./geometry.js";
import { say, send } from "./send.js";

const EDGE = 9, START = 4, MARGIN = 44, PACE = 14;
let drag = null;
export const isDragging = () => drag?.isOn === true;

const kindAt = (bar, x) => {
  const { left, right } = bar.getBoundingClientRect(), isInHouse = linkOf(bar).dataset.status === "in_house";
  if (x > right - EDGE) return "end";
  return x < left + EDGE && !isInHouse ? "start" : "move";
};

tape.addEventListener("dragstart", (event) => event.preventDefault()); // a link would be dragged as a link
tape.addEventListener("pointerdown", (event) => {
  if (event.button || event.pointerType === "touch") return;
  const bar = event.target.closest(".bar"), row = event.target.closest(".row");
  if (bar ? !linkOf(bar)?.matches("[data-movable]") : !row?.dataset.room || !words.booking) return;
  const kind = bar ? kindAt(bar, event.clientX) : "new";
  drag = { bar, row, kind, id: event.pointerId, x: event.clientX, y: event.clientY, at: event, isOn: false };
});

const begin = () => {
  const { bar, row } = drag, sizes = measured();
  const column = Math.max(0, Math.floor((drag.x + tape.scrollLeft - sizes.left) / sizes.day - 0.5));
  const from = bar ? spanOf(bar) : { start: column, end: column + 1 };
  const ghost = bar ? bar.cloneNode(true) : document.createElement("div");
  ghost.removeAttribute("id");
  ghost.classList.add("ghost", ...(bar ? [] : ["bar", "new", "c0", "n0"]));
  const tip = Object.assign(document.createElement("div"), { className: "tip" });
  lanes().append(ghost, tip);
  bar?.classList.add("taken");
  tape.setPointerCapture(drag.id);
  Object.assign(drag, { isOn: true, sizes, from, ghost, tip, to: from, target: row, isBad: false, scroll: tape.scrollLeft });
};

// Where the bar would lie now, and whether it may.
const follow = () => {
  const { sizes, from, kind } = drag, { clientX: x, clientY: y } = drag.at;
  const moved = Math.round((x - drag.x + tape.scrollLeft - drag.scroll) / sizes.day);
  if (kind === "move") {
    drag.target = rowAt(sizes, y + tape.scrollTop - sizes.top);
    const isInHouse = linkOf(drag.bar).dataset.status === "in_house"; // he came when he came
    drag.to = isInHouse ? from : { start: from.start + moved, end: from.end + moved };
  } else if (kind === "start") drag.to = { start: Math.min(from.start + moved, from.end - 1), end: from.end };
  else if (kind === "end") drag.to = { start: from.start, end: Math.max(from.end + moved, from.start + 1) };
  else drag.to = { start: Math.max(0, from.start + Math.min(moved, 0)), end: from.end + Math.max(moved, 0) };
  drag.isBad = isTaken(drag.target, drag.to, drag.bar);
  const top = sizes.tops[sizes.list.indexOf(drag.target)];
  draw(drag.ghost, drag.to);
  drag.ghost.style.top = `${top + 2}px`;
  drag.tip.textContent = `${drag.isBad ? `${words.taken} · ` : ""}${told(drag.target, drag.to)}`;
  drag.tip.style.transform = `translate(${Math.max(0, drag.to.start + 0.5) * sizes.day}px,${Math.max(0, top - sizes.height)}px)`;
  for (const part of [drag.ghost, drag.tip]) part.classList.toggle("bad", drag.isBad);
  for (const row of sizes.list) row.classList.toggle("drop", row === drag.target);
};

// At the edges the chart comes towards the hand, for as long as it stays there.
const push = (value, low, high) => (value < low + MARGIN ? -PACE : value > high - MARGIN ? PACE : 0);
const frame = () => {
  if (!isDragging()) return;
  drag.frame = 0;
  const box = tape.getBoundingClientRect(), { labels, head } = drag.sizes, { scrollLeft, scrollTop } = tape;
  tape.scrollBy(push(drag.at.clientX, box.left + labels, box.right), push(drag.at.clientY, box.top + head, box.bottom));
  follow();
  if (scrollLeft !== tape.scrollLeft || scrollTop !== tape.scrollTop) drag.frame = requestAnimationFrame(frame);
};

addEventListener("pointermove", (event) => {
  if (!drag || event.pointerId !== drag.id) return;
  drag.at = event;
  if (!drag.isOn) {
    if (Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < START) return;
    begin();
  }
  drag.frame ||= requestAnimationFrame(frame);
});

const finish = () => {
  const done = drag;
  drag = null;
  if (!done?.isOn) return null;
  cancelAnimationFrame(done.frame);
  done.ghost.remove();
  done.tip.remove();
  done.bar?.classList.remove("taken");
  done.sizes.list.forEach((row) => row.classList.remove("drop"));
  tape.dispatchEvent(new Event("free"));
  // The button comes up over a link: that was a drop and no click.
  const stop = (event) => { event.preventDefault(); event.stopPropagation(); };
  tape.addEventListener("click", stop, { capture: true, once: true });
  setTimeout(() => tape.removeEventListener("click", stop, { capture: true }), 50);
  return done;
};

addEventListener("pointerup", () => {
  if (isDragging()) follow();
  const done = finish();
  if (!done) return;
  if (done.kind === "new") {
    if (done.isBad) return say(`${words.taken}. ${words.kept}`, { isBad: true });
    const asked = new URLSearchParams({ arrival: dayOf(done.to.start), departure: dayOf(done.to.end), adults: 2 });
    return location.assign(`${words.booking}?${asked}`);
  }
  const home = rowOf(done.bar);
  if (done.target === home && done.to.start === done.from.start && done.to.end === done.from.end) return;
  if (done.isBad) return say(`${words.taken}. ${words.kept}`, { isBad: true });
  send(done.bar, done.target, done.to, home);
});
addEventListener("pointercancel", finish);
addEventListener("keydown", (event) => { if (event.key === "Escape" && isDragging()) { finish(); say(words.kept); } });
