//! Reads `assignment.toml` key by key, so that one wrong key does not hide the next.

use std::collections::{BTreeMap, BTreeSet};

use toml::de::DeTable;

use super::{
    Manifest, Mistake, Mistakes,
    probe::{LEAST, least, manifest, wrong_parts},
    toml_text::{line_of, lines},
};

/// The manifest's file.
pub(super) const FILE: &str = "assignment.toml";

/// Keys that every manifest has.
const NEEDED: [&str; 3] = ["id", "title", "languages"];

/// A manifest as far as it could be read; what could not has its default.
pub(super) struct Draft {
    /// The manifest.
    pub(super) manifest: Manifest,
    lines: BTreeMap<String, usize>,
    /// Top keys that could not be read; `None` where nothing could.
    bad: Option<BTreeSet<String>>,
}

impl Draft {
    /// Whether the manifest means what [`Self::manifest`] says under this top key.
    pub(super) fn trusts(&self, key: &str) -> bool {
        self.bad.as_ref().is_some_and(|bad| !bad.contains(key))
    }

    /// A mistake at a key, or at the nearest key above it that is written.
    pub(super) fn mistake(&self, key: &str, reason: impl Into<String>) -> Mistake {
        let mut path = key;
        let line = loop {
            match (self.lines.get(path), path.rsplit_once('.')) {
                (Some(line), _) => break Some(*line),
                (None, Some((above, _))) => path = above,
                (None, None) => break None,
            }
        };
        Mistake { file: FILE.into(), line, key: Some(key.into()), reason: reason.into() }
    }
}

/// Reads the manifest's text, or as much of it as can be.
pub(super) fn read(text: Option<&str>, mistakes: &mut Mistakes) -> Draft {
    let nothing = || {
        let manifest = manifest(least(LEAST)).expect("the least manifest is one");
        Draft { manifest, lines: BTreeMap::new(), bad: None }
    };
    let Some(text) = text else {
        mistakes.of_file(FILE, "is missing");
        return nothing();
    };
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        for error in errors {
            let line = error.span().map(|span| line_of(text, span.start));
            mistakes.of_line(FILE, line.unwrap_or(1), error.message());
        }
        return nothing();
    }
    let table = table.into_inner();
    let mut draft = Draft { lines: lines(text, &table), bad: Some(BTreeSet::new()), ..nothing() };
    draft.fill(text, table, mistakes);
    draft
}

impl Draft {
    fn fill(&mut self, text: &str, table: DeTable<'_>, mistakes: &mut Mistakes) {
        let mut bad = BTreeSet::new();
        for needed in NEEDED.iter().filter(|needed| !table.contains_key(**needed)) {
            mistakes.add(self.mistake(needed, "is missing"));
            bad.insert((*needed).to_owned());
        }
        let mut good = least(LEAST);
        for (key, value) in table {
            let name = key.get_ref().to_string();
            let wrong = wrong_parts(&name, &value);
            if wrong.is_empty() {
                good.remove(name.as_str());
                good.insert(key, value);
                continue;
            }
            bad.insert(name);
            for (path, error) in wrong {
                let mut mistake = self.mistake(&path, reason(error.message()));
                let line = error.span().filter(|span| !span.is_empty());
                mistake.line = line.map(|span| line_of(text, span.start)).or(mistake.line);
                mistakes.add(mistake);
            }
        }
        self.manifest = manifest(good).expect("keys that are right one by one are right together");
        self.bad = Some(bad);
    }
}

/// What serde says, in the words of TOML.
fn reason(said: &str) -> String {
    said.replace("unknown field", "unknown key").replace("missing field", "missing key")
}
