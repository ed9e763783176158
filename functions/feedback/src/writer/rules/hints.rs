//! The three levels: what happens, where to look, what sort of change.

mod build;
mod place;

use shared::{
    report::{Crash, Evidence, TestResult},
    submission::Hint,
};

use super::{
    construct::{self, Construct},
    difference,
    errors::{self, Explanation},
    outcome::Class,
    quote::{line_of, place, quote, quote_or},
    told,
    view::View,
    warnings,
};

/// What to think of where no failing test may be shown.
const UNSEEN: &str = "Think of inputs that the tests you can see leave out: nothing at all, a single item, equal \
                      items, negative numbers, zero, very large ones, spaces. Work one of them out by hand and \
                      compare.";

/// Hints of all levels, lowest first; none where everything passes.
pub(super) fn write(view: &View<'_>) -> Vec<Hint> {
    match (view.class, view.failing) {
        (Class::Passes, _) => Vec::new(),
        _ if view.is_blank() => {
            vec![Hint { level: 1, text: "Your file is empty.".to_owned(), line: None }]
        }
        (Class::Build | Class::BuildLimit, _) => build::write(view),
        (Class::Unseen, _) => {
            vec![Hint {
                level: 1,
                text: format!("No test that you can see fails. {UNSEEN}"),
                line: None,
            }]
        }
        (class, Some(test)) => {
            let mut hints = vec![Hint { level: 1, text: behaviour(view, class, test), line: None }];
            hints.extend(lines(view, change(view, class, test)));
            hints
        }
        (class, None) => {
            let text =
                format!("In a test that is not shown, your program {}. {UNSEEN}", class.happened());
            let mut hints = vec![Hint { level: 1, text, line: None }];
            hints.extend(lines(view, class.check().to_owned()));
            hints
        }
    }
}

/// Levels 2 and 3: the place, and what sort of change to think of there.
fn lines(view: &View<'_>, change: String) -> [Hint; 2] {
    let found = place::find(view);
    let line = found.at.map(|(_, line)| line);
    let at = found.at.filter(|_| found.is_suspect);
    let at = at.and_then(|(path, line)| line_of(view.facts.files, path, line));
    let text = match (repair(view), at.map(Construct::at)) {
        _ if is_explained(view) => change,
        (Some(repair), _) => format!("{change} {repair}"),
        (None, Some(Construct::Other) | None) => change,
        (None, Some(construct)) => format!("{change} {}", construct.change()),
    };
    [Hint { level: 2, text: found.text, line }, Hint { level: 3, text, line }]
}

/// Whether the change is known so well that what stands at the suspect would only lead away from it.
fn is_explained(view: &View<'_>) -> bool {
    let printed = view.failing.is_some_and(|test| view.is_call(test) && told::printed_it(test));
    printed
        || matches!(view.class, Class::Exit | Class::Missing)
        || warnings::telling(view).is_some()
}

/// Level 1: what was given, what should come and what came.
fn behaviour(view: &View<'_>, class: Class, test: &TestResult) -> String {
    if let Some(missing) = told::missing(test).filter(|_| class == Class::Missing) {
        return lacks(&missing);
    }
    let given = if view.is_call(test) {
        format!("{} should give {}.", quote(&test.input), quote_or(&test.expected, "nothing"))
    } else {
        let input = match quote_or(&test.input, "") {
            none if none.is_empty() => "Without input".to_owned(),
            shown => format!("With the input {shown}"),
        };
        format!("{input}, the output should be {}.", quote_or(&test.expected, "empty"))
    };
    let warned = warnings::telling(view)
        .map(|it| format!(" The compiler warns: {}", lower_first(it.means)))
        .unwrap_or_default();
    match (class, &test.crash) {
        (Class::Wrong, _) => {
            let came = quote_or(&test.actual, "nothing");
            let seen = difference::name(view, test).seen;
            format!("{given} Your program gave {came}.{warned} {seen}")
        }
        (Class::Crash, Some(crash)) => {
            let means = crashed(view, test, crash).means;
            format!("{given} Your program stopped with {}.{warned} {means}", quote(&crash.name))
        }
        (Class::Exit, _) => format!("{given} {}{warned}", exited(view, test)),
        (class, _) => format!("{given} Your program {}.{warned}", class.happened()),
    }
}

/// Level 3, its first half: what to check for this difference, crash or limit.
fn change(view: &View<'_>, class: Class, test: &TestResult) -> String {
    let check = match (class, &test.crash) {
        (Class::Wrong, _) => difference::name(view, test).check,
        (Class::Crash, Some(crash)) => crashed(view, test, crash).check,
        (class, _) => class.check(),
    };
    match warnings::telling(view) {
        Some(explanation) => format!("{} {check}", explanation.check),
        None => check.to_owned(),
    }
}

/// What a crash means, in this test.
fn crashed(view: &View<'_>, test: &TestResult, crash: &Crash) -> Explanation {
    if view.is_call(test) {
        errors::of_crash_in_call(crash, language(view))
    } else {
        errors::of_crash(crash, language(view))
    }
}

/// That a function is not there, and which ones are.
fn lacks(missing: &told::Missing<'_>) -> String {
    let named =
        format!("There is no function {} at the top level of your file", quote(missing.name));
    let defined: Vec<_> = missing.defined.iter().take(5).map(|name| quote(name)).collect();
    if defined.is_empty() {
        return format!("{named}.");
    }
    format!("{named}; it defines {}.", defined.join(", "))
}

/// That the program ended with a code that says that something went wrong.
fn exited(view: &View<'_>, test: &TestResult) -> String {
    let code = told::exit_code(test).unwrap_or(1);
    let from = if language(view) == "c" { "; whatever `main` returns is that code" } else { "" };
    let right =
        if told::output_was_right(test) { " The output itself was as expected." } else { "" };
    format!("It ended with exit code {code}. 0 says that all went well{from}.{right}")
}

/// What sort of repair the search found at the first suspect; never the edit itself.
fn repair(view: &View<'_>) -> Option<&'static str> {
    view.suspects.first()?.evidence.iter().find_map(|evidence| match evidence {
        Evidence::Repair { change, .. } => construct::of_repair(change),
        _ => None,
    })
}

fn language<'a>(view: &View<'a>) -> &'a str {
    &view.facts.report.language.name
}

/// What a warning says of its line; empty where there is none worth it.
fn warned(view: &View<'_>) -> String {
    match warnings::best(view) {
        Some((warning, explanation)) => {
            let place = place(view.facts.files, &warning.path, warning.line);
            format!(" The compiler warns about {place}: {}", lower_first(explanation.means))
        }
        None => String::new(),
    }
}

fn lower_first(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}
