// The board by hand: a card is dragged to a column, or moved by Alt and an arrow key. Only moves that its own forms make are
// possible; one that asks for something opens its form.
const board = () => document.getElementById("kanban");
const say = document.getElementById("board-say");
const columns = () => [...board().querySelectorAll("[data-column]")];
const formTo = (card, name) => [...card.querySelectorAll("form[data-to]")].find((form) => form.dataset.to === name);
let dragged = null;

const go = (card, name) => {
  const form = formTo(card, name);
  if (!form) { say.textContent = say.dataset.cannot; return; }
  const empty = [...form.elements].find((field) => field.required && !field.value);
  if (!empty) { form.requestSubmit(); return; }
  card.querySelector("details").open = true;
  empty.focus();
};

document.addEventListener("pointerdown", ({ target }) => {
  const card = target.closest(".slip");
  if (card) card.draggable = !target.closest("details, a");
});
document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.(".slip");
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.id);
  columns().forEach((column) => column.classList.toggle("open", Boolean(formTo(dragged, column.dataset.column))));
});
document.addEventListener("dragover", (event) => {
  const column = event.target.closest?.("[data-column]");
  if (dragged && column && formTo(dragged, column.dataset.column)) event.preventDefault();
});
document.addEventListener("drop", (event) => {
  const column = event.target.closest?.("[data-column]");
  if (!dragged || !column) return;
  event.preventDefault();
  go(dragged, column.dataset.column);
});
document.addEventListener("dragend", () => {
  dragged = null;
  columns().forEach((column) => column.classList.remove("open"));
});
document.addEventListener("keydown", (event) => {
  const card = event.target, step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!event.altKey || !step || !card.matches(".slip")) return;
  event.preventDefault();
  const names = columns().map((column) => column.dataset.column);
  let at = names.indexOf(card.closest("[data-column]").dataset.column) + step;
  while (names[at] && !formTo(card, names[at])) at += step;
  go(card, names[at]);
});
