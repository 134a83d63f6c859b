//! Beginnings of site files and their fixtures, from saved pages.
//!
//! A *skeleton* is a page as kliping sees it: elements, classes, metadata and times as they are, the
//! words replaced by our own, what repeats left out. It reads like the page and holds none of its
//! text.

mod address;
mod attributes;
mod compare;
mod cut;
mod head;
mod html;
mod json_ld;
mod known;
mod marks;
mod scripts;
mod site_file;
mod skeleton;
mod test_block;
#[cfg(test)]
mod tests;
mod text;
mod tree;
mod wants;
mod words;

pub use site_file::{SavedPage, SiteDraft, SiteDraftError, site_file};
pub use skeleton::{Skeleton, SkeletonError, address_of, skeleton};
pub use test_block::test_block;
