//! Users of this machine that nobody else has, for learner code to run as.
//!
//! Whatever runs as a slot's user is ended with the slot, so two programs that took the same user would end each
//! other's learners. A claim is a socket's name that the kernel gives out once.

use std::{
    io,
    os::{
        linux::net::SocketAddrExt as _,
        unix::net::{SocketAddr, UnixListener},
    },
};

use nix::unistd::{Uid, User};

/// The first user that is claimed. Below, systems number people and services.
const FIRST_UID: u32 = 61_000;

/// The last one: containers often map no user beyond 65535, and the last two stand for nobody.
const LAST_UID: u32 = 65_533;

/// A user that is claimed while this lives.
#[derive(Debug)]
struct OwnUser {
    uid: u32,
    _name: UnixListener,
}

impl OwnUser {
    /// Claims this user; `None` where somebody else has it, or the system gave it a name.
    fn claim(uid: u32) -> io::Result<Option<Self>> {
        if User::from_uid(Uid::from_raw(uid))?.is_some() {
            return Ok(None);
        }
        let name = SocketAddr::from_abstract_name(format!("faultline-uid-{uid}"))?;
        match UnixListener::bind_addr(&name) {
            Ok(name) => Ok(Some(Self { uid, _name: name })),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// Users in a row that no other claim on this machine holds, while this lives.
///
/// Held across chroots and users, for a claim is a name in the kernel and not in the file system; where network
/// namespaces differ, so do the names, and there processes are apart as well. All are free again when the process that
/// claimed them ends, however it ends.
#[derive(Debug)]
pub struct OwnUsers(Vec<OwnUser>);

impl OwnUsers {
    /// Their numbers, one after the other without a gap, as many as were asked for.
    pub fn uids(&self) -> Vec<u32> {
        self.0.iter().map(|it| it.uid).collect()
    }
}

/// Claims `count` users in a row. Only root can start processes as them.
///
/// # Errors
///
/// When the kernel refuses names, or so many users in a row are not free.
pub fn claim_users(count: usize) -> io::Result<OwnUsers> {
    let mut row = Vec::new();
    for uid in FIRST_UID..=LAST_UID {
        if row.len() == count {
            break;
        }
        match OwnUser::claim(uid)? {
            Some(user) => row.push(user),
            None => row.clear(),
        }
    }
    if row.len() < count {
        return Err(io::Error::other(format!("no {count} users in a row are free")));
    }
    Ok(OwnUsers(row))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn claims_at_once_never_share_a_user() {
        let claims: Vec<_> = std::thread::scope(|scope| {
            let claims: Vec<_> = (0..8).map(|_| scope.spawn(|| claim_users(3).unwrap())).collect();
            claims.into_iter().map(|claim| claim.join().unwrap()).collect()
        });

        let all: BTreeSet<_> = claims.iter().flat_map(OwnUsers::uids).collect();
        assert_eq!(all.len(), 24);
        assert!(claims.iter().all(|it| it.uids().windows(2).all(|two| two[0] + 1 == two[1])));
    }

    #[test]
    fn a_user_is_free_again_when_its_claim_is_dropped() {
        // Out of reach of every other test and program.
        let uid = (1 << 20) + std::process::id();

        let claim = OwnUser::claim(uid).unwrap();
        let while_held = OwnUser::claim(uid).unwrap();
        drop(claim.expect("nobody else is interested"));
        let after = OwnUser::claim(uid).unwrap();

        assert!(while_held.is_none());
        assert_eq!(after.unwrap().uid, uid);
    }

    #[test]
    fn a_user_with_a_name_is_nobodys_to_claim() {
        assert!(OwnUser::claim(0).unwrap().is_none());
    }
}
