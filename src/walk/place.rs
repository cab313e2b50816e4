//! Places in the lists of the contract: a cycle of the course, a reported toxicity. As many as the page has room for, so that
//! every question is known beforehand and keeps its id.

use std::ops::{Index, IndexMut};

use crate::engine::labels::thresholds;

macro_rules! places {
    ($($(#[$doc:meta])* $name:ident, $count:expr;)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(usize);

        impl $name {
            /// How many there are.
            pub const COUNT: usize = $count;

            /// The place with this index, from 0.
            #[must_use]
            pub fn new(index: usize) -> Option<Self> {
                (index < Self::COUNT).then_some(Self(index))
            }

            /// All of them, in order.
            pub fn all() -> impl DoubleEndedIterator<Item = Self> {
                (0..Self::COUNT).map(Self)
            }

            /// Its index, from 0.
            #[must_use]
            pub fn index(self) -> usize {
                self.0
            }
        }
    )+};
}

places! {
    /// A cycle of the course: cycle 1 is at 0.
    CycleAt, thresholds::CYCLES_AT_MOST as usize;
    /// A reported toxicity.
    ToxicityAt, 6;
}

impl CycleAt {
    /// The number of the cycle, from 1.
    #[must_use]
    pub fn number(self) -> usize {
        self.0.saturating_add(1)
    }

    /// The cycle before it.
    #[must_use]
    pub fn before(self) -> Option<Self> {
        Self::new(self.0.checked_sub(1)?)
    }

    /// The same for each cycle.
    #[must_use]
    pub fn each<T: Clone>(of: T) -> PerCycle<T> {
        PerCycle(std::array::from_fn(|_| of.clone()))
    }
}

/// Where a question is asked that is asked more than once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// Of a cycle.
    Cycle(CycleAt),
    /// Of a toxicity.
    Toxicity(ToxicityAt),
}

impl From<CycleAt> for At {
    fn from(at: CycleAt) -> Self {
        Self::Cycle(at)
    }
}

impl From<ToxicityAt> for At {
    fn from(at: ToxicityAt) -> Self {
        Self::Toxicity(at)
    }
}

/// One of something for each cycle.
#[derive(Debug, Clone, PartialEq)]
pub struct PerCycle<T>([T; CycleAt::COUNT]);

// A place is only made inside the list, so these find their item.
impl<T> Index<CycleAt> for PerCycle<T> {
    type Output = T;
    fn index(&self, at: CycleAt) -> &T {
        &self.0[at.0]
    }
}

impl<T> IndexMut<CycleAt> for PerCycle<T> {
    fn index_mut(&mut self, at: CycleAt) -> &mut T {
        &mut self.0[at.0]
    }
}
