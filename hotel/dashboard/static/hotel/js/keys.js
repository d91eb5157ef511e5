// Keys without Ctrl: G and a letter lead to a page, J and K walk the lines of a list, ? tells them all. They are kept quiet
// where somebody types, and for whoever turned them off.
const PAUSE = 1500;
const dialog = document.getElementById("keys");
const isTyping = ({ target }) => target.closest("input, select, textarea, [contenteditable]") !== null;
const press = (selector) => document.querySelector(selector)?.click();
const walk = (step) => {
  const rows = [...document.querySelectorAll("main tbody tr > :first-child a")];
  rows[Math.min(Math.max(rows.indexOf(document.activeElement) + step, 0), rows.length - 1)]?.focus();
};
const find = () => {
  const field = document.querySelector("main input[type=search], main input[name=text]");
  if (field) field.focus();
  else press("[data-opens=palette]");
};
const show = () => {
  document.querySelectorAll("dialog[open]").forEach((open) => open.close());
  dialog.showModal();
};
const ACTS = { "?": show, "/": find, n: () => press(".nav [data-key=n]"), j: () => walk(1), k: () => walk(-1) };
let ledAt = -PAUSE;

if (dialog) {
  document.addEventListener("keydown", (event) => {
    if ("off" in dialog.dataset || event.ctrlKey || event.altKey || event.metaKey || isTyping(event)) return;
    if (document.querySelector("dialog[open]")) return;
    const key = event.key.toLowerCase();
    if (event.timeStamp - ledAt < PAUSE && /^[a-z]$/.test(key)) press(`.nav [data-key=${key}]`);
    else if (key === "g") { ledAt = event.timeStamp; return; }
    else if (ACTS[key]) { event.preventDefault(); ACTS[key](); }
    ledAt = -PAUSE;
  });
  document.addEventListener("click", ({ target }) => { if (target.closest("[data-opens=keys]")) show(); });
}
