//! Which group a test is in, and what it is worth.

use std::collections::BTreeMap;

use super::{
    Mistake, Mistakes, Test, TestKind,
    draft::Draft,
    manifest::{Group, Manifest, Visibility},
};

/// Longest name of a test, in characters.
const MAX_NAME: usize = 100;

/// A test as its file says it, before groups are looked at.
pub(super) struct Found {
    pub(super) name: String,
    pub(super) kind: TestKind,
    pub(super) file: String,
    pub(super) line: Option<usize>,
}

/// Whether a test's name fits a pattern, in which `*` stands for any characters.
pub fn matches(pattern: &str, name: &str) -> bool {
    let Some((head, tail)) = pattern.split_once('*') else { return pattern == name };
    let Some(mut rest) = name.strip_prefix(head) else { return false };
    let (middles, last) = tail.rsplit_once('*').unwrap_or(("", tail));
    for middle in middles.split('*') {
        let Some(at) = rest.find(middle) else { return false };
        rest = &rest[at + middle.len()..];
    }
    rest.ends_with(last)
}

impl Manifest {
    /// Which of its groups a test is in: the first that names it.
    pub fn group_of(&self, test: &str) -> Option<usize> {
        let names = |group: &Group| group.tests.iter().any(|pattern| matches(pattern, test));
        self.groups.iter().position(names)
    }
}

/// The tests by name, each in the first group that names it, points of a group shared out equally.
pub(super) fn share_out(found: Vec<Found>, draft: &Draft, mistakes: &mut Mistakes) -> Vec<Test> {
    let by_name = unique(found, mistakes);
    let trusted = draft.trusts("group");
    let groups = if trusted { draft.manifest.groups.as_slice() } else { &[] };
    let group_of = |name: &str| draft.manifest.group_of(name).filter(|_| trusted);
    let placed: Vec<_> =
        by_name.into_iter().map(|(name, kind)| (group_of(&name), name, kind)).collect();
    let mut sizes = vec![0_u32; groups.len()];
    for (group, ..) in &placed {
        if let Some(size) = group.and_then(|group| sizes.get_mut(group)) {
            *size += 1;
        }
    }
    let names: Vec<&str> = placed.iter().map(|(_, name, _)| name.as_str()).collect();
    for (n, group) in groups.iter().enumerate() {
        let fit = check_patterns(n, group, &names, draft, mistakes);
        if fit && sizes.get(n) == Some(&0) {
            let reason = "all its tests are in an earlier group; the first that names a test wins";
            mistakes.add(draft.mistake(&format!("group.{n}.tests"), reason));
        }
    }
    if names.is_empty() && mistakes.all().is_empty() {
        mistakes.of_file("tests", "holds no test");
    }
    placed
        .into_iter()
        .map(|(n, name, kind)| {
            let group = n.and_then(|n| groups.get(n).zip(sizes.get(n)));
            let (visibility, possible) = match group {
                None => (Visibility::Visible, 1.0),
                Some((group, size)) => {
                    let share = group.points.map_or(1.0, |points| points / f64::from(*size));
                    (group.visibility, share)
                }
            };
            Test { name, kind, visibility, possible, group: n }
        })
        .collect()
}

/// The tests by name; a name that stands twice, or is none, is a mistake.
fn unique(found: Vec<Found>, mistakes: &mut Mistakes) -> BTreeMap<String, TestKind> {
    let mut by_name = BTreeMap::new();
    for Found { name, kind, file, line } in found {
        let reason = if name.is_empty() || name.chars().count() > MAX_NAME {
            Some(format!("the name of a test has 1 to {MAX_NAME} characters"))
        } else if name.contains(char::is_control) {
            Some(format!("the name {name:?} holds a control character"))
        } else if by_name.contains_key(&name) {
            Some(format!("there are two tests named {name:?}"))
        } else {
            None
        };
        match reason {
            Some(reason) => mistakes.add(Mistake { file, line, key: None, reason }),
            None => {
                by_name.insert(name, kind);
            }
        }
    }
    by_name
}

/// Tells patterns that fit no test; whether all patterns of the group's own tests fit some.
fn check_patterns(
    n: usize,
    group: &Group,
    names: &[&str],
    draft: &Draft,
    mistakes: &mut Mistakes,
) -> bool {
    let mut idle = 0;
    for (key, patterns) in [("tests", &group.tests), ("depends_on", &group.depends_on)] {
        for (i, pattern) in patterns.iter().enumerate() {
            if !names.iter().any(|name| matches(pattern, name)) {
                let key = format!("group.{n}.{key}.{i}");
                mistakes.add(draft.mistake(&key, format!("{pattern:?} fits no test")));
                idle += 1;
            }
        }
    }
    idle == 0 && !group.tests.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_characters() {
        for (pattern, name) in [
            ("a", "a"),
            ("*", ""),
            ("a*", "abc"),
            ("*c", "abc"),
            ("a*c", "ac"),
            ("*b*", "abc"),
            ("a**c", "abc"),
        ] {
            assert!(matches(pattern, name), "{pattern} {name}");
        }
        for (pattern, name) in
            [("a", "ab"), ("a*a", "a"), ("*b", "abc"), ("a*b*c", "acb"), ("", "a")]
        {
            assert!(!matches(pattern, name), "{pattern} {name}");
        }
    }
}
