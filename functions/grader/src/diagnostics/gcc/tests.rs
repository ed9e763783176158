//! Promises about what gcc says.

use super::{super::Wanted, *};

/// What gcc said of this program, whose function `gcd` is called.
fn told(text: &str, stderr: &str) -> Vec<(u32, Option<u32>, Option<String>, String)> {
    let files = Files::from([("solution.c".to_owned(), text.to_owned())]);
    let wanted = Wanted { name: "gcd".to_owned(), prototype: "int gcd(int, int)".to_owned() };
    let program = Program { entry: "solution.c", files: &files, wanted: Some(wanted) };
    let found = read(&stderr.replace('\n', ""), &program);
    found.into_iter().map(|it| (it.line, it.column, it.code, it.message)).collect()
}

#[test]
fn a_conflict_with_our_glue_is_told_once_on_the_learners_line_as_what_is_wanted() {
    let stderr = r#"[{"kind":"error","message":"conflicting types for ‘gcd’; have ‘int(int, int)’","locations":
        [{"caret":{"file":"faultline_glue.c","line":4,"column":5}}],"children":[{"kind":"note",
        "message":"previous","locations":[{"caret":{"file":"solution.c","line":2,"column":6}}]}]},
        {"kind":"error","message":"void value not ignored as it ought to be","locations":
        [{"caret":{"file":"faultline_glue.c","line":9,"column":5}}]}]"#;

    let found = told("", stderr);

    let message = "the assignment wants int gcd(int, int)".to_owned();
    assert_eq!(found, [(2, Some(6), Some("faultline-signature".to_owned()), message)]);
}

#[test]
fn a_missing_brace_is_told_at_the_entrys_end_though_gcc_gives_a_remark_no_column() {
    let stderr = r#"[{"kind":"warning","message":"unused variable ‘t’","option":"-Wunused-variable","locations":
        [{"caret":{"file":"solution.c","line":2,"column":9}}]},
        {"kind":"error","message":"expected declaration or statement at end of input","locations":
        [{"caret":{"file":"faultline_glue.c","line":17,"column":1}}]},
        {"kind":"warning","message":"control reaches end of non-void function","option":"-Wreturn-type",
        "locations":[{"caret":{"file":"faultline_glue.c","line":18,"column":-1}}]}]"#;

    let found = told("int gcd(int a, int b) {\n    int t;\n    return a;\n\n", stderr);

    let (unused, end) =
        ("unused variable ‘t’", "expected declaration or statement at end of input");
    let option = Some("-Wunused-variable".to_owned());
    assert_eq!(found, [(2, Some(9), option, unused.to_owned()), (3, None, None, end.to_owned())]);
}

#[test]
fn the_linkers_words_become_diagnostics() {
    let files = Files::from([("solution.c".to_owned(), String::new())]);
    let program = Program { entry: "solution.c", files: &files, wanted: None };
    let stderr = "[]\n/usr/bin/ld: /tmp/x.o: in function `f':\n\
        /some/where/solution.c:5: undefined reference to `g'\n\
        (.text+0x17): undefined reference to `main'\n";

    let found = read(stderr, &program);

    let told: Vec<_> = found.iter().map(|it| (it.line, it.message.as_str())).collect();
    assert_eq!(told, [(5, "undefined reference to `g'"), (1, "undefined reference to `main'")]);
}

#[test]
fn a_function_that_is_not_there_is_told_as_that() {
    let stderr = "/some/where/faultline_glue.c:31: undefined reference to `gcd'";

    let found = told("int GCD(int a, int b)\n{\n    return a + b;\n}\n", stderr);

    let code = Some("faultline-no-function".to_owned());
    assert_eq!(found, [(4, None, code, "there is no function gcd".to_owned())]);
}
