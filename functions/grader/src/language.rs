//! A language: one file in `languages/`, embedded, that says how its programs are built and run.

use std::{
    collections::BTreeMap,
    process::{Command, Stdio},
    sync::OnceLock,
};

use anyhow::Context;
use serde::Deserialize;
use shared::package::{Files, Manifest};

use crate::coverage::Collector;

/// Every file in `languages/`: path below it, and text.
static EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/languages.rs"));

/// A language's file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Language {
    /// The name of its file.
    #[serde(skip)]
    pub(crate) name: String,
    /// Endings of source files.
    pub(crate) endings: Vec<String>,
    /// Names of the file that is run, in the order in which they are looked for.
    pub(crate) entry: Vec<String>,
    /// Kinds of test that work in it.
    pub(crate) test_kinds: Vec<String>,
    /// Memory that the language itself needs beyond a test's limit.
    pub(crate) overhead_mib: u64,
    /// Its tools, by name.
    pub(crate) tools: BTreeMap<String, Tool>,
    /// How a program is built, or its syntax checked.
    pub(crate) build: Building,
    /// How a program is run.
    pub(crate) run: Running,
    /// How one function of it is called.
    pub(crate) calls: Calling,
    /// How lines are counted; they are not where this is absent.
    #[serde(default)]
    pub(crate) coverage: Option<Collector>,
    /// The language's own types, by ours.
    pub(crate) types: BTreeMap<String, String>,
}

/// A tool, and how it tells its version.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tool {
    pub(crate) argv: Vec<String>,
}

/// How a program is built.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Building {
    pub(crate) argv: Vec<String>,
    pub(crate) diagnostics: Diagnosing,
    /// Memory, where the package's limit is more than is needed.
    #[serde(default)]
    pub(crate) memory_mib: Option<u64>,
}

/// How a compiler's remarks are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Diagnosing {
    /// JSON on file descriptor 4, by a program of ours; it reads the paths from 3.
    Record,
    /// JSON of gcc on standard error, and the linker's words.
    Gcc,
}

/// How a program is run.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Running {
    pub(crate) argv: Vec<String>,
    #[serde(default)]
    pub(crate) env: BTreeMap<String, String>,
    pub(crate) crash: Crashing,
}

/// How it is told where a program crashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Crashing {
    /// A traceback of Python on standard error.
    Python,
    /// The signal alone.
    Signal,
}

/// How one function is called.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Calling {
    pub(crate) argv: Vec<String>,
    pub(crate) request: Asking,
    /// Builds what calls, where that is not the build itself.
    #[serde(default)]
    pub(crate) build: Vec<String>,
    /// Files of ours that it is built from: name in the build folder, name beside the language's file.
    #[serde(default)]
    pub(crate) files: BTreeMap<String, String>,
}

/// How arguments are handed over on file descriptor 3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Asking {
    /// One JSON document.
    Json,
    /// Words with spaces between them, read by glue that is written for the function.
    Words,
}

/// All languages, with a tool chain here or not.
pub(crate) fn all() -> &'static [Language] {
    static ALL: OnceLock<Vec<Language>> = OnceLock::new();
    ALL.get_or_init(|| {
        let files = EMBEDDED.iter().filter(|(path, _)| !path.contains('/'));
        files
            .filter_map(|(path, text)| Some((path.strip_suffix(".toml")?, text)))
            .map(|(name, text)| {
                let language: Language =
                    toml::from_str(text).expect("embedded language files are tested");
                Language { name: name.to_owned(), ..language }
            })
            .collect()
    })
}

/// The language of this name.
///
/// # Errors
///
/// When there is none: grade-dispatch should not have asked.
pub(crate) fn named(name: &str) -> anyhow::Result<&'static Language> {
    all()
        .iter()
        .find(|language| language.name == name)
        .with_context(|| format!("no language {name:?}"))
}

