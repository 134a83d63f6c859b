//! XML as the records that feeds and sitemaps are made of.
//!
//! A record (`item`, `entry`, `url`) is flat: a few fields with a text each. So nothing here builds a
//! tree, and a document of any size takes the memory of one record. Entities that a document
//! declares itself are never expanded.

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// Text of a field beyond this is dropped: dates, titles and addresses are short, and the bodies of
/// articles in feeds are not ours to keep.
const FIELD_BYTES: usize = 8 * 1024;
/// Deeper documents are refused.
const DEPTH: usize = 200;
/// Fields of a record beyond this are dropped.
const FIELDS: usize = 500;

/// One element, with its name split at the colon.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Element {
    pub(super) prefix: String,
    /// The name without prefix, in lower case.
    pub(super) name: String,
    pub(super) attrs: Vec<(String, String)>,
}

impl Element {
    pub(super) fn attr(&self, name: &str) -> Option<&str> {
        let found = self.attrs.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }
}

/// An element inside a record, at whatever depth.
#[derive(Debug, Clone, Default)]
pub(super) struct Field {
    pub(super) element: Element,
    /// The names between the record and this element, e.g. `news` for `news:news/news:title`; empty
    /// for a child of the record.
    pub(super) inside: String,
    pub(super) text: String,
}

/// A record with its fields in the order of the document.
#[derive(Debug, Default)]
pub(super) struct Record {
    pub(super) element: Element,
    pub(super) fields: Vec<Field>,
    /// Text that stands in the record itself.
    pub(super) text: String,
}

impl Record {
    /// The text of the first child of this name with text, in the record's own vocabulary.
    pub(super) fn own(&self, name: &str) -> Option<&str> {
        self.get("", &self.element.prefix, name)
    }

    /// The same in another vocabulary, by its usual prefix, or nested in another field.
    pub(super) fn get(&self, inside: &str, prefix: &str, name: &str) -> Option<&str> {
        let mut found = self.fields.iter().filter(|field| {
            field.element.name == name && field.inside == inside && field.element.prefix == prefix
        });
        found.find_map(|field| Some(field.text.trim()).filter(|text| !text.is_empty()))
    }
}

/// What was seen besides the records.
#[derive(Debug, Default)]
pub(super) struct Scan {
    pub(super) root: Option<Element>,
    /// What stands outside of records, taken as one record of the root; `inside` starts behind it.
    pub(super) top: Record,
    /// Why reading ended before the end of the document.
    pub(super) broken: Option<String>,
}

/// Goes through a document and hands out each record; `on_record` returns whether to go on.
pub(super) fn scan(
    text: &str,
    is_record: fn(&str) -> bool,
    mut on_record: impl FnMut(&Record, &Scan) -> bool,
) -> Scan {
    // Warnings of the server's own programs stand before the first tag of many feeds.
    let start = text.find('<').unwrap_or(text.len());
    let mut reader = Reader::from_str(&text[start..]);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut state = State { scan: Scan::default(), open: Vec::new(), record: None };
    loop {
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) => {
                state.scan.broken = Some(format!("{error} (at byte {})", reader.error_position()));
                break;
            }
        };
        // A start may end a record that was left open, and an empty element is a start and an end.
        let mut ended = [None, None];
        match event {
            Event::Start(tag) => ended[0] = state.start(element(&tag), is_record),
            Event::Empty(tag) => {
                let element = element(&tag);
                let name = element.name.clone();
                ended = [state.start(element, is_record), state.end(&name)];
            }
            Event::End(tag) => ended[0] = state.end(&split(tag.name().as_ref()).1),
            Event::Text(text) => state.text(&text.into_inner()),
            Event::CData(text) => state.text(&text.into_inner()),
            Event::GeneralRef(reference) => state.reference(&reference),
            Event::Eof => {
                if !state.open.is_empty() {
                    state.scan.broken = Some("it breaks off".to_owned());
                }
                break;
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
        let go_on = ended.iter().flatten().all(|record| on_record(record, &state.scan));
        if !go_on || state.scan.broken.is_some() {
            break;
        }
    }
    state.scan
}

