// Starts the aid, and says in plain words why when it cannot. Loaded by index.html; nothing else on the page is script.
//
// Whatever happens, one of three things is on the screen: the first screen of index.html ("loading"), the aid, or a message
// with a way out. Text only ever goes in as text (textContent), so Trusted Types have nothing to refuse.

const build = document.querySelector('meta[name="build"]')?.content ?? "unknown";
const root = document.getElementById("aid");
const USE_LABEL = "Until it works, dose from the printed label (US prescribing information 3/2024, section 2), or call the pharmacy.";

/** `stopped` is final: once set, nothing but a reload brings the aid back. */
let stopped = false;
let started = false;

/** Where the page stands (loading, running, refused, stopped), for tests and for whoever embeds it. */
function became(state) {
  document.documentElement.dataset.aid = state;
  performance.mark(`aid-${state}`);
}
became("loading");

// ---------------------------------------------------------------------------------------------------------- messages

function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

/** A whole screen of text: what it is, what happened, what to do instead, a way out, and which build this is. */
function screen(testid, heading, happened, advice) {
  const name = element("header", "shell-bar", element("b", "", "Inotuzumab ozogamicin"), " ", element("span", "", "US label 3/2024, EU SmPC"));
  const again = element("a", "shell-again", "Reload the page");
  again.href = "";
  const reason = element("div", "shell-stop", ...happened.map((text) => element("p", "", text)));
  reason.setAttribute("role", "alert");
  const table = element("a", "", "Label table to print");
  table.href = "./label.html";
  const id = element("span", "", build);
  id.translate = false;
  const main = element("main", "shell", element("h1", "", heading), reason, element("p", "", advice), element("p", "", again), element("p", "", table), element("p", "shell-build", "Build ", id));
  main.dataset.testid = testid;
  return [name, main];
}

/** The aid could not start: say why in the place of the first screen. */
function refuse(happened) {
  if (stopped) return;
  stopped = true;
  root.replaceChildren(...screen("refused", "The aid could not start", happened, USE_LABEL));
  became("refused");
  replaceBuild();
}

/**
 * The program broke while it ran. Everything it drew goes: a number left on the screen would be one that
 * nothing stands behind any more.
 */
function stop() {
  if (stopped) return;
  stopped = true;
  // All but the style sheets: a sheet that is moved is fetched again, and this screen must not wait for anything. In the one
  // file the label table is a part of the page.
  for (const node of [...document.body.childNodes]) {
    if (!(node instanceof Element && node.matches("link, style, #label-table"))) node.remove();
  }
  document.body.removeAttribute("class");
  document.body.prepend(
    ...screen(
      "stopped",
      "The aid has stopped",
      ["A fault in the program itself ended it. Do not use any number it showed: what was on the screen is withdrawn."],
      "Reload the page and enter the patient again. If it stops again, dose from the printed label (US prescribing information 3/2024, section 2), or call the pharmacy, and report the build named below.",
    ),
  );
  document.title = "Stopped: inotuzumab ozogamicin";
  document.body.querySelector("a").focus();
  became("stopped");
}

// --------------------------------------------------------------------------------------------- nothing runs after a stop

// Registered before the program's own listeners, on the outermost target: after a stop no event reaches the program, even
// one that was already on its way. Default actions (following "Reload the page") still happen.
const EVENTS = [
  "click", "dblclick", "auxclick", "contextmenu", "pointerdown", "pointerup", "mousedown", "mouseup", "touchstart", "touchend",
  "keydown", "keyup", "keypress", "beforeinput", "input", "change", "submit", "reset", "toggle", "copy", "cut", "paste", "drop",
  "focus", "blur", "focusin", "focusout", "hashchange", "popstate", "message", "storage", "resize", "scroll",
  "visibilitychange", "beforeprint", "afterprint", "pagehide", "pageshow", "online", "offline", "beforeunload",
];
for (const type of EVENTS) {
  window.addEventListener(type, (event) => stopped && event.stopImmediatePropagation(), { capture: true });
}

