//! The three papers of the demo, and how each sets a story.

use jiff::Timestamp;
use jiff::tz::Offset;
use kliping::model::{DAYS_ID, MONTHS_ID, escaped};

use super::story::{Block, Fate, Story};

/// A paper: its names, its addresses and its markup.
pub struct Paper {
    /// Its name in the configuration.
    pub id: &'static str,
    pub name: &'static str,
    /// What it is made with, in words.
    pub made_with: &'static str,
    pub language: &'static str,
    /// What it answers where a story was withdrawn.
    pub withdrawn: u16,
    pub feed: &'static str,
    pub sitemap: &'static str,
    pub robots: &'static str,
    stories: &'static str,
    page: &'static str,
    /// Hours that its clock is ahead of UTC.
    hours_ahead: i8,
}

pub const LEMBAH: usize = 0;
pub const CAKRAWALA: usize = 1;
pub const GAZETTE: usize = 2;

/// All papers; the server's sites have the same order.
pub const PAPERS: [Paper; 3] = [
    Paper {
        id: "lembah",
        name: "Suara Lembah",
        made_with: "WordPress, read by the preset",
        language: "id-ID",
        withdrawn: 404,
        feed: "/feed/",
        sitemap: "/wp-sitemap.xml",
        robots: "User-agent: *\nDisallow: /wp-admin/\nAllow: /wp-admin/admin-ajax.php\n",
        stories: include_str!("press/lembah.txt"),
        page: include_str!("press/lembah.html"),
        hours_ahead: 7,
    },
    Paper {
        id: "cakrawala",
        name: "Cakrawala",
        made_with: "its own markup, read by a site file",
        language: "id",
        withdrawn: 410,
        feed: "/rss.xml",
        sitemap: "/sitemap.xml",
        robots: "User-agent: *\nDisallow: /cetak/\n",
        stories: include_str!("press/cakrawala.txt"),
        page: include_str!("press/cakrawala.html"),
        hours_ahead: 7,
    },
    Paper {
        id: "gazette",
        name: "The Harrowmere Gazette",
        made_with: "nobody's markup, read by the generic reader",
        language: "en",
        withdrawn: 404,
        feed: "/atom.xml",
        sitemap: "/sitemap.txt",
        robots: "User-agent: *\nDisallow: /subscribe\n",
        stories: include_str!("press/gazette.txt"),
        page: include_str!("press/gazette.html"),
        hours_ahead: 0,
    },
];

const FRONT: &str = include_str!("press/front.html");

impl Paper {
    /// Its stories, as they are when the demo begins.
    pub fn stories(&self, now: Timestamp) -> Vec<Story> {
        super::story::read(self.stories, now)
    }

    /// The path of a story.
    pub fn path(&self, story: &Story) -> String {
        let day = self.local(story.published).strftime("%Y/%m/%d").to_string();
        match self.id {
            "lembah" => format!("/{day}/{}/", story.slug),
            "cakrawala" => format!("/berita/{}/{}", story.number, story.slug),
            _ => format!("/{}/{}.html", story.desk.to_lowercase(), story.slug),
        }
    }

    /// The page of a story, among all stories of the paper.
    pub fn page(&self, story: &Story, all: &[Story], origin: &str) -> String {
        let body: Vec<String> = story.blocks.iter().map(|block| self.block(block, all)).collect();
        let number = story.number.to_string();
        let fields = [
            ("origin", origin.to_owned()),
            ("url", format!("{origin}{}", self.path(story))),
            ("number", number),
            ("title", escaped(&story.title)),
            ("author", escaped(&story.author)),
            ("desk", escaped(&story.desk)),
            ("desk_slug", story.desk.to_lowercase()),
            ("published", self.stamp(story.published)),
            ("published_words", self.words(story.published)),
            ("body", body.join("\n")),
            ("latest", self.links(all, origin)),
        ];
        fill(self.page, &fields)
    }

    /// The front page. `head` and `more` are markup.
    pub fn front(&self, all: &[Story], origin: &str, head: &str, more: &str) -> String {
        let fields = [
            ("language", self.language.to_owned()),
            ("name", self.name.to_owned()),
            ("head", head.to_owned()),
            ("latest", format!("{}\n{more}", self.links(all, origin))),
        ];
        fill(FRONT, &fields)
    }

    fn links(&self, all: &[Story], origin: &str) -> String {
        let link =
            |s: &Story| format!("<li><a href=\"{origin}{}\">{}</a></li>", self.path(s), escaped(&s.title));
        printed(all).map(link).collect::<Vec<_>>().join("\n")
    }

    fn block(&self, block: &Block, all: &[Story]) -> String {
        match block {
            Block::Text(text) => format!("<p>{}</p>", escaped(text)),
            Block::Heading(text) => format!("<h2>{}</h2>", escaped(text)),
            Block::Quote(text) => format!("<blockquote><p>{}</p></blockquote>", escaped(text)),
            Block::Items(items) => {
                let items: String = items.iter().map(|item| format!("<li>{}</li>", escaped(item))).collect();
                format!("<ul>{items}</ul>")
            }
            Block::Also(slug) => {
                let Some(story) = all.iter().find(|story| story.slug == *slug) else { return String::new() };
                let link = format!("<a href=\"{}\">{}</a>", self.path(story), escaped(&story.title));
                format!("<p class=\"baca\"><strong>Baca juga: {link}</strong></p>")
            }
        }
    }

    fn local(&self, at: Timestamp) -> jiff::civil::DateTime {
        Offset::constant(self.hours_ahead).to_datetime(at)
    }

    /// RFC 3339, on the paper's clock.
    pub fn stamp(&self, at: Timestamp) -> String {
        format!("{}+{:02}:00", self.local(at).strftime("%Y-%m-%dT%H:%M:%S"), self.hours_ahead)
    }

    fn words(&self, at: Timestamp) -> String {
        let local = self.local(at);
        let month = MONTHS_ID[usize::from(local.month().unsigned_abs()) - 1];
        let day = DAYS_ID[usize::from(local.weekday().to_monday_zero_offset().unsigned_abs())];
        match self.id {
            "lembah" => format!("{} {month} {}", local.day(), local.year()),
            "cakrawala" => {
                format!("{day}, {} {month} {} {} WIB", local.day(), local.year(), local.strftime("%H:%M"))
            }
            _ => local.strftime("%B %-d, %Y").to_string(),
        }
    }
}

/// The stories that readers can see, newest first.
pub fn printed(all: &[Story]) -> impl Iterator<Item = &Story> {
    let mut out: Vec<&Story> = all.iter().filter(|story| story.fate == Fate::Printed).collect();
    out.sort_by_key(|story| std::cmp::Reverse(story.published));
    out.into_iter()
}

fn fill(template: &str, fields: &[(&str, String)]) -> String {
    fields
        .iter()
        .fold(template.to_owned(), |page, (name, value)| page.replace(&format!("{{{{{name}}}}}"), value))
}
