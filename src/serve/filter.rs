//! Which changes are meant, as the address bar says it.

use jiff::Timestamp;

use super::problem::Problem;
use super::request::Ask;
use crate::config::Since;
use crate::model::{ChangeKind, ChangeKinds};
use crate::store::ChangeQuery;

/// In which order changes stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Day by day, the most telling of each day first.
    Telling,
    /// The latest first.
    Latest,
}

/// Which changes are meant.
#[derive(Debug, Clone, PartialEq)]
pub struct Filter {
    /// Only of this site.
    pub site: Option<String>,
    /// Only of one of these kinds.
    pub kinds: Vec<ChangeKind>,
    /// Only what weighs so much, in thousandths.
    pub weight: u16,
    /// Only what the page does not announce.
    pub silent: bool,
    /// Also what only our reading changed, and what was imported.
    pub all_causes: bool,
    /// Observed at or after, in milliseconds since 1970 UTC.
    pub since: i64,
    /// Observed before.
    pub until: i64,
    /// In which order.
    pub order: Order,
}

impl Filter {
    /// Reads the address bar.
    ///
    /// # Errors
    /// `bad_parameter`.
    pub fn read(ask: &Ask, now: Timestamp) -> Result<Self, Problem> {
        let kinds = ask.params("kind").iter().map(|name| ChangeKind::from_name(name)).collect::<Option<_>>();
        let score = match ask.param("min_score") {
            None => 0.0,
            Some(text) => {
                let score = text.replace(',', ".").parse().ok().filter(|s| (0.0..=1.0).contains(s));
                score.ok_or(Problem::Wrong("min_score"))?
            }
        };
        let time = |name: &'static str| match ask.param(name) {
            None => Ok(None),
            Some(text) => {
                Since::parse(&text).map(|since| Some(since.at(now))).map_err(|_| Problem::Wrong(name))
            }
        };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked above")]
        let weight = (score * 1000.0_f64).round() as u16;
        let order = match ask.param("order").as_deref() {
            None | Some("telling") => Order::Telling,
            Some("latest") => Order::Latest,
            Some(_) => return Err(Problem::Wrong("order")),
        };
        Ok(Self {
            site: ask.param("site"),
            kinds: kinds.ok_or(Problem::Wrong("kind"))?,
            weight,
            silent: ask.param("silent").is_some(),
            all_causes: ask.param("all_causes").is_some(),
            since: time("since")?.map_or(i64::MIN, Timestamp::as_millisecond),
            until: time("until")?.map_or(i64::MAX, Timestamp::as_millisecond),
            order,
        })
    }

    /// Whether anything is left out.
    pub fn is_set(&self) -> bool {
        self.site.is_some() || self.query(None).narrows() || self.since > i64::MIN || self.until < i64::MAX
    }

    /// What the archive is asked for; `site` is the number of the site.
    pub fn query(&self, site: Option<i64>) -> ChangeQuery {
        ChangeQuery {
            site,
            kinds: ChangeKinds::of(&self.kinds),
            weight: self.weight,
            silent: self.silent,
            all_causes: self.all_causes,
            since: self.since,
            until: self.until,
            ..ChangeQuery::ALL
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(target: &str) -> Result<Filter, &'static str> {
        let now = "2026-03-08T12:00:00Z".parse().unwrap();
        Filter::read(&Ask::get(target), now).map_err(|problem| match problem {
            Problem::Wrong(name) => name,
            _ => "?",
        })
    }

    #[test]
    fn the_address_bar_is_read() {
        let filter =
            read("/?kind=number,date&kind=quote&site=kabar&min_score=0,25&silent=1&since=24h").unwrap();
        assert_eq!(filter.kinds, [ChangeKind::Number, ChangeKind::Date, ChangeKind::Quote]);
        assert_eq!((filter.site.as_deref(), filter.weight, filter.silent), (Some("kabar"), 250, true));
        assert_eq!(filter.since, "2026-03-07T12:00:00Z".parse::<Timestamp>().unwrap().as_millisecond());
        assert!(filter.is_set() && !read("/?order=latest").unwrap().is_set());
        for (target, wrong) in [
            ("/?kind=angka", "kind"),
            ("/?min_score=2", "min_score"),
            ("/?since=kemarin", "since"),
            ("/?until=x", "until"),
            ("/?order=best", "order"),
        ] {
            assert_eq!(read(target).unwrap_err(), wrong);
        }
    }
}