// A page that a browser had put aside and brings back begins anew from what the tab kept: WebKit empties its boxes and leaves its
// numbers.
window.addEventListener("pageshow", (event) => event.persisted && location.reload());

/** A fault of the wasm itself (memory, stack, `unreachable`) comes without the panic hook. Faults of browser add-ons do not count. */
function isOurs(error) {
  return error instanceof WebAssembly.RuntimeError || /wasm/.test(error?.stack ?? "");
}
window.addEventListener("error", (event) => started && isOurs(event.error) && stop());
window.addEventListener("unhandledrejection", (event) => started && isOurs(event.reason) && stop());

// ------------------------------------------------------------------------------------------------- the first step, early

/** The questions of the first step on the first screen, answered while the program is on its way. */
const early = document.querySelector("form.early");

/** Whether the first step is what comes: not another address, a part of another page, or what this tab kept. */
function beginsAfresh() {
  try {
    return /^#?(visit)?$/.test(location.hash) && !/[?&]embed=/.test(location.search) && !sessionStorage.getItem("inotuzumab-case");
  } catch {
    return true;
  }
}

if (early && !beginsAfresh()) early.remove();
if (early?.isConnected) {
  // Nothing is asked of a server: the program goes on from here.
  early.addEventListener("submit", (event) => event.preventDefault());
  const box = early.elements["visit-date"];
  const now = new Date();
  const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  box.value ||= today;
  box.defaultValue = today;
}

/** What was answered there, as `name=text`; the day only if it is another than the clock's. */
function answered() {
  if (!early?.isConnected) return [];
  const given = [...new FormData(early)].filter(([name, text]) => early.elements[name].defaultValue !== text);
  return given.map((pair) => pair.join("="));
}

/** The focus goes from a box of the first screen to the same box of the aid. */
function handOver(place, from) {
  if (!early?.contains(from)) return;
  place.querySelector(from.id ? `#${from.id}` : `[name="${from.name}"][value="${from.value}"]`)?.focus();
}

// ------------------------------------------------------------------------------------------------------------- loading

/** Why the wasm cannot run here at all, or null. Asked first, so that the answer does not wait for the network. */
function obstacle() {
  if (typeof WebAssembly !== "object") {
    return [
      "This browser has WebAssembly switched off, and the aid computes with it.",
      "It may be switched off by a security setting (Lockdown Mode, enhanced security mode, or a policy of your hospital). Allow it for this site, or use another browser.",
    ];
  }
  try {
    // The smallest module there is: eight bytes, magic number and version. WebKit refuses it only when it is to run.
    new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)));
  } catch {
    return [
      "This network or server forbids WebAssembly, and the aid computes with it.",
      "A Content-Security-Policy without 'wasm-unsafe-eval' does this; the people who run the server or the proxy can allow it.",
    ];
  }
  return null;
}

/** The file that a preload link in the head names: address and hash. */
function part(rel, ending) {
  const link = [...document.querySelectorAll(`link[rel="${rel}"]`)].find((l) => l.href.endsWith(ending));
  if (!link?.integrity) throw new Error(`no ${rel} link with a hash for ${ending}`);
  return { url: link.href, integrity: link.integrity };
}

/** Fetches a part and lets the browser check its hash; once more past every cache, should an old copy lie in one. */
async function fetchWhole({ url, integrity }) {
  try {
    return await (await fetch(url, { integrity })).arrayBuffer();
  } catch {
    return await (await fetch(url, { integrity, cache: "reload" })).arrayBuffer();
  }
}

/** A refused hash and a dead network look the same to `fetch`; one small request tells them apart. */
async function whyMissing({ url }) {
  const name = new URL(url).pathname.split("/").pop();
  try {
    const answer = await fetch(url, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(3000) });
    if (!answer.ok) return `The server answered ${answer.status} for ${name}.`;
    if (/html/.test(answer.headers.get("content-type") ?? "")) return `The server sent a web page in place of ${name}.`;
    return `${name} arrived damaged, cut short, or from another build, and was not run.`;
  } catch {
    return `${name} could not be fetched: the network or the server does not answer.`;
  }
}