impl Language {
    /// A file beside the language's own.
    pub(crate) fn file(&self, name: &str) -> Option<&'static str> {
        let path = format!("{}/{name}", self.name);
        EMBEDDED.iter().find(|(embedded, _)| *embedded == path).map(|(_, text)| *text)
    }

    /// The file of a submission that is run: the assignment's, else the language's, else the only one.
    pub(crate) fn entry(&self, manifest: &Manifest, files: &Files) -> Option<String> {
        if let Some(set) = manifest.entry.get(&self.name) {
            return files.contains_key(set).then(|| set.clone());
        }
        if let Some(usual) = self.entry.iter().find(|name| files.contains_key(*name)) {
            return Some(usual.clone());
        }
        match self.sources(files).as_slice() {
            [alone] => Some((*alone).to_owned()),
            _ => None,
        }
    }

    /// The source files of a submission.
    pub(crate) fn sources<'a>(&self, files: &'a Files) -> Vec<&'a str> {
        let is_source = |path: &&str| self.endings.iter().any(|ending| path.ends_with(ending));
        files.keys().map(String::as_str).filter(is_source).collect()
    }

    /// Fills in an `argv` of the language's file: `{entry}`, `{sources}` (all), `{others}` (all but the
    /// entry), `{file:NAME}` (the text of a file beside it).
    pub(crate) fn argv(&self, template: &[String], entry: &str, files: &Files) -> Vec<String> {
        let mut argv = Vec::new();
        for word in template {
            let own = word.strip_prefix("{file:").and_then(|rest| rest.strip_suffix('}'));
            match (word.as_str(), own) {
                ("{entry}", _) => argv.push(entry.to_owned()),
                ("{sources}", _) => argv.extend(self.sources(files).into_iter().map(in_folder)),
                ("{others}", _) => {
                    let others = self.sources(files).into_iter().filter(|path| *path != entry);
                    argv.extend(others.map(in_folder));
                }
                (_, Some(name)) => argv.push(self.file(name).unwrap_or_default().to_owned()),
                _ => argv.push(word.clone()),
            }
        }
        argv
    }

    /// The environment of its programs.
    pub(crate) fn env(&self) -> Vec<(String, String)> {
        self.run.env.iter().map(|(name, value)| (name.clone(), value.clone())).collect()
    }

    /// Versions of its tools; `None` where one is missing. Asked once per process.
    pub(crate) fn versions(&self) -> Option<&'static BTreeMap<String, String>> {
        type Versions = BTreeMap<String, Option<BTreeMap<String, String>>>;
        static VERSIONS: OnceLock<Versions> = OnceLock::new();
        let probed = VERSIONS.get_or_init(|| {
            all().iter().map(|language| (language.name.clone(), language.probe())).collect()
        });
        probed.get(&self.name)?.as_ref()
    }

    fn probe(&self) -> Option<BTreeMap<String, String>> {
        self.tools.iter().map(|(name, tool)| Some((name.clone(), tool.version()?))).collect()
    }
}

/// A path that no tool takes for an option.
fn in_folder(path: &str) -> String {
    if path.starts_with('-') { format!("./{path}") } else { path.to_owned() }
}

impl Tool {
    fn version(&self) -> Option<String> {
        let (program, args) = self.argv.split_first()?;
        let said =
            Command::new(program).args(args).env_clear().stdin(Stdio::null()).output().ok()?;
        let said = String::from_utf8(said.stdout).ok()?;
        said.split_whitespace().last().map(str::to_owned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_names_files_of_its_own_that_are_there() {
        for language in all() {
            let words = language.build.argv.iter().chain(&language.calls.argv);
            let named = words.filter_map(|word| word.strip_prefix("{file:")?.strip_suffix('}'));
            for name in named.chain(language.calls.files.values().map(String::as_str)) {
                assert!(language.file(name).is_some(), "{} misses {name}", language.name);
            }
        }
    }

    #[test]
    fn a_source_whose_name_looks_like_an_option_is_no_option() {
        let files = Files::from([("-o.c".to_owned(), String::new())]);

        let argv = named("c").unwrap().argv(&["{sources}".to_owned()], "", &files);

        assert_eq!(argv, ["./-o.c"]);
    }
}
