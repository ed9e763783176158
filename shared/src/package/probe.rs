//! Tries the keys of a manifest one by one, each beside the least that a manifest must say.

use serde::Deserialize as _;
use toml::{
    Spanned,
    de::{DeArray, DeTable, DeValue, Deserializer, Error},
};

use super::Manifest;

/// The least that a manifest must say.
pub(super) const LEAST: &str = "id = 'x'\ntitle = 'x'\nlanguages = []";
const LEAST_FUNCTION: &str = "name = 'x'\nparams = []\nreturns = 'int'";
const LEAST_GROUP: &str = "tests = []";

/// One of the tables above.
pub(super) fn least(text: &'static str) -> DeTable<'static> {
    DeTable::parse(text).expect("these constants are TOML").into_inner()
}

/// A table as a manifest.
pub(super) fn manifest(table: DeTable<'_>) -> Result<Manifest, Error> {
    Manifest::deserialize(Deserializer::from(Spanned::new(0..0, table)))
}

/// The parts of a top key that cannot be read, by their path: `limits.cpu_seconds`, `group.0.tests`.
pub(super) fn wrong_parts(key: &str, value: &Spanned<DeValue<'_>>) -> Vec<(String, Error)> {
    let tried = |(path, part): (String, DeValue<'_>)| {
        let part = Spanned::new(value.span(), part);
        manifest(beside(least(LEAST), key, part)).err().map(|error| (path, error))
    };
    let wrong: Vec<_> = parts(key, value.get_ref()).into_iter().filter_map(tried).collect();
    if wrong.is_empty() {
        // Keys that are right one by one may still lack one.
        tried((key.to_owned(), value.get_ref().clone())).into_iter().collect()
    } else {
        wrong
    }
}

/// A value cut into parts that hold one key of it each.
fn parts<'v>(key: &str, value: &DeValue<'v>) -> Vec<(String, DeValue<'v>)> {
    match (key, value) {
        ("limits" | "build" | "feedback", DeValue::Table(table)) => singles(key, table, ""),
        ("function", DeValue::Table(table)) => singles(key, table, LEAST_FUNCTION),
        ("group", DeValue::Array(groups)) => {
            let mut parts = Vec::new();
            for (n, group) in groups.iter().enumerate() {
                let Some(table) = group.get_ref().as_table() else { continue };
                for (path, part) in singles(&format!("{key}.{n}"), table, LEAST_GROUP) {
                    let mut alone = DeArray::new();
                    alone.push(Spanned::new(group.span(), part));
                    parts.push((path, DeValue::Array(alone)));
                }
            }
            parts
        }
        _ => Vec::new(),
    }
}

/// Each key of a table alone, beside what its table must say.
fn singles<'v>(
    above: &str,
    table: &DeTable<'v>,
    needed: &'static str,
) -> Vec<(String, DeValue<'v>)> {
    let single = |(key, value): (&Spanned<_>, &Spanned<DeValue<'v>>)| {
        let mut alone: DeTable<'v> = least(needed);
        let name = AsRef::<str>::as_ref(key.get_ref());
        let path = format!("{above}.{name}");
        alone.remove(name);
        alone.insert(key.clone(), value.clone());
        (path, DeValue::Table(alone))
    };
    table.iter().map(single).collect()
}

fn beside<'v>(mut table: DeTable<'v>, key: &str, value: Spanned<DeValue<'v>>) -> DeTable<'v> {
    table.remove(key);
    table.insert(Spanned::new(value.span(), key.to_owned().into()), value);
    table
}
