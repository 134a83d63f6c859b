//! The facts of RFC 9309 and of the parser that most sites write for, one line each.

mod files;
mod rules;

use super::Robots;

/// A robots.txt and what it means: for which crawler, which path, whether it may be asked for.
type Case<'a> = (&'a str, &'a [(&'a str, &'a str, bool)]);

fn check(cases: &[Case<'_>]) {
    for (text, answers) in cases {
        for (product, path, allowed) in *answers {
            let robots = Robots::parse(text.as_bytes(), product);
            assert_eq!(robots.allows(path), *allowed, "{product} {path} by\n{text}");
        }
    }
}
