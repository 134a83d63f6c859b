//! Which layout of a site a page has.

use crate::dom::Document;
use crate::model::When;
use crate::site::{Layout, Site};

/// The layout whose structure is found on the page, the first in the order of the file; of several,
/// the one that was in use on the day the page was published.
pub(super) fn choose<'s>(site: &'s Site, doc: &Document, published: Option<&When>) -> Option<&'s Layout> {
    let layouts: Vec<&Layout> = site.layouts.iter().filter(|layout| matches(layout, doc)).collect();
    let first = *layouts.first()?;
    let day = published.map(|when| {
        let offset = jiff::tz::Offset::from_seconds(when.offset_seconds).unwrap_or(jiff::tz::Offset::UTC);
        offset.to_datetime(when.at).date()
    });
    let in_use = |layout: &&&Layout| {
        day.is_some_and(|day| {
            layout.from.is_none_or(|from| from <= day) && layout.until.is_none_or(|until| day <= until)
        })
    };
    let dated = layouts.iter().any(|layout| layout.from.is_some() || layout.until.is_some());
    if dated { layouts.iter().find(in_use).copied().or(Some(first)) } else { Some(first) }
}

/// Whether a layout's structure is found on the page.
pub(super) fn matches(layout: &Layout, doc: &Document) -> bool {
    layout.when.as_ref().is_none_or(|when| doc.first(when).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom::Selector;
    use crate::site::Catalog;

    #[test]
    fn structure_decides_and_dates_break_ties() {
        let mut site = Site::clone(&Catalog::load(std::path::Path::new("none")).unwrap().generic());
        let layout = |id: &str, css: Option<&str>| Layout {
            id: id.to_owned(),
            when: css.map(|css| Selector::parse(css).unwrap()),
            ..Layout::default()
        };
        let old = Layout { until: Some("2023-12-31".parse().unwrap()), ..layout("old", Some(".isi")) };
        site.layouts =
            vec![layout("amp", Some(".amp")), old, layout("new", Some(".isi")), layout("any", None)];
        let doc = Document::parse("<div class=isi>");
        let when = |text: &str| {
            super::super::date::parse(text, &[], None, None, "2024-12-01T00:00:00Z".parse().unwrap())
        };
        let id = |published: Option<&When>| choose(&site, &doc, published).map(|layout| layout.id.as_str());
        assert_eq!(id(None), Some("old"));
        assert_eq!(id(when("2023-05-01").as_ref()), Some("old"));
        assert_eq!(id(when("2024-05-01").as_ref()), Some("new"));
        let bare = Document::parse("<p>");
        assert_eq!(choose(&site, &bare, None).unwrap().id, "any");
    }
}
