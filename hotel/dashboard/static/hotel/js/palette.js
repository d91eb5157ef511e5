// Find or do over any page: Ctrl K opens it, arrows walk the lines, Enter takes the first. Without scripts it is a page.
const dialog = document.getElementById("palette");
const field = dialog?.querySelector("input[type=search]");
const lines = () => [...dialog.querySelectorAll("#palette-hits a")];
let shown = null; // the words that the lines answer

const open = () => {
  if (!dialog.open) dialog.showModal();
  field.select();
};

if (dialog) {
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") { event.preventDefault(); open(); }
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-opens=palette]")) { event.preventDefault(); open(); }
  });
  dialog.addEventListener("htmx:afterSwap", ({ detail }) => {
    shown = new URL(detail.xhr.responseURL).searchParams.get("q");
  });
  dialog.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key], all = [field, ...lines()];
    if (step) {
      event.preventDefault();
      all[(all.indexOf(document.activeElement) + step + all.length) % all.length].focus();
    } else if (event.key === "Enter" && event.target === field && shown === field.value && lines().length) {
      event.preventDefault();
      lines()[0].click();
    }
  });
}
