//! What every component shares: the walk, what follows from it, and the one way to change it.

use leptos::prelude::*;

use crate::interchange::fhir::Record;
use crate::walk::plan::Plan;
use crate::walk::{Action, Step, Walk, reduce};

/// What reads a piece out of the walk and what follows from it.
type Piece<T> = Box<dyn Fn(&Walk, &Plan) -> T + Send + Sync>;

/// A handle on the walk; copy it freely.
#[derive(Clone, Copy)]
pub struct Desk {
    walk: RwSignal<Walk>,
    plan: Memo<Plan>,
    /// Id of the element that takes the focus once the next step is drawn; its heading when there is none.
    aim: StoredValue<Option<String>>,
    /// On a phone the plan is a bar; whether it is open.
    pub plan_open: RwSignal<bool>,
    /// What is to be said aloud, beside the decision.
    pub news: RwSignal<String>,
    /// A record that was handed over, of this patient and no other; its values are taken one by one.
    pub record: RwSignal<Option<Record>>,
    /// How many patients were on this desk before this one.
    patients: StoredValue<u64>,
}

/// The patient on the desk at some time.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Patient(Option<u64>);

impl Desk {
    /// A desk with a fresh walk on it.
    #[must_use]
    pub fn new(walk: Walk) -> Self {
        let walk = RwSignal::new(walk);
        // Two plans are never compared: what is shown of them is, piece by piece, in `watch`.
        let plan = Memo::new_with_compare(move |_| walk.with(Plan::of), |_, _| true);
        Self {
            walk,
            plan,
            aim: StoredValue::new(None),
            plan_open: RwSignal::new(false),
            news: RwSignal::new(String::new()),
            record: RwSignal::new(None),
            patients: StoredValue::new(0),
        }
    }

    /// Changes the walk. After the page is gone this does nothing.
    pub fn act(self, action: Action) {
        if matches!(action, Action::NewPatient(_) | Action::Load(_) | Action::Receive(_)) {
            let _ = self.record.try_set(None);
            let _ = self.patients.try_update_value(|before| *before = before.saturating_add(1));
        }
        let _ = self.walk.try_update(|walk| *walk = reduce(walk.clone(), action));
    }

    /// The patient on the desk now.
    #[must_use]
    pub fn patient(self) -> Patient {
        Patient(self.patients.try_get_value())
    }

    /// Shows a record that was handed over for this patient. A refused one leaves everything as it was.
    ///
    /// # Errors
    /// Another patient came while it was read, or waited: a sentence that says so.
    pub fn show_record(self, of: Patient, record: Record) -> Result<(), String> {
        if of != self.patient() {
            return Err("The patient has changed since. Hand the record over again.".to_owned());
        }
        let _ = self.record.try_set(Some(record));
        Ok(())
    }

    /// Puts another walk in the place of this one.
    pub fn put(self, walk: Walk) {
        let _ = self.walk.try_set(walk);
    }

    /// The walk as text, and followed.
    #[must_use]
    pub fn kept(self) -> String {
        self.walk.with(Walk::kept)
    }

    /// Says a sentence aloud, beside the decision.
    pub fn say(self, sentence: &str) {
        let _ = self.news.try_set(sentence.to_owned());
    }

    /// A piece of what follows from the walk; tells its users only when the piece itself changes.
    pub fn watch<T>(self, piece: impl Fn(&Walk, &Plan) -> T + Send + Sync + 'static) -> Memo<T>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        // Behind a pointer: compiled once for each kind of piece, not for each piece.
        self.followed(Box::new(piece))
    }

    fn followed<T>(self, piece: Piece<T>) -> Memo<T>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| self.walk.with(|walk| self.plan.with(|plan| piece(walk, plan))))
    }

    /// The same, read once and not followed. `None` after the page is gone.
    pub fn peek<T>(self, piece: impl FnOnce(&Walk, &Plan) -> T) -> Option<T> {
        self.walk.try_with_untracked(|walk| self.plan.try_with_untracked(|plan| piece(walk, plan))).flatten()
    }

    /// Lets an element of the step about to be drawn take the focus instead of the step's heading.
    pub fn aim_at(self, id: String) {
        let _ = self.aim.try_update_value(|aim| *aim = Some(id));
    }

    /// The element aimed at, once.
    #[must_use]
    pub fn aimed_at(self) -> Option<String> {
        self.aim.try_update_value(Option::take).flatten()
    }

    /// The step in view.
    #[must_use]
    pub fn here(self) -> Memo<Step> {
        self.watch(|walk, _| walk.here)
    }
}
