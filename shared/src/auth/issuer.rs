//! The local edition's own issuer: one ES256 key in a file that only its owner may read.

use std::{
    collections::BTreeMap, fs, io::Write as _, os::unix::fs::OpenOptionsExt as _, path::Path,
};

use anyhow::Context as _;
use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{
    Algorithm, EncodingKey, Header,
    jwk::{Jwk, JwkSet},
};
use p256::pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _, LineEnding};

use super::{Auth, Claims, PEOPLE, Role};
use crate::clock::Clock;

/// `iss` of the local edition's tokens.
const ISSUER: &str = "https://faultline.local";

/// Signs tokens for one machine.
#[derive(Clone)]
pub struct LocalIssuer {
    key: EncodingKey,
    clock: Clock,
}

impl std::fmt::Debug for LocalIssuer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LocalIssuer").finish_non_exhaustive()
    }
}

impl LocalIssuer {
    /// The issuer whose key lies at `path`; makes the key on first use.
    ///
    /// # Errors
    ///
    /// When the file cannot be read or written, or holds no P-256 key in PKCS #8 PEM.
    pub fn at(path: &Path, clock: Clock) -> anyhow::Result<Self> {
        match fs::read_to_string(path) {
            Ok(pem) => {
                Self::of_pem(&pem, clock).with_context(|| format!("read {}", path.display()))
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let pem = new_key()?;
                write_private(path, &pem).with_context(|| format!("write {}", path.display()))?;
                Self::of_pem(&pem, clock)
            }
            Err(error) => Err(error).with_context(|| format!("read {}", path.display())),
        }
    }

    /// An issuer with a new key that is kept nowhere.
    pub fn ephemeral(clock: Clock) -> anyhow::Result<Self> {
        Self::of_pem(&new_key()?, clock)
    }

    fn of_pem(pem: &str, clock: Clock) -> anyhow::Result<Self> {
        p256::SecretKey::from_pkcs8_pem(pem).context("the key is no P-256 key")?;
        Ok(Self { key: EncodingKey::from_ec_pem(pem.as_bytes())?, clock })
    }

    /// Its public key.
    pub fn jwks(&self) -> anyhow::Result<JwkSet> {
        Ok(JwkSet { keys: vec![Jwk::from_encoding_key(&self.key, Algorithm::ES256)?] })
    }

    /// Trust in this issuer.
    pub fn auth(&self) -> anyhow::Result<Auth> {
        Auth::of(ISSUER, &self.jwks()?)
    }

    /// A token for a person, with roles by course.
    pub fn person(
        &self,
        subject: &str,
        roles: BTreeMap<String, Role>,
        lasting: TimeDelta,
    ) -> anyhow::Result<String> {
        self.sign(subject, PEOPLE, roles, lasting)
    }

    /// A token that `part` shows to `audience`; good for five minutes.
    pub fn service(&self, part: &str, audience: &str) -> anyhow::Result<String> {
        self.sign(part, audience, BTreeMap::new(), TimeDelta::minutes(5))
    }

    fn sign(
        &self,
        subject: &str,
        audience: &str,
        roles: BTreeMap<String, Role>,
        lasting: TimeDelta,
    ) -> anyhow::Result<String> {
        let now: DateTime<Utc> = self.clock.now();
        let claims = Claims {
            iss: ISSUER.into(),
            sub: subject.into(),
            aud: audience.into(),
            exp: (now + lasting).timestamp(),
            nbf: now.timestamp(),
            roles,
        };
        Ok(jsonwebtoken::encode(&Header::new(Algorithm::ES256), &claims, &self.key)?)
    }
}

fn new_key() -> anyhow::Result<String> {
    let mut seed = [0_u8; 32];
    loop {
        rand::RngCore::fill_bytes(&mut rand::rng(), &mut seed);
        // All but about one in 2^32 of the seeds are a key of the curve.
        if let Ok(key) = p256::SecretKey::from_slice(&seed) {
            return Ok(key.to_pkcs8_pem(LineEnding::LF)?.to_string());
        }
    }
}

fn write_private(path: &Path, pem: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(pem.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Problem;

    fn refusal(result: Result<Claims, Problem>) -> String {
        result.unwrap_err().to_string()
    }

    #[test]
    fn a_token_is_good_for_its_audience_alone() {
        let issuer = LocalIssuer::ephemeral(Clock::default()).unwrap();
        let auth = issuer.auth().unwrap();

        let token = issuer.service("bridge", "feedback").unwrap();

        assert_eq!(auth.check(&token, "feedback").unwrap().sub, "bridge");
        assert!(refusal(auth.check(&token, "submit")).contains("another audience"));
    }

    #[test]
    fn an_expired_token_and_another_issuers_token_are_refused() {
        let issuer = LocalIssuer::ephemeral(Clock::default()).unwrap();
        let stranger = LocalIssuer::ephemeral(Clock::default()).unwrap();
        let auth = issuer.auth().unwrap();

        let old = issuer.person("ada", BTreeMap::new(), TimeDelta::hours(-1)).unwrap();
        let forged = stranger.person("ada", BTreeMap::new(), TimeDelta::hours(1)).unwrap();

        assert!(refusal(auth.check(&old, PEOPLE)).contains("expired"));
        assert!(refusal(auth.check(&forged, PEOPLE)).contains("does not hold"));
        assert!(refusal(auth.check("eyJhbGciOiJub25lIn0.e30.", PEOPLE)).contains("no signed JWT"));
    }

    #[test]
    fn the_key_is_made_once_and_only_its_owner_may_read_it() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = std::env::temp_dir().join(format!("issuer-{}", uuid::Uuid::now_v7()));
        let path = folder.join("issuer.pem");

        let first = LocalIssuer::at(&path, Clock::default()).unwrap();
        let again = LocalIssuer::at(&path, Clock::default()).unwrap();

        let token = first.service("bridge", "submit").unwrap();
        assert!(again.auth().unwrap().check(&token, "submit").is_ok());
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        fs::remove_dir_all(folder).unwrap();
    }
}
