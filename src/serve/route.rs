//! Which address means which page.

use super::dates::Dates;
use super::door;
use super::page::{self, Visit};
use super::problem::Problem;
use super::reply::{Kind, Reply};
use super::request::Ask;
use super::room::Room;
use super::{api, assets, feed, memento};
use crate::store::Reader;

/// Answers a request.
pub fn answer(room: &Room, reader: &Reader, ask: &Ask) -> Reply {
    let visit = Visit { room, reader, ask, dates: dates(room, ask) };
    page_of(&visit).unwrap_or_else(|problem| self::problem(room, ask, &problem))
}

fn page_of(visit: &Visit<'_>) -> Result<Reply, Problem> {
    if let Some(reply) = memento::answer(visit)? {
        return Ok(reply);
    }
    let parts = visit.ask.parts();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    match parts.as_slice() {
        [""] => page::front::page(visit),
        ["feed.atom"] => feed::changes(visit, None),
        ["a"] => page::article::by_address(visit),
        ["a", id] => page::article::latest(visit, id),
        ["a", id, "v", seq] => page::article::version(visit, id, seq),
        ["a", id, "v", seq, "raw"] => page::raw::page(visit, id, seq),
        ["a", id, "history"] => page::history::page(visit, id),
        ["a", id, "diff"] => page::diff::newest(visit, id),
        ["a", id, "diff", range] => page::diff::page(visit, id, range),
        ["a", id, "feed.atom"] => feed::article(visit, id),
        ["search"] => page::search::page(visit),
        ["sites"] => page::sites::page(visit),
        ["sites", site] => page::site::page(visit, site),
        ["sites", site, "feed.atom"] => feed::changes(visit, Some(site)),
        ["gone"] => page::gone::page(visit),
        ["gone", "feed.atom"] => feed::gone(visit),
        ["about"] => page::about::page(visit),
        ["api", "v1", rest @ ..] => api::answer(visit, rest),
        ["robots.txt"] => Ok(Reply::new(Kind::Text, "User-agent: *\nDisallow: /\n")),
        ["favicon.ico"] => Ok(Reply::redirect(302, &assets::ICON_PATH)),
        _ => Err(Problem::NoPage),
    }
}

/// The answer to a request that cannot be answered: a page for people, an object for programs.
pub fn problem(room: &Room, ask: &Ask, problem: &Problem) -> Reply {
    if matches!(problem, Problem::Stranger) {
        return door::stranger(&ask.host);
    }
    if let Problem::Store(error) = problem
        && problem.status() >= 500
    {
        tracing::warn!(code = error.code(), "{}: {error}", ask.path);
    }
    let reply = if door::feeds(&ask.path) {
        let text = page::problem::sentences(ask.lang, problem).0;
        let object = serde_json::json!({ "error": problem.code(), "message": text });
        Reply::new(Kind::Json, format!("{object}\n"))
    } else {
        page::problem::page(ask, &dates(room, ask), problem)
    };
    let reply = reply.status(problem.status());
    match problem {
        Problem::Method => reply.header("allow", "GET, HEAD"),
        Problem::Locked => reply.header("www-authenticate", door::challenge(&ask.path)),
        Problem::Busy => reply.header("retry-after", "2"),
        _ => reply,
    }
}

fn dates(room: &Room, ask: &Ask) -> Dates {
    Dates { lang: ask.lang, zone: room.options.zone.clone(), now: (room.options.now)() }
}
