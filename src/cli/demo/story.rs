//! Stories: as they are written, and as the newsroom changes them.

use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};

/// A piece of a story's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    Text(String),
    Heading(String),
    Quote(String),
    Items(Vec<String>),
    /// "Baca juga": a link to the story with this slug.
    Also(String),
}

/// Where a story is on its way through the newsroom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Written, not yet out.
    Waiting,
    Printed,
    Withdrawn,
}

/// A story of one paper.
#[derive(Debug, Clone)]
pub struct Story {
    pub number: usize,
    pub slug: String,
    pub title: String,
    pub author: String,
    pub desk: String,
    pub published: Timestamp,
    pub modified: Timestamp,
    pub blocks: Vec<Block>,
    pub fate: Fate,
}

/// What a newsroom does to a story.
#[derive(Debug, Clone, Copy)]
pub enum Edit {
    /// A new headline.
    Headline(&'static str),
    /// Other words, in the headline and in the text.
    Replace(&'static str, &'static str),
    /// A text block to another place, counted from 0.
    Move { from: usize, to: usize },
    /// One more paragraph at the end.
    Append(&'static str),
    /// Out it goes.
    Withdraw,
    /// Out it comes.
    Print,
}

impl Story {
    /// Applies an edit; false when there was nothing to change.
    pub fn apply(&mut self, edit: Edit, now: Timestamp) -> bool {
        let before = (self.title.clone(), self.blocks.clone(), self.fate);
        match edit {
            Edit::Headline(title) => title.clone_into(&mut self.title),
            Edit::Replace(from, to) => {
                self.title = self.title.replace(from, to);
                for block in &mut self.blocks {
                    if let Block::Text(text) | Block::Quote(text) = block {
                        *text = text.replace(from, to);
                    }
                }
            }
            Edit::Move { from, to } => {
                if from.max(to) < self.blocks.len() {
                    let block = self.blocks.remove(from);
                    self.blocks.insert(to, block);
                }
            }
            Edit::Append(text) => self.blocks.push(Block::Text(text.to_owned())),
            Edit::Withdraw => self.fate = Fate::Withdrawn,
            Edit::Print => {
                self.fate = Fate::Printed;
                self.published = now;
            }
        }
        self.modified = now;
        before != (self.title.clone(), self.blocks.clone(), self.fate)
    }
}

/// Reads a paper's file: stories between `====`, each with a head of `name: value` lines and, after
/// a blank line, its blocks. Times are so many hours before `now`, so that the paper is always fresh;
/// `{date}` is the day of printing as a dateline writes it.
pub fn read(paper: &str, now: Timestamp) -> Vec<Story> {
    paper.split("====\n").enumerate().filter_map(|(at, text)| read_one(at + 1, text, now)).collect()
}

fn read_one(number: usize, text: &str, now: Timestamp) -> Option<Story> {
    let (head, body) = text.trim().split_once("\n\n")?;
    let field = |name: &str| {
        head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": ")).map(str::to_owned)
    };
    let hours: i64 = field("hours")?.parse().ok()?;
    // To the minute, and each story at a minute of its own.
    let minutes = now.as_second() / 60 - hours * 60 - 7 * i64::try_from(number).ok()?;
    let published = Timestamp::UNIX_EPOCH.checked_add(SignedDuration::from_mins(minutes)).ok()?;
    let date = Offset::constant(7).to_datetime(published).strftime("%-d/%-m").to_string();
    Some(Story {
        number,
        slug: field("slug")?,
        title: field("title")?,
        author: field("author")?,
        desk: field("desk")?,
        published,
        modified: published,
        blocks: body.replace("{date}", &date).split("\n\n").map(read_block).collect(),
        fate: if field("later").is_some() { Fate::Waiting } else { Fate::Printed },
    })
}

fn read_block(text: &str) -> Block {
    let text = text.trim();
    let after = |mark: &str| text.strip_prefix(mark).map(str::to_owned);
    if let Some(slug) = after("!! ") {
        Block::Also(slug)
    } else if let Some(quote) = after("> ") {
        Block::Quote(quote)
    } else if let Some(heading) = after("## ") {
        Block::Heading(heading)
    } else if text.starts_with("- ") {
        Block::Items(text.lines().map(|line| line.trim_start_matches("- ").to_owned()).collect())
    } else {
        Block::Text(text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_story_is_read_with_all_its_parts() {
        let now: Timestamp = "2026-11-23T10:30:30Z".parse().unwrap();
        let text = "title: A\nslug: a\nhours: 2\nauthor: B\ndesk: C\n\nSatu {date}.\n\n> Dua\n\n- x\n- y\n\n!! z\n\n## h\n";
        let stories = read(text, now);
        assert_eq!(stories.len(), 1);
        let story = &stories[0];
        assert_eq!(story.published, "2026-11-23T08:23:00Z".parse().unwrap());
        let expected = [
            Block::Text("Satu 23/11.".to_owned()),
            Block::Quote("Dua".to_owned()),
            Block::Items(vec!["x".to_owned(), "y".to_owned()]),
            Block::Also("z".to_owned()),
            Block::Heading("h".to_owned()),
        ];
        assert_eq!(story.blocks, expected);
    }

    #[test]
    fn an_edit_says_whether_it_changed_anything() {
        let now = Timestamp::UNIX_EPOCH;
        let mut story =
            read("title: A 12\nslug: a\nhours: 2\nauthor: B\ndesk: C\n\nIsi 12.\n\nDua.", now).remove(0);
        assert!(story.apply(Edit::Replace("12", "21"), now));
        assert!(!story.apply(Edit::Replace("12", "21"), now));
        assert!(story.apply(Edit::Move { from: 0, to: 1 }, now));
        assert!(!story.apply(Edit::Move { from: 0, to: 9 }, now));
        assert_eq!(
            (story.title.as_str(), story.blocks[1].clone()),
            ("A 21", Block::Text("Isi 21.".to_owned()))
        );
        assert!(story.apply(Edit::Withdraw, now) && !story.apply(Edit::Withdraw, now));
    }
}
