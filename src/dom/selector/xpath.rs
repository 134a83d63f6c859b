//! XPath typed by habit, turned into CSS where that is easy.

/// Whether a text looks like XPath.
pub(super) fn looks_like(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with('/')
        || text.starts_with("./")
        || text.starts_with("(/")
        || text.contains("//")
        || text.contains("[@")
        || text.contains("text()")
        || text.contains("contains(@")
}

/// The same in CSS, for the plain steps that people write: `//div[@class="isi"]/p/text()`.
pub(super) fn to_css(text: &str) -> Option<String> {
    let mut css = String::new();
    let mut rest = text.trim().trim_start_matches('.');
    let mut suffix = "";
    while !rest.is_empty() {
        let direct = !rest.starts_with("//");
        rest = rest.strip_prefix("//").or_else(|| rest.strip_prefix('/'))?;
        let end = step_end(rest);
        let step = &rest[..end];
        rest = &rest[end..];
        if step == "text()" && rest.is_empty() {
            suffix = "::text";
            break;
        }
        if let Some(name) = step.strip_prefix('@') {
            return (rest.is_empty() && is_name(name) && !css.is_empty())
                .then(|| format!("{css}::attr({name})"));
        }
        if !css.is_empty() {
            css.push_str(if direct { " > " } else { " " });
        }
        css.push_str(&step_css(step)?);
    }
    (!css.is_empty()).then(|| css + suffix)
}

/// Where a step ends: at the next slash outside of brackets and quotes.
fn step_end(text: &str) -> usize {
    let (mut depth, mut quote) = (0usize, None);
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '[' | '(') => depth += 1,
            (None, ']' | ')') => depth = depth.saturating_sub(1),
            (None, '/') if depth == 0 => return at,
            _ => {}
        }
    }
    text.len()
}

fn step_css(step: &str) -> Option<String> {
    let (element, mut predicates) = match step.find('[') {
        Some(at) => (&step[..at], &step[at..]),
        None => (step, ""),
    };
    let mut css = if is_name(element) || element == "*" { element.to_owned() } else { return None };
    while let Some(rest) = predicates.strip_prefix('[') {
        let end = rest.find(']')?;
        css.push_str(&predicate_css(rest[..end].trim())?);
        predicates = &rest[end + 1..];
    }
    predicates.is_empty().then_some(css)
}

fn predicate_css(predicate: &str) -> Option<String> {
    if let Ok(n) = predicate.parse::<u32>() {
        return Some(format!(":nth-of-type({n})"));
    }
    let (operator, inner) = match predicate.strip_prefix("contains(") {
        Some(inner) => ("*=", inner.strip_suffix(')')?.replacen(',', "=", 1)),
        None => ("=", predicate.to_owned()),
    };
    let inner = inner.trim().strip_prefix('@')?;
    let Some((name, value)) = inner.split_once('=') else {
        return is_name(inner).then(|| format!("[{inner}]"));
    };
    let (name, value) = (name.trim(), value.trim().trim_matches(['"', '\'']));
    if !is_name(name) || value.contains(['"', '\'', '\\']) {
        return None;
    }
    Some(match (name, is_name(value)) {
        ("class", true) => format!(".{value}"),
        ("id", true) if operator == "=" => format!("#{value}"),
        _ => format!("[{name}{operator}'{value}']"),
    })
}

fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_xpath_becomes_css() {
        for (xpath, css) in [
            ("//div", Some("div")),
            ("//div[@class='isi']/p/text()", Some("div.isi > p::text")),
            ("//div[@id=\"a\"]//p[2]", Some("div#a p:nth-of-type(2)")),
            ("//a[@class='a b']/@href", Some("a[class='a b']::attr(href)")),
            ("//*[contains(@class, 'title')]", Some("*.title")),
            (".//h1[@itemprop='headline']", Some("h1[itemprop='headline']")),
            ("//h1[normalize-space()]", None),
            ("//div/following-sibling::p", None),
            ("div//p", None),
            ("/", None),
        ] {
            assert_eq!(to_css(xpath).as_deref(), css, "{xpath}");
            assert!(looks_like(xpath));
        }
    }
}
