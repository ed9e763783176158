//! An event that nobody takes is told so, and changes nothing.

use harness::{Answer, Person};
use reqwest::{Method, header::CONTENT_TYPE};
use sqlx::PgPool;

use crate::classroom::{self, refused};

const EVENTS: &str = "/events/grade-dispatch";
const EMPTY: &str =
    "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/x\",\"type\":\"TYPE\",\"data\":{}}";

async fn delivers(person: &Person, content_type: &str, body: String) -> Answer {
    let request = person.asks(Method::POST, EVENTS).header(CONTENT_TYPE, content_type);
    person.sends(request.body(body)).await
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn an_event_of_an_unknown_type(db: PgPool) {
    let world = classroom::empty(&db).await;
    let bridge = world.part("bridge", "grade-dispatch");

    for unknown in ["dev.faultline.feedback.ready.v1", "com.example.thing"] {
        let event = EMPTY.replace("TYPE", unknown);
        let call = delivers(&bridge, "application/cloudevents+json", event);
        let told = refused(&world, 422, "unknown-event", call).await;
        assert!(told.contains(unknown), "{told}");
    }
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn an_event_whose_data_is_wrong(db: PgPool) {
    let world = classroom::empty(&db).await;
    let bridge = world.part("bridge", "grade-dispatch");
    let event = EMPTY.replace("TYPE", "dev.faultline.submission.received.v1");

    let call = delivers(&bridge, "application/cloudevents+json", event);
    let told = refused(&world, 422, "invalid-body", call).await;

    assert!(told.contains("/data"), "{told}");
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn what_is_no_event(db: PgPool) {
    let world = classroom::empty(&db).await;
    let bridge = world.part("bridge", "grade-dispatch");

    let json = delivers(&bridge, "application/cloudevents+json", "{".into());
    refused(&world, 400, "broken-event", json).await;
    let headers = delivers(&bridge, "application/json", "{}".into());
    assert!(refused(&world, 400, "broken-event", headers).await.contains("ce-"));
    let xml = delivers(&bridge, "application/cloudevents+xml", "<x/>".into());
    refused(&world, 415, "unsupported-media-type", xml).await;
}

#[sqlx::test(migrator = "shared::store::MIGRATOR")]
async fn an_event_from_somebody_else(db: PgPool) {
    let world = classroom::empty(&db).await;
    let event = || EMPTY.replace("TYPE", "dev.faultline.tick.v1");

    for person in [world.stranger(), world.instructor("grace"), world.part("bridge", "feedback")] {
        let call = delivers(&person, "application/cloudevents+json", event());
        refused(&world, 401, "unauthenticated", call).await;
    }
    let bridge = world.part("bridge", "grade-dispatch");
    assert_eq!(delivers(&bridge, "application/cloudevents+json", event()).await.status, 202);
}
