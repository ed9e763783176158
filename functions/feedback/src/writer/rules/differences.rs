//! Every difference between an expected and an actual result that has a name, with its words.
//!
//! All words are here, so that tone and length are checked in one place. None of them gives a fix: they
//! say what is seen, and what sort of thing to check.

mod output;
mod several;
mod value;

/// A named difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Difference {
    /// Its name, which tests and logs show.
    pub(super) name: &'static str,
    /// What is seen, a sentence for level 1.
    pub(super) seen: &'static str,
    /// What sort of thing to check, a sentence or two for level 3.
    pub(super) check: &'static str,
}

/// One constant for each difference, and a list of them all.
macro_rules! differences {
    ($list:ident: $($constant:ident $name:literal: $seen:literal / $check:literal;)*) => {
        $(pub(in crate::writer::rules) const $constant: Difference = Difference { name: $name, seen: $seen, check: $check };)*
        #[cfg(test)]
        pub(in crate::writer::rules) const $list: &[Difference] = &[$($constant),*];
    };
}

use differences;
pub(in crate::writer::rules) use {output::*, several::*, value::*};

#[cfg(test)]
pub(super) fn all() -> impl Iterator<Item = Difference> {
    [OUTPUTS, SEVERAL, VALUES].into_iter().flatten().copied()
}
