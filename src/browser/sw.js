// Keeps the aid on this device: every file of one build, or none of them.
//
// The three lines below are written by `cargo xtask build`. RELEASE says what this build is. FILES names every file of it with
// the SHA-256 of what it holds, and VERSION is a digest of that list: two builds never share a cache, and what does not fit
// its hash is never kept. A new build waits until the user takes it (or until no page of the old one is open).

const RELEASE = __RELEASE__;
const FILES = new Map(__FILES__);
const VERSION = "__VERSION__";

const SCOPE = new URL("./", self.location).href;
const SCREEN = "index.html";
// Caches belong to the whole server, which may hold the aid at several paths.
const OURS = `inotuzumab:${new URL(SCOPE).pathname}:`;
const CACHE = OURS + VERSION;

const address = (name) => new URL(name, SCOPE).href;

// ------------------------------------------------------------------------------------------------------------- keeping

/** A file of this build as the server has it: refused when it is another, cut short, or a web page in its place. */
async function whole(name) {
  const integrity = FILES.get(name);
  let answer;
  try {
    // The page has just fetched most of them.
    answer = await fetch(address(name), { integrity });
  } catch {
    answer = await fetch(address(name), { integrity, cache: "reload" });
  }
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  const headers = new Headers(answer.headers);
  // They speak of the transfer, which is over.
  for (const name of ["Vary", "Content-Encoding", "Content-Length"]) headers.delete(name);
  // Made anew: a browser refuses a page that a server redirected to.
  return new Response(await answer.arrayBuffer(), { headers });
}

/**
 * What the hospital set beside the page is of no build: it is asked of the server at every start, and kept for when there is none.
 */
const SETTINGS = "config.json";
async function settings() {
  const cache = await caches.open(CACHE).catch(() => undefined);
  const answer = await fetch(address(SETTINGS), { cache: "no-cache", signal: AbortSignal.timeout(3000) }).catch(() => undefined);
  const file = answer?.ok && !/html/.test(answer.headers.get("content-type") ?? "");
  if (file) await cache?.put(address(SETTINGS), answer.clone()).catch(() => {});
  else if (answer?.status === 404 || answer?.status === 410) await cache?.delete(address(SETTINGS));
  else return (await cache?.match(address(SETTINGS))) ?? (await caches.match(address(SETTINGS)).catch(() => undefined)) ?? answer ?? Response.error();
  return answer;
}

async function missing(cache) {
  const there = new Set((await cache.keys()).map((request) => request.url));
  return [...FILES.keys()].filter((name) => !there.has(address(name)));
}

/** Whether every file of this build is kept. */
async function complete() {
  return (await caches.has(CACHE)) && !(await missing(await caches.open(CACHE))).length;
}

/** Fetches what is missing; throws unless nothing is in the end. */
async function fill() {
  const cache = await caches.open(CACHE);
  await Promise.all((await missing(cache)).map(async (name) => cache.put(address(name), await whole(name))));
  // Asked of the storage, which another tab or the browser itself may have emptied meanwhile.
  if ((await missing(await caches.open(CACHE))).length) throw new Error("the cache has lost a file");
}

async function install() {
  try {
    await fill();
    await settings().catch(() => {});
  } catch (error) {
    await caches.delete(CACHE).catch(() => {});
    // What an older build kept is there still.
    if (self.registration.active) throw error;
    for (const page of await pages()) page.postMessage({ aid: "not-kept", full: error.name === "QuotaExceededError" });
    throw error;
  }
}

self.addEventListener("install", (event) => event.waitUntil(install()));

// Old builds stay until a running page asks for `tidy`: a page on its way, which no worker can see yet, may be one of them.
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

// ------------------------------------------------------------------------------------------------------------ old builds

async function pages() {
  const open = await self.clients.matchAll({ includeUncontrolled: true, type: "window" });
  return open.filter((page) => page.url.startsWith(SCOPE));
}

/** The build that a page is of; nothing when it does not answer. */
function buildOf(page) {
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = (event) => done(event.data);
    setTimeout(done, 2000);
    page.postMessage({ aid: "which" }, [port2]);
  });
}

/**
 * Deletes what older builds kept, unless a page of one may still ask for it. Caches are listed in the order in which they were made:
 * a newer build's is never touched, even by a worker that does not know yet that it has been followed.
 */
async function tidy() {
  const names = (await caches.keys()).filter((name) => name.startsWith(OURS));
  const old = names.slice(0, Math.max(names.indexOf(CACHE), 0));
  if (!old.length) return;
  const builds = await Promise.all((await pages()).map(buildOf));
  if (builds.every((build) => build === RELEASE.build)) await Promise.all(old.map((name) => caches.delete(name)));
}

self.addEventListener("message", (event) => {
  if (event.data === "release") event.ports[0]?.postMessage(RELEASE);
  if (event.data === "complete") event.waitUntil(complete().catch(() => false).then((it) => event.ports[0]?.postMessage(it)));
  if (event.data === "use") self.skipWaiting();
  if (event.data === "claim") event.waitUntil(self.clients.claim());
  if (event.data === "tidy") event.waitUntil(tidy());
});

// ------------------------------------------------------------------------------------------------------------- answering

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(SCOPE)) return;
  if (request.url === address(SETTINGS)) event.respondWith(settings());
  else event.respondWith(request.mode === "navigate" ? screen(event) : file(request));
});

const nameOf = (request) => decodeURI(new URL(request.url).pathname.slice(new URL(SCOPE).pathname.length));

/**
 * What is kept for a request. The name says what a file holds, in itself or behind `?`, so an exact match is right from whichever
 * build it comes; all else comes from this one.
 */
async function kept(request) {
  try {
    const cache = await caches.open(CACHE);
    return (await cache.match(request)) ?? (await caches.match(request)) ?? (await cache.match(request, { ignoreSearch: true }));
  } catch {
    // Storage that is gone or refuses: as if nothing were kept.
    return undefined;
  }
}

async function file(request) {
  // "reload" asks past every copy: the one that is kept may be damaged.
  const copy = request.cache === "reload" ? undefined : await kept(request);
  if (copy) return copy;
  const name = [...FILES.keys()].find((name) => address(name) === request.url) ?? nameOf(request);
  if (!FILES.has(name)) return fetch(request);
  try {
    const answer = await whole(name);
    const again = answer.clone();
    caches.open(CACHE).then((cache) => cache.put(address(name), again)).catch(() => {});
    return answer;
  } catch (error) {
    const copy = await kept(request);
    if (copy) return copy;
    throw error;
  }
}

/** What goes into the window. */
async function screen(event) {
  const { request } = event;
  const name = nameOf(request) || SCREEN;
  const network = () => fetch(request).then((answer) => (answer.status < 500 ? answer : null), () => null);
  if (!FILES.has(name)) return (await network()) ?? Response.redirect(SCOPE);
  if (!(await complete().catch(() => false))) {
    // Something took a part of it: the server's page, whole, before half of ours.
    event.waitUntil(fill().catch(() => {}));
    const answer = await network();
    if (answer) return answer;
  }
  return (await kept(new Request(address(name)))) ?? (await network()) ?? new Response(
    "The dosing aid is no longer whole on this device, and its server does not answer. Connect to the network and reload; until then, dose from the printed label or call the pharmacy.",
    { status: 503, headers: { "Content-Type": "text/plain; charset=utf-8" } },
  );
}
