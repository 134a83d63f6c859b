//! The body of a page that nobody wrote rules for: blocks, their weights, the container, and which
//! of its blocks are the story.

use super::lead::{self, Told};
use super::page::Page;
use super::{boxes, container, keep, weight};
use crate::dom::Node;
use crate::extract::Asked;
use crate::extract::blocks::{self, Piece};
use crate::model::{BlockKind, DraftBlock};

/// What a teaser weighs: only as a standfirst is it part of a story.
const TEASER: f64 = -10.0;

/// How many blocks at the head and at the end may be date lines.
const EDGE: usize = 3;
/// A longer line says more than a date.
const LONGEST_DATE_LINE: usize = 60;

/// How many lines at the head and the end of a story may be its byline.
const FIRST_LINES: usize = 2;
const LAST_LINES: usize = 3;
const BEHIND_LINES: usize = 2;

/// The story on a page.
pub(super) struct Story<'d> {
    /// All blocks of the page but those of furniture.
    pub(super) pieces: Vec<Piece<'d>>,
    weights: Vec<f64>,
    /// The element that holds it, by its place.
    pub(super) container: usize,
    /// The blocks that are the story.
    pub(super) kept: Vec<usize>,
}

impl<'d> Story<'d> {
    /// Finds the story.
    pub(super) fn find(page: &Page<'d>) -> Option<Self> {
        let root = page.elems.first()?.node;
        let pieces = blocks::pieces(root, |_, at| page.stripped.get(at).copied().unwrap_or(false));
        let weigh =
            |piece: &Piece<'_>| if page.is_teaser(piece.ordinal) { TEASER } else { weight::weight(piece) };
        let weights: Vec<f64> = pieces.iter().map(weigh).collect();
        let container = container::choose(page, &pieces, &weights)?;
        let end = page.elems[container].end;
        let inside: Vec<usize> =
            (0..pieces.len()).filter(|&i| (container..end).contains(&pieces[i].ordinal)).collect();
        let boxed = boxes::find(page, &pieces, &weights, &inside);
        let inside: Vec<usize> = inside.into_iter().filter(|i| !boxed.contains(i)).collect();
        let kept = keep::keep(&pieces, &weights, &inside);
        (!kept.is_empty()).then_some(Self { pieces, weights, container, kept })
    }

    /// Where in the page its text starts.
    pub(super) fn start(&self) -> usize {
        self.kept.first().map_or(self.container, |&first| self.pieces[first].ordinal)
    }

    /// Its blocks.
    pub(super) fn blocks(&self) -> Vec<DraftBlock> {
        self.kept.iter().map(|&i| self.pieces[i].block.clone()).collect()
    }

    /// The elements around its blocks.
    pub(super) fn owners(&self) -> Vec<Node<'d>> {
        self.kept.iter().map(|&i| self.pieces[i].owner).collect()
    }

    /// The first block of its text.
    pub(super) fn opening(&self) -> Option<&str> {
        self.kept.first().map(|&first| self.pieces[first].block.text.as_str())
    }

    /// Its first and its last lines, and those right behind it.
    pub(super) fn edges(&self) -> Vec<&str> {
        let block = |i: usize| &self.pieces[i].block;
        let end = self.kept.last().map_or(0, |&last| self.pieces.len().min(last + 1 + BEHIND_LINES));
        let last = end.saturating_sub(LAST_LINES + BEHIND_LINES)..end;
        let lines = self.kept.iter().take(FIRST_LINES).copied().chain(last).map(block);
        lines.filter(|block| block.kind != BlockKind::Heading).map(|block| block.text.as_str()).collect()
    }

    /// Its blocks, the standfirst before them, and where they were found.
    pub(super) fn read(
        &mut self,
        asked: &Asked<'_>,
        page: &Page<'_>,
        told: &Told,
    ) -> (Vec<DraftBlock>, String) {
        self.drop_date_lines(asked);
        let Self { pieces, weights, kept, container, .. } = &*self;
        let lead = lead::Search { page, pieces, weights, kept, container: *container, told }.find();
        self.kept.splice(0..0, lead);
        self.trace(page);
        (self.blocks(), format!("density {}", point_at(page, self.container)))
    }

    /// A line at the head or the end of the story that is only a date belongs to the byline. In the
    /// middle it may head a chapter.
    fn drop_date_lines(&mut self, asked: &Asked<'_>) {
        let count = self.kept.len();
        let (pieces, weights) = (&self.pieces, &self.weights);
        let mut index = 0;
        self.kept.retain(|&i| {
            let text = &pieces[i].block.text;
            let edge = index < EDGE || index + EDGE > count;
            index += 1;
            let short = text.chars().count() <= LONGEST_DATE_LINE && weights[i] <= 0.0;
            !(edge && short && text.contains(|c: char| c.is_ascii_digit()) && asked.date(text).is_some())
        });
    }

    /// Tells of each block what became of it (`-vvv`).
    fn trace(&self, page: &Page<'_>) {
        if !tracing::enabled!(tracing::Level::TRACE) {
            return;
        }
        tracing::trace!(container = point_at(page, self.container), "container");
        for (i, (piece, weight)) in self.pieces.iter().zip(&self.weights).enumerate() {
            let mut path: Vec<String> =
                page.ancestors(piece.ordinal).take(5).map(|at| point_at(page, at)).collect();
            path.insert(0, point_at(page, piece.ordinal));
            let mark = if self.kept.contains(&i) { "keep" } else { "drop" };
            let text: String = piece.block.text.chars().take(70).collect();
            tracing::trace!(
                "{mark} {weight:6.0} {} [{}] {text}",
                piece.block.kind.as_str(),
                path.join(" < ")
            );
        }
    }
}

/// An element as people would point at it: `div.entry-content`.
pub(super) fn point_at(page: &Page<'_>, at: usize) -> String {
    let node = page.elems[at].node;
    let mut out = node.name().to_owned();
    if let Some(id) = node.attr("id").filter(|id| !id.trim().is_empty()) {
        out.push('#');
        out.push_str(id.trim());
    } else if let Some(class) = node.classes().next() {
        out.push('.');
        out.push_str(class);
    }
    out
}
