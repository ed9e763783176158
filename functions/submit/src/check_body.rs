//! What the body of a submission may say.

use shared::{
    package::{Files, path},
    problem::{FieldError, Problem},
    submission::{MAX_FILES, MAX_SOURCE_BYTES, NewSubmission},
};

/// The files by path, or everything that is wrong with them.
pub(crate) fn files(body: &NewSubmission) -> Result<Files, Problem> {
    let count = body.files.len();
    if count == 0 {
        return Err(Problem::field("/files", "there is no file"));
    }
    if count > MAX_FILES {
        let reason = format!("there are {count} files; at most {MAX_FILES} are taken");
        return Err(Problem::field("/files", reason));
    }
    if body.files.iter().map(|file| file.content.len()).sum::<usize>() > MAX_SOURCE_BYTES {
        return Err(Problem::TooLarge {
            what: "the files together",
            limit_bytes: MAX_SOURCE_BYTES,
        });
    }
    let mut files = Files::new();
    let mut errors = Vec::new();
    for (n, file) in body.files.iter().enumerate() {
        let mut wrong = |part: &str, reason: String| {
            errors.push(FieldError { pointer: format!("/files/{n}/{part}"), reason });
        };
        if let Some(fault) = path::fault(&file.path, path::MAX_DEPTH) {
            wrong("path", format!("{fault:.200}"));
        } else if file.content.contains('\0') {
            wrong("content", "holds a NUL character, so it is no source text".into());
        } else if files.insert(file.path.clone(), file.content.clone()).is_some() {
            wrong("path", "is there twice".into());
        }
    }
    for (n, file) in body.files.iter().enumerate() {
        if is_inside_a_file(&file.path, &files) {
            let reason = "lies in a folder that is itself a file".into();
            errors.push(FieldError { pointer: format!("/files/{n}/path"), reason });
        }
    }
    if errors.is_empty() { Ok(files) } else { Err(Problem::InvalidBody(errors)) }
}

fn is_inside_a_file(path: &str, files: &Files) -> bool {
    path.match_indices('/').any(|(at, _)| files.contains_key(&path[..at]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::submission::File;

    fn sent(files: &[(&str, &str)]) -> NewSubmission {
        let file = |(path, content): &(&str, &str)| File {
            path: (*path).to_owned(),
            content: (*content).to_owned(),
        };
        let files = files.iter().map(file).collect();
        NewSubmission { course: None, assignment: "gcd".into(), language: None, files }
    }

    fn refusal(body: &NewSubmission) -> (u16, Vec<String>) {
        let document = files(body).unwrap_err().document();
        (document.status, document.errors.into_iter().map(|error| error.pointer).collect())
    }

    #[test]
    fn every_wrong_file_is_told_at_once() {
        let body =
            sent(&[("../a.py", ""), ("b.py", "\0"), ("c.py", ""), ("c.py", ""), ("c.py/d", "")]);

        let (status, pointers) = refusal(&body);

        assert_eq!(status, 422);
        assert_eq!(
            pointers,
            ["/files/0/path", "/files/1/content", "/files/3/path", "/files/4/path"]
        );
    }

    #[test]
    fn too_few_too_many_and_too_much_are_refused() {
        let names: Vec<String> = (0..=MAX_FILES).map(|n| format!("{n}.py")).collect();
        let many: Vec<_> = names.iter().map(|name| (name.as_str(), "")).collect();
        let large = " ".repeat(MAX_SOURCE_BYTES / 2 + 1);

        assert_eq!(refusal(&sent(&[])), (422, vec!["/files".to_owned()]));
        assert_eq!(refusal(&sent(&many)), (422, vec!["/files".to_owned()]));
        assert_eq!(refusal(&sent(&[("a.py", &large), ("b.py", &large)])).0, 413);
        assert_eq!(files(&sent(&many[1..])).unwrap().len(), MAX_FILES);
    }
}
