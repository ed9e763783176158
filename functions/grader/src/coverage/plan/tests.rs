//! Promises of the plan.

use shared::package::Value;

use super::*;
use crate::localise::tests::result;

fn test(name: &str, stdin: &str, visibility: Visibility) -> Test {
    let (stdin, expected) = (stdin.to_owned(), "secret".to_owned());
    let kind = TestKind::Stdio { stdin, expected, args: Vec::new() };
    Test { name: name.to_owned(), kind, visibility, possible: 1.0, group: None }
}

fn planned(tests: &[Test], outcomes: &[Outcome]) -> (Vec<String>, Vec<u64>, Vec<String>) {
    let results: Vec<TestResult> = tests
        .iter()
        .zip(outcomes)
        .map(|(test, outcome)| TestResult {
            visibility: test.visibility,
            ..result(&test.name, *outcome)
        })
        .collect();
    let plan = Plan::of(tests, &results);
    let name = |it: &Rerun<'_>| format!("{}{}", it.test.name, if it.watched { "*" } else { "" });
    let caps = plan.visible.iter().map(|it| it.cap_ms).collect();
    (plan.visible.iter().map(name).collect(), caps, plan.hidden.iter().map(name).collect())
}

#[test]
fn the_failing_tests_with_the_smallest_inputs_are_watched() {
    let visible = |name, stdin| test(name, stdin, Visibility::Visible);
    let tests = [
        visible("a", "1234"),
        visible("b", "1"),
        visible("c", "12"),
        visible("d", "123"),
        visible("e", ""),
    ];
    let failed = Outcome::WrongAnswer;

    let (order, _, _) = planned(&tests, &[failed, failed, failed, failed, Outcome::Passed]);

    assert_eq!(order, ["a", "e", "b*", "c*", "d*"], "failing and passing tests in turn");
}

#[test]
fn hidden_tests_run_apart_and_unwatched() {
    let tests = [test("a", "1", Visibility::Visible), test("b", "2", Visibility::Hidden)];

    let (visible, _, hidden) = planned(&tests, &[Outcome::WrongAnswer; 2]);

    assert_eq!((visible, hidden), (vec!["a*".to_owned()], vec!["b".to_owned()]));
}

#[test]
fn many_endless_tests_cost_no_more_than_a_few() {
    let tests: Vec<Test> =
        (0..40).map(|n| test(&n.to_string(), "1", Visibility::Visible)).collect();

    let (_, caps, _) = planned(&tests, &[Outcome::TimeLimit; 40]);

    assert_eq!(caps.iter().sum::<u64>(), 40 * 100, "down to 100 ms each");
}

#[test]
fn values_count_by_how_long_they_are() {
    let call = |digits: &str| {
        let args = vec![Value::Int(digits.to_owned())];
        size(&TestKind::Call { args, expected: Value::None, loose: false })
    };

    assert!(call("123456") > call("1"));
}
