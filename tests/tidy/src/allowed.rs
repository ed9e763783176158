//! `allowed.toml`: exceptions to the rules, with their reasons.

use serde::Deserialize;

use crate::{Finding, RULES};

/// One file that may break one rule.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Exception {
    path: String,
    rule: String,
    reason: String,
}

/// Every exception.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Allowed {
    allowed: Vec<Exception>,
}

impl Allowed {
    /// Reads `allowed.toml`.
    ///
    /// # Errors
    ///
    /// Says what is wrong with it: no TOML, a key too many, a rule that there is not, no reason.
    pub fn read(text: &str) -> Result<Self, String> {
        let read: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        for Exception { path, rule, reason } in &read.allowed {
            if RULES.iter().all(|known| known.name != rule) {
                return Err(format!("{path}: there is no rule `{rule}`"));
            }
            if reason.trim().is_empty() {
                return Err(format!("{path}: an exception from `{rule}` needs a reason"));
            }
        }
        Ok(read)
    }
}

/// What is left to mend for a rule: findings without exception, and exceptions without finding.
pub fn unsettled(rule: &str, findings: &[Finding], allowed: &Allowed) -> Vec<String> {
    let exceptions: Vec<_> = allowed.allowed.iter().filter(|one| one.rule == rule).collect();
    let open = findings
        .iter()
        .filter(|finding| exceptions.iter().all(|one| one.path != finding.path))
        .map(|Finding { path, message }| format!("{path}: {message}"));
    let stale = exceptions
        .iter()
        .filter(|one| findings.iter().all(|finding| finding.path != one.path))
        .map(|one| {
            format!("tests/tidy/allowed.toml: {} keeps the rule; take the entry out", one.path)
        });
    open.chain(stale).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = r#"
        [[allowed]]
        path = "a.rs"
        rule = "file-size"
        reason = "a table"
    "#;

    #[test]
    fn an_exception_settles_its_file_and_no_other() {
        let allowed = Allowed::read(ONE).unwrap();
        let findings = [Finding::new("a.rs", "too long"), Finding::new("b.rs", "too long")];

        let left = unsettled("file-size", &findings, &allowed);

        assert_eq!(left, ["b.rs: too long"]);
    }

    #[test]
    fn an_exception_that_nothing_needs_is_told() {
        let left = unsettled("file-size", &[], &Allowed::read(ONE).unwrap());

        assert!(left.len() == 1 && left[0].contains("take the entry out"), "{left:?}");
    }

    #[test]
    fn an_exception_needs_a_rule_and_a_reason() {
        let unknown = Allowed::read(&ONE.replace("file-size", "taste")).unwrap_err();
        let silent = Allowed::read(&ONE.replace("a table", " ")).unwrap_err();

        assert!(unknown.contains("no rule `taste`"), "{unknown}");
        assert!(silent.contains("needs a reason"), "{silent}");
    }
}
