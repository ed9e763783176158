//! The three levels: what happens, where to look, what sort of change.

mod place;

use shared::{
    report::{Diagnostic, Evidence, Severity, TestResult},
    submission::Hint,
};

use super::{
    construct::{self, Construct},
    difference, errors,
    outcome::Class,
    quote::{line_of, place, quote, quote_or},
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
        (Class::Build | Class::BuildLimit, _) => build(view),
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
        (Some(repair), _) => format!("{change} {repair}"),
        (None, Some(Construct::Other) | None) => change,
        (None, Some(construct)) => format!("{change} {}", construct.change()),
    };
    [Hint { level: 2, text: found.text, line }, Hint { level: 3, text, line }]
}

/// Level 1: what was given, what should come and what came.
fn behaviour(view: &View<'_>, class: Class, test: &TestResult) -> String {
    let given = if view.is_call(test) {
        format!("{} should give {}.", quote(&test.input), quote_or(&test.expected, "nothing"))
    } else {
        let input = match quote_or(&test.input, "") {
            none if none.is_empty() => "Without input".to_owned(),
            shown => format!("With the input {shown}"),
        };
        format!("{input}, the output should be {}.", quote_or(&test.expected, "empty"))
    };
    match (class, &test.crash) {
        (Class::Wrong, _) => {
            let came = quote_or(&test.actual, "nothing");
            format!("{given} Your program gave {came}. {}", difference::name(view, test).seen)
        }
        (Class::Crash, Some(crash)) => {
            let means = errors::of_crash(crash, language(view)).means;
            format!("{given} Your program stopped with {}. {means}", quote(&crash.name))
        }
        (class, _) => format!("{given} Your program {}.", class.happened()),
    }
}

/// Level 3, its first half: what to check for this difference, crash or limit.
fn change(view: &View<'_>, class: Class, test: &TestResult) -> String {
    match (class, &test.crash) {
        (Class::Wrong, _) => difference::name(view, test).check.to_owned(),
        (Class::Crash, Some(crash)) => errors::of_crash(crash, language(view)).check.to_owned(),
        (class, _) => class.check().to_owned(),
    }
}

/// What sort of repair the search found at the first suspect; never the edit itself.
fn repair(view: &View<'_>) -> Option<&'static str> {
    view.suspects.first()?.evidence.iter().find_map(|evidence| match evidence {
        Evidence::Repair { change, .. } => construct::of_repair(change),
        _ => None,
    })
}

/// What does not build: what it means, where it is, what to check.
fn build(view: &View<'_>) -> Vec<Hint> {
    let diagnostics = &view.facts.report.build.diagnostics;
    let error = diagnostics
        .iter()
        .find(|it| it.severity == Severity::Error)
        .filter(|_| view.class == Class::Build);
    let Some(error) = error else {
        let text = format!("Your program {}. {}", view.class.happened(), view.class.check());
        return vec![Hint { level: 1, text, line: None }];
    };
    let explanation = errors::of_build(error, language(view));
    let line = (error.line > 0).then_some(error.line);
    let hint = |level, text| Hint { level, text, line };
    vec![
        Hint {
            line: None,
            ..hint(
                1,
                format!(
                    "No test could run, because your program cannot be read. {}",
                    explanation.means
                ),
            )
        },
        hint(2, format!("{} {}", noticed(view, error), explanation.means)),
        hint(3, explanation.check.to_owned()),
    ]
}

fn noticed(view: &View<'_>, error: &Diagnostic) -> String {
    if error.line == 0 {
        return "The parts of your program do not fit together.".to_owned();
    }
    let place = place(view.facts.files, &error.path, error.line);
    format!("It was noticed at {place}; the reason is there or a little above.")
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
