//! `POST /v1/submissions/{id}/questions/{n}/answer`.

use axum::extract::State;
use shared::{
    auth::Caller,
    http::{Json, Path},
    ids::SubmissionId,
    problem::{Document, Problem},
    store::{attempts, audit, feedbacks, questions},
    submission::{Answer, AnswerResult, Answered},
};

use crate::{App, writer::rules::answer::is_right};

/// The longest answer, in characters.
const LONGEST: usize = 1000;

/// Takes a learner's one answer to a question; a wrong one unlocks the next hint.
#[utoipa::path(post, path = "/v1/submissions/{id}/questions/{n}/answer", tag = "submissions",
    params(("id" = String, Path, description = "The submission."),
           ("n" = i32, Path, description = "The question's number in it.")),
    request_body = Answer,
    responses((status = 200, body = AnswerResult), (status = 404, body = Document),
              (status = 409, body = Document), (status = 422, body = Document)))]
pub(crate) async fn answer_question(
    State(app): State<App>,
    caller: Caller,
    Path((id, n)): Path<(SubmissionId, i32)>,
    Json(answer): Json<Answer>,
) -> Result<Json<AnswerResult>, Problem> {
    check(&answer)?;
    let mut tx = app.db.begin().await?;
    if questions::learner(&mut tx, id).await? != Some(caller.subject.clone()) {
        return Err(Problem::UnknownSubmission(id.to_string()));
    }
    let question = questions::lock(&mut tx, id, n).await?.ok_or(Problem::UnknownQuestion(n))?;
    if question.answered.is_some() {
        return Err(Problem::AlreadyAnswered(n));
    }
    let right = is_right(&answer.text, &question.answer);
    let answered = Answered { text: answer.text, right, observed: question.answer };
    questions::answer(&mut tx, id, n, &answered).await?;
    let next_hint =
        if right { None } else { feedbacks::unlock_next(&mut tx, question.attempt_id).await? };
    attempts::show(&mut tx, id).await?;
    audit::note(&mut tx, &caller.subject, "answer_question", &format!("{id}/{n}")).await?;
    tx.commit().await?;
    app.notifier.submission(id);
    Ok(Json(AnswerResult { answered, next_hint }))
}

fn check(answer: &Answer) -> Result<(), Problem> {
    match answer.text.trim().chars().count() {
        0 => Err(Problem::field("/text", "is empty")),
        length if length > LONGEST => {
            Err(Problem::field("/text", format!("has {length} characters; at most {LONGEST}")))
        }
        _ if answer.text.contains('\0') => {
            Err(Problem::field("/text", "holds a NUL character, which no text may"))
        }
        _ => Ok(()),
    }
}
