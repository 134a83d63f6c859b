//! Which characters are letters and digits, by a table: the standard library searches for each that is not
//! of ASCII, which was a sixth of what it costs to read a page in Cyrillic or Japanese.

use std::sync::OnceLock;

/// Characters in a block of the table.
const BLOCK: u32 = 256;

/// A bit for each character of a block.
type Bits = [u64; (BLOCK / u64::BITS) as usize];

/// The letters of a block, and its letters and digits.
type Kinds = [Bits; 2];

/// The basic plane, each block filled in when a text first comes to it.
static BLOCKS: [OnceLock<Kinds>; 256] = [const { OnceLock::new() }; 256];

/// [`char::is_alphabetic`].
#[must_use]
pub fn is_letter(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphabetic() } else { stands(c, 0) }
}

/// [`char::is_alphanumeric`].
#[must_use]
pub fn is_letter_or_digit(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { stands(c, 1) }
}

fn stands(c: char, kind: usize) -> bool {
    let code = u32::from(c);
    match BLOCKS.get((code / BLOCK) as usize) {
        Some(block) => {
            let kinds = block.get_or_init(|| kinds(code / BLOCK * BLOCK));
            kinds[kind][(code % BLOCK / u64::BITS) as usize] >> (code % u64::BITS) & 1 == 1
        }
        None if kind == 0 => c.is_alphabetic(),
        None => c.is_alphanumeric(),
    }
}

fn kinds(from: u32) -> Kinds {
    let mut kinds = Kinds::default();
    for (at, c) in (0..BLOCK).filter_map(|at| Some((at, char::from_u32(from + at)?))) {
        let (word, bit) = ((at / u64::BITS) as usize, at % u64::BITS);
        kinds[0][word] |= u64::from(c.is_alphabetic()) << bit;
        kinds[1][word] |= u64::from(c.is_alphanumeric()) << bit;
    }
    kinds
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_says_what_the_library_says() {
        for c in (0..0x11_0000).filter_map(char::from_u32) {
            assert_eq!(
                (is_letter(c), is_letter_or_digit(c)),
                (c.is_alphabetic(), c.is_alphanumeric()),
                "{c:?}"
            );
        }
    }
}
