// What a page of a hospital does with the aid. Everything it needs to know is in docs/embedding.md.

import { assess } from "./api/aid.js";

const visit = {
  schema: 1,
  profile: "us",
  date: "2026-11-23",
  patient: { age_years: 46, sex: "female", height: { value: 170, unit: "cm" }, weight: { value: 70, unit: "kg" } },
  visit: { cycle: 1, day: 1 },
};
// As the record's server sends it: a text, so that no number is rounded on the way.
const record = `{
  "resourceType": "Bundle",
  "type": "collection",
  "entry": [{ "resource": { "resourceType": "Patient", "id": "p1", "birthDate": "1980-02-29", "gender": "female" } }]
}`;
const show = (id, text) => (document.getElementById(id).textContent = text);
/** Never a dose without its decision. */
const inWords = ({ decision, dose }) => `${decision}${dose ? `, ${dose.mg} mg${dose.release ? "" : " (not released)"}` : ""}`;

// 1. The engine alone.
show("in-page", inWords(assess(visit)));
const admitted = window.trustedTypes?.createPolicy("host-worker", { createScriptURL: (url) => url }).createScriptURL("./worker.js") ?? "./worker.js";
const worker = new Worker(admitted, { type: "module" });
worker.onmessage = ({ data }) => show("in-worker", inWords(data));
worker.onerror = (event) => show("in-worker", `failed: ${event.message}`);
worker.postMessage(visit);

// 2. A frame.
const aid = new URL(document.querySelector("meta[name=aid]").content);
const frame = document.getElementById("frame");
const say = (message) => frame.contentWindow.postMessage({ inotuzumab: 1, ...message }, aid.origin);
// Until it is answered: the aid starts some time after its frame has loaded.
let asking = setInterval(() => say({ ask: "hello" }), 250);
window.addEventListener("message", ({ source, origin, data }) => {
  if (source !== frame.contentWindow || origin !== aid.origin || data?.inotuzumab !== 1) return;
  if (data.tell === "hello") asking = clearInterval(asking);
  if (data.tell === "height") frame.style.blockSize = `${data.height}px`;
  if (data.tell === "assessment" && data.assessment) show("told", inWords(data.assessment));
  if (["done", "kept", "refused"].includes(data.tell)) frame.dataset.answer = data.tell;
});
document.getElementById("load").onclick = () => say({ ask: "load", id: 1, case: visit });
document.getElementById("record").onclick = () => say({ ask: "record", id: 4, bundle: record });
document.getElementById("dark").onclick = () => say({ ask: "theme", theme: "dark" });
document.getElementById("print").onclick = () => say({ ask: "print", id: 2 });
document.getElementById("reset").onclick = () => say({ ask: "reset", id: 3 });

// 3. Elements: see index.html. Their events bubble.
document.addEventListener("aid-assessment", ({ target, detail }) => (target.dataset.decision = detail.assessment?.decision ?? ""));
