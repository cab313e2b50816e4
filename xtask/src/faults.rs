//! `cargo xtask faults`: every fault that a bedside page meets, injected into the built page, with what came of it.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use crate::browser::{self, Kind};
use crate::checks::{TWO_AT_A_TIME, through_the_page};
use crate::shell::{Outcome, cargo, say};
use crate::{page, tools};

/// What shows that a fault is survived.
#[derive(Clone, Copy, Debug)]
pub enum Proof {
    /// An end-to-end test, in Chromium, which injects the fault into the built page.
    Page(&'static str),
    /// The same in another browser.
    In(Kind, &'static str),
    /// A native test, by its whole path: for what takes thousands of trials.
    Native(&'static str),
    /// Not tried, and why not.
    Not(&'static str),
}

use Proof::{In, Native, Not, Page};

/// A fault, and what shows that it is survived.
#[derive(Debug)]
pub struct Fault {
    /// What happens.
    pub what: &'static str,
    /// All of them must hold.
    pub proofs: &'static [Proof],
}

/// The list, F1 first. A test fails when one of the named tests is not there.
pub const FAULTS: [Fault; 40] = [
    Fault {
        what: "WebAssembly switched off",
        proofs: &[
            Page("f1_without_webassembly_says_why_within_a_second"),
            In(Kind::Firefox, "f1_without_webassembly_says_why_within_a_second"),
        ],
    },
    Fault {
        what: "WebAssembly forbidden by a policy",
        proofs: &[
            Page("f2_forbidden_webassembly_says_why_within_a_second"),
            In(Kind::Firefox, "f2_forbidden_webassembly_says_why_within_a_second"),
        ],
    },
    Fault {
        what: "scripts blocked",
        proofs: &[
            Page("f3_without_scripts_the_page_says_so"),
            Page("f3_scripts_forbidden_by_policy_leave_the_first_screen"),
        ],
    },
    Fault {
        what: "a part missing, refused, a web page in its place, cut, broken off, one bit flipped, another type",
        proofs: &[
            Page("f4_a_part_that_does_not_come_is_named"),
            Page("f4_no_flipped_bit_ever_runs"),
            Page("f4_a_damaged_boot_script_leaves_the_first_screen"),
            Page("f4_another_media_type_for_the_wasm_still_works"),
        ],
    },
    Fault { what: "parts of two builds", proofs: &[Page("f5_parts_of_two_builds_are_refused")] },
    Fault {
        what: "a network that stalls",
        proofs: &[
            Page("f6_a_network_that_stalls_is_shown_and_can_be_tried_again"),
            Page("f6_a_style_sheet_that_stalls_or_is_damaged_does_not_blank_the_page"),
            Page("f6_style_sheets_that_all_stall_leave_the_first_screen"),
        ],
    },
    Fault {
        what: "a new build while the page is open: fifty of them, reloaded at random points",
        proofs: &[
            Page("fifty_builds_are_each_whole_or_not_there"),
            Page("a_new_build_waits_for_the_patient_and_for_the_user"),
            Page("another_tab_is_told_and_keeps_its_rules"),
        ],
    },
    Fault {
        what: "a build that comes in half, or as HTML",
        proofs: &[
            Page("a_next_build_that_breaks_off_changes_nothing"),
            Page("a_first_visit_that_breaks_off_keeps_nothing_and_is_made_good"),
        ],
    },
    Fault {
        what: "a release that must be withdrawn",
        proofs: &[Page("an_aid_that_is_ended_leaves_the_device"), Page("a_build_that_cannot_start_gives_way")],
    },
    Fault {
        what: "no network: 20 of 20 cold starts, reload, deep links; none before a whole visit",
        proofs: &[
            Page("twenty_of_twenty_cold_starts_without_a_server"),
            Page("after_one_visit_the_whole_aid_works_without_a_server"),
            Page("a_server_that_dies_during_the_first_visit_leaves_a_working_page"),
            Page("the_worker_lists_every_file_of_the_page_and_nothing_else"),
        ],
    },
    Fault {
        what: "no worker, a private window",
        proofs: &[
            Page("f11_without_a_worker_the_aid_works_and_says_that_it_needs_a_network"),
            Page("f11_a_private_window_works_and_says_whether_it_keeps_the_aid"),
            In(Kind::Firefox, "f11_a_private_window_works_and_says_whether_it_keeps_the_aid"),
        ],
    },
    Fault {
        what: "storage that throws",
        proofs: &[
            Page("f12_where_storage_is_blocked_the_aid_works_and_says_once_that_it_keeps_nothing"),
            In(Kind::Firefox, "f12_where_storage_is_blocked_the_aid_works_and_says_once_that_it_keeps_nothing"),
        ],
    },
    Fault {
        what: "no room",
        proofs: &[
            Page("f13_a_full_store_is_said_and_changes_no_number"),
            Page("a_device_without_room_says_so_and_works_from_the_network"),
        ],
    },
    Fault {
        what: "a kept entry that was damaged: every bit flipped once, cut at every place",
        proofs: &[
            Native("walk::state::kept::tests::what_was_damaged_is_never_had_back_not_even_in_part"),
            Native("walk::file::tests::what_is_damaged_foreign_or_newer_is_refused_in_one_sentence"),
            Page("f14_an_entry_that_was_damaged_is_refused_whole_and_said"),
        ],
    },
    Fault { what: "storage wiped by the browser", proofs: &[Page("storage_that_the_browser_wipes_is_filled_again")] },
    Fault { what: "two tabs, two patients", proofs: &[Page("two_tabs_hold_two_patients_apart")] },
    Fault {
        what: "the way back, and a page brought back",
        proofs: &[Page("f17_the_way_back_shows_the_inputs_with_their_numbers"), Page("reading_leaves_the_case_alone")],
    },
    Fault {
        what: "the program breaks",
        proofs: &[
            Page("f18_a_panic_replaces_the_page"),
            Page("f18_a_panic_at_the_start_replaces_the_page_and_reload_starts_afresh"),
            Page("f18_a_trap_replaces_the_page"),
            Page("f18_after_a_panic_no_click_and_no_key_reaches_the_program"),
        ],
    },
    Fault { what: "a tablet left alone", proofs: &[Page("a_screen_left_alone_is_hidden_and_then_cleared")] },
    Fault {
        what: "a clock that is years wrong, or jumps back",
        proofs: &[
            Page("f20_a_wrong_clock_is_seen_in_the_date_and_asked_about"),
            Page("f20_a_clock_that_jumps_back_changes_nothing"),
            Native("walk::tests::an_unlikely_visit_date_is_asked"),
        ],
    },
    Fault {
        what: "the night the clock is changed",
        proofs: &[
            Page("the_night_the_clock_goes_back_has_an_hour_more"),
            Page("f21_the_night_the_clock_changes_in_six_zones"),
            Native("walk::clock_change::tests::an_hour_is_skipped_in_spring_and_comes_twice_in_autumn"),
        ],
    },
    Fault { what: "another time zone after a reload", proofs: &[Page("f22_another_time_zone_moves_no_date")] },
    Fault {
        what: "29 February, months that lack the day, 2100",
        proofs: &[
            Native("engine::calendar::tests::a_month_that_lacks_the_day_ends_on_the_first_of_the_next"),
            Native("engine::calendar::tests::a_leap_day_birthday_falls_on_the_first_of_march"),
        ],
    },
    Fault {
        what: "rules that grew old on the device",
        proofs: &[Page("a_page_without_an_update_for_long_asks_for_the_label")],
    },
    Fault {
        what: "commas, points, other digits, signs, units, pasted texts",
        proofs: &[
            Native("the_table_holds"),
            Native("every_question_and_refusal_of_the_table_says_what_to_do"),
            Native("one_stray_character_never_changes_the_number_in_silence"),
            Native("nothing_typed_panics"),
            Page("an_ambiguous_comma_is_asked"),
        ],
    },
    Fault {
        what: "lb for kg, µmol/L for mg/dL, height for weight",
        proofs: &[
            Native("walk::tests::height_and_weight_that_do_not_go_together_are_asked_with_what_else_they_may_mean"),
            Native(
                "walk::tests::a_bilirubin_that_does_not_go_with_its_limit_is_asked_and_counts_for_nothing_until_the_answer",
            ),
            Page("a_slip_between_height_and_weight_is_asked_in_place"),
            Page("a_unit_never_overwrites_what_was_typed"),
        ],
    },
    Fault {
        what: "an input changed after its result: 200 at random, and on the printed sheets",
        proofs: &[
            Page("f27_a_number_never_outlives_its_inputs"),
            Page("the_sheets_of_an_adult_are_one_page_each_and_hold_every_number"),
        ],
    },
    Fault {
        what: "keys and clicks faster than the device",
        proofs: &[Page("f28_on_a_slow_device_the_last_entry_wins")],
    },
    Fault {
        what: "320 px, text twice the size, forced colors, reduced motion",
        proofs: &[
            Page("nothing_is_cut_off_in_a_small_window_or_with_text_twice_the_size"),
            Page("forced_colors_keep_every_meaning"),
            Page("f29_with_reduced_motion_nothing_moves"),
        ],
    },
    Fault {
        what: "a screen keyboard, a tablet that is turned",
        proofs: &[Page("f30_a_smaller_window_keeps_focus_and_text_in_sight")],
    },
    Fault {
        what: "paper: A4 and Letter, one page each",
        proofs: &[
            Page("the_fullest_sheets_still_fit_one_page"),
            Page("what_is_held_prints_why_and_no_work"),
            Page("an_unseen_caution_prints_no_sheet"),
        ],
    },
    Fault {
        what: "a hostile page around this one",
        proofs: &[Page("forged_huge_and_hostile_messages_change_nothing")],
    },
    Fault { what: "a hostile link or code", proofs: &[Page("hostile_links_are_text_and_nothing_else")] },
    Fault {
        what: "a translator in the browser",
        proofs: &[Page("f34_a_translator_reaches_no_number_and_breaks_no_update")],
    },
    Fault { what: "add-ons that insert elements", proofs: &[Page("f35_foreign_elements_break_no_update")] },
    Fault { what: "a tab that is killed", proofs: &[Page("f36_a_renderer_that_is_killed_comes_back_clean")] },
    Fault {
        what: "little memory: 2 MB at the start, 200 reloads in WebKit",
        proofs: &[
            Page("the_wasm_starts_with_at_most_two_megabytes"),
            In(Kind::WebKit, "f37_two_hundred_reloads_are_no_more_than_one"),
        ],
    },
    Fault {
        what: "a dictionary without a sentence",
        proofs: &[Not("the aid speaks English only: there is no dictionary to damage")],
    },
    Fault {
        what: "large system text, high contrast, grey paper",
        proofs: &[
            Page("nothing_is_cut_off_in_a_small_window_or_with_text_twice_the_size"),
            Page("forced_colors_keep_every_meaning"),
            Native("walk::timeline::tests::each_verdict_has_a_sign_and_a_word"),
        ],
    },
    Fault {
        what: "a library that was changed or withdrawn",
        proofs: &[Not(
            "not on this machine: the list of known faults is on a server of its own; every build goes by Cargo.lock",
        )],
    },
];

/// Builds the page, injects all of them, prints the list, and fails when one of them fails.
pub fn inject() -> Outcome {
    tools::set_up()?;
    page::build()?;
    let mut results = native()?;
    for kind in [Kind::Chromium, Kind::Firefox, Kind::WebKit] {
        results.extend(in_browser(kind)?);
    }
    say("The faults");
    let mut failed = Vec::new();
    for (number, fault) in (1..).zip(&FAULTS) {
        let (verdict, why) = verdict(fault, &results);
        println!("F{number:<3} {verdict:<14} {}{why}", fault.what);
        if verdict == "fail" {
            failed.push(format!("F{number}"));
        }
    }
    if failed.is_empty() { Ok(()) } else { Err(format!("Not survived: {}.", failed.join(", "))) }
}

/// What was tried, and whether it held: the kind of test (or the browser) and its name.
type Results = BTreeMap<(Option<Kind>, String), bool>;

fn verdict(fault: &Fault, results: &Results) -> (&'static str, String) {
    let mut broken = Vec::new();
    for proof in fault.proofs {
        let (place, name) = match *proof {
            Page(name) => (Some(Kind::Chromium), name),
            In(kind, name) => (Some(kind), name),
            Native(name) => (None, name),
            Not(why) => return ("not tried", format!(": {why}")),
        };
        // What did not run at all did not hold either.
        if results.get(&(place, name.to_owned())) != Some(&true) {
            broken.push(name);
        }
    }
    match broken.as_slice() {
        [] => ("pass", String::new()),
        broken => ("fail", format!(": {}", broken.join(", "))),
    }
}

/// The names of the tests that are to run here.
fn names(place: Option<Kind>) -> Vec<&'static str> {
    let here = |proof: &Proof| match *proof {
        Page(name) if place == Some(Kind::Chromium) => Some(name),
        In(kind, name) if place == Some(kind) => Some(name),
        Native(name) if place.is_none() => Some(name),
        _ => None,
    };
    let mut names: Vec<&str> = FAULTS.iter().flat_map(|fault| fault.proofs).filter_map(here).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn native() -> Outcome<Results> {
    say("Natively");
    let mut test = cargo();
    test.args(["test", "--locked", "--no-fail-fast", "--lib", "--test", "number_entry", "--", "--exact"]);
    Ok(tried(test.args(names(None)), None))
}

fn in_browser(kind: Kind) -> Outcome<Results> {
    say(&format!("In {kind}"));
    let mut test = through_the_page(&browser::set_up(kind)?)?;
    test.arg("--no-fail-fast").args(TWO_AT_A_TIME).args(["--exact", "--include-ignored"]);
    Ok(tried(test.args(names(Some(kind))), Some(kind)))
}

/// Runs tests and listens to what they say, which is also shown.
fn tried(test: &mut Command, place: Option<Kind>) -> Results {
    let mut results = Results::new();
    let Ok(mut process) = test.stdout(Stdio::piped()).spawn() else { return results };
    if let Some(output) = process.stdout.take() {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            if let Some((name, held)) = result(&line) {
                results.insert((place, name.to_owned()), held);
            }
            // Most of these files hold none of them.
            let nothing = line.is_empty() || line == "running 0 tests" || line.contains(" 0 passed; 0 failed");
            if !nothing {
                println!("{line}");
            }
        }
    }
    let _ = process.wait();
    results
}

/// `test NAME ... ok`.
fn result(line: &str) -> Option<(&str, bool)> {
    let (name, word) = line.strip_prefix("test ")?.split_once(" ... ")?;
    match word {
        "ok" => Some((name, true)),
        "FAILED" => Some((name, false)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::tests_of_the_page;
    use crate::only::ONLY;
    use crate::shell::root;

    #[test]
    fn every_named_test_is_there_and_runs_in_its_browser() {
        let there = tests_of_the_page();
        for kind in [Kind::Chromium, Kind::Firefox, Kind::WebKit] {
            let left_out = || ONLY.iter().filter(|only| !only.browsers.contains(&kind));
            for name in names(Some(kind)) {
                let of: Vec<&str> = there.iter().filter(|(_, there)| there == name).map(|(file, _)| &**file).collect();
                assert_eq!(of.len(), 1, "{name} is in {of:?}");
                assert!(
                    left_out().all(|only| !only.tests.contains(&name) && !only.files.contains(&of[0])),
                    "{name}, {kind}"
                );
            }
        }
        let read = |place: String| std::fs::read_to_string(root().join(place)).unwrap_or_default();
        for name in names(None) {
            let test = format!("fn {}(", name.rsplit("::").next().unwrap_or(name));
            let path: Vec<&str> = name.split("::").take_while(|part| *part != "tests").collect();
            let places = match path.as_slice() {
                [one] if *one == name => vec!["tests/number_entry.rs".to_owned()],
                path => vec![format!("src/{}.rs", path.join("/")), format!("src/{}/tests.rs", path.join("/"))],
            };
            assert!(places.into_iter().any(|place| read(place).contains(&test)), "no {name}");
        }
    }

    #[test]
    fn a_fault_passes_only_when_all_its_tests_ran_and_held() {
        let fault = Fault { what: "", proofs: &[Page("one"), In(Kind::WebKit, "two")] };
        let with = |two: Option<bool>| {
            let mut results = Results::from([((Some(Kind::Chromium), "one".to_owned()), true)]);
            results.extend(two.map(|held| ((Some(Kind::WebKit), "two".to_owned()), held)));
            verdict(&fault, &results).0
        };
        assert_eq!([with(Some(true)), with(Some(false)), with(None)], ["pass", "fail", "fail"]);
        assert_eq!(result("test a::b ... ok"), Some(("a::b", true)));
        assert_eq!(result("test c ... FAILED"), Some(("c", false)));
        assert_eq!(result("test result: ok. 1 passed"), None);
    }
}
