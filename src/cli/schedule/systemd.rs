//! Units for systemd (systemd.service(5), systemd.timer(5)).

/// A service and a timer, and how to start them.
pub fn units(minutes: u64, command: &[String]) -> String {
    let words: Vec<String> = command.iter().map(|word| quoted(word)).collect();
    format!(
        "\
# ~/.config/systemd/user/kliping.service
[Unit]
Description=kliping: archive the news

[Service]
Type=oneshot
ExecStart={command}
# 75: another run is still at it. 3: some pages failed, the rest is stored.
SuccessExitStatus=3 75
Nice=10

# ~/.config/systemd/user/kliping.timer
[Unit]
Description=kliping: every {minutes} minutes

[Timer]
OnActiveSec=1min
OnUnitActiveSec={minutes}min
AccuracySec=30s

[Install]
WantedBy=timers.target

# Save the two parts under these names, then:
#   systemctl --user daemon-reload
#   systemctl --user enable --now kliping.timer
#   loginctl enable-linger          # to crawl while you are logged out, too
",
        command = words.join(" "),
    )
}

/// A word of a command line: in double quotes, with systemd's specifiers and variables escaped.
fn quoted(word: &str) -> String {
    let word = word.replace('%', "%%").replace('$', "$$");
    if word.chars().all(|c| c.is_ascii_alphanumeric() || "/._-+:@=,%$".contains(c)) && !word.is_empty() {
        return word;
    }
    format!("\"{}\"", word.replace('\\', r"\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn words_survive_systemd() {
        for (word, expected) in [
            ("/usr/bin/kliping", "/usr/bin/kliping"),
            ("/home/a b", "\"/home/a b\""),
            ("100%", "100%%"),
            ("$x", "$$x"),
            ("a\"b\\", "\"a\\\"b\\\\\""),
        ] {
            assert_eq!(quoted(word), expected);
        }
    }
}
