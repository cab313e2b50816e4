// The file that a hospital sets, and the messages between the aid and a page around it, version 1. Made from the aid's types; do not
// edit.

import type { CivilDate, Profile, BsaFormula, Graduation, Positive, Case, Assessment } from "./inotuzumab";

/** The file `config.json` beside the page. */
export interface Config {
  /** The version of this file: 1. */
  schema: 1;
  /** Pages of these origins may show the aid in a frame and speak with it. */
  origins?: Origin[] | null;
  /** Light, dark, or as the device is set; absent means as the device is set. */
  theme?: Theme | null;
  /** The local policy. */
  policy?: Policy | null;
}

/** An origin as a browser names it, such as `https://ehr.example.org` or `http://intranet:8080`: no path, no `*`. */
export type Origin = string;

/** Light or dark. */
export type Theme =
  /** As the device is set. */
  | "auto"
  /** Dark on light. */
  | "light"
  /** Light on dark. */
  | "dark";

/** What a hospital decided within the label. Every value is shown with its name and date. */
export interface Policy {
  /** Whose it is. */
  name: Words;
  /** The day from which it holds. */
  date: CivilDate;
  /** The last day on which it holds. */
  expires: CivilDate;
  /** The label that is followed. */
  profile?: Profile | null;
  /** The formula for body surface area. */
  bsa_formula?: BsaFormula | null;
  /** The volume to withdraw is measured to this, mL. */
  measure_to_ml?: Graduation | null;
  /** Drugs before each dose; of each class that the label asks for at least one. */
  premedication?: LocalDrug[] | null;
  /** Whom the patient calls. */
  contacts?: Contact[] | null;
}

/** One line of 1 to 48 characters. */
export type Words = string;

/** A drug before the dose. The aid shows it and computes nothing with it. */
export interface LocalDrug {
  /** Its class. */
  class: PremedicationClass;
  /** Its name. */
  drug: ShortWords;
  /** How much. */
  dose: DrugDose;
  /** By which way. */
  route: Route;
  /** Minutes before the infusion begins. */
  minutes_before: number;
}

/** A class of premedication that the label asks for. */
export type PremedicationClass =
  /** Corticosteroid. */
  | "corticosteroid"
  /** Antipyretic. */
  | "antipyretic"
  /** Antihistamine. */
  | "antihistamine";

/** One line of 1 to 32 characters: there is no room for more on a sheet. */
export type ShortWords = string;

/** How much of a drug. */
export interface DrugDose {
  /** The number, in `unit`. */
  value: Positive;
  /** The unit. */
  unit: DoseUnit;
}

/** A unit of a drug's dose. */
export type DoseUnit =
  /** Milligrams. */
  | "mg"
  /** Grams. */
  | "g"
  /** Milligrams for each kilogram of body weight. */
  | "mg/kg"
  /** Milligrams for each square meter of body surface. */
  | "mg/m2";

/** How a drug is given. */
export type Route =
  /** By mouth. */
  | "oral"
  /** Into a vein. */
  | "intravenous";

/** Whom the patient calls. */
export interface Contact {
  /** When, as the patient reads it: `By day`. */
  when: ShortWords;
  /** Who answers. */
  name: ShortWords;
  /** The number to call. */
  telephone: Telephone;
}

/** A telephone number as it is dialed: digits, spaces, `+ - ( ) / . *`, at most 30. */
export type Telephone = string;

/** What a page around the aid says to it. */
export interface HostMessage {
  /** The version of these messages: 1. */
  inotuzumab: 1;
  /** What is asked. */
  ask: Ask;
  /** Comes back in the answer. */
  id?: number | null;
  /** With `load`: the case. */
  case?: Case | null;
  /** With `record`: a Bundle of FHIR R4 in JSON, as text, so that its numbers stay as they were written. */
  bundle?: string | null;
  /** With `theme`, and `hello` if wanted: light or dark. */
  theme?: Theme | null;
  /** With `hello`, if wanted: the label, taken while none is chosen. */
  profile?: Profile | null;
}

/** What a page asks. */
export type Ask =
  /** I am here: from now on tell me what changes. Say it until it is answered: the aid starts after its frame has loaded. */
  | "hello"
  /** Take this case. What somebody has typed is replaced only when the user says so. */
  | "load"
  /** Show the values of this record. The user takes each, or not. */
  | "record"
  /** Open the print dialog on the sheets. */
  | "print"
  /** Light or dark. */
  | "theme"
  /** Clear everything. What somebody has typed is cleared only when the user says so. */
  | "reset";

/** What the aid says to the page around it. */
export interface AidMessage {
  /** The version of these messages: 1. */
  inotuzumab: 1;
  /** What is told. */
  tell: Tell;
  /** With `done`, `kept` and `refused`: the `id` of what was asked, if it had one. */
  id?: number;
  /** With `hello`: version of the engine. */
  engine?: string;
  /** With `hello`: edition of the rules, a month. */
  rules?: string;
  /** With `hello`: the build of the page. */
  build?: string;
  /** With `hello`: the local policy in force, as the page names it. */
  policy?: string;
  /** With `hello`: true when it had been greeted before, so that nothing in it has been lost. */
  again?: boolean;
  /** With `height`: CSS pixels. */
  height?: number;
  /** With `case`: the case as it is understood. */
  case?: Case;
  /** With `assessment`: the engine's answer. */
  assessment?: Assessment;
  /** With `refused`, or with `assessment` where there is none. */
  error?: Why;
}

/** What the aid tells. */
export type Tell =
  /** The answer to `hello`. */
  | "hello"
  /** How high it is, in CSS pixels. */
  | "height"
  /** The case changed; `case` is absent while label and date are not known. */
  | "case"
  /** Its assessment, or why there is none. */
  | "assessment"
  /** What was asked is done. */
  | "done"
  /** The user kept what was typed. */
  | "kept"
  /** What was asked is refused: `error` says why. */
  | "refused";

/** Why something is refused. */
export interface Why {
  /** A code of the contract, `no_record` for a record that cannot be read, or `not_now` when it cannot be done at the moment. */
  code: string;
  /** Where in the case, or `bundle`; empty for all of the case. */
  path: string;
  /** What is wrong, in plain words. */
  message: string;
}