/** The style sheets, which index.html asks for as if for no medium, are for all of them. Settled when all have come or failed. */
async function everySheet() {
  if (document.readyState === "loading") await new Promise((done) => document.addEventListener("DOMContentLoaded", done));
  const sheets = [...document.querySelectorAll('link[rel="stylesheet"]')];
  for (const link of sheets) link.media = "all";
  const coming = sheets.filter((link) => !link.sheet);
  await Promise.all(coming.map((link) => new Promise((done) => ["load", "error"].forEach((type) => link.addEventListener(type, done)))));
}
const sheets = everySheet();

/** Waits for the style sheets, but not for ever: the aid is usable without them. */
async function styled() {
  await Promise.race([sheets, new Promise((done) => setTimeout(done, 3000))]);
}

/** Instead of `fetched` in the page that is one file: `cargo xtask single-file` puts src/browser/packed.js here. */
const packed = null;

/** The bytes of the program and its glue, from the server; nothing when the page has said why not. */
async function fetched() {
  const wasm = part("preload", ".wasm");
  const glue = part("modulepreload", ".js");
  let bytes;
  for (const piece of [wasm, glue]) piece.arrived = fetchWhole(piece).catch(() => null);
  for (const piece of [wasm, glue]) {
    const content = await piece.arrived;
    if (!content) return refuse(["A part of the aid could not be loaded.", await whyMissing(piece)]);
    bytes ??= content;
  }
  return { bytes, glue: () => import(glue.url) };
}

/**
 * What the hospital set, in a file beside the page: its text, null where there is none, false when it could not be read. The worker
 * knows the last one, so without a network that holds.
 */
async function settings() {
  if (packed) return null;
  try {
    const answer = await fetch("./config.json", { cache: "no-cache", signal: AbortSignal.timeout(5000) });
    if (answer.status === 404 || answer.status === 410) return null;
    // A page to log in, or of a server that answers everything with a page.
    if (!answer.ok || /html/.test(answer.headers.get("content-type") ?? "")) return false;
    return await answer.text();
  } catch {
    return false;
  }
}

// What is loaded only when it is used: the engine for scripts, which also reads and writes what records speak. The program itself
// cannot import. Firefox remembers a module that did not come: it is asked for by another address then.
let tries = 0;
async function imported() {
  const name = tries ? `./api/aid.js?${tries}` : "./api/aid.js";
  try {
    return await import(new URL(name, import.meta.url).href);
  } catch (error) {
    tries += 1;
    throw error;
  }
}
if (!packed) globalThis.aidPart = imported;

async function load() {
  const blocked = obstacle();
  if (blocked) return refuse(blocked);
  const beside = settings();
  const parts = await (packed ?? fetched)();
  if (!parts) return;

  try {
    const program = await parts.glue();
    await program.default({ module_or_path: parts.bytes });
    await styled();
    const set = await beside;
    // What the user did meanwhile comes first: drawing the aid takes a slow device a tenth of a second.
    await new Promise((done) => setTimeout(done));
    return start(program, set);
  } catch (error) {
    console.error(error);
    return refuse(["The parts of the aid arrived but do not fit together, or this browser is too old for them.", "A current Chrome, Edge, Firefox or Safari can run it."]);
  }
}

/** Draws the aid beside the first screen, which goes only when that has worked. */
function start(program, beside) {
  const place = document.createElement("div");
  root.append(place);
  started = true;
  try {
    program.mount(place, build, stop, beside, answered());
  } catch (error) {
    console.error(error);
    return stop();
  }
  if (stopped) return;
  const focused = document.activeElement;
  for (const node of [...root.childNodes]) if (node !== place) node.remove();
  handOver(place, focused);
  became("running");
  breakOnRequest(program);
  window.addEventListener("hashchange", () => breakOnRequest(program));
  if (!packed) keep();
}

