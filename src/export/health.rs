//! `kliping.health/1`: how well a site is read, one object a site.

use crate::model::{Loss, Lost, Share, Sign, SiteHealth};
use serde_json::{Map, Value, json};

/// The object of a site.
#[must_use]
pub fn health(site: &str, health: &SiteHealth) -> Value {
    let mut fields = Map::new();
    let mut signs = Map::new();
    for trend in &health.trends {
        let value = json!({
            "before": share(trend.before),
            "latest": share(trend.latest),
            "lost": trend.lost.as_ref().map(lost),
        });
        match trend.sign {
            Sign::Field(name) => fields.insert(name.as_str().to_owned(), value),
            sign => signs.insert(name(sign).to_owned(), value),
        };
    }
    let readers = health.readers.iter().map(|((file, layout), (before, latest))| {
        json!({ "site_file": file, "layout": layout, "before": before, "latest": latest })
    });
    json!({
        "schema": "kliping.health/1",
        "site": site,
        "ok": health.lost().next().is_none(),
        "pages": health.pages,
        "latest": health.latest,
        "first": health.span.map(|(first, _)| format!("{first:.0}")),
        "last": health.span.map(|(_, last)| format!("{last:.0}")),
        "signs": signs,
        "fields": fields,
        "readers": readers.collect::<Vec<_>>(),
    })
}

/// What scripts call a sign.
fn name(sign: Sign) -> &'static str {
    match sign {
        Sign::Article => "article",
        Sign::Layout => "layout",
        Sign::OwnBody => "own_body",
        Sign::Field(name) => name.as_str(),
    }
}

fn share(share: Share) -> Value {
    json!({ "with": share.with, "of": share.of })
}

fn lost(lost: &Lost) -> Value {
    let how = match lost.how {
        Loss::Vanished => "vanished",
        Loss::Fell => "fell",
        Loss::Missing => "missing",
    };
    json!({ "how": how, "since": format!("{:.0}", lost.since), "url": lost.url })
}
