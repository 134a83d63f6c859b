//! The pages: each takes a visit and gives an answer. What comes out of the archive is escaped by the templates.

pub mod about;
pub mod article;
pub mod body;
pub mod diff;
pub mod diff_rows;
pub mod frame;
pub mod front;
pub mod gone;
pub mod history;
pub mod list;
pub mod parts;
pub mod problem;
pub mod rail;
pub mod raw;
pub mod search;
pub mod select;
pub mod site;
pub mod sites;

use super::dates::Dates;
use super::problem::Problem;
use super::request::Ask;
use super::room::Room;
use super::words::Lang;
use crate::model::{ArticleId, VersionSeq};
use crate::store::{ArticleRow, Reader};

/// One request being answered.
pub struct Visit<'a> {
    /// What all requests share.
    pub room: &'a Room,
    /// This thread's connection.
    pub reader: &'a Reader,
    /// The request.
    pub ask: &'a Ask,
    /// How dates are written.
    pub dates: Dates,
}

impl Visit<'_> {
    /// The language of the page.
    pub fn lang(&self) -> Lang {
        self.ask.lang
    }

    /// The article that a part of the path names.
    ///
    /// # Errors
    /// `no_article`, and as every reading of the archive.
    pub fn article(&self, id: &str) -> Result<ArticleRow, Problem> {
        let id = id.parse().map_err(|_| Problem::NoArticle)?;
        self.reader.article(ArticleId(id))?.ok_or(Problem::NoArticle)
    }

    /// The number of a version that an article has.
    ///
    /// # Errors
    /// `no_version`.
    pub fn seq(&self, row: &ArticleRow, seq: &str) -> Result<VersionSeq, Problem> {
        let seq = seq.parse().ok().filter(|seq| (1..=row.versions).contains(seq));
        seq.map(VersionSeq).ok_or(Problem::NoVersion)
    }

    /// Which page of a long thing is asked for, from 1, of so many.
    ///
    /// # Errors
    /// `bad_parameter`.
    pub fn part(&self, of: usize) -> Result<usize, Problem> {
        match self.ask.param("page") {
            None => Ok(1),
            Some(text) => text.parse().ok().filter(|n| (1..=of).contains(n)).ok_or(Problem::Wrong("page")),
        }
    }
}
