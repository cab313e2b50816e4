//! What the end-to-end tests cannot see in every browser, and why. Everything else runs in each.

use crate::browser::Kind;

/// Tests that need what some browsers, or their drivers, do not have.
pub struct Only {
    /// Where they run.
    pub browsers: &'static [Kind],
    /// What they need.
    pub why: &'static str,
    /// Whole files of tests.
    pub files: &'static [&'static str],
    /// Single tests, by name.
    pub tests: &'static [&'static str],
}

const CHROMIUM: &[Kind] = &[Kind::Chromium];

/// The list. A test fails when one of these is not there.
pub const ONLY: [Only; 12] = [
    Only {
        browsers: CHROMIUM,
        why: "pictures, axe-core, emulated colors and screens, and the tree that screen readers get",
        files: &["looks", "words"],
        tests: &["a_part_of_a_page_keeps_nobody_out", "pictures_of_a_local_policy", "pictures_of_the_pages"],
    },
    Only {
        browsers: CHROMIUM,
        why: "windows as narrow as a phone; those of the others stay wider",
        files: &[],
        tests: &[
            "a_sheet_is_chosen_on_a_phone",
            "every_button_of_a_record_is_large_enough_and_fits_a_phone",
            "every_sheet_can_be_read_on_the_screen",
            "no_page_scrolls_sideways_on_a_phone",
            "no_step_scrolls_sideways_on_a_phone",
            "the_answers_to_a_slip_fit_a_phone",
            "the_boxed_warning_is_one_press_away_from_every_step",
        ],
    },
    Only {
        browsers: CHROMIUM,
        why: "paper: the PDFs of Chromium are read back, and another browser breaks lines elsewhere",
        files: &[],
        tests: &[
            "an_unseen_caution_prints_no_sheet",
            "the_fullest_sheets_still_fit_one_page",
            "the_longest_local_policy_has_room_on_the_fullest_sheets",
            "the_sheets_of_an_adult_are_one_page_each_and_hold_every_number",
            "what_is_held_prints_why_and_no_work",
        ],
    },
    Only {
        browsers: CHROMIUM,
        why: "commands to end the worker, to pass it over, to empty a cache or to set its limit, and the browser's own word on whether it would install",
        files: &[],
        tests: &[
            "a_device_without_room_says_so_and_works_from_the_network",
            "a_page_loaded_past_every_cache_is_taken_over_by_a_worker_of_its_build",
            "storage_that_the_browser_wipes_is_filled_again",
            "the_browser_would_install_it",
            "twenty_of_twenty_cold_starts_without_a_server",
        ],
    },
    Only {
        browsers: CHROMIUM,
        why: "a script of ours in a page that the server cannot put it into, or none at all",
        files: &[],
        tests: &["a_browser_that_cannot_unpack_says_so", "f3_without_scripts_the_page_says_so"],
    },
    Only {
        browsers: CHROMIUM,
        why: "a slow processor, a tab that is killed, a time zone that changes under the page, another sense for motion",
        files: &[],
        tests: &[
            "f22_another_time_zone_moves_no_date",
            "f28_on_a_slow_device_the_last_entry_wins",
            "f29_with_reduced_motion_nothing_moves",
            "f36_a_renderer_that_is_killed_comes_back_clean",
        ],
    },
    Only {
        browsers: CHROMIUM,
        why: "what reads a code from a picture (BarcodeDetector), which no other browser has: none offers its camera",
        files: &[],
        tests: &["the_camera_reads_the_code_and_is_let_go"],
    },
    Only {
        browsers: CHROMIUM,
        why: "minutes of the same; one of each runs everywhere",
        files: &[],
        tests: &["f21_the_night_the_clock_changes_in_six_zones"],
    },
    Only {
        browsers: CHROMIUM,
        why: "no browser: they look at the files of the page",
        files: &["dist"],
        tests: &[
            "the_file_is_small_and_names_nothing_outside",
            "the_manifest_names_what_is_there_and_nothing_elsewhere",
            "the_worker_lists_every_file_of_the_page_and_nothing_else",
        ],
    },
    Only {
        browsers: &[Kind::Chromium, Kind::Firefox],
        why: "a page that is still being read, which WebKit's driver waits for",
        files: &[],
        tests: &[
            "f6_a_style_sheet_that_stalls_or_is_damaged_does_not_blank_the_page",
            "f6_style_sheets_that_all_stall_leave_the_first_screen",
        ],
    },
    Only {
        browsers: &[Kind::Chromium, Kind::Firefox],
        why: "a setting against storage or for a private window, which WebKit's driver has not",
        files: &[],
        tests: &[
            "f11_a_private_window_works_and_says_whether_it_keeps_the_aid",
            "f12_where_storage_is_blocked_the_aid_works_and_says_once_that_it_keeps_nothing",
        ],
    },
    Only {
        browsers: &[Kind::Chromium, Kind::Firefox],
        why: "sixty visits, which take WebKit's driver three minutes; one flipped bit is tried there, too",
        files: &[],
        tests: &["f4_no_flipped_bit_ever_runs"],
    },
];

#[cfg(test)]
mod tests {
    use super::ONLY;
    use crate::checks::tests_of_the_page;

    #[test]
    fn every_test_and_file_on_the_list_is_there_and_is_there_once() {
        let there = tests_of_the_page();
        for only in &ONLY {
            for file in only.files {
                assert!(there.iter().any(|(of, _)| of == file), "no file {file}");
            }
            for name in only.tests {
                assert_eq!(there.iter().filter(|(_, there)| there == name).count(), 1, "{name}");
            }
        }
    }
}
