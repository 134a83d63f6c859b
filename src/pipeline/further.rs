//! An article in several pages: all of them are asked for and read, or none is stored.

use std::sync::Arc;

use super::host::HostTask;
use super::robots::Allowed;
use super::work::{HostEnd, Led, PageJob};
use crate::model::{Article, Failure, Known, Outcome, Retry, Validators};
use crate::read::Read;

/// The most pages of one article; what links to more is no article but a catalogue.
const MOST: usize = 30;

impl HostTask {
    /// The article with the text of its further pages behind that of the first.
    pub(super) async fn whole(
        &mut self,
        job: &PageJob,
        first: Read,
    ) -> Result<Result<Article, Failure>, HostEnd> {
        let mut article = first.article;
        if first.further.len() >= MOST {
            return Ok(Ok(article));
        }
        for url in first.further {
            if self.allowed(&url, &job.site.id).await? != Allowed::Yes {
                continue;
            }
            let page = PageJob { url, validators: Validators::default(), ..job.clone() };
            let capture = match self.follow(&page).await? {
                Led::Answer { outcome: Outcome::Captured(capture), .. } => capture,
                Led::Answer { outcome: Outcome::Failed(failure), .. } => return Ok(Err(failure)),
                Led::Answer { outcome: Outcome::Gone { status }, .. } => {
                    return Ok(Err(part_unread(&format!("it answers {status}"))));
                }
                // A link that leads elsewhere is no page of the article.
                _ => continue,
            };
            let read = match self.run.read(&job.site, Arc::new(*capture), Known::default(), false).await {
                Ok(read) => read,
                Err(error) => return Ok(Err(part_unread(&error.to_string()))),
            };
            // What themes repeat on every page (a standfirst, a note) is said once.
            let new = read.article.body.into_iter().filter(|block| !article.body.contains(block));
            let new: Vec<_> = new.collect();
            article.body.extend(new);
            article.removed.extend(read.article.removed);
        }
        Ok(Ok(article))
    }
}

fn part_unread(why: &str) -> Failure {
    Failure {
        code: "part_unread",
        message: format!("a further page of this article could not be read: {why}"),
        status: None,
        retry: Retry::Backoff,
        page: None,
    }
}
