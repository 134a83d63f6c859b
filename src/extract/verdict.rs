//! Which of two readings of a page is the story: the one by the site's file, or the generic one.
//!
//! Neither is trusted blindly. A site that was rebuilt leaves its file pointing at a teaser, at nothing,
//! or at the whole page; and the generic reader may take comments for the story. What the page's
//! metadata says of the text is the third witness.

use std::collections::HashSet;

use super::blocks::Piece;
use super::overlap::Gist;
use crate::dom::{FastState, Node, NodeSet};
use crate::model::{BlockKind, DraftBlock, is_spaceless, words};

/// Two readings that differ by fewer characters are both good.
const SLACK: usize = 300;
/// A text of so many characters in several paragraphs may well be a whole story.
const STORY: usize = 500;

/// A text of so many is one, however much more the page holds: other stories, talk.
const LONG: usize = 1200;

/// What the generic reader took, and what it took for furniture.
#[derive(Debug, Default)]
pub(super) struct Ground<'d> {
    /// The elements around the blocks of the story.
    pub(super) owners: Vec<Node<'d>>,
    /// Comments, navigation, lists of other stories: outermost elements.
    pub(super) furniture: NodeSet,
}

/// What is to be done with the body that a site's file finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is the story.
    Good,
    /// It is taken, but somebody should look at it; why.
    Doubtful(&'static str),
    /// It is stepped over; why.
    Rotten(&'static str),
}

/// Both readings and the witnesses.
pub(super) struct Case<'a, 'd> {
    /// By the site's file.
    pub(super) own: &'a [Piece<'d>],
    /// By the generic reader.
    pub(super) generic: &'a [DraftBlock],
    pub(super) ground: &'a Ground<'d>,
    /// The text that the metadata give, if any.
    pub(super) told: Option<&'a str>,
    /// The headline.
    pub(super) headline: &'a str,
    /// What the metadata say the page is about.
    pub(super) about: &'a str,
}

impl Case<'_, '_> {
    /// Decides.
    pub(super) fn judge(&self) -> Verdict {
        let own = self.own.iter().map(|piece| length(&piece.block.text)).sum::<usize>();
        let generic = self.generic.iter().map(|block| length(&block.text)).sum::<usize>();
        let near = own + SLACK >= generic && generic + SLACK >= own && own * 2 > generic;
        // Most pages end here: counting the runs of words of two texts costs as much as to find them.
        let agree = self.in_both() * 2 >= own.min(generic).max(1);
        if near && agree {
            return Verdict::Good;
        }
        let own_gist = Gist::of(self.own.iter().map(|piece| piece.block.text.as_str()));
        let generic_gist = Gist::of(self.generic.iter().map(|block| block.text.as_str()));
        let apart =
            !agree && own_gist.share_in(&generic_gist) < 0.3 && generic_gist.share_in(&own_gist) < 0.3;
        if apart && generic > if near { SLACK } else { 0 } {
            return self.apart(own, &own_gist, &generic_gist);
        }
        if near {
            return Verdict::Good;
        }
        if own * 2 < generic {
            return self.thin(own, generic, &own_gist, &generic_gist);
        }
        if own * 10 > generic * 16 { self.thick(own, &generic_gist) } else { Verdict::Good }
    }

    /// The characters of the blocks that both readings have, letter by letter.
    fn in_both(&self) -> usize {
        let generic: HashSet<&str, FastState> =
            self.generic.iter().map(|block| block.text.as_str()).collect();
        let own = self.own.iter().map(|piece| piece.block.text.as_str());
        own.filter(|text| generic.contains(text)).map(length).sum()
    }

    /// The two have little in common: headline and description say whose story it is.
    fn apart(&self, own: usize, own_gist: &Gist, generic_gist: &Gist) -> Verdict {
        let in_furniture = self.own.iter().filter(|piece| self.ground.furniture.covers(piece.owner));
        if in_furniture.map(|piece| length(&piece.block.text)).sum::<usize>() * 2 > own {
            return Verdict::Rotten("it is the page's foot, navigation or comments");
        }
        if let Some(told) = self.told {
            let told = Gist::of([told]);
            let (by_own, by_generic) = (told.share_in(own_gist), told.share_in(generic_gist));
            if by_generic > by_own + 0.3 {
                return Verdict::Rotten("the metadata give another text");
            }
            if by_own > by_generic + 0.3 {
                return Verdict::Good;
            }
        }
        // A headline and a text that belong together: what the metadata say then is about another story.
        let (by_own, by_generic) = self.said(self.headline);
        if own >= STORY && by_own > by_generic + 0.2 {
            return Verdict::Doubtful("the generic reader takes quite another text for the story");
        }
        let (by_own, by_generic) = self.said(&format!("{} {}", self.headline, self.about));
        if by_generic > by_own + 0.2 {
            return Verdict::Rotten("it is about something else than the headline");
        }
        // Comments and other stories speak of the headline's matter, too.
        if own >= STORY || by_own > by_generic {
            return Verdict::Doubtful("the generic reader takes quite another text for the story");
        }
        Verdict::Rotten("it is a short text, and the generic reader finds a long one elsewhere")
    }

