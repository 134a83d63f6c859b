//! JSON as pages really write it.

use super::*;
use serde_json::json;

#[test]
fn json_is_read_as_pages_write_it() {
    for (text, value) in [
        (r#" {"a": [1, {"b": null}]} "#, json!({"a": [1, {"b": null}]})),
        ("\u{feff}{\"a\":1}", json!({"a": 1})),
        ("<!-- {\"a\":1} -->", json!({"a": 1})),
        ("//<![CDATA[\n{\"a\":1}\n//]]>", json!({"a": 1})),
        ("/*<![CDATA[*/{\"a\":1}/*]]>*/", json!({"a": 1})),
        ("<![CDATA[{\"a\":1}]]>", json!({"a": 1})),
        ("{\"a\":1, // satu\n \"b\":2, /* dua */}", json!({"a": 1, "b": 2})),
        ("{\"a\":[1,2,],}", json!({"a": [1, 2]})),
        ("{\"a\":1 \"b\":2}", json!({"a": 1, "b": 2})),
        ("{\"a\":\"satu\ndua\ttiga\"}", json!({"a": "satu dua tiga"})),
        (r#"{"a":"ia berkata "ya" lalu pergi","b":1}"#, json!({"a": "ia berkata \"ya\" lalu pergi", "b": 1})),
        (r#"{"a":"ia berkata "ya", lalu pergi"}"#, json!({"a": "ia berkata \"ya\", lalu pergi"})),
        (r#"{'a':'b', c: d}"#, json!({"a": "b", "c": "d"})),
        (r#"{"a":"\'x\' \u00e4 \ud83d\ude00 \q"}"#, json!({"a": "'x' ä 😀 q"})),
        (r#"{"a":{"b":"terpo"#, json!({"a": {"b": "terpo"}})),
        (r#"{"a":[{"b":1],"c":2}"#, json!({"a": [{"b": 1}], "c": 2})),
        (r#"{"url":"https://a.example//b/*c*/",}"#, json!({"url": "https://a.example//b/*c*/"})),
        (r#"var x = {"a":1};"#, json!({"a": 1})),
        (r#"{"a":1e999,"b":1.5,}"#, json!({"a": "1e999", "b": 1.5})),
    ] {
        assert_eq!(read(text), [value], "{text}");
    }
}

#[test]
fn several_documents_and_none() {
    assert_eq!(read("{\"a\":1}\n{\"b\":2},[3]"), [json!({"a": 1}), json!({"b": 2}), json!([3])]);
    assert_eq!(read("tidak ada"), Vec::<Value>::new());
    assert_eq!(read(""), Vec::<Value>::new());
}

#[test]
fn a_pit_of_brackets_has_a_bottom() {
    for open in ["[", "{\"a\":"] {
        assert_eq!(read(&open.repeat(200_000)).len(), 1);
    }
    // What stands beside the pit is read.
    let pit = format!("{}\"[\"{}", "[".repeat(1000), "]".repeat(1000));
    let beside = &read(&format!("{{\"a\":{pit},\"b\":1,}}"))[0];
    assert_eq!(beside["b"], 1);
}

proptest::proptest! {
    #[test]
    fn any_text_can_be_read(text in "([\\[\\]{},:\"'\\\\/*<!\\-u0-9 a\n]|\\PC){0,60}") {
        let _ = read(&text);
    }
}
