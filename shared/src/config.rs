//! Reads the environment once, into typed settings, and tells every mistake at once.

use std::{collections::BTreeMap, fmt::Display, str::FromStr};

use secrecy::SecretString;

/// The environment variables of this process, or of a test.
#[derive(Debug, Default)]
pub struct Env {
    values: BTreeMap<String, String>,
    mistakes: Vec<String>,
}

/// What is wrong with the environment: one line for each variable.
#[derive(Debug, thiserror::Error)]
#[error("the configuration is wrong: {}", .0.join("; "))]
pub struct ConfigError(Vec<String>);

impl Env {
    /// The variables of this process. A value that is not UTF-8 counts as absent.
    pub fn of_process() -> Self {
        let values = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .collect();
        Self { values, mistakes: Vec::new() }
    }

    /// Exactly these variables: for tests, and for parts that another program composes.
    pub fn of<const N: usize>(pairs: [(&str, &str); N]) -> Self {
        let values = pairs.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        Self { values, mistakes: Vec::new() }
    }

    /// The value, or `default` where the variable is not set. A value that does not parse is a mistake.
    pub fn or<T: FromStr<Err: Display>>(&mut self, name: &str, default: T) -> T {
        self.optional(name).unwrap_or(default)
    }

    /// The value where the variable is set and not empty.
    pub fn optional<T: FromStr<Err: Display>>(&mut self, name: &str) -> Option<T> {
        let value = self.values.get(name).filter(|value| !value.is_empty())?;
        match value.parse() {
            Ok(parsed) => Some(parsed),
            Err(error) => {
                self.mistakes.push(format!("{name} is {value:?}: {error}"));
                None
            }
        }
    }

    /// A required text; its absence is a mistake.
    pub fn required(&mut self, name: &str) -> String {
        self.optional(name).unwrap_or_else(|| {
            self.mistakes.push(format!("{name} is not set"));
            String::new()
        })
    }

    /// A required secret, which neither `Debug` nor a mistake shows.
    pub fn secret(&mut self, name: &str) -> SecretString {
        self.required(name).into()
    }

    /// Fails with all mistakes made so far.
    pub fn check(self) -> Result<(), ConfigError> {
        if self.mistakes.is_empty() { Ok(()) } else { Err(ConfigError(self.mistakes)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mistake_is_told_at_once() {
        let mut env = Env::of([("PORT", "eighty")]);

        let _: u16 = env.or("PORT", 8080);
        env.secret("DATABASE_URL");
        let told = env.check().unwrap_err().to_string();

        assert!(told.contains("PORT is \"eighty\""), "{told}");
        assert!(told.contains("DATABASE_URL is not set"), "{told}");
    }
}
