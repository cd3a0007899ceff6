{% comment %}The service worker. Context: page (address), parts (addresses). Autoescape is off: addresses of our own.{% endcomment %}{% autoescape off %}// Keeps one page and its parts for the time when the node cannot be reached. It keeps no other page: what
// a client's pages say is never written down here. Everything is asked of the node first.
const PAGE = "{{ page }}";
const PARTS = [{% for part in parts %}"{{ part }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const KEPT = "tongban-window-1";

async function keep() {
  const kept = await caches.open(KEPT);
  for (const part of [PAGE, ...PARTS]) {
    const answer = await fetch(part, { cache: "reload", credentials: "same-origin", redirect: "error" });
    if (answer.ok) await kept.put(part, answer);
  }
}

self.addEventListener("install", (event) => event.waitUntil(keep().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => {
  if (event.data === "keep") event.waitUntil(keep().catch(() => undefined));
});

async function answerPage(request) {
  try {
    return await fetch(request);
  } catch {
    const kept = await caches.match(PAGE);
    return kept ?? Response.error();
  }
}

async function answerPart(request) {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match(request, { ignoreSearch: true })) ?? Response.error();
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate") event.respondWith(answerPage(request));
  else if (PARTS.includes(new URL(request.url).pathname)) event.respondWith(answerPart(request));
});
{% endautoescape %}
