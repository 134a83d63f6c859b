//! Lines for crontab(5).

use crate::cli::exit::{CliError, Exit};

/// The line, with a comment that says where it goes.
pub fn lines(minutes: u64, command: &[String]) -> Result<String, CliError> {
    let time = time(minutes)?;
    let words: Vec<String> = command.iter().map(|word| quoted(word)).collect();
    Ok(format!("# kliping: add this line with `crontab -e`\n{time} {}\n", words.join(" ")))
}

/// The five fields. Cron starts anew at every hour and every day: only what divides them comes evenly.
fn time(minutes: u64) -> Result<String, CliError> {
    const HOUR: u64 = 60;
    const DAY: u64 = 24 * HOUR;
    match minutes {
        1 => Ok("* * * * *".to_owned()),
        n if n < HOUR && HOUR.is_multiple_of(n) => Ok(format!("*/{n} * * * *")),
        HOUR => Ok("0 * * * *".to_owned()),
        DAY => Ok("0 0 * * *".to_owned()),
        n if n < DAY && n.is_multiple_of(HOUR) && DAY.is_multiple_of(n) => {
            Ok(format!("0 */{} * * *", n / HOUR))
        }
        n => Err(CliError::new(Exit::Usage, format_args!("cron cannot run something every {}", spoken(n)))
            .help(format!(
                "take minutes that divide the hour (1 2 3 4 5 6 10 12 15 20 30), hours that divide the day \
                 (1 2 3 4 6 8 12 24){}",
                if n < 7 * DAY { ", or --format systemd" } else { "" }
            ))),
    }
}

fn spoken(minutes: u64) -> String {
    kliping::config::units::show_duration(std::time::Duration::from_secs(minutes * 60))
}

/// A word for `sh`; and `%`, which is a line break to cron, escaped for cron.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+:@=,".contains(c);
    let text = if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    };
    // Inside quotes sh would keep the backslash: the sign stands outside of them.
    text.replace('%', r"'\%'")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_even_steps_are_printed() {
        for (minutes, fields) in [
            (1, "* * * * *"),
            (5, "*/5 * * * *"),
            (15, "*/15 * * * *"),
            (30, "*/30 * * * *"),
            (60, "0 * * * *"),
            (120, "0 */2 * * *"),
            (720, "0 */12 * * *"),
            (1440, "0 0 * * *"),
        ] {
            assert_eq!(time(minutes).unwrap(), fields);
        }
        for minutes in [7, 45, 59, 61, 90, 300, 2880, 10_080] {
            let error = time(minutes).unwrap_err();
            assert_eq!(error.exit, Exit::Usage);
            assert!(error.help.unwrap().contains("divide the hour"));
        }
    }

    #[test]
    fn words_survive_cron_and_the_shell() {
        for (word, expected) in [
            ("/usr/bin/kliping", "/usr/bin/kliping"),
            ("/home/a b/x", "'/home/a b/x'"),
            ("it's", r"'it'\''s'"),
            ("100%", r"'100'\%''"),
            ("$HOME", "'$HOME'"),
            ("", "''"),
        ] {
            assert_eq!(quoted(word), expected);
        }
    }
}
