//! The frame of every page: head, navigation, foot.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::serve::assets::{ICON_PATH, KEYS_PATH, STYLE_PATH};
use crate::serve::reply::{Kind, Reply};
use crate::serve::request::{Ask, Theme};
use crate::serve::words::Lang;

/// What a page says about itself.
pub struct Frame<'a> {
    /// Its title, plain.
    pub title: String,
    /// Which entry of the navigation it belongs to.
    pub place: &'a str,
    /// Its feed.
    pub feed: Option<String>,
}

const PLACES: [(&str, &str); 5] = [
    ("/", "nav.changes"),
    ("/search", "nav.search"),
    ("/sites", "nav.sites"),
    ("/gone", "nav.gone"),
    ("/about", "nav.about"),
];

impl Frame<'_> {
    /// The whole page.
    pub fn page(&self, ask: &Ask, main: &Markup) -> Reply {
        Reply::new(Kind::Html, self.markup(ask, main).into_string())
    }

    fn markup(&self, ask: &Ask, main: &Markup) -> Markup {
        let lang = ask.lang;
        html! {
            (DOCTYPE)
            html lang=(lang.tag()) data-theme=(ask.theme.as_str()) {
                head {
                    meta charset="utf-8";
                    title { (self.title) " · kliping" }
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content=(scheme(ask.theme));
                    link rel="stylesheet" href=(*STYLE_PATH);
                    link rel="icon" href=(*ICON_PATH) type="image/svg+xml";
                    @if let Some(feed) = &self.feed {
                        link rel="alternate" type="application/atom+xml" href=(feed) title=(self.title);
                    }
                    script src=(*KEYS_PATH) defer {}
                }
                body {
                    a class="skip" href="#main" { (lang.say("skip")) }
                    (self.header(ask))
                    main id="main" tabindex="-1" { (main) }
                    (self.footer(ask))
                }
            }
        }
    }

    fn header(&self, ask: &Ask) -> Markup {
        let lang = ask.lang;
        html! {
            header class="mast" {
                a class="brand" href="/" { "kliping" }
                nav aria-label=(lang.say("nav")) {
                    @for (path, name) in PLACES {
                        @let current = (path == self.place).then_some("page");
                        a href=(path) aria-current=[current] { (lang.find(name).unwrap_or(name)) }
                    }
                }
                form class="find" role="search" action="/search" {
                    input type="search" name="q" aria-label=(lang.say("search.label"))
                        placeholder=(lang.say("search.label")) maxlength="400";
                    button { (lang.say("search.go")) }
                }
            }
        }
    }

    fn footer(&self, ask: &Ask) -> Markup {
        let lang = ask.lang;
        html! {
            footer class="foot" {
                p {
                    @if let Some(feed) = &self.feed {
                        a class="feed" href=(feed) { (lang.say("foot.feed")) }
                        " · "
                    }
                    span { (lang.say("foot.readonly")) }
                }
                p class="prefs" {
                    span { (lang.say("foot.language")) ": " }
                    @for (n, other) in Lang::ALL.into_iter().enumerate() {
                        @if n > 0 { " · " }
                        (choice(ask, "lang", other.tag(), own_name(other), other == lang, Some(other.tag())))
                    }
                }
                p class="prefs" {
                    span { (lang.say("foot.theme")) ": " }
                    (choice(ask, "theme", "auto", lang.say("theme.auto"), ask.theme == Theme::Auto, None)) " · "
                    (choice(ask, "theme", "light", lang.say("theme.light"), ask.theme == Theme::Light, None)) " · "
                    (choice(ask, "theme", "dark", lang.say("theme.dark"), ask.theme == Theme::Dark, None))
                }
            }
        }
    }
}

fn scheme(theme: Theme) -> &'static str {
    match theme {
        Theme::Auto => "light dark",
        Theme::Light => "light",
        Theme::Dark => "dark",
    }
}

fn own_name(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "English",
        Lang::Id => "Bahasa Indonesia",
    }
}

fn choice(ask: &Ask, name: &str, value: &str, shown: &str, now: bool, lang: Option<&str>) -> Markup {
    let href = ask.with(&[(name, Some(value)), ("token", None)]);
    html! {
        @if now { strong lang=[lang] aria-current="true" { (shown) } }
        @else { a href=(href) rel="nofollow" lang=[lang] { (shown) } }
    }
}

/// Markup that was made before.
pub fn ready(html: String) -> Markup {
    PreEscaped(html)
}
