//! What is said when there is no page, and what to do then.

use maud::{Markup, html};

use super::frame::Frame;
use crate::serve::dates::Dates;
use crate::serve::problem::Problem;
use crate::serve::reply::Reply;
use crate::serve::request::Ask;
use crate::serve::words::Lang;

/// The page for people.
pub fn page(ask: &Ask, _dates: &Dates, problem: &Problem) -> Reply {
    let (what, advice) = sentences(ask.lang, problem);
    let frame = Frame { title: what.clone(), place: "", feed: None };
    let form = matches!(problem, Problem::Locked).then(|| token_form(ask));
    let main = html! {
        div class="empty problem" {
            p class="status" { (problem.status()) }
            h1 { (what) }
            p { (advice) }
            @if let Some(form) = form { (form) }
            @else { p { a href="/" { (ask.lang.say("problem.home")) } } }
        }
    };
    frame.page(ask, &main)
}

/// What happened, and what to do about it.
pub fn sentences(lang: Lang, problem: &Problem) -> (String, String) {
    let plain = |what: &str, advice: &str| (what.to_owned(), advice.to_owned());
    match problem {
        Problem::NoPage => plain(lang.say("problem.page"), lang.say("problem.page.do")),
        Problem::NoArticle => plain(lang.say("problem.article"), lang.say("problem.article.do")),
        Problem::NoVersion => plain(lang.say("problem.version"), lang.say("problem.version.do")),
        Problem::NoSite => plain(lang.say("problem.site"), lang.say("problem.site.do")),
        Problem::NoRaw => plain(lang.say("problem.raw"), lang.say("problem.raw.do")),
        Problem::NoAddress => plain(lang.say("problem.address"), lang.say("problem.address.do")),
        Problem::Redacted => plain(lang.say("problem.redacted"), lang.say("problem.redacted.do")),
        Problem::Wrong(name) => {
            (lang.fill("problem.wrong", &[name]), lang.say("problem.wrong.do").to_owned())
        }
        Problem::TooLong => plain(lang.say("problem.long"), lang.say("problem.long.do")),
        Problem::Method => plain(lang.say("problem.method"), lang.say("problem.method.do")),
        Problem::Locked => plain(lang.say("problem.locked"), lang.say("problem.locked.do")),
        Problem::Busy => plain(lang.say("problem.busy"), lang.say("problem.busy.do")),
        Problem::Store(error) => {
            let advice = error.help().unwrap_or(lang.say("problem.store.do"));
            (lang.say("problem.store").to_owned(), advice.to_owned())
        }
        Problem::Stranger | Problem::Fault => plain(lang.say("problem.fault"), lang.say("problem.fault.do")),
    }
}

fn token_form(ask: &Ask) -> Markup {
    html! {
        form class="token" method="get" action=(format!("/{}", ask.path.trim_start_matches('/'))) {
            label for="token" { (ask.lang.say("token.label")) }
            input id="token" type="password" name="token" required autocomplete="current-password";
            button { (ask.lang.say("token.go")) }
        }
    }
}
