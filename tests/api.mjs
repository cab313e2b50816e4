// The module for scripts in Node, as it lies in dist/: `node --test tests/api.mjs` after `cargo xtask build`.

import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const top = new URL("../", import.meta.url);
const read = async (name) => JSON.parse(await readFile(new URL(name, top)));
const api = await import(new URL("dist/api/aid.js", top));

/** What a call throws. */
function refused(call) {
  try {
    call();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

test("every example of the schemas gets the engine's answer", async () => {
  const names = (await readdir(new URL("docs/schema/examples", top))).filter((name) => name.endsWith(".case.json"));
  assert.ok(names.length >= 3);
  for (const name of names) {
    const visit = await read(`docs/schema/examples/${name}`);
    const before = structuredClone(visit);
    assert.deepEqual(api.assess(visit), await read(`docs/schema/examples/${name.replace(".case.", ".assessment.")}`), name);
    assert.deepEqual(visit, before, "the case is not changed");
  }
});

test("a refusal is thrown with code and path, and changes nothing", () => {
  const visit = { schema: 1, profile: "us", date: "2026-11-23" };
  const refusals = [
    [{ ...visit, schema: 2 }, "unsupported_schema", "schema"],
    [{ ...visit, extra: 1 }, "unknown_field", "extra"],
    [{ ...visit, patient: { weight: { value: 70, unit: "st" } } }, "unknown_unit", "patient.weight.unit"],
    [{ ...visit, patient: { weight: { value: NaN, unit: "kg" } } }, "invalid_json", ""],
    [{ ...visit, patient: { weight: { value: 301, unit: "kg" } } }, "out_of_range", "patient.weight.value"],
    [{ ...visit, patient: { birth_date: "1980-02-29", age_years: 46 } }, "conflict", "patient.age_years"],
    [undefined, "invalid_json", ""],
    ["{}", "invalid_json", ""],
    [Object.create(null), "unsupported_schema", "schema"],
    [JSON.parse(`{"schema":1,"profile":"us","date":"2026-11-23","__proto__":{"polluted":true}}`), "unknown_field", "__proto__"],
  ];
  for (const [given, code, path] of refusals) {
    const error = refused(() => api.assess(given));
    assert.ok(error instanceof Error && error.message, String(error));
    assert.deepEqual([error.code, error.path], [code, path], JSON.stringify(given));
  }
  const endless = { ...visit };
  endless.patient = endless;
  assert.equal(refused(() => api.assess(endless)).code, "invalid_json");
  assert.deepEqual([refused(() => api.rules("uk")).code, refused(() => api.rules()).path], ["out_of_range", "profile"]);
  assert.equal({}.polluted, undefined);
  assert.equal(api.assess(visit).decision, "incomplete");
});

test("rules, schemas and version are those of the documents", async () => {
  const documents = ["case", "assessment", "error", "rules"];
  assert.deepEqual(Object.keys(api.schema()).sort(), [...documents].sort());
  for (const name of documents) assert.deepEqual(api.schema()[name], await read(`docs/schema/${name}.schema.json`));
  const [us, eu, version] = [api.rules("us"), api.rules("eu"), api.version()];
  const weighs = (book) => book.entries.find((entry) => entry.rule === "CONTRA-03").conditions[0].severity;
  assert.deepEqual([weighs(us), weighs(eu)], ["caution", "stop"]);
  assert.deepEqual([us.rules, us.engine, us.schema], [version.rules, version.engine, version.schema]);
  assert.equal(api.assess({ schema: 1, profile: "eu", date: "2026-11-23" }).rules, version.rules);
});

test("a record is read, and a dose proposed, as the page does it", async () => {
  const bundle = await read("tests/fhir/adult.json");
  const found = api.record(bundle);
  assert.deepEqual(api.record(JSON.stringify(bundle)), found);
  assert.equal(found.found.length, 18);
  const height = found.found.find((value) => value.what === "height");
  assert.deepEqual([height.number, height.on, height.code], [{ value: 170, unit: "cm", upper: null }, "2026-11-20", "LOINC 8302-2"]);
  for (const nothing of [undefined, "<Bundle/>", {}, "[".repeat(1e6)]) assert.equal(refused(() => api.record(nothing)).code, "no_record");

  const visit = await read("docs/schema/examples/adult-cycle-1-day-1.case.json");
  const request = api.proposal(visit).entry[0].resource;
  assert.equal(request.dosageInstruction[0].doseAndRate[0].doseQuantity.value, api.assess(visit).dose.mg);
  assert.deepEqual(api.proposal(JSON.stringify(visit)), api.proposal(visit));
  visit.visit.bilirubin.value = 9;
  assert.equal(refused(() => api.proposal(visit)).code, "not_released");
  assert.equal(refused(() => api.proposal({})).code, "unsupported_schema");
  assert.equal(api.version().schema, 1, "no refusal stops the engine");
});

test("the QR code of a text is drawn, and none of a text that is too long for one", () => {
  const { side, path } = api.qr("CASE1");
  assert.equal(side, 21 + 2 * 4, "the smallest there is, and its quiet zone");
  assert.match(path, /^M4 4h7v1H4z(M\d+ \d+h\d+v1H\d+z)+$/);
  assert.equal(api.qr("a".repeat(5000)), null);
});

test("an engine of which one bit is wrong is not run", async () => {
  const place = await mkdtemp(join(tmpdir(), "aid-"));
  await cp(new URL("dist/api", top), place, { recursive: true });
  const module = pathToFileURL(join(place, "aid.js"));
  assert.equal((await import(`${module}?whole`)).version().schema, 1);
  const wasm = join(place, (await readdir(place)).find((name) => name.endsWith(".wasm")));
  const content = await readFile(wasm);
  content[content.length >> 1] ^= 1;
  await writeFile(wasm, content);
  await assert.rejects(import(`${module}?damaged`), /damaged/);
  await rm(place, { recursive: true });
});
