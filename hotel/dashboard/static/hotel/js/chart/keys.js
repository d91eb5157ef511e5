// Hands on keys: one bar is reached by Tab, arrows walk from it; M takes it, arrows move it, Enter drops it.
import { isTaken, linkOf, put, rowOf, rows, spanOf, tape, told, words } from "./geometry.js";
import { say, send } from "./send.js";

let taken = null;
export const isMoving = () => taken !== null;
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const bars = (row) => [...row.querySelectorAll(".bar")].filter(linkOf);

// One stop for Tab: the bar that had the focus last, else the first.
export const tabStop = (wanted) => {
  const links = [...tape.querySelectorAll(".bar a")];
  const stop = wanted ?? links.find((link) => link === document.activeElement) ?? links[0];
  for (const link of links) link.tabIndex = link === stop ? 0 : -1;
};

const focus = (bar) => {
  tabStop(linkOf(bar));
  linkOf(bar).focus({ preventScroll: true });
  bar.scrollIntoView({ block: "nearest", inline: "nearest" });
};

const neighbour = (bar, [down, along]) => {
  const row = rowOf(bar), list = rows();
  if (along) return bars(row)[bars(row).indexOf(bar) + along];
  const { start } = spanOf(bar), far = (other) => Math.abs(spanOf(other).start - start);
  for (let at = list.indexOf(row) + down; list[at]; at += down) {
    const found = bars(list[at]);
    if (found.length) return found.reduce((best, other) => (far(other) < far(best) ? other : best));
  }
  return null;
};

const lay = (row, span) => {
  const { bar } = taken;
  put(bar, row, span);
  taken.span = span;
  taken.isBad = isTaken(row, span, bar);
  bar.classList.toggle("bad", taken.isBad);
  bar.scrollIntoView({ block: "nearest", inline: "nearest" });
  say(`${taken.isBad ? `${words.taken}: ` : ""}${told(row, span)}`, { isBad: taken.isBad });
};

const take = (bar) => {
  taken = { bar, home: rowOf(bar), span: spanOf(bar), isBad: false };
  say(words.mode);
};

const leave = () => {
  const { bar, home } = taken;
  put(bar, home, spanOf(bar));
  bar.classList.remove("bad");
  taken = null;
  tape.dispatchEvent(new Event("free"));
};

const moved = (event) => {
  const { bar, span } = taken, step = STEPS[event.key], isInHouse = linkOf(bar).dataset.status === "in_house";
  if (event.key === "Escape") { leave(); say(words.kept); }
  else if (event.key === "Enter") {
    if (taken.isBad) return;
    const { home } = taken, row = rowOf(bar), was = spanOf(bar);
    leave();
    if (row !== home || was.start !== span.start || was.end !== span.end) send(bar, row, span, home);
  } else if (step && event.shiftKey) lay(rowOf(bar), { start: span.start, end: Math.max(span.start + 1, span.end + step[1]) });
  else if (step) {
    const list = rows(), row = list[list.indexOf(rowOf(bar)) + step[0]] ?? rowOf(bar), by = isInHouse ? 0 : step[1];
    lay(row, { start: span.start + by, end: span.end + by });
  } else return;
  event.preventDefault();
};

tape.addEventListener("keydown", (event) => {
  const bar = event.target.closest(".bar");
  if (!bar || event.ctrlKey || event.metaKey || event.altKey) return;
  if (taken) { moved(event); return; }
  if (event.key.toLowerCase() === "m" && linkOf(bar).matches("[data-movable]")) { take(bar); return; }
  const found = STEPS[event.key] && neighbour(bar, STEPS[event.key]);
  if (found) { event.preventDefault(); focus(found); }
});
