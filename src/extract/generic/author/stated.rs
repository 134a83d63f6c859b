//! Authors by the sources of the generic rules: the head of the page, microdata, known classes.

use super::{LONGEST, house, line};
use crate::dom::Node;
use crate::extract::generic::site_names;
use crate::extract::{Asked, field};
use crate::model::{FieldName, Found};
use crate::site::{FieldRule, Source};

/// More names are a list of something else: the works that a paper cites.
const MOST: usize = 12;

/// The first source that names somebody; an address is no author.
pub(super) fn read(asked: &Asked<'_>, site_names: &[String]) -> Option<Found<Vec<String>>> {
    let rule = asked.rule(FieldName::Author)?;
    let by_rule = rule.select.iter().find_map(|source| {
        let mut found = by_source(asked, source, site_names)?;
        for name in &mut found.value {
            // `Kabar Kita - Sari Dewi`; but not the paper's own name with what it says of itself.
            let bare = site_names::without(name, site_names);
            if line::is_names(&bare) {
                *name = bare;
            }
        }
        found.value.retain(|text| {
            !text.starts_with("http") && text.chars().count() <= LONGEST && !text.contains(['?', '{'])
        });
        (!found.value.is_empty() && found.value.len() <= MOST).then_some(found)
    });
    by_rule.or_else(|| labelled(asked))
}

fn by_source(asked: &Asked<'_>, source: &Source, site_names: &[String]) -> Option<Found<Vec<String>>> {
    let Source::Css(query) = source else {
        let one = FieldRule { select: vec![source.clone()], ..FieldRule::default() };
        return field::texts(&one, asked.doc);
    };
    let nodes: Vec<Node<'_>> =
        asked.doc.select(&query.selector).filter(|node| !is_of_another(*node)).take(MOST).collect();
    let is_person = |node: &Node<'_>| {
        node.take(&query.take)
            .is_some_and(|text| !text.trim().is_empty() && !house::is_house(text.trim(), site_names))
    };
    let first = nodes.iter().position(is_person).unwrap_or_default();
    let (first, nodes) = (*nodes.get(first)?, nodes.into_iter().skip(first + 1));
    // A page may show the cards of many writers: those beside the first wrote with them.
    let beside: Vec<Node<'_>> = first.ancestors().take(2).collect();
    let nodes = nodes.filter(|node| node.ancestors().take(3).any(|outer| beside.contains(&outer)));
    let values: Vec<String> = std::iter::once(first)
        .chain(nodes)
        .filter_map(|node| node.take(&query.take))
        .map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty())
        .collect();
    (!values.is_empty()).then(|| Found { value: values, source: source.to_string() })
}

/// Whether an element belongs to a comment or to a teaser of another story.
fn is_of_another(node: Node<'_>) -> bool {
    const BOXES: [&str; 6] = ["comment", "kommentar", "komentar", "disqus", "related", "teaser"];
    node.ancestors().take_while(|outer| !matches!(outer.name(), "body" | "html" | "main" | "article")).any(
        |outer| {
            let named = |value: Option<&str>| {
                let value = value.unwrap_or_default().to_ascii_lowercase();
                BOXES.iter().any(|name| value.contains(name))
            };
            outer.name() == "aside" || named(outer.attr("class")) || named(outer.attr("id"))
        },
    )
}

/// `twitter:label1` says what `twitter:data1` is: "Written by".
fn labelled(asked: &Asked<'_>) -> Option<Found<Vec<String>>> {
    const LABELS: [&str; 9] = [
        "written by",
        "verfasst von",
        "geschrieben von",
        "ditulis oleh",
        "escrito por",
        "écrit par",
        "scritto da",
        "by",
        "author",
    ];
    let label = asked.doc.meta("twitter:label1")?.to_lowercase();
    let name = asked.doc.meta("twitter:data1").filter(|_| LABELS.contains(&label.as_str()))?;
    Some(Found { value: vec![name.to_owned()], source: "meta twitter:data1".to_owned() })
}