struct State {
    scan: Scan,
    /// Open elements, and for each the place of its field, if it has one.
    open: Vec<(Element, Option<usize>)>,
    /// The open record, and how deep it stands.
    record: Option<(Record, usize)>,
}

impl State {
    fn start(&mut self, element: Element, is_record: fn(&str) -> bool) -> Option<Record> {
        // `<item>` in an `<item>`: the first was never closed.
        let mut ended = None;
        if is_record(&element.name) && !self.open.is_empty() {
            let same = |(record, _): &(Record, usize)| {
                record.element.name == element.name && record.element.prefix == element.prefix
            };
            if self.record.as_ref().is_some_and(same) {
                ended = self.end(&element.name);
            }
            if self.record.is_none() {
                self.record =
                    Some((Record { element: element.clone(), ..Record::default() }, self.open.len()));
                self.open.push((element, None));
                return ended;
            }
        }
        if self.open.len() >= DEPTH {
            self.scan.broken = Some(format!("elements are nested deeper than {DEPTH}"));
        }
        if self.open.is_empty() && self.scan.root.is_none() {
            self.scan.top.element = element.clone();
            self.scan.root = Some(element.clone());
            self.open.push((element, None));
            return None;
        }
        let from = self.record.as_ref().map_or(0, |(_, depth)| *depth) + 1;
        let names: Vec<&str> = self.open.iter().skip(from).map(|(e, _)| e.name.as_str()).collect();
        let field = Field { inside: names.join("/"), element: element.clone(), text: String::new() };
        let fields = self.fields();
        let place = (fields.len() < FIELDS).then_some(fields.len());
        if place.is_some() {
            fields.push(field);
        }
        self.open.push((element, place));
        ended
    }

    /// Closes the innermost element of this name and all that stand open in it; an end without a
    /// start is skipped.
    fn end(&mut self, name: &str) -> Option<Record> {
        let at = self.open.iter().rposition(|(element, _)| element.name == name)?;
        self.open.truncate(at);
        match &self.record {
            Some((_, depth)) if *depth >= at => self.record.take().map(|(record, _)| record),
            _ => None,
        }
    }

    fn text(&mut self, text: &str) {
        let place = self.open.last().and_then(|(_, place)| *place);
        let target = match (place, &mut self.record) {
            (Some(place), Some((record, _))) => &mut record.fields[place].text,
            (Some(place), None) => &mut self.scan.top.fields[place].text,
            (None, Some((record, depth))) if *depth + 1 == self.open.len() => &mut record.text,
            _ => return,
        };
        let room = FIELD_BYTES.saturating_sub(target.len()).min(text.len());
        let end = (0..=room).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        target.push_str(&text[..end]);
    }

    /// `&amp;`, `&#8217;`. Other names stay as they stand: expanding them would need the document's own
    /// definitions.
    fn reference(&mut self, reference: &BytesRef<'_>) {
        if let Ok(Some(c)) = reference.resolve_char_ref() {
            return self.text(c.encode_utf8(&mut [0; 4]));
        }
        let name: &str = reference;
        match quick_xml::escape::resolve_predefined_entity(name) {
            Some(text) => self.text(text),
            None => self.text(&format!("&{name};")),
        }
    }

    fn fields(&mut self) -> &mut Vec<Field> {
        match &mut self.record {
            Some((record, _)) => &mut record.fields,
            None => &mut self.scan.top.fields,
        }
    }
}

fn element(tag: &BytesStart<'_>) -> Element {
    let (prefix, name) = split(tag.name().as_ref());
    let mut attributes = tag.html_attributes();
    let attrs = attributes
        .with_checks(false)
        .flatten()
        .filter(|attribute| attribute.value.len() <= FIELD_BYTES)
        .take(20)
        .map(|attribute| {
            let value = quick_xml::escape::unescape(&attribute.value);
            let value =
                value.map_or_else(|_| attribute.value.clone().into_owned(), |value| value.into_owned());
            (AsRef::<str>::as_ref(&attribute.key).to_ascii_lowercase(), value)
        })
        .collect();
    Element { prefix, name, attrs }
}

/// Prefix and name.
fn split(name: &str) -> (String, String) {
    let (prefix, name) = name.split_once(':').unwrap_or(("", name));
    (prefix.to_ascii_lowercase(), name.to_ascii_lowercase())
}
