//! The chain, link by link, against the versions and events it was made for.
//!
//! Links and rows were written in the same order, so both are walked once, side by side.

use crate::store::engine::{Row, Rows};
use rusqlite::types::ValueRef;

use super::super::sql::hash;
use super::super::{StoreError, chain};
use super::{Fault, Work};
use crate::model::{ArticleId, Sha256, VersionSeq};

/// A link as it stands.
struct Link {
    n: i64,
    article: i64,
    seq: Option<i64>,
    row: i64,
    text: Sha256,
    link: Sha256,
}

impl Link {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            n: row.get("n")?,
            article: row.get("article_id")?,
            seq: row.get("seq")?,
            row: row.get("row_id")?,
            text: hash(row, "row_sha256")?,
            link: hash(row, "sha256")?,
        })
    }
}

/// What a row was found to be, beside the link that tells of it.
enum Beside {
    /// What it was.
    Sound,
    /// Its text is another.
    Text,
    /// It is another, or the link is.
    Link,
    /// It is not there.
    Gone,
}

impl Work<'_> {
    pub(super) fn chain(&mut self) -> Result<(), StoreError> {
        let db = self.db;
        let mut versions = db.prepare(&chain::versions())?;
        let mut versions = versions.query([])?;
        let mut events = db.prepare(chain::EVENTS)?;
        let mut events = events.query([])?;
        versions.advance()?;
        events.advance()?;
        let mut links = db.prepare("SELECT * FROM chain ORDER BY n")?;
        let mut links = links.query([])?;
        let (mut n, mut before) = (0, chain::NOTHING);
        while let Some(row) = links.next()? {
            let link = Link::read(&row)?;
            if link.n != n + 1 {
                self.fault("chain", format!("link {} is missing before link {}", n + 1, link.n));
            }
            let beside = match link.seq {
                Some(_) => self.beside_version(&link, &before, &mut versions)?,
                None => self.beside_event(&link, &before, &mut events)?,
            };
            self.tell_beside(&link, &beside);
            (n, before) = (link.n, link.link);
            if self.expected == Some(link.link) {
                self.expected = None;
            }
        }
        self.outside(&mut versions, i64::MAX)?;
        while let Some(row) = events.get() {
            self.event_outside(&row)?;
            events.advance()?;
        }
        (self.done.links, self.done.head) = (n, before);
        if let Some(expected) = self.expected {
            self.fault(
                "chain",
                format!("it does not hold the link {expected}: what was written until then was cut off or replaced"),
            );
        }
        Ok(())
    }

    fn beside_version(
        &mut self,
        link: &Link,
        before: &Sha256,
        versions: &mut Rows<'_>,
    ) -> Result<Beside, StoreError> {
        self.outside(versions, link.row)?;
        let Some(row) = versions.get() else { return Ok(Beside::Gone) };
        let (id, _, _, redacted) = chain::version_place(&row)?;
        if id != link.row {
            return Ok(Beside::Gone);
        }
        let beside = if chain::version_link(&row, before, &link.text)? != link.link {
            Beside::Link
        } else if !redacted && chain::version_text(&row)? != link.text {
            Beside::Text
        } else {
            Beside::Sound
        };
        versions.advance()?;
        Ok(beside)
    }

    fn beside_event(
        &mut self,
        link: &Link,
        before: &Sha256,
        events: &mut Rows<'_>,
    ) -> Result<Beside, StoreError> {
        while let Some(row) = events.get()
            && row.get::<_, i64>(0)? < link.row
        {
            self.event_outside(&row)?;
            events.advance()?;
        }
        let Some(row) = events.get() else { return Ok(Beside::Gone) };
        if row.get::<_, i64>(0)? != link.row {
            return Ok(Beside::Gone);
        }
        let withheld = row.get_ref(4)? == ValueRef::Null && self.redacted.contains(&link.article);
        let beside = if chain::event_link(&row, before, &link.text)? != link.link {
            Beside::Link
        } else if !withheld && chain::event_text(&row)? != link.text {
            Beside::Text
        } else {
            Beside::Sound
        };
        events.advance()?;
        Ok(beside)
    }

    /// Versions before a row that no link tells of.
    fn outside(&mut self, versions: &mut Rows<'_>, until: i64) -> Result<(), StoreError> {
        while let Some(row) = versions.get() {
            let (id, article, seq, _) = chain::version_place(&row)?;
            if id >= until {
                break;
            }
            self.found(Fault {
                check: "chain",
                article: Some(ArticleId(article)),
                version: Some(VersionSeq(seq)),
                url: row.get(0)?,
                message: "no link of the chain tells of it: kliping did not write it there".to_owned(),
            });
            versions.advance()?;
        }
        Ok(())
    }

    fn event_outside(&mut self, row: &Row<'_>) -> Result<(), StoreError> {
        let (article, kind): (i64, String) = (row.get(1)?, row.get(3)?);
        let message =
            format!("no link of the chain tells of the event {kind}: kliping did not write it there");
        self.found(Fault {
            check: "chain",
            article: Some(ArticleId(article)),
            version: None,
            url: None,
            message,
        });
        Ok(())
    }

    fn tell_beside(&mut self, link: &Link, beside: &Beside) {
        let n = link.n;
        // What was found wrong by its own hash need not be named twice.
        let known = link.seq.is_some_and(|seq| self.told.contains(&(link.article, seq)));
        let what = if link.seq.is_some() { "version" } else { "event" };
        let message = match beside {
            Beside::Sound => return,
            Beside::Text if known => return,
            Beside::Text => format!("link {n}: the {what} is not what was written, byte by byte"),
            Beside::Link => {
                format!("link {n}: it does not follow from the link before it and this {what}")
            }
            Beside::Gone => format!("link {n}: the {what} that it tells of is gone"),
        };
        self.found(Fault {
            check: "chain",
            article: Some(ArticleId(link.article)),
            version: link.seq.map(VersionSeq),
            url: None,
            message,
        });
    }
}