/** `#panic-test` in the address breaks the program on purpose, to see that the page survives it. */
function breakOnRequest(program) {
  if (location.hash === "#panic-test") program.panic_test();
}

// ------------------------------------------------------------------------------------------------- kept on this device

/** The worker that keeps the aid for use without a network, or nothing where a browser or a frame has none. */
function workers() {
  try {
    return navigator.serviceWorker;
  } catch {
    return undefined;
  }
}

/** What the policy lets be run as a worker: this one file. */
const WORKER = "./sw.js";
function admitted() {
  const policy = window.trustedTypes?.createPolicy("worker", {
    createScriptURL(url) {
      if (url !== WORKER) throw new TypeError("not the worker of the aid");
      return url;
    },
  });
  return policy?.createScriptURL(WORKER) ?? WORKER;
}

/** Tells the program what is known of this and of newer builds. */
function tell(news) {
  window.dispatchEvent(new CustomEvent("aid-edition", { detail: news }));
}

/** Asks a worker what its build is ("release") or whether every file of it is kept ("complete"). One that cannot say never answers. */
function answer(worker, question) {
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = (event) => done(event.data);
    worker.postMessage(question, [port2]);
  });
}

/** Keeps the aid on this device, and offers a newer build when one has come. It is used when the user says so, never before. */
async function keep() {
  const device = workers();
  if (!device) return tell({ kept: "never" });
  let asked = false;
  let controlled = Boolean(device.controller);
  device.addEventListener("message", (event) => {
    if (event.data?.aid === "which") event.ports[0]?.postMessage(build);
    if (event.data?.aid === "not-kept") tell({ kept: event.data.full ? "full" : "failed" });
  });
  device.addEventListener("controllerchange", () => {
    if (asked) location.reload();
    // The first worker takes over a page of its own build; a later one was let in by another tab.
    else if (controlled) tell({ taken: true });
    controlled = true;
  });

  try {
    const registering = device.register(admitted(), { updateViaCache: "none" });
    // Before the wait, which may be long while a build is being kept: whoever asks early is heard, too.
    window.addEventListener("aid-look", () => registering.then((found) => found.update()).catch(() => {}));
    const registration = await registering;
    const offer = async () => {
      if (registration.active && registration.waiting) tell({ offer: await answer(registration.waiting, "release") });
    };
    let held = false;
    const holds = async (worker) => {
      held = true;
      tell({ kept: "whole" });
      // A worker overlooks a page that loads while it begins, and a browser leaves out one that is loaded past every cache.
      if (!device.controller && (await answer(worker, "release")).build === build) worker.postMessage("claim");
    };
    const follow = (worker) => worker?.addEventListener("statechange", () => {
      if (worker.state === "installed") offer();
      if (worker.state === "activated") holds(worker);
    });
    follow(registration.installing);
    registration.addEventListener("updatefound", () => follow(registration.installing));
    window.addEventListener("aid-update", () => {
      asked = true;
      if (registration.waiting) registration.waiting.postMessage("use");
      else location.reload();
    });
    if (registration.active) {
      holds(registration.active);
      registration.active.postMessage("tidy");
    }
    // What the browser cleared under an open page is said when somebody comes back to it.
    document.addEventListener("visibilitychange", async () => {
      if (!held || document.hidden) return;
      const active = (await device.getRegistration().catch(() => {}))?.active;
      tell({ kept: active && (await answer(active, "complete")) ? "whole" : "cleared" });
    });
    await offer();
  } catch {
    // A sandboxed frame, a setting, a server without the file: the aid works from the network.
    tell({ kept: "never" });
  }
}

/** A build that cannot start holds no case: a newer one may take its place at once. */
async function replaceBuild() {
  try {
    const registration = await workers()?.getRegistration();
    const use = () => registration?.waiting?.postMessage("use");
    use();
    registration?.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", use));
    await registration?.update();
  } catch {
    // No worker, or no network: the message on the screen stands.
  }
}

load().catch((error) => {
  console.error(error);
  refuse(["The page is incomplete: it does not name its own parts."]);
});