    /// How much of some words stands in the site's text, and in the generic one.
    fn said(&self, about: &str) -> (f64, f64) {
        let own = said_of(about, self.own.iter().map(|piece| piece.block.text.as_str()));
        (own, said_of(about, self.generic.iter().map(|block| block.text.as_str())))
    }

    /// The site's text is a small part of the generic one.
    fn thin(&self, own: usize, generic: usize, own_gist: &Gist, generic_gist: &Gist) -> Verdict {
        if let Some(told) = self.told.filter(|told| length(told) > own + SLACK) {
            let told = Gist::of([told]);
            if told.share_in(generic_gist) > told.share_in(own_gist) + 0.4 {
                return Verdict::Rotten("the metadata give a longer text, which the generic reader finds");
            }
        }
        if self.goes_on(own_gist) {
            return Verdict::Rotten("the story goes on beside it");
        }
        let paragraphs = self.own.iter().filter(|piece| is_running(&piece.block)).count();
        let told_whole = self.told.is_some_and(|told| {
            length(told) + SLACK < generic && Gist::of([told]).share_in(own_gist) > 0.8 && paragraphs > 1
        });
        let whole = own >= STORY && paragraphs > 2 && (own * 8 > generic || (own >= LONG && paragraphs > 5));
        if told_whole || whole {
            return Verdict::Doubtful("it is much shorter than what the generic reader finds");
        }
        Verdict::Rotten("it is a small part of what the generic reader finds")
    }

    /// Whether most of what only the generic reader took stands where the site's text stands: in the
    /// same element, or in one that looks alike.
    fn goes_on(&self, own_gist: &Gist) -> bool {
        let parents: Vec<Node<'_>> = self.own.iter().filter_map(|piece| piece.owner.parent()).collect();
        let places: HashSet<_> = parents.iter().map(|node| node.id()).collect();
        let looks: HashSet<_> = parents.iter().filter_map(|node| look(*node)).collect();
        let articles = self.own.first().and_then(|piece| article(piece.owner));
        let (mut beside, mut all) = (0, 0);
        for (block, owner) in self.generic.iter().zip(&self.ground.owners) {
            if own_gist.share_of(&block.text) > 0.5 {
                continue;
            }
            // What stands in another <article> is another story.
            let near = owner.parent().is_some_and(|parent| {
                places.contains(&parent.id()) || look(parent).is_some_and(|look| looks.contains(look))
            }) && !articles.is_some_and(|own| {
                article(*owner).is_some_and(|other| other != own && !own.is_within(other))
            });
            all += length(&block.text);
            beside += if near { length(&block.text) } else { 0 };
        }
        beside * 2 > all
    }

    /// The site's text holds much that the generic reader left out.
    fn thick(&self, own: usize, generic_gist: &Gist) -> Verdict {
        let (mut furniture, mut extra) = (0, 0);
        for piece in self.own {
            let block = &piece.block;
            if generic_gist.share_of(&block.text) > 0.5 {
                continue;
            }
            let chars = length(&block.text);
            let linked = block.link_chars * 2 > block.text.chars().count();
            extra += chars;
            furniture += if linked || self.ground.furniture.covers(piece.owner) { chars } else { 0 };
        }
        if furniture * 2 > extra && furniture * 3 > own {
            return Verdict::Rotten("it holds comments, links or other stories besides the text");
        }
        Verdict::Good
    }
}

/// The nearest `<article>` around an element.
fn article(node: Node<'_>) -> Option<Node<'_>> {
    node.ancestors().find(|outer| outer.name() == "article")
}

/// The class by which elements look alike.
fn look<'d>(node: Node<'d>) -> Option<&'d str> {
    node.attr("class").and_then(|class| class.split_whitespace().next()).filter(|_| node.name() == "div")
}

fn is_running(block: &DraftBlock) -> bool {
    block.kind != BlockKind::Heading && length(&block.text) >= 80
}

fn length(text: &str) -> usize {
    text.chars().count()
}

/// The share of a text's longer words that stand in others.
fn said_of<'t>(about: &str, texts: impl Iterator<Item = &'t str>) -> f64 {
    let wanted: HashSet<String> = words(about).into_iter().filter(|word| telling(word)).collect();
    let said: HashSet<String> = texts.flat_map(words).collect();
    #[expect(clippy::cast_precision_loss, reason = "counts of words are small")]
    let share = |part: usize, whole: usize| if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
    share(wanted.intersection(&said).count(), wanted.len())
}

/// Articles and prepositions stand in every text.
fn telling(word: &str) -> bool {
    word.chars().count() > 3 || word.chars().any(is_spaceless)
}
