//! Who asks: people by their token and roles, parts of the service by a token with their own audience.

mod caller;
mod issuer;

use std::{collections::BTreeMap, sync::Arc};

use jsonwebtoken::{Algorithm, DecodingKey, Validation, errors::ErrorKind as Kind, jwk::JwkSet};
use serde::{Deserialize, Serialize};

use crate::problem::Problem;

pub use caller::{Caller, Role};
pub(crate) use caller::{bearer, trusted};
pub use issuer::LocalIssuer;

/// The audience of people's tokens.
pub const PEOPLE: &str = "faultline";

/// How far clocks may be apart, in seconds.
const LEEWAY_SECONDS: u64 = 60;

/// What a token says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// Who issued it.
    pub iss: String,
    /// Who it speaks of: the learner, or the part of the service.
    pub sub: String,
    /// Who it is meant for: [`PEOPLE`], or a part's name.
    pub aud: String,
    /// When it ends, in seconds since 1970.
    pub exp: i64,
    /// Since when it holds, in seconds since 1970.
    pub nbf: i64,
    /// Course → `learner` or `instructor`; `"*"` → `admin`.
    #[serde(default)]
    pub roles: BTreeMap<String, Role>,
}

/// The keys and the issuer that we trust. Cheap to clone.
#[derive(Clone)]
pub struct Auth(Arc<Trusted>);

struct Trusted {
    issuer: String,
    keys: Vec<(Option<String>, Algorithm, DecodingKey)>,
}

impl std::fmt::Debug for Auth {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Auth").field("issuer", &self.0.issuer).finish_non_exhaustive()
    }
}

impl Auth {
    /// Trusts one issuer with these keys (RFC 7517). Only ES256 and RS256 are taken.
    ///
    /// # Errors
    ///
    /// When a key cannot be read, or there is none of a kind that is taken.
    pub fn of(issuer: &str, jwks: &JwkSet) -> anyhow::Result<Self> {
        let mut keys = Vec::new();
        for jwk in &jwks.keys {
            let algorithm = match jwk.common.key_algorithm {
                Some(jsonwebtoken::jwk::KeyAlgorithm::ES256) => Algorithm::ES256,
                Some(jsonwebtoken::jwk::KeyAlgorithm::RS256) => Algorithm::RS256,
                _ => continue,
            };
            keys.push((jwk.common.key_id.clone(), algorithm, DecodingKey::from_jwk(jwk)?));
        }
        anyhow::ensure!(!keys.is_empty(), "issuer {issuer} has no key for ES256 or RS256");
        Ok(Self(Arc::new(Trusted { issuer: issuer.to_owned(), keys })))
    }

    /// Checks a token's signature, issuer, audience and time.
    ///
    /// # Errors
    ///
    /// [`Problem::Unauthenticated`], saying what is wrong with it.
    pub fn check(&self, token: &str, audience: &str) -> Result<Claims, Problem> {
        let refused = |why: &str| Problem::Unauthenticated(format!("the token {why}"));
        let header = jsonwebtoken::decode_header(token).map_err(|_| refused("is no signed JWT"))?;
        let key = self.0.keys.iter().find(|(id, algorithm, _)| {
            *algorithm == header.alg && (id.is_none() || *id == header.kid)
        });
        let (_, algorithm, key) =
            key.ok_or_else(|| refused("is signed by a key we do not trust"))?;
        let mut validation = Validation::new(*algorithm);
        validation.leeway = LEEWAY_SECONDS;
        validation.validate_nbf = true;
        validation.set_audience(&[audience]);
        validation.set_issuer(&[&self.0.issuer]);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        jsonwebtoken::decode::<Claims>(token, key, &validation)
            .map(|decoded| decoded.claims)
            .map_err(|error| match error.kind() {
                Kind::ExpiredSignature => refused("is expired"),
                Kind::InvalidAudience => refused("is meant for another audience"),
                Kind::InvalidIssuer => refused("comes from another issuer"),
                Kind::ImmatureSignature => refused("does not hold yet"),
                _ => refused("does not hold"),
            })
    }
}
