use super::*;

fn show(a: &[&str], b: &[&str]) -> String {
    let side = |text: &[&str]| Side {
        keys: text.iter().map(|t| (*t).to_owned()).collect(),
        pieces: vec![Vec::new(); text.len()],
    };
    let range = |r: &Range<usize>| match r.len() {
        1 => r.start.to_string(),
        _ => format!("{}-{}", r.start, r.end - 1),
    };
    align(&mut side(a), &mut side(b), a, b)
        .iter()
        .map(|p| {
            let sign = match (p.exact, p.in_order) {
                (true, true) => "=",
                (true, false) => ">",
                (false, true) => "~",
                (false, false) => "~>",
            };
            format!("{}{sign}{}", range(&p.a), range(&p.b))
        })
        .collect::<Vec<_>>()
        .join(" ")
}

const A: &str = "Petani di lereng gunung mulai memanen kentang sejak awal pekan ini.";
const B: &str = "Harga di tingkat pengepul mencapai Rp 9.000 per kilogram, naik dari bulan lalu.";
const C: &str = "Dinas pertanian berjanji membuka gudang dingin sebelum musim hujan datang.";
const D: &str = "Warga berharap jalan ke kebun segera diperbaiki pemerintah kabupaten.";

#[test]
fn paragraphs_find_each_other() {
    let edited = A.replace("kentang", "wortel");
    let joined = format!("{A} {B}");
    for (a, b, expected) in [
        (vec![], vec![], ""),
        (vec![A], vec![], ""),
        (vec![A, B, C], vec![A, B, C], "0=0 1=1 2=2"),
        (vec![A, B, C, D], vec![B, C, D, A], "0>3 1=0 2=1 3=2"),
        (vec![A, B, C], vec![edited.as_str(), B, C], "0~0 1=1 2=2"),
        (vec![A, B, C, D], vec![B, C, D, edited.as_str()], "0~>3 1=0 2=1 3=2"),
        (vec![A, B, C], vec![A, D, B, C], "0=0 1=2 2=3"),
        (vec![A, B], vec![C, D], ""),
        (vec![joined.as_str(), C], vec![A, B, C], "0~0-1 1=2"),
        (vec![A, B, C], vec![joined.as_str(), C], "0-1~0 2=1"),
        (vec![A, "***", B, "***", C], vec![A, "***", C, "***", B], "0=0 1=1 2=4 3>3 4>2"),
        (vec![A, "5", B], vec![A, "15", B], "0=0 1~1 2=2"),
        (vec!["2-1", "0-0"], vec!["3-1", "0-0"], "0~0 1=1"),
    ] {
        assert_eq!(show(&a, &b), expected, "{a:?} -> {b:?}");
    }
}
