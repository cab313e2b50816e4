// What TypeScript makes of the module's types; never run. A line under @ts-expect-error that compiles is a mistake.

import { assess, proposal, qr, record, rules, schema, version } from "inotuzumab-aid";
import type { Assessment, Case, Refused, RuleBook } from "inotuzumab-aid";

const visit: Case = {
  schema: 1,
  profile: "us",
  date: "2026-11-23",
  patient: { height: { value: 170, unit: "cm" }, weight: { value: 70, unit: "kg" } },
  visit: { cycle: 1, day: 1 },
};
const answer: Assessment = assess(visit);
export const dose: number | undefined = answer.dose?.mg;
export const stops: boolean = answer.decision === "stop" || answer.findings.some((finding) => finding.severity === "stop");
export const book: RuleBook = rules("eu");
export const edition: string = version().rules;
export const forCases: object = schema().case;
export const units: (string | undefined)[] = record("{}").found.map((value) => value.number?.unit);
export const filed: object = proposal(visit);
export const drawn: string | undefined = qr("CASE1")?.path;

export function why(error: unknown): string {
  const refused = error as Refused;
  return refused.code === "stopped" ? refused.message : `${refused.code} at ${refused.path}`;
}

// @ts-expect-error: there are two labels
rules("uk");
// @ts-expect-error: stone is no unit of weight
assess({ ...visit, patient: { weight: { value: 11, unit: "st" } } });
// @ts-expect-error: a case has a date
assess({ schema: 1, profile: "us" });
// @ts-expect-error: no decision is called so
export const wrong = answer.decision === "go";
