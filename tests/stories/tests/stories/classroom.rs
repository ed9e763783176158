//! Where stories begin: a world, perhaps with an assignment in it.

use harness::{Answer, Assignment, Setting, World};
use sqlx::PgPool;

/// The local edition's program, which is the grader too.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_faultline-under-test");

/// A world without anything in it.
pub(crate) async fn empty(db: &PgPool) -> World {
    World::start(db, PROGRAM).await
}

/// A world in which learners can submit to `largest`.
pub(crate) async fn with_largest(db: &PgPool) -> World {
    with(db, &Assignment::largest()).await
}

/// A world in which learners can submit to this assignment, which has no reference to be checked.
pub(crate) async fn with(db: &PgPool, assignment: &Assignment) -> World {
    let world = empty(db).await;
    sets(&world, assignment).await;
    world
}

/// A world with `largest` in which nothing is ever graded: there is no slot.
pub(crate) async fn without_graders(db: &PgPool, change: impl FnOnce(&mut Setting)) -> World {
    let mut setting = Setting { slots: 0, ..Setting::default() };
    change(&mut setting);
    let world = World::with(db, PROGRAM, setting).await;
    sets(&world, &Assignment::largest()).await;
    world
}

async fn sets(world: &World, assignment: &Assignment) {
    let uploaded = world.instructor("grace").uploads(assignment).await;
    assert_eq!(
        (uploaded.status, &uploaded.body["state"]),
        (201, &"ready".into()),
        "{}",
        uploaded.text
    );
}

/// Makes a call that must be refused with this problem and change nothing; gives what the problem says.
pub(crate) async fn refused(
    world: &World,
    status: u16,
    problem: &str,
    call: impl Future<Output = Answer>,
) -> String {
    let before = world.rows().await;
    let told = call.await.problem(status, problem);
    assert_eq!(world.rows().await, before, "a refused call changes nothing");
    told
}
