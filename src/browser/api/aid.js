// The engine for scripts: an ES module for a page, a module worker and Node. Importing it loads the engine, whole and with its hash
// checked, or fails; from then on every call answers at once. Types in aid.d.ts; how to use it in docs/embedding.md.
//
// `cargo xtask build` writes in which two files it needs: their names hold a digest, so parts of two builds never meet.

import start, * as engine from "./__GLUE__";

const WASM = "./__WASM__";
const INTEGRITY = "__INTEGRITY__";

/** The bytes of the engine, from where this file lies. */
async function bytes() {
  const address = new URL(WASM, import.meta.url);
  if (address.protocol !== "file:") {
    const answer = await fetch(address, { integrity: INTEGRITY, credentials: "same-origin" });
    if (!answer.ok) throw new Error(`The engine could not be loaded: ${answer.status} for ${address}`);
    return answer.arrayBuffer();
  }
  // Node. The name is not written out, so that a bundler for the browser does not look for it.
  const [files, { createHash }] = await Promise.all(["fs/promises", "crypto"].map((name) => import(/* webpackIgnore: true */ /* @vite-ignore */ `node:${name}`)));
  const content = await files.readFile(address);
  if (`sha256-${createHash("sha256").update(content).digest("base64")}` !== INTEGRITY) throw new Error(`The engine is damaged: ${address}`);
  return content;
}

await start({ module_or_path: await bytes() });

/** After a fault of the engine itself nothing that it says can be relied on. */
let broken = false;

function asked(question) {
  if (!broken) {
    try {
      return question();
    } catch (error) {
      // A refused case is an answer.
      if (typeof error?.path === "string") throw error;
      broken = true;
      console.error(error);
    }
  }
  throw Object.assign(new Error("The engine has stopped: use none of its numbers, and load the page again."), { code: "stopped", path: "" });
}

export const assess = (visit) => asked(() => engine.assess(visit));
export const rules = (profile) => asked(() => engine.rules(profile));
export const schema = () => asked(() => engine.schema());
export const version = () => asked(() => engine.version());
export const record = (bundle) => asked(() => engine.record(bundle));
export const proposal = (visit) => asked(() => engine.proposal(visit));
export const qr = (text) => asked(() => engine.qr(String(text)));
