use super::*;
use crate::diff::token::pieces;

fn marked(a: &str, b: &str) -> String {
    let (a, b) = (pieces(a), pieces(b));
    runs(&a, &b, &hunks(&a, &b))
        .iter()
        .map(|token| match token.op {
            Op::Keep => token.text.clone(),
            Op::Delete => format!("[-{}-]", token.text),
            Op::Insert => format!("{{+{}+}}", token.text),
        })
        .collect()
}

#[test]
fn changes_are_marked_as_an_editor_would_mark_them() {
    for (a, b, expected) in [
        ("sekitar 2 persen", "sekitar 2,65 persen", "sekitar [-2-]{+2,65+} persen"),
        ("mencapai 5,95 persen", "mencapai 5,59 persen", "mencapai [-5,95-]{+5,59+} persen"),
        ("Selasa (21/10/2025).", "Selasa (22/10/2025).", "Selasa ([-21/10/2025-]{+22/10/2025+})."),
        (
            "Presiden Banggakan Inflasi 2%, Ini Cara Kemendagri Jaga Stabilitas Harga",
            "Prabowo Banggakan Inflasi 2 Persen, Begini Cara Kemendagri Jaga Harga",
            "[-Presiden-]{+Prabowo+} Banggakan Inflasi [-2%-]{+2 Persen+}, [-Ini-]{+Begini+} Cara Kemendagri \
             Jaga[- Stabilitas-] Harga",
        ),
        (
            "Kita mampu menjaga inflasi di sekitar 2 persen",
            "Kita berhasil menahan inflasi pada kisaran 2 persen",
            "Kita [-mampu menjaga-]{+berhasil menahan+} inflasi [-di sekitar-]{+pada kisaran+} 2 persen",
        ),
        ("Presiden Prabowo datang", "Prabowo datang", "[-Presiden -]Prabowo datang"),
        ("Prabowo datang", "Presiden Prabowo datang", "{+Presiden +}Prabowo datang"),
        ("satu dua .", "satu dua.", "satu dua[- -]."),
        ("A. B.", "A. C. B.", "A.{+ C.+} B."),
        (
            "\"Aku,\" kata X. \"Bua,\" kata Y.",
            "\"Aku,\" kata X. \"Cuma,\" kata Z. \"Bua,\" kata Y.",
            "\"Aku,\" kata X.{+ \"Cuma,\" kata Z.+} \"Bua,\" kata Y.",
        ),
        (
            "Dia datang, lalu pulang.",
            "Dia datang, lalu makan, lalu pulang.",
            "Dia datang,{+ lalu makan,+} lalu pulang.",
        ),
        ("“Kami siap,” kata dia", "\"Kami siap,\" kata dia", "\"Kami siap,\" kata dia"),
        ("“Kami siap,” kata dia", "Kami siap, kata dia", "[-“-]Kami siap,[-”-] kata dia"),
        ("a", "", "[-a-]"),
        ("", "a b", "{+a b+}"),
        ("", "", ""),
    ] {
        assert_eq!(marked(a, b), expected);
    }
}

proptest::proptest! {
    #[test]
    fn both_texts_can_be_read_back(a in "([a-d1-3]{1,2}[ ,.]{0,2}){0,12}", b in "([a-d1-3]{1,2}[ ,.\"]{0,2}){0,12}") {
        let (old, new) = (pieces(&a), pieces(&b));
        let tokens = runs(&old, &new, &hunks(&old, &new));
        let side = |gone: Op| -> String {
            tokens.iter().filter(|t| t.op != gone).map(|t| t.text.as_str()).collect()
        };
        proptest::prop_assert_eq!(side(Op::Insert), crate::model::readable_text(&a));
        proptest::prop_assert_eq!(side(Op::Delete), crate::model::readable_text(&b));
    }
}
