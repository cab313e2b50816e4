
// ---------------------------------------------------------------------------------------------------------- the functions of aid.js

/** What is thrown when a case is refused, or when the engine itself has stopped. */
export interface Refused extends Error {
  /** The contract's code, or `stopped` after a fault of the engine: then no number of it may be used. */
  code: ErrorCode | "stopped";
  /** Where: `visit.bilirubin.uln`, `cycles[1].response`; empty for the whole case. */
  path: string;
}

/** Assesses one visit of one patient. Throws {@link Refused}. */
export function assess(visit: Case): Assessment;

/** The rules of a label. Throws {@link Refused}. */
export function rules(profile: Profile): RuleBook;

/** JSON Schemas (draft 2020-12) of all that goes in and comes out. */
export function schema(): { case: object; assessment: object; error: object; rules: object };

/** Which engine and which rules these are. */
export function version(): Version;
