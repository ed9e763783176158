//! Walks `languages/` and embeds every file in it: a language is added by adding a file.

use std::{env, fmt::Write, fs, io, path::Path};

fn main() -> io::Result<()> {
    let root = env::var_os("CARGO_MANIFEST_DIR").ok_or(io::ErrorKind::NotFound)?;
    let out = env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?;
    let languages = Path::new(&root).join("languages");
    let mut table = String::from("&[\n");
    list(&languages, "", &mut table)?;
    table.push_str("]\n");
    fs::write(Path::new(&out).join("languages.rs"), table)
}

/// Adds `(path, text)` of every file in `dir`, in the order of their names.
fn list(dir: &Path, prefix: &str, table: &mut String) -> io::Result<()> {
    println!("cargo::rerun-if-changed={}", dir.display());
    let mut entries = fs::read_dir(dir)?.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let (path, name) = (entry.path(), entry.file_name());
        let name = format!("{prefix}{}", name.to_string_lossy());
        if path.is_dir() {
            list(&path, &format!("{name}/"), table)?;
        } else {
            let path = path.to_str().ok_or(io::ErrorKind::InvalidFilename)?;
            writeln!(table, "    ({name:?}, include_str!({path:?})),").map_err(io::Error::other)?;
        }
    }
    Ok(())
}
