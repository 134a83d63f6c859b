use super::Robots;

#[test]
fn the_longest_rule_wins() {
    let robots =
        Robots::parse(b"User-agent: *\nDisallow: /wp-admin/\nAllow: /wp-admin/admin-ajax.php\n", "kliping");
    assert!(!robots.allows("/wp-admin/"));
    assert!(robots.allows("/wp-admin/admin-ajax.php"));
    assert!(robots.allows("/2026/01/kabar/"));
}
