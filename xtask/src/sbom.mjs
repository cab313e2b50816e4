// What the shipped programs are made of: reads `cargo metadata` on its standard input and writes, into the folder named first, a
// CycloneDX list (1.5) and the licence texts. The second word is the file's name, the third the commit's time.

import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const [folder, name, seconds, compiler] = process.argv.slice(2);
const metadata = JSON.parse(readFileSync(0, "utf8"));
const packages = new Map(metadata.packages.map((one) => [one.id, one]));
const nodes = new Map(metadata.resolve.nodes.map((node) => [node.id, node]));
const root = metadata.packages.find((one) => one.name === "inotuzumab").id;

// Checksums as the registry gave them.
const lock = readFileSync(join(metadata.workspace_root, "Cargo.lock"), "utf8");
const checksums = new Map([...lock.matchAll(/name = "(.+)"\nversion = "(.+)"\nsource = .+\nchecksum = "(.+)"/g)].map(([, crate, version, sum]) => [`${crate}@${version}`, sum]));

const inProgram = new Map();
/** What runs while compiling (macros, build scripts) and what they stand on ends up in no program. */
function walk(id, shipped) {
  const runsHere = shipped && !packages.get(id).targets.some((target) => target.kind.includes("proc-macro"));
  if (inProgram.has(id) && (inProgram.get(id) || !runsHere)) return;
  inProgram.set(id, runsHere);
  for (const { pkg, dep_kinds: kinds } of nodes.get(id).deps) {
    const kind = (wanted) => kinds.some((one) => one.kind === wanted);
    if (kind(null)) walk(pkg, runsHere);
    else if (kind("build")) walk(pkg, false);
  }
}
walk(root, true);

const reference = ({ name: crate, version }) => `pkg:cargo/${crate}@${version}`;
const order = (one, other) => (one < other ? -1 : one > other ? 1 : 0);
const used = [...inProgram].map(([id, shipped]) => ({ ...packages.get(id), shipped })).sort((a, b) => order(reference(a), reference(b)));
const product = used.find((one) => one.id === root);
const parts = used.filter((one) => one !== product);
const expression = (license) => license.replaceAll("/", " OR ").replace(/\s+/g, " ");
const component = (one) => ({
  type: one === product ? "application" : "library",
  "bom-ref": reference(one),
  name: one.name,
  version: one.version,
  ...(one !== product && { scope: one.shipped ? "required" : "excluded" }),
  ...(one.description && { description: one.description.trim().replace(/\s+/g, " ") }),
  ...(checksums.has(`${one.name}@${one.version}`) && { hashes: [{ alg: "SHA-256", content: checksums.get(`${one.name}@${one.version}`) }] }),
  licenses: [{ expression: expression(one.license) }],
  purl: reference(one),
  ...(one.repository && { externalReferences: [{ type: "vcs", url: one.repository }] }),
});
const standard = {
  type: "library",
  "bom-ref": `pkg:generic/rust-std@${compiler}`,
  name: "rust-std",
  version: compiler,
  scope: "required",
  description: "Rust's standard library, which the compiler links into every program",
  licenses: [{ expression: "MIT OR Apache-2.0" }],
  purl: `pkg:generic/rust-std@${compiler}`,
};
const dependencies = used.map((one) => {
  const on = nodes.get(one.id).deps.filter(({ pkg, dep_kinds: kinds }) => inProgram.has(pkg) && kinds.some(({ kind }) => kind !== "dev"));
  const names = on.map(({ pkg }) => reference(packages.get(pkg)));
  return { ref: reference(one), dependsOn: [...(one === product ? [standard["bom-ref"]] : []), ...new Set(names)].sort() };
});
const nameless = used.filter((one) => !one.license).map((one) => one.name);
if (nameless.length) throw new Error(`no licence is stated by ${nameless.join(", ")}`);
const bom = {
  bomFormat: "CycloneDX",
  specVersion: "1.5",
  version: 1,
  metadata: { ...(Number(seconds) && { timestamp: new Date(seconds * 1000).toISOString() }), component: component(product) },
  components: [...parts.map(component), standard],
  dependencies,
};
writeFileSync(join(folder, `${name}.cdx.json`), `${JSON.stringify(bom, null, 2)}\n`);

// The texts, each once, under the names of all that carry it.
const texts = new Map();
for (const one of used.filter(({ shipped }) => shipped)) {
  const place = dirname(one.manifest_path);
  for (const file of readdirSync(place).filter((file) => /^(licen[sc]e|copying|notice)/i.test(file)).sort()) {
    try {
      const text = readFileSync(join(place, file), "utf8").trim();
      const key = createHash("sha256").update(text.replace(/\s+/g, " ")).digest("hex");
      if (!texts.has(key)) texts.set(key, { text, of: [] });
      texts.get(key).of.push(`${one.name} ${one.version}`);
    } catch {
      // A folder of licences: the expression below stands.
    }
  }
}
const line = "=".repeat(100);
const list = [...used.filter(({ shipped }) => shipped), { ...standard, license: standard.licenses[0].expression }].map((one) => `${one.name} ${one.version}: ${expression(one.license)}`);
const all = [...texts.values()].map(({ text, of }) => `${line}\n${[...new Set(of)].join(", ")}\n${line}\n\n${text}\n`);
writeFileSync(join(folder, `${name}.licenses.txt`), `What the page and the engine for scripts are made of, and its licences.\n\n${list.join("\n")}\n\n${all.join("\n")}`);
