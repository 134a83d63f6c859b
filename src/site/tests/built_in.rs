//! What is built in, and when it steps back.

use std::path::Path;

use crate::site::Catalog;

const SITE: &str =
    "schema = 1\n[site]\nhosts = [HOSTS]\n[[layout]]\nid = \"a\"\n[layout.body]\nselect = [\".isi\"]\n";

/// A catalog with one file of a folder.
fn with(name: &str, hosts: &str) -> Catalog {
    let text = SITE.replace("HOSTS", hosts);
    Catalog::of(vec![(Path::new(name).to_owned(), text)]).unwrap()
}

#[test]
fn every_shipped_file_is_built_in() {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("selectors");
    let names = std::fs::read_dir(shipped).unwrap().map(|entry| entry.unwrap().file_name());
    let names: Vec<String> = names.map(|name| name.to_string_lossy().into_owned()).collect();
    let sites =
        names.iter().filter(|name| !name.starts_with('_')).filter_map(|name| name.strip_suffix(".toml"));
    let mut sites: Vec<&str> = sites.collect();
    sites.sort_unstable();
    let catalog = Catalog::of(Vec::new()).unwrap();
    assert_eq!(catalog.built_in().collect::<Vec<_>>(), sites);
    for id in sites {
        let site = catalog.site(id).unwrap();
        assert!(site.file.is_none() && !site.layouts.is_empty(), "{id}");
        // The hosts are known before the file is compiled.
        for host in &site.hosts {
            assert_eq!(catalog.for_host(host).unwrap().id, id);
        }
    }
}

#[test]
fn what_is_built_in_has_no_mistake() {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("selectors");
    assert_eq!(Catalog::load(&shipped).map(|catalog| catalog.built_in().count()).unwrap_or(usize::MAX), 0);
}

#[test]
fn a_file_of_the_folder_takes_the_place_of_one_by_name_or_host() {
    let bare = Catalog::of(Vec::new()).unwrap();
    let mut sites = bare.built_in().filter_map(|id| bare.site(id));
    let site = sites.find(|site| site.hosts.len() > 1).unwrap();
    let host = &site.hosts[0];
    // By name: one file less is built in.
    let named = with(&format!("{}.toml", site.id), &format!("\"{host}\""));
    assert_eq!(named.built_in().count() + 1, bare.built_in().count());
    assert!(named.for_host(host).unwrap().file.is_some());
    // By host: the others of its hosts are still read by what is built in.
    let taken = with("milik-saya.toml", &format!("\"www.{host}\""));
    assert_eq!(taken.for_host(host).unwrap().id, "milik-saya");
    for other in &site.hosts[1..] {
        assert_eq!(taken.for_host(other).unwrap().id, site.id);
    }
}
