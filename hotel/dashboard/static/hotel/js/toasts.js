// What the house tells after an act: told beside the page for a while, errors until somebody has seen them, and all of it kept
// in a list for as long as the tab and its person stay. Without this file the words stand on top of the page.
const SHOWN = 8_000, KEPT = 30, LEAVES = /\/(logout|lock\/now)$/;
const LEVELS = ["error", "warning", "success", "info"];
const stack = document.getElementById("toasts");
const list = document.getElementById("told");
const bell = document.querySelector("[data-opens=told]");

const read = () => {
  const kept = JSON.parse(sessionStorage.getItem("told") ?? "{}");
  return kept.who === list.dataset.who ? kept : { who: list.dataset.who, all: [], unseen: 0 };
};
const write = (kept) => {
  sessionStorage.setItem("told", JSON.stringify({ ...kept, all: kept.all.slice(0, KEPT) }));
  bell.hidden = kept.all.length === 0;
  bell.querySelector("b").textContent = kept.unseen || "";
};
const make = (name, values, ...parts) => {
  const made = Object.assign(document.createElement(name), values);
  made.append(...parts);
  return made;
};

export const tell = (text, level = "info") => {
  const kept = read(), time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  kept.all.unshift({ time, text, level });
  write({ ...kept, unseen: kept.unseen + 1 });
  const close = make("button", { type: "button", className: "btn s ghost", ariaLabel: stack.dataset.close }, "✕");
  const toast = make("div", { className: `notice ${level}` }, make("p", {}, text), close);
  toast.setAttribute("role", level === "error" ? "alert" : "status");
  close.addEventListener("click", () => toast.remove());
  stack.append(toast);
  if (level === "error") return;
  let left = 0;
  const count = () => { left = setTimeout(() => toast.remove(), SHOWN); };
  for (const name of ["pointerenter", "focusin"]) toast.addEventListener(name, () => clearTimeout(left));
  for (const name of ["pointerleave", "focusout"]) toast.addEventListener(name, count);
  count();
};

// The words of a page that was just loaded, here or into the drawer, become toasts.
export const tellAll = (page) => page.querySelectorAll(".messages .notice").forEach((notice) => {
  tell(notice.textContent.trim(), LEVELS.find((level) => notice.classList.contains(level)));
  notice.remove();
});

if (stack) {
  write(read());
  tellAll(document);
  bell.addEventListener("click", () => {
    const kept = read();
    write({ ...kept, unseen: 0 });
    list.querySelector("ul").replaceChildren(...kept.all.map(({ time, text, level }) =>
      make("li", { className: `notice ${level}` }, make("small", {}, time), ` ${text}`)));
    list.showModal();
  });
  document.addEventListener("submit", ({ target, submitter }) => {
    if (LEAVES.test(submitter?.getAttribute("formaction") ?? target.getAttribute("action") ?? "")) sessionStorage.removeItem("told");
  });
}
