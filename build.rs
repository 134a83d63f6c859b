//! Lists the site files that are built in: all of `selectors/`.

use std::fmt::Write;
use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=selectors");
    let var = |name: &str| env::var_os(name).ok_or_else(|| io::Error::other(format!("cargo sets no {name}")));
    let folder = Path::new(&var("CARGO_MANIFEST_DIR")?).join("selectors");
    let mut names = Vec::new();
    for entry in fs::read_dir(&folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".toml") {
            names.push(name);
        }
    }
    names.sort();
    let mut list = String::from("&[\n");
    for name in &names {
        let _ = writeln!(list, "    ({name:?}, include_str!({:?})),", folder.join(name));
    }
    list.push_str("]\n");
    let file = Path::new(&var("OUT_DIR")?).join("built_in.rs");
    // Left alone when nothing changed, so that nothing is compiled anew.
    if fs::read_to_string(&file).is_ok_and(|known| known == list) { Ok(()) } else { fs::write(file, list) }
}
