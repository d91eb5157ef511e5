// The chart as numbers: a column is a day counted from the first one shown, and may lie outside of the days shown.
const DAY = 864e5;
export const tape = document.getElementById("tape");
export const words = document.getElementById("chart-form").dataset;
export const lanes = () => tape.querySelector(".lanes");
export const rows = () => [...tape.querySelectorAll(".row")];
export const dayCount = () => Number(tape.dataset.days);
export const columnOf = (day) => (Date.parse(day) - Date.parse(tape.dataset.first)) / DAY;
export const dayOf = (column) => new Date(Date.parse(tape.dataset.first) + column * DAY).toISOString().slice(0, 10);
export const spanOf = (bar) => ({ start: columnOf(bar.dataset.start), end: columnOf(bar.dataset.end) });
export const linkOf = (bar) => bar.querySelector("a");
export const rowOf = (bar) => bar.closest(".row");

// A night belongs to a claim from its day on; a day use claims its one day.
const claims = ({ start, end }) => [start, Math.max(end, start + 1)];
export const isTaken = (row, span, self) => row.dataset.room !== "" && [...row.querySelectorAll(".bar")].some((bar) => {
  if (bar === self || (self && linkOf(bar)?.dataset.stay === linkOf(self).dataset.stay)) return false;
  const [start, end] = claims(spanOf(bar)), [first, last] = claims(span);
  return start < last && first < end;
});

const short = (column) => new Date(`${dayOf(column)}T00:00Z`).toLocaleDateString(document.documentElement.lang, { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });
export const told = (row, { start, end }) => {
  const count = end - start, nights = count === 1 ? words.night : words.nights;
  return `${row.dataset.number || words.noRoom} · ${short(start)} – ${short(end)} · ${count} ${nights}`;
};

const swap = (bar, letter, number) => {
  const old = [...bar.classList].find((name) => RegExp(`^${letter}\\d+$`).test(name));
  bar.classList.replace(old, letter + number);
};
// Draw a bar at other columns, as the server would.
export const draw = (bar, { start, end }) => {
  const first = Math.max(start, 0), last = Math.min(end, dayCount());
  swap(bar, "c", first);
  swap(bar, "n", Math.max(last - first, 0));
  bar.classList.toggle("cut-l", start < 0);
  bar.classList.toggle("cut-r", end >= dayCount());
};

// Put a bar into a row at a span; who has it under his fingers keeps it.
export const put = (bar, row, span) => {
  const hadFocus = bar.contains(document.activeElement);
  if (rowOf(bar) !== row) row.append(bar);
  draw(bar, span);
  if (hadFocus) linkOf(bar).focus({ preventScroll: true });
};

// Lengths in pixels, read once at the start of a drag.
export const measured = () => {
  const list = rows();
  return {
    list,
    tops: list.map((row) => row.offsetTop),
    height: list[0].offsetHeight,
    day: lanes().offsetWidth / dayCount(),
    labels: tape.querySelector(".labels").offsetWidth,
    head: tape.querySelector(".thead").offsetHeight,
    left: lanes().getBoundingClientRect().left + tape.scrollLeft,
    top: lanes().getBoundingClientRect().top + tape.scrollTop,
  };
};
export const rowAt = ({ list, tops }, y) => {
  let low = 0, high = list.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (tops[middle] <= y) low = middle; else high = middle - 1;
  }
  return list[low];
};
