//! The same for a package: what is in it may not lead elsewhere or blow up.

use harness::Assignment;
use sqlx::PgPool;

use crate::classroom::{self, refused};

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn a_package_that_is_no_text_or_leads_elsewhere(db: PgPool) {
    let world = classroom::empty(&db).await;
    let grace = world.instructor("grace");
    let nul = Assignment::largest().file("starter/a.py", "print(1)\u{0}");
    let twin = Assignment::largest().file("tests/x.out", "1\n");
    let broken = Assignment::largest().file("assignment.toml", "id = \n");

    for (package, part) in [(nul, "a.py"), (twin, "tests/x"), (broken, "assignment.toml")] {
        let told = refused(&world, 422, "invalid-package", grace.uploads(&package)).await;
        assert!(told.contains(part), "names {part}: {told}");
    }
}
