// The grid of rates as a sheet: keys, filling, paste, undo. What is typed is kept in this tab until it is published; the server
// alone decides. A cell is "price;least nights;flags", and what was seen goes back with what is wanted.
const FLAGS = { x: "x", "×": "x", a: "a", cta: "a", d: "d", ctd: "d" };
const table = () => document.getElementById("rates");
const by = (id) => document.getElementById(`rates-${id}`);
const store = `rates:${table()?.dataset.place}:${table()?.dataset.person}`, sentStore = `${store}:sent`;
const kept = () => { try { return JSON.parse(sessionStorage.getItem(store)) ?? {}; } catch { return {}; } };
let edits = kept(); // "plan:type:night" to {seen, wanted}
let undo = [], anchor = null, active = null, editor = null;

const nights = () => [...table().tHead.rows[0].cells].slice(1).map((head) => head.dataset.night);
const rows = () => [...table().querySelectorAll("tr[data-plan]")];
const cellAt = (row, column) => {
  const cell = column < 0 ? null : rows()[row]?.cells[column + 1];
  return cell?.dataset.s === undefined ? null : cell; // nights that are over cannot be changed
};
const placeOf = (cell) => ({ row: rows().indexOf(cell.parentNode), column: cell.cellIndex - 1 });
const keyOf = (cell) => `${cell.parentNode.dataset.plan}:${cell.parentNode.dataset.type}:${nights()[cell.cellIndex - 1]}`;
const shown = (price) => (price === "" ? "–" : Number(price) % 1 ? price : price.replace(/\..*/, ""));
const marks = (least, flags) =>
  [least && `${least}n`, flags.includes("a") && "CTA", flags.includes("d") && "CTD", flags.includes("x") && "×"]
    .filter(Boolean).join(" ");
const say = (...texts) => { by("say").textContent = texts.filter(Boolean).join(". "); };
const words = (name, n) => by("say").dataset[name].replace("{n}", n);

const draw = (cell) => {
  const edit = edits[keyOf(cell)], [price, least, flags] = (edit?.wanted ?? cell.dataset.s).split(";");
  cell.querySelector("b").textContent = shown(price);
  cell.querySelector(".own").textContent = marks(least, flags);
  const above = cell.querySelector(".up")?.textContent.includes("×");
  cell.classList.toggle("shut", flags.includes("x") || Boolean(above));
  cell.classList.toggle("new", Boolean(edit));
  cell.classList.toggle("behind", Boolean(edit) && edit.seen !== cell.dataset.s);
  const [was, wasLeast, wasFlags] = cell.dataset.s.split(";");
  if (edit) cell.title = `${by("say").dataset.was} ${shown(was)} ${marks(wasLeast, wasFlags)}`.trim();
  else cell.removeAttribute("title");
};

const count = () => {
  const n = Object.keys(edits).length;
  if (n) sessionStorage.setItem(store, JSON.stringify(edits));
  else sessionStorage.removeItem(store);
  by("count").textContent = n ? `(${n})` : "";
  by("review").disabled = !n;
  by("drop").hidden = !n;
  by("undo").disabled = !undo.length;
};

// One step: what several cells are to say; null for what they said before.
const apply = (wanted, isUndone = false) => {
  const before = [];
  for (const [key, cell, value] of wanted) {
    before.push([key, edits[key] ?? null]);
    const seen = cell?.dataset.s ?? edits[key]?.seen;
    if (value === null || value === seen) delete edits[key];
    else edits[key] = { seen, wanted: value };
    if (cell) draw(cell);
  }
  if (!isUndone && before.length) undo.push(before);
  count();
};

const back = () => {
  const step = undo.pop();
  if (!step) return;
  for (const [key, edit] of step) {
    if (edit) edits[key] = edit;
    else delete edits[key];
  }
  paint();
  count();
  say(words("changed", Object.keys(edits).length));
};

