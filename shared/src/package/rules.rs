//! What a manifest must say beyond the types of its keys.

use super::{
    Manifest, Mistakes,
    draft::Draft,
    manifest::{Compare, Function, Group, Type},
    path,
};

/// Longest title, in characters.
const MAX_TITLE: usize = 200;

/// Checks every key that could be read.
pub(super) fn check(draft: &Draft, mistakes: &mut Mistakes) {
    for (key, reason) in faults(&draft.manifest) {
        let top = key.split('.').next().unwrap_or_default();
        if draft.trusts(top) {
            mistakes.add(draft.mistake(&key, reason));
        }
    }
    if draft.trusts("languages") && draft.trusts("entry") {
        let listed = &draft.manifest.languages;
        for language in draft.manifest.entry.keys().filter(|name| !listed.contains(name)) {
            let reason = format!("{language:?} is not among `languages`");
            mistakes.add(draft.mistake(&format!("entry.{language}"), reason));
        }
    }
}

type Faults = Vec<(String, String)>;

fn faults(manifest: &Manifest) -> Faults {
    let mut faults = names(manifest);
    faults.extend(limits(manifest));
    match &manifest.compare {
        Compare::Checker(_) | Compare::Interactor(_) => {
            faults
                .push(("compare".into(), "a program that compares is not graded here yet".into()));
        }
        Compare::Float(within) if !(0.0..1.0).contains(within) => {
            faults.push(("compare".into(), format!("{within} is not from 0 to below 1")));
        }
        _ => {}
    }
    if manifest.tries == Some(0) {
        faults.push(("tries".into(), "0 tries is no assignment; leave the key out".into()));
    }
    if manifest.feedback.levels > 3 {
        faults.push(("feedback.levels".into(), "there are levels 0 to 3".into()));
    }
    if let Some(function) = &manifest.function {
        faults.extend(function_name(function));
        if manifest.languages.iter().any(|language| language == "c") {
            faults.extend(lists_of_lists(function));
        }
    }
    for (n, group) in manifest.groups.iter().enumerate() {
        faults.extend(of_group(n, group));
    }
    faults
}

fn names(manifest: &Manifest) -> Faults {
    let mut faults = Faults::new();
    if !is_id(&manifest.id) {
        let reason = format!("{:?} is not 1 to 64 of a-z, 0-9 and -", manifest.id);
        faults.push(("id".into(), reason));
    }
    let title = manifest.title.trim();
    if title.is_empty() || title.chars().count() > MAX_TITLE || title.contains(char::is_control) {
        faults.push(("title".into(), format!("is not one line of 1 to {MAX_TITLE} characters")));
    }
    if manifest.languages.is_empty() {
        faults.push(("languages".into(), "names no language".into()));
    }
    for (n, language) in manifest.languages.iter().enumerate() {
        if !is_id(language) {
            faults.push((format!("languages.{n}"), format!("{language:?} is no language")));
        } else if manifest.languages.iter().take(n).any(|earlier| earlier == language) {
            faults.push((format!("languages.{n}"), format!("{language:?} stands here twice")));
        }
    }
    for (language, entry) in &manifest.entry {
        if let Some(fault) = path::fault(entry, path::MAX_DEPTH) {
            faults.push((format!("entry.{language}"), format!("{entry:?} {fault}")));
        }
    }
    faults
}

fn is_id(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    (1..=64).contains(&text.len()) && text.chars().all(plain)
}

/// A name that is one in every language.
fn function_name(function: &Function) -> Option<(String, String)> {
    let letter = |c: char| c.is_ascii_alphabetic() || c == '_';
    let good = function.name.starts_with(letter)
        && function.name.len() <= 100
        && function.name.chars().all(|c| letter(c) || c.is_ascii_digit());
    (!good).then(|| ("function.name".into(), format!("{:?} names no function", function.name)))
}

/// C's table of types has no list of lists: a pointer and one length do not say how long each is.
fn lists_of_lists(function: &Function) -> Faults {
    let nested = |ty: &Type| matches!(ty, Type::List(inner) if matches!(**inner, Type::List(_)));
    let reason = || "a list of lists cannot be passed in C".to_owned();
    let params = function.params.iter().enumerate().filter(|(_, ty)| nested(ty));
    let mut faults: Faults =
        params.map(|(n, _)| (format!("function.params.{n}"), reason())).collect();
    if nested(&function.returns) {
        faults.push(("function.returns".into(), reason()));
    }
    faults
}

/// Largest values are what one machine can give to one of many learners.
fn limits(manifest: &Manifest) -> Faults {
    let (limits, build) = (&manifest.limits, &manifest.build);
    let seconds = [
        ("limits.cpu_seconds", limits.cpu_seconds, 60.0),
        ("limits.wall_seconds", limits.wall_seconds, 120.0),
        ("build.cpu_seconds", build.cpu_seconds, 120.0),
    ];
    let counts = [
        ("limits.memory_mib", limits.memory_mib, 4096),
        ("limits.output_kib", limits.output_kib, 1024),
        ("limits.processes", limits.processes, 256),
        ("limits.disk_mib", limits.disk_mib, 1024),
        ("build.memory_mib", build.memory_mib, 4096),
    ];
    let seconds = seconds.into_iter().filter(|(_, value, most)| !(*value > 0.0 && value <= most));
    let counts = counts.into_iter().filter(|(_, value, most)| !(1..=*most).contains(value));
    seconds
        .map(|(key, value, most)| {
            (key.into(), format!("{value} is not above 0 and at most {most}"))
        })
        .chain(counts.map(|(key, value, most)| {
            (key.into(), format!("{value} is not above 0 and at most {most}"))
        }))
        .collect()
}

fn of_group(n: usize, group: &Group) -> Faults {
    let mut faults = Faults::new();
    if group.tests.is_empty() {
        faults.push((format!("group.{n}.tests"), "names no tests".into()));
    }
    if let Some(points) = group.points.filter(|points| !(0.0..=1e6).contains(points)) {
        faults.push((format!("group.{n}.points"), format!("{points} is not from 0 to 1000000")));
    }
    faults
}
