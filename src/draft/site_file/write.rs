//! A draft as the text of a site file.

use std::fmt::Write as _;

use crate::site::{Source, toml_text};

/// What a draft says.
#[derive(Debug, Clone, Default)]
pub(super) struct Parts {
    pub(super) name: Option<String>,
    pub(super) hosts: Vec<String>,
    pub(super) language: Option<String>,
    pub(super) zone: Option<&'static str>,
    pub(super) feeds: Vec<String>,
    pub(super) sections: Vec<String>,
    pub(super) articles: Vec<String>,
    pub(super) layouts: Vec<LayoutParts>,
    pub(super) remove: Vec<String>,
    pub(super) drop_paragraph: Vec<String>,
}

/// One layout.
#[derive(Debug, Clone, Default)]
pub(super) struct LayoutParts {
    pub(super) id: String,
    pub(super) when: String,
    pub(super) title: Vec<Source>,
    pub(super) author: Vec<Source>,
    pub(super) published: Vec<Source>,
    pub(super) modified: Vec<Source>,
    pub(super) section: Vec<Source>,
    pub(super) body: String,
    pub(super) comment_form: Option<String>,
}

impl Parts {
    /// The file.
    pub(super) fn toml(&self) -> String {
        let mut out = String::from("schema = 1\n");
        let list = |items: &[String]| -> Option<String> {
            let shown: Vec<String> = items.iter().map(|item| toml_text(item)).collect();
            (!shown.is_empty()).then(|| format!("[{}]", shown.join(", ")))
        };
        section(
            &mut out,
            "[site]",
            &[
                ("name", self.name.as_deref().map(toml_text)),
                ("hosts", list(&self.hosts)),
                ("language", self.language.as_deref().map(toml_text)),
                ("timezone", self.zone.map(toml_text)),
            ],
        );
        section(
            &mut out,
            "[discover]",
            &[
                ("feeds", list(&self.feeds)),
                ("sections", list(&self.sections)),
                ("articles", list(&self.articles)),
            ],
        );
        self.layouts.iter().for_each(|layout| layout.write(&mut out));
        let lines = |items: &[String]| {
            let shown: String = items.iter().map(|item| format!("  {},\n", toml_text(item))).collect();
            (!shown.is_empty()).then(|| format!("[\n{shown}]"))
        };
        section(
            &mut out,
            "[clean]",
            &[("remove", lines(&self.remove)), ("drop_paragraph", lines(&self.drop_paragraph))],
        );
        out
    }
}

impl LayoutParts {
    fn write(&self, out: &mut String) {
        let field = |sources: &[Source], required: bool| {
            let shown: Vec<String> = sources.iter().map(Source::to_toml).collect();
            let required = if required { "required = true, " } else { "" };
            (!shown.is_empty()).then(|| format!("{{ {required}select = [{}] }}", shown.join(", ")))
        };
        let css = |css: &str, required: &str| format!("{{ {required}select = [{}] }}", toml_text(css));
        section(
            out,
            "[[layout]]",
            &[
                ("id", Some(toml_text(&self.id))),
                ("when", Some(toml_text(&self.when))),
                ("title", field(&self.title, true)),
                ("author", field(&self.author, false)),
                ("published", field(&self.published, false)),
                ("modified", field(&self.modified, false)),
                ("section", field(&self.section, false)),
                ("body", Some(css(&self.body, "required = true, "))),
                ("comment_form", self.comment_form.as_deref().map(|form| css(form, ""))),
            ],
        );
    }
}

/// A table with aligned keys; left out when it holds nothing.
fn section(out: &mut String, head: &str, rows: &[(&str, Option<String>)]) {
    let rows: Vec<(&str, &String)> =
        rows.iter().filter_map(|(key, value)| Some((*key, value.as_ref()?))).collect();
    let width = rows.iter().map(|(key, _)| key.len()).max().unwrap_or(0);
    if !rows.is_empty() {
        let _ = writeln!(out, "\n{head}");
    }
    for (key, value) in rows {
        let _ = writeln!(out, "{key:<width$} = {value}");
    }
}