// What is typed, for a cell that says "price;least;flags"; null when it is nothing that can stand there.
const typed = (text, token) => {
  const decimals = Number(table().dataset.decimals);
  let [price, least, flags] = token.split(";");
  const parts = text.trim().toLowerCase().replace(/([+\-−])\s+/g, "$1").split(/\s+/);
  for (const part of parts.filter(Boolean)) {
    const number = /^([+\-−]?)(\d+(?:[.,]\d+)?)(%?)$/.exec(part), stay = /^(\d{1,3})n$/.exec(part);
    if (stay) { least = Number(stay[1]) ? String(Number(stay[1])) : ""; continue; }
    if (FLAGS[part]) {
      const flag = FLAGS[part], has = flags.includes(flag);
      flags = [..."xad"].filter((one) => (one === flag ? !has : flags.includes(one))).join("");
      continue;
    }
    if (!number || (number[3] && !number[1])) return null;
    let value = Number(number[2].replace(",", "."));
    if (number[1]) {
      if (price === "") return null;
      value = (number[1] === "+" ? 1 : -1) * (number[3] ? (Number(price) * value) / 100 : value) + Number(price);
    }
    price = (Math.round(Math.max(0, value) * 10 ** decimals) / 10 ** decimals).toFixed(decimals);
  }
  return `${price};${least};${flags}`;
};

const now = (cell) => edits[keyOf(cell)]?.wanted ?? cell.dataset.s;
const chosen = () => {
  if (!active) return [];
  const one = placeOf(active), other = placeOf(anchor ?? active), found = [];
  for (let row = Math.min(one.row, other.row); row <= Math.max(one.row, other.row); row += 1)
    for (let column = Math.min(one.column, other.column); column <= Math.max(one.column, other.column); column += 1)
      if (cellAt(row, column)) found.push(cellAt(row, column));
  return found;
};

const put = (cells, text) => {
  const wanted = cells.map((cell) => [keyOf(cell), cell, typed(text, now(cell))]);
  if (!text.trim() || wanted.some(([, , value]) => value === null)) { say(by("say").dataset.wrong); return false; }
  apply(wanted);
  say(words("changed", cells.length));
  return true;
};

const choose = (cell, isMore = false) => {
  if (!cell) return;
  if (!isMore) anchor = cell;
  active?.setAttribute("tabindex", "-1");
  active = cell;
  cell.setAttribute("tabindex", "0");
  cell.focus();
  const all = new Set(chosen());
  table().querySelectorAll("[data-s]").forEach((one) => {
    one.classList.toggle("sel", all.size > 1 && all.has(one));
    if (all.size > 1 && all.has(one)) one.setAttribute("aria-selected", "true"); else one.removeAttribute("aria-selected");
  });
};

const close = () => {
  if (!editor) return;
  const { cell, field } = editor;
  editor = null;
  field.remove();
  delete cell.dataset.own;
  [...cell.children].forEach((one) => { one.hidden = false; });
  draw(cell);
};

const edit = (cell, text) => {
  close();
  const field = document.createElement("input");
  field.value = text;
  field.setAttribute("aria-label", cell.parentNode.getAttribute("aria-label"));
  cell.dataset.own = "";
  [...cell.children].forEach((one) => { one.hidden = true; });
  cell.append(field);
  editor = { cell, field };
  field.focus();
  field.addEventListener("blur", () => { if (editor?.field === field) finish([cell]); });
};

const finish = (cells) => {
  const text = editor.field.value;
  if (!text.trim()) { close(); return true; }
  const { cell } = editor;
  close();
  const isGood = put(cells, text);
  if (!isGood) edit(cell, text);
  return isGood;
};

const MOVES = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
const step = (cell, [down, right], isMore) => {
  const at = placeOf(cell);
  choose(cellAt(at.row + down, at.column + right) ?? cell, isMore);
};

const inEditor = (event) => {
  const { cell } = editor;
  if (event.key === "Escape") { close(); choose(cell); event.preventDefault(); }
  if (event.key === "Enter") {
    event.preventDefault();
    if (event.ctrlKey || event.metaKey) { if (finish(chosen())) choose(cell); } else if (finish([cell])) step(cell, MOVES.ArrowDown);
  }
  if (event.key === "Tab" && finish([cell])) { event.preventDefault(); step(cell, event.shiftKey ? MOVES.ArrowLeft : MOVES.ArrowRight); }
  event.stopPropagation();
};

