//! Who asks: a person, by token.

use std::collections::BTreeMap;

use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
};
use serde::{Deserialize, Serialize};

use super::{Auth, PEOPLE};
use crate::problem::Problem;

/// What somebody may do in a course.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Submit, and read what is their own.
    Learner,
    /// Set assignments, and read everything of the course.
    Instructor,
    /// Everything, everywhere.
    Admin,
}

/// The person who asks. As an extractor: 401 without a good token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The token's `sub`: also the learner's name.
    pub subject: String,
    roles: BTreeMap<String, Role>,
}

impl Caller {
    /// Somebody with these roles by course; without any, a learner in `default`.
    pub fn new(subject: impl Into<String>, roles: BTreeMap<String, Role>) -> Self {
        Self { subject: subject.into(), roles }
    }

    /// The role in a course, if any.
    pub fn role_in(&self, course: &str) -> Option<Role> {
        if self.roles.get("*") == Some(&Role::Admin) {
            return Some(Role::Admin);
        }
        match self.roles.get(course) {
            Some(role) => Some((*role).min(Role::Instructor)),
            None if self.roles.is_empty() && course == "default" => Some(Role::Learner),
            None => None,
        }
    }

    /// Whether the caller sets assignments in a course.
    pub fn instructs(&self, course: &str) -> bool {
        self.role_in(course) >= Some(Role::Instructor)
    }

    /// The courses in which the caller has a role; `None` means all.
    pub fn courses(&self) -> Option<Vec<String>> {
        if self.roles.get("*") == Some(&Role::Admin) {
            return None;
        }
        if self.roles.is_empty() {
            return Some(vec!["default".into()]);
        }
        Some(self.roles.keys().cloned().collect())
    }

    /// The courses in which the caller sets assignments; `None` means all.
    pub fn instructed(&self) -> Option<Vec<String>> {
        let courses = self.courses()?;
        Some(courses.into_iter().filter(|course| self.instructs(course)).collect())
    }
}

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let claims = trusted(parts)?.check(bearer(parts)?, PEOPLE)?;
        Ok(Self::new(claims.sub, claims.roles))
    }
}

/// The token of a request.
///
/// # Errors
///
/// [`Problem::Unauthenticated`] where there is none.
pub(crate) fn bearer(parts: &Parts) -> Result<&str, Problem> {
    let value = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = value.and_then(|value| {
        let (scheme, token) = value.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
    });
    token.ok_or_else(|| Problem::Unauthenticated("the request carries no token".into()))
}

/// The keys that the server trusts, which [`crate::http::router`] puts beside every request.
pub(crate) fn trusted(parts: &Parts) -> Result<&Auth, Problem> {
    parts
        .extensions
        .get::<Auth>()
        .ok_or_else(|| Problem::Internal(anyhow::anyhow!("the router has no Auth beside it")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn who<const N: usize>(roles: [(&str, Role); N]) -> Caller {
        let roles = roles.map(|(course, role)| (course.to_owned(), role));
        Caller::new("ada", roles.into())
    }

    #[test]
    fn without_roles_one_is_a_learner_in_default() {
        let ada = who([]);

        assert_eq!(ada.role_in("default"), Some(Role::Learner));
        assert_eq!(ada.role_in("cs1"), None);
        assert!(!ada.instructs("default"));
    }

    #[test]
    fn only_the_star_makes_an_admin() {
        assert!(who([("*", Role::Admin)]).instructs("any"));
        assert_eq!(who([("cs1", Role::Admin)]).role_in("cs1"), Some(Role::Instructor));
        assert_eq!(who([("*", Role::Instructor)]).role_in("cs1"), None);
    }

    #[test]
    fn a_role_in_one_course_is_none_in_another() {
        let ada = who([("cs1", Role::Instructor), ("cs2", Role::Learner)]);

        assert_eq!(ada.role_in("default"), None);
        assert_eq!(ada.instructed(), Some(vec!["cs1".to_owned()]));
    }
}
