//! Where the keys of a TOML text stand.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

/// The line, from 1, of a byte of the text.
pub(super) fn line_of(text: &str, byte: usize) -> usize {
    1 + text.as_bytes().iter().take(byte).filter(|byte| **byte == b'\n').count()
}

/// The line of every key, by its path: `limits.cpu_seconds`, `group.0.tests`.
pub(super) fn lines(text: &str, table: &DeTable<'_>) -> BTreeMap<String, usize> {
    let mut lines = BTreeMap::new();
    walk_table(text, table, "", &mut lines);
    lines
}

fn walk_table(text: &str, table: &DeTable<'_>, above: &str, lines: &mut BTreeMap<String, usize>) {
    for (key, value) in table {
        let path = format!("{above}{}", key.get_ref());
        lines.insert(path.clone(), line_of(text, key.span().start));
        walk(text, value.get_ref(), &path, lines);
    }
}

fn walk(text: &str, value: &DeValue<'_>, path: &str, lines: &mut BTreeMap<String, usize>) {
    match value {
        DeValue::Table(table) => walk_table(text, table, &format!("{path}."), lines),
        DeValue::Array(array) => {
            for (n, element) in array.iter().enumerate() {
                let path = format!("{path}.{n}");
                lines.insert(path.clone(), line_of(text, element.span().start));
                walk(text, element.get_ref(), &path, lines);
            }
        }
        _ => {}
    }
}
