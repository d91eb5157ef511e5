// What a bar is: told after a moment of rest on it, or on its focus. The hand may go onto the card; Escape puts it away.
const REST = 300, GRACE = 200, GAP = 6;
const tape = document.getElementById("tape");
const card = document.getElementById("chart-card");
let timer = 0, wanted = null;

const hide = () => {
  clearTimeout(timer);
  wanted?.removeAttribute("aria-describedby");
  wanted = null;
  card.hidden = true;
};
const later = (act, wait) => {
  clearTimeout(timer);
  timer = setTimeout(act, wait);
};

// Below the bar, or above it where the window ends.
const lay = (bar) => {
  const { left, top, bottom } = bar.getBoundingClientRect(), { offsetWidth: width, offsetHeight: height } = card;
  card.style.left = `${Math.max(GAP, Math.min(left, innerWidth - width - GAP))}px`;
  card.style.top = `${bottom + GAP + height < innerHeight ? bottom + GAP : Math.max(GAP, top - GAP - height)}px`;
};

const show = async (link) => {
  const answer = await fetch(tape.dataset.card.replace(/0$/, link.dataset.stay)).catch(() => null);
  if (!answer?.ok || answer.redirected || wanted !== link) return;
  const told = new DOMParser().parseFromString(await answer.text(), "text/html").body;
  if (wanted !== link || !link.isConnected) return;
  card.replaceChildren(...told.childNodes);
  card.hidden = false;
  link.setAttribute("aria-describedby", card.id);
  lay(link);
};
const ask = (link) => {
  if (link === wanted) return clearTimeout(timer);
  hide();
  wanted = link;
  later(() => show(link), REST);
};

const linkAt = ({ target }) => target.closest?.(".bar")?.querySelector("a[data-stay]");
tape.addEventListener("pointerover", (event) => {
  if (event.pointerType === "touch" || event.buttons) return;
  const link = linkAt(event);
  if (link) ask(link);
  else if (wanted) later(hide, GRACE);
});
tape.addEventListener("pointerleave", () => { if (wanted) later(hide, GRACE); });
tape.addEventListener("pointerdown", hide);
tape.addEventListener("scroll", () => { if (!card.hidden) hide(); }, { passive: true });
tape.addEventListener("focusin", (event) => { if (event.target.matches("a[data-stay]:focus-visible")) ask(event.target); });
tape.addEventListener("focusout", hide);
card.addEventListener("pointerenter", () => clearTimeout(timer));
card.addEventListener("pointerleave", () => later(hide, GRACE));
document.addEventListener("keydown", ({ key }) => { if (key === "Escape" || key === "m") hide(); });
document.addEventListener("htmx:afterSettle", () => { if (wanted && !wanted.isConnected) hide(); });
