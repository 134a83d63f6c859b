//! The backup that the manual advises: `pg_dump`, `pg_restore`, and `verify --expect` over the copy.

use crate::server::SHARED;
use crate::support::desk::Desk;
use crate::world::{HOUR, World, article};

#[test]
fn a_dump_that_is_put_back_is_the_archive() {
    let Some(server) = SHARED.as_ref() else { return };
    let mut world = World::new();
    world.see("https://kabar.example/cabai", &article("Harga cabai naik", &["Pedagang di pasar mengeluh."]));
    world.later(HOUR);
    world.see("https://kabar.example/cabai", &article("Harga cabai turun", &["Pedagang di pasar senang."]));
    let desk = Desk::empty();
    let (path, dump) = (world.path(), desk.path("news.dump"));
    let (path, dump) = (path.to_str().unwrap(), dump.to_str().unwrap());
    let schema = path.rsplit_once("schema=").unwrap().1;
    let told = desk.ok(&["--archive", path, "verify"]);
    let end = told.lines().nth(1).unwrap().rsplit(' ').next().unwrap();

    server.run("pg_dump", &["-Fc", "-n", schema, "-f", dump, "postgres"]).unwrap();
    server.run("createdb", &["-T", "template0", "copy"]).unwrap();
    server.run("pg_restore", &["--exit-on-error", "-d", "copy", dump]).unwrap();

    let copy = path.replace("/postgres?", "/copy?");
    let verified = desk.ok(&["--archive", &copy, "verify", "--expect", end]);
    assert!(verified.contains("sound"), "{verified}");
    assert!(desk.ok(&["--archive", &copy, "search", "senang"]).contains("cabai"));
    // And it is written to as before.
    desk.ok(&["--archive", &copy, "redact", "1", "--reason", "uji"]);
    desk.ok(&["--archive", &copy, "rebuild"]);
    desk.ok(&["--archive", &copy, "verify", "--expect", end]);
}
