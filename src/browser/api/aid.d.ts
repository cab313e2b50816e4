
// ---------------------------------------------------------------------------------------------------------- the functions of aid.js

/** What is thrown when a case is refused, or when the engine itself has stopped. */
export interface Refused extends Error {
  /**
   * The contract's code; `no_record` for a Bundle of which nothing can be read, `not_released` for a dose that may not be given; or `stopped`
   * after a fault of the engine: then no number of it may be used.
   */
  code: ErrorCode | "no_record" | "not_released" | "stopped";
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

/** One value of a record: taken by a person who has seen it, or refused. Exactly one of the last four members is there. */
export interface RecordValue {
  /** The member of the case that it answers: `height`, `anc`, `sex`. */
  what: string;
  /** The value as the record writes it, with its unit. */
  shown: string;
  /** System and code: `LOINC 8302-2`. */
  code: string;
  /** The day it is of, where that is known. */
  on: string | null;
  /** The time of that day, `hh:mm`, or empty. */
  time: string;
  /** Whether that time is of a zone which the record names. */
  zoned: boolean;
  /** A number in a unit of the contract, with its upper limit of normal where that is sure. */
  number?: { value: number; unit: string; upper: number | null };
  /** A word of the contract. */
  word?: string;
  /** A day. */
  day?: string;
  /** Why it is not to be taken. How old it is is for the caller to judge. */
  refused?: string;
}

/** What a record's Bundle (FHIR R4, text or object) holds of what a case asks for. Throws {@link Refused}. */
export function record(bundle: string | object): { found: RecordValue[]; others: number; older: number };

/** A Bundle (FHIR R4) that proposes the dose of a case: a draft about nobody. Throws {@link Refused}. */
export function proposal(visit: Case): object;

/** The QR code of a text: modules of a side, quiet zone included, and the dark ones as the `d` of an SVG path; null when it is too long. */
export function qr(text: string): { side: number; path: string } | null;
