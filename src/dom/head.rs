//! What a page says of itself in `<meta>`, `<link>`, `<base>` and `<title>`.

use super::Node;

/// The elements that tell of the page.
const TOLD: [&str; 5] = ["meta", "link", "base", "title", "script"];

/// A `<link>` element with an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The relations, in lower case.
    pub rel: Vec<String>,
    /// The address as written, trimmed, never empty.
    pub href: String,
    /// The media type it promises, e.g. `application/rss+xml`.
    pub media_type: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// The language it promises.
    pub hreflang: Option<String>,
}

#[derive(Debug, Default)]
pub(super) struct Head {
    /// Name in lower case, content trimmed and not empty.
    metas: Vec<(String, String)>,
    links: Vec<Link>,
    pub(super) base: Option<String>,
    pub(super) title: Option<String>,
    /// What the JSON-LD scripts hold.
    pub(super) json_ld: Vec<String>,
}

impl Head {
    /// Looks through the whole page: in broken ones these elements slip into the body.
    pub(super) fn read(root: Node<'_>) -> Self {
        let mut head = Self::default();
        for node in root.named(&TOLD) {
            match node.name() {
                "meta" => head.meta(node),
                "link" => head.links.extend(link(node)),
                "base" if head.base.is_none() => head.base = attr(node, "href"),
                "title" if head.title.is_none() && node.ancestors().all(|n| n.name() != "svg") => {
                    head.title = Some(node.text()).filter(|text| !text.is_empty());
                }
                "script" if is_json_ld(node) => head.json_ld.push(node.raw_text()),
                _ => {}
            }
        }
        head
    }

    fn meta(&mut self, node: Node<'_>) {
        let Some(content) = attr(node, "content") else { return };
        for key in ["property", "name", "itemprop", "http-equiv"] {
            if let Some(name) = attr(node, key) {
                self.metas.push((name.to_lowercase(), content.clone()));
            }
        }
    }

    pub(super) fn metas(&self, name: &str) -> impl Iterator<Item = &str> {
        let name = name.trim().to_lowercase();
        self.metas.iter().filter(move |(key, _)| *key == name).map(|(_, content)| content.as_str())
    }

    pub(super) fn links(&self, rel: &str) -> impl Iterator<Item = &Link> {
        let rel = rel.trim().to_ascii_lowercase();
        self.links.iter().filter(move |link| link.rel.contains(&rel))
    }
}

fn is_json_ld(node: Node<'_>) -> bool {
    node.attr("type").is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json"))
}

fn link(node: Node<'_>) -> Option<Link> {
    let rel = attr(node, "rel")?;
    Some(Link {
        rel: rel.split_whitespace().map(str::to_ascii_lowercase).collect(),
        href: attr(node, "href")?,
        media_type: attr(node, "type").map(|kind| kind.to_ascii_lowercase()),
        title: attr(node, "title"),
        hreflang: attr(node, "hreflang"),
    })
}

fn attr(node: Node<'_>, name: &str) -> Option<String> {
    node.attr(name).map(str::trim).filter(|value| !value.is_empty()).map(str::to_owned)
}
