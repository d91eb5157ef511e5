// What somebody did and could not send yet: kept in this browser, sent in order, each under a key of its own, so that it
// counts once however often it is sent.
const NAME = "hk", ACTS = "acts", CARDS = "cards";

const opened = new Promise((resolve, refuse) => {
  const asked = indexedDB.open(NAME, 1);
  asked.onupgradeneeded = () => {
    for (const store of [ACTS, CARDS]) asked.result.createObjectStore(store, { keyPath: "n", autoIncrement: true });
  };
  asked.onsuccess = () => resolve(asked.result);
  asked.onerror = () => refuse(asked.error);
});
const done = (request) => new Promise((resolve, refuse) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => refuse(request.error);
});
const store = async (name, mode) => (await opened).transaction(name, mode).objectStore(name);
const add = async (name, row) => done((await store(name, "readwrite")).add(row));
const drop = async (name, n) => done((await store(name, "readwrite")).delete(n));
const all = async (name) => done((await store(name, "readonly")).getAll());

export const cards = () => all(CARDS);
export const cardDrop = (n) => drop(CARDS, n);
export const waiting = async (who, place) => (await all(ACTS)).filter((act) => act.who === who && act.place === place);

export const keep = (form, { who, place }, what) => {
  const fields = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken"), act = form.dataset.act;
  const own = new Map([...fields, [`${act}-key`, crypto.randomUUID()], [`${act}-at`, new Date().toISOString()]]);
  return add(ACTS, { who, place, act, task: form.closest("[data-task]").dataset.task, what, fields: [...own] });
};

const TRY_AGAIN = new Set([408, 425, 429]);
// "sent", "refused" with a card, "later" when there is no network, "away" when the person has to sign in.
const sendOne = async (act, address, token) => {
  const body = new FormData();
  for (const [name, value] of [["csrfmiddlewaretoken", token], ...act.fields]) body.append(name, value);
  let answer;
  try {
    answer = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual" });
  } catch {
    return "later";
  }
  if (answer.type === "opaqueredirect") return "away";
  if (answer.status >= 500 || TRY_AGAIN.has(answer.status)) return "later";
  const told = await answer.json().catch(() => null);
  if (told === null) return "away"; // a page instead of an answer: the form is too old, or its person signed out
  if (told.is_kept) return "later";
  if (!answer.ok) await add(CARDS, { who: act.who, what: act.what, message: told.message });
  await drop(ACTS, act.n);
  return answer.ok ? "sent" : "refused";
};

export const send = (who, place, address, tokenOf) => navigator.locks.request("hk-send", async () => {
  let last = "nothing";
  for (const act of await waiting(who, place)) {
    last = await sendOne(act, address, tokenOf());
    if (last === "later" || last === "away") break;
  }
  return last;
});

export const forget = async () => {
  (await opened).close();
  await Promise.all([
    done(indexedDB.deleteDatabase(NAME)),
    ...(await caches.keys()).filter((name) => name.startsWith("hk-")).map((name) => caches.delete(name)),
    ...(await navigator.serviceWorker.getRegistrations()).map((worker) => worker.unregister()),
  ]);
};
