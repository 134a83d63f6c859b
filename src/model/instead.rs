//! What a site shows instead of an article.

use super::EventKind;
use super::version::stored_names;

stored_names! {
    /// What a site shows where an article should be, or was. None of it ever takes the place of a version.
    Instead {
        /// "Page not found", with the status of a page that is there.
        Soft404 = "soft_404",
        /// A redirect to the front page.
        FrontPage = "front_page",
        /// A request for consent to cookies and the like.
        ConsentWall = "consent_wall",
        /// The beginning of the text only; the rest is for subscribers.
        Paywalled = "paywalled",
        /// A trial whether a robot is asking.
        BotChallenge = "bot_challenge",
        /// A page to log in.
        LoginPage = "login_page",
        /// Work on the site.
        Maintenance = "maintenance",
        /// A page that was cut off on its way.
        Truncated = "truncated",
        /// A page without a text.
        Empty = "empty",
    }
}

impl Instead {
    /// The event of an article whose page shows it.
    #[must_use]
    pub fn event(self) -> EventKind {
        match self {
            Self::Soft404 => EventKind::Soft404,
            Self::FrontPage => EventKind::FrontPage,
            Self::ConsentWall => EventKind::ConsentWall,
            Self::Paywalled => EventKind::Paywalled,
            Self::BotChallenge => EventKind::BotChallenge,
            Self::LoginPage => EventKind::LoginPage,
            Self::Maintenance => EventKind::Maintenance,
            Self::Truncated => EventKind::Truncated,
            Self::Empty => EventKind::ExtractFailed,
        }
    }

    /// What it is, for people: "the page shows …".
    #[must_use]
    pub fn what(self) -> &'static str {
        match self {
            Self::Soft404 => "that there is no such page",
            Self::FrontPage => "the front page",
            Self::ConsentWall => "a consent wall",
            Self::Paywalled => "only the beginning of the text; the rest is for subscribers",
            Self::BotChallenge => "a challenge for robots",
            Self::LoginPage => "a login page",
            Self::Maintenance => "a maintenance page",
            Self::Truncated => "a text that is cut off",
            Self::Empty => "no text",
        }
    }

    /// Whether the article may be gone: then it is no failure of the request.
    #[must_use]
    pub fn is_absence(self) -> bool {
        matches!(self, Self::Soft404 | Self::FrontPage | Self::Paywalled)
    }

    /// Whether the site shows it to whoever asks, whatever page is asked for.
    #[must_use]
    pub fn bars_the_site(self) -> bool {
        matches!(self, Self::ConsentWall | Self::BotChallenge | Self::LoginPage | Self::Maintenance)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_has_a_name_and_an_event_of_the_same_name() {
        for what in Instead::ALL {
            assert_eq!(Instead::from_stored(what.as_str()), Some(*what));
            if *what != Instead::Empty {
                assert_eq!(what.event().as_str(), what.as_str());
            }
        }
    }
}
