//! The samples are packages without mistakes, and programs for them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::{
    fs,
    path::{Path, PathBuf},
};

use shared::package::{Package, manifest::Visibility, path};

fn samples(kind: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(kind);
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    paths.sort();
    paths
}

fn name(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).unwrap()
}

#[test]
fn every_sample_assignment_is_without_mistakes() {
    let mut hidden = 0;
    for folder in samples("assignments") {
        let package = Package::from_dir(&folder)
            .unwrap_or_else(|mistakes| panic!("{}:\n{mistakes}", folder.display()));
        assert_eq!(package.manifest.id, name(&folder));
        let solved: Vec<_> = package.references.keys().collect();
        let mut languages: Vec<_> = package.manifest.languages.iter().collect();
        languages.sort();
        assert_eq!(solved, languages, "{}: a reference for each language", name(&folder));
        assert!(!package.starter.is_empty(), "{}: something to start from", name(&folder));
        hidden += i32::from(package.tests.iter().any(|it| it.visibility == Visibility::Hidden));
    }
    assert!(hidden >= 2, "some samples have hidden tests");
}

#[test]
fn every_sample_program_is_for_a_sample_assignment() {
    for folder in samples("programs") {
        let assignment = folder.parent().unwrap().with_file_name("assignments").join(name(&folder));
        let package = Package::from_dir(&assignment).unwrap();
        for program in fs::read_dir(&folder).unwrap() {
            let program = program.unwrap().path();
            let language = path::language(name(&program)).unwrap();
            let languages = &package.manifest.languages;
            assert!(languages.iter().any(|it| it == language), "{}", program.display());
        }
    }
}