document.addEventListener("keydown", (event) => {
  if (editor && event.target === editor.field) { inEditor(event); return; }
  const cell = event.target.closest?.("#rates [data-s]"), isCommand = event.ctrlKey || event.metaKey;
  if (event.target.id === "rates-fill" && event.key === "Enter") { event.preventDefault(); by("put").click(); return; }
  if (!cell) return;
  if (isCommand && event.key.toLowerCase() === "z") { event.preventDefault(); back(); return; }
  if (event.altKey || isCommand) return;
  event.stopPropagation(); // single keys of the house are letters of the sheet here
  if (MOVES[event.key]) { event.preventDefault(); step(cell, MOVES[event.key], event.shiftKey); }
  else if (event.key === "Home" || event.key === "End") {
    event.preventDefault();
    const open = [...cell.parentNode.querySelectorAll("[data-s]")];
    choose(open.at(event.key === "Home" ? 0 : -1), event.shiftKey);
  } else if (event.key === "Enter" || event.key === "F2") { event.preventDefault(); edit(cell, shown(now(cell).split(";")[0]).replace("–", "")); }
  else if (event.key === "Delete" || event.key === "Backspace") {
    event.preventDefault();
    apply(chosen().map((one) => [keyOf(one), one, `;${now(one).split(";").slice(1).join(";")}`]));
    say(words("changed", chosen().length));
  } else if (event.key.length === 1 && event.key !== " ") { event.preventDefault(); edit(cell, event.key); }
}, true);

document.addEventListener("mousedown", (event) => {
  const cell = event.target.closest?.("#rates [data-s]");
  if (!cell || editor?.cell === cell) return;
  event.preventDefault();
  if (editor && !finish([editor.cell])) return;
  choose(cell, event.shiftKey);
});
document.addEventListener("dblclick", ({ target }) => {
  const cell = target.closest?.("#rates [data-s]");
  if (cell) edit(cell, shown(now(cell).split(";")[0]).replace("–", ""));
});
document.addEventListener("copy", (event) => {
  if (editor || !event.target.closest?.("#rates [data-s]")) return;
  const lines = new Map();
  chosen().forEach((cell) => lines.set(cell.parentNode, [...(lines.get(cell.parentNode) ?? []), now(cell).split(";")[0]]));
  event.clipboardData.setData("text/plain", [...lines.values()].map((line) => line.join("\t")).join("\n"));
  event.preventDefault();
});
document.addEventListener("paste", (event) => {
  if (editor || !event.target.closest?.("#rates [data-s]")) return;
  event.preventDefault();
  const at = placeOf(chosen()[0]), wanted = [];
  let skipped = 0;
  event.clipboardData.getData("text/plain").replace(/\r?\n$/, "").split(/\r?\n/).forEach((line, down) =>
    line.split("\t").forEach((text, right) => {
      const cell = cellAt(at.row + down, at.column + right), value = cell && text.trim() ? typed(text, now(cell)) : null;
      if (value === null) skipped += text.trim() ? 1 : 0;
      else wanted.push([keyOf(cell), cell, value]);
    }));
  apply(wanted);
  say(words("changed", wanted.length), skipped && words("skipped", skipped));
});

const paint = () => {
  const cells = [...table().querySelectorAll("[data-s]")];
  cells.forEach((cell) => {
    const edit = edits[keyOf(cell)];
    if (edit && edit.wanted === cell.dataset.s) delete edits[keyOf(cell)];
    cell.setAttribute("tabindex", "-1");
    if (edit || cell.classList.contains("new")) draw(cell);
  });
  const again = active?.isConnected ? active : cells[0];
  again?.setAttribute("tabindex", "0");
};
const behind = () => table().querySelectorAll(".behind").length;

document.addEventListener("htmx:afterSettle", () => {
  if (!table()) return;
  paint();
  count();
  if (behind()) say(words("stale", behind()));
});

if (table()) {
  const here = new URL(location.href);
  if (here.searchParams.has("done")) {
    if (sessionStorage.getItem(sentStore) === JSON.stringify(edits)) edits = {};
    sessionStorage.removeItem(sentStore);
    here.searchParams.delete("done");
    history.replaceState(null, "", here);
  }
  document.getElementById("rates-bar").hidden = false;
  by("put").addEventListener("click", () => {
    if (!active) choose(table().querySelector("[data-s]"));
    if (put(chosen(), by("fill").value)) active.focus();
  });
  by("undo").addEventListener("click", back);
  by("drop").addEventListener("click", () => {
    apply(Object.keys(edits).map((key) => [key, null, null]));
    paint();
    say(words("changed", 0));
  });
  document.getElementById("rates-bar").addEventListener("submit", () => {
    const list = Object.entries(edits).map(([key, { seen, wanted }]) => {
      const [plan, type, night] = key.split(":");
      return [Number(plan), Number(type), night, seen, wanted];
    });
    by("edits").value = JSON.stringify(list);
    sessionStorage.setItem(sentStore, JSON.stringify(edits));
  });
  paint();
  count();
  if (behind()) say(words("stale", behind()));
}
