{% load static %}// The worker of "My rooms": keeps its page and parts in this browser and shows them without a network. It keeps no other page.
const PARTS = "hk-parts", PAGES = "hk-pages", PATIENCE = 4000;
const PAGE = "{% url 'dashboard:my_rooms' %}", STATIC = "{% static '' %}";
const SHELL = [
  "{% static 'hotel/css/tokens.css' %}", "{% static 'hotel/css/desk.css' %}", "{% static 'hotel/css/print.css' %}",
  "{% static 'hotel/css/floor.css' %}", "{% static 'hotel/img/favicon.svg' %}", "{% static 'hotel/img/icons.svg' %}",
  "{% static 'hotel/vendor/htmx.min.js' %}", "{% static 'hotel/vendor/idiomorph-ext.min.js' %}",
  "{% static 'hotel/vendor/inter-latin.woff2' %}",
  "{% static 'hotel/js/live.js' %}", "{% static 'hotel/js/morph.js' %}", "{% static 'hotel/js/palette.js' %}",
  "{% static 'hotel/js/keys.js' %}", "{% static 'hotel/js/hk.js' %}", "{% static 'hotel/js/hk/acts.js' %}",
];

const isOurs = (name) => name === PARTS || name === PAGES;
const install = async () => {
  await (await caches.open(PARTS)).addAll(SHELL);
  await self.skipWaiting();
};
const activate = async () => {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("hk-") && !isOurs(name)).map((name) => caches.delete(name)));
  await self.clients.claim();
};

// What is shown is what the house says; whoever is signed out, or may not see it, leaves nothing behind.
const keep = async (answer) => {
  const pages = await caches.open(PAGES);
  if (answer.redirected || answer.type === "opaqueredirect" || [401, 403, 404].includes(answer.status)) await pages.delete(PAGE);
  else if (answer.ok && (await answer.clone().text()).includes('id="my-rooms"')) await pages.put(PAGE, answer.clone());
  return answer;
};
const page = async (request) => {
  const asked = fetch(request).then(keep);
  const late = new Promise((_, refuse) => { setTimeout(refuse, PATIENCE); });
  try {
    return await Promise.race([asked, late]);
  } catch {
    return (await (await caches.open(PAGES)).match(PAGE)) ?? asked;
  }
};

// Parts come from here at once, and are looked at anew meanwhile.
const part = async (request) => {
  const parts = await caches.open(PARTS), kept = await parts.match(request);
  const asked = fetch(request).then(async (answer) => {
    if (answer.ok) await parts.put(request, answer.clone());
    return answer;
  });
  if (kept) asked.catch(() => undefined);
  return kept ?? asked;
};

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const { request } = event, { origin, pathname, search } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (pathname === PAGE && !search && request.mode === "navigate") event.respondWith(page(request));
  else if (STATIC !== "/" && pathname.startsWith(STATIC)) event.respondWith(part(request));
});
