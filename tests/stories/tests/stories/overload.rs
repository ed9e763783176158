//! Too much is refused early, and says when to come back.

use harness::{Answer, programs::RIGHT_PYTHON};
use sqlx::PgPool;

use crate::classroom;

fn says_when_to_come_back(refusal: &Answer) {
    let seconds: u32 = refusal.header("retry-after").parse().expect("Retry-After is in seconds");
    assert!((1..=600).contains(&seconds), "{seconds}");
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn a_learner_with_too_many_submissions_under_way_waits(db: PgPool) {
    let world =
        classroom::without_graders(&db, |setting| setting.limits.open_per_learner = 2).await;
    let ada = world.learner("ada");
    for _ in 0..2 {
        assert_eq!(ada.submits("largest", "solution.py", RIGHT_PYTHON).await.status, 202);
    }

    let refusal = ada.submits("largest", "solution.py", RIGHT_PYTHON).await;
    let bobs = world.learner("bob").submits("largest", "solution.py", RIGHT_PYTHON).await;

    refusal.problem(429, "too-many-open");
    says_when_to_come_back(&refusal);
    assert_eq!(bobs.status, 202, "others are not held up");
    assert_eq!(world.rows().await["submissions"], 3);
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn a_service_with_too_much_to_do_says_so(db: PgPool) {
    let world = classroom::without_graders(&db, |setting| setting.limits.open = 3).await;
    for name in ["ada", "bob", "eve"] {
        let accepted = world.learner(name).submits("largest", "solution.py", RIGHT_PYTHON).await;
        assert_eq!(accepted.status, 202);
    }

    let refusal = world.learner("dan").submits("largest", "solution.py", RIGHT_PYTHON).await;

    refusal.problem(503, "overloaded");
    says_when_to_come_back(&refusal);
    assert_eq!(world.rows().await["submissions"], 3);
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn a_rush_is_graded_once_each(db: PgPool) {
    let world = classroom::with_largest(&db).await;
    // Of ten learners, the first five send three each, all at once.
    let learners: Vec<_> = (0..10).map(|n| world.learner(&format!("learner-{n}"))).collect();
    let senders = learners.iter().chain(&learners[..5]).chain(&learners[..5]);

    let all = senders.map(|one| one.completes("largest", "solution.py", RIGHT_PYTHON));
    let complete = futures::future::join_all(all).await;

    assert!(complete.iter().all(|one| one.score.is_some_and(|score| score.points >= 4.0)));
    let mut tries: Vec<_> = complete.iter().map(|one| (&one.learner, one.r#try)).collect();
    tries.sort();
    tries.dedup();
    assert_eq!(tries.len(), 20, "each learner's tries are counted one by one");
    let rows = world.rows().await;
    assert_eq!((rows["submissions"], rows["attempts"], rows["feedbacks"]), (20, 20, 20));
}
