//! The cases of html5lib's tests, which browsers are held against, too. They are not part of this
//! project: `KLIPING_HTML5LIB` names a folder with their `tokenizer/*.test` files, which the source
//! package of Python's html5lib carries (`.ci/run` fetches it).

use std::cell::RefCell;
use std::path::Path;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Doctype, Tag, TagKind, Token, TokenSink, TokenSinkResult};
use serde_json::{Map, Value, json};

use super::{Spare, Tokenizer, without_carriage_returns};

/// Writes tokens down as those files do.
#[derive(Default)]
struct Record(RefCell<Vec<Value>>);

impl Record {
    fn text(&self, text: &str) {
        let mut tokens = self.0.borrow_mut();
        if let Some([kind, Value::String(before)]) =
            tokens.last_mut().and_then(Value::as_array_mut).map(Vec::as_mut_slice)
            && kind == "Character"
        {
            return before.push_str(text);
        }
        tokens.push(json!(["Character", text]));
    }
}

impl TokenSink for Record {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        match token {
            Token::CharacterTokens(text) => self.text(&text),
            Token::NullCharacterToken => self.text("\0"),
            Token::EOFToken | Token::ParseError(_) => {}
            Token::CommentToken(text) => self.0.borrow_mut().push(json!(["Comment", &*text])),
            Token::DoctypeToken(doctype) => self.0.borrow_mut().push(of_doctype(&doctype)),
            Token::TagToken(tag) => self.0.borrow_mut().push(of_tag(&tag)),
        }
        TokenSinkResult::Continue
    }
}

fn of_doctype(doctype: &Doctype) -> Value {
    let part = |part: &Option<StrTendril>| part.as_ref().map(|text| text.to_string());
    json!([
        "DOCTYPE",
        part(&doctype.name),
        part(&doctype.public_id),
        part(&doctype.system_id),
        !doctype.force_quirks
    ])
}

fn of_tag(tag: &Tag) -> Value {
    if tag.kind == TagKind::EndTag {
        return json!(["EndTag", &*tag.name]);
    }
    let named = tag.attrs.iter().map(|one| (one.name.local.to_string(), Value::from(one.value.to_string())));
    let attributes: Map<String, Value> = named.collect();
    if tag.self_closing {
        return json!(["StartTag", &*tag.name, attributes, true]);
    }
    json!(["StartTag", &*tag.name, attributes])
}

/// The tokens of a text that is read from a state on.
fn tokens(state: &str, last_tag: &str, input: &str) -> Vec<Value> {
    let page = StrTendril::from_slice(&without_carriage_returns(input));
    let spare = Spare::default();
    let mut tokenizer = Tokenizer::new(&page, Record::default(), &spare);
    match state {
        "Data state" => {}
        "PLAINTEXT state" => tokenizer.plaintext(),
        "RCDATA state" => tokenizer.raw(RawKind::Rcdata, last_tag),
        "RAWTEXT state" => tokenizer.raw(RawKind::Rawtext, last_tag),
        "Script data state" => tokenizer.raw(RawKind::ScriptData, last_tag),
        "CDATA section state" => tokenizer.cdata(0),
        other => panic!("nobody knows the {other}"),
    }
    while tokenizer.at < page.len() {
        tokenizer.data();
    }
    tokenizer.sink.0.into_inner()
}

/// Some cases are escaped twice, to write down what JSON cannot; none when no text can hold it either.
fn unescaped(value: &Value) -> Option<Value> {
    serde_json::from_str(&value.to_string().replace("\\\\u", "\\u")).ok()
}

/// Runs of characters are one token, however a case splits them.
fn joined(expected: &Value) -> Vec<Value> {
    let record = Record::default();
    for token in expected.as_array().unwrap() {
        match token[0].as_str() {
            Some("Character") => record.text(token[1].as_str().unwrap()),
            _ => record.0.borrow_mut().push(token.clone()),
        }
    }
    record.0.into_inner()
}

#[test]
#[ignore = "needs the cases of html5lib's tests: KLIPING_HTML5LIB names their folder"]
fn the_cases_of_html5lib() {
    let folder = std::env::var_os("KLIPING_HTML5LIB").expect("KLIPING_HTML5LIB names a folder");
    let (mut count, mut faults) = (0, Vec::new());
    for file in std::fs::read_dir(Path::new(&folder).join("tokenizer")).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|end| end != "test") {
            continue;
        }
        let cases: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        // The others want what XML cannot hold to be replaced, which HTML parsers do not do.
        for case in cases["tests"].as_array().into_iter().flatten() {
            let doubled = case["doubleEscaped"] == true;
            let Some(case) = (if doubled { unescaped(case) } else { Some(case.clone()) }) else { continue };
            let states = case["initialStates"].as_array().cloned().unwrap_or(vec![json!("Data state")]);
            for state in states {
                let (state, last) =
                    (state.as_str().unwrap(), case["lastStartTag"].as_str().unwrap_or("(none)"));
                let (got, wanted) =
                    (tokens(state, last, case["input"].as_str().unwrap()), joined(&case["output"]));
                count += 1;
                if got != wanted {
                    let title = &case["description"];
                    faults.push(format!("{path:?}: {title} in {state}\n  {got:?}\n  {wanted:?}"));
                }
            }
        }
    }
    println!("{count} cases");
    assert!(faults.is_empty() && count > 5000, "{} of {count}\n{}", faults.len(), faults.join("\n"));
}
