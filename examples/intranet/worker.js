// Asked for, not imported: what is sent while the engine loads would find no listener.
const engine = import("./api/aid.js");

self.onmessage = async ({ data }) => self.postMessage((await engine).assess(data));
