//! DEFLATE (RFC 1951), for sitemaps that are gzip files rather than gzip-encoded answers, which the
//! HTTP client does not unpack. The output is capped, because a few kilobytes can unpack to
//! gigabytes.

/// Why data does not unpack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// The data ends too early.
    Cut,
    /// The data is no DEFLATE stream.
    Corrupt,
    /// It unpacks to more than the cap.
    TooLarge,
}

/// Unpacks one stream, appending to `out` up to `cap` bytes in all, and returns how many bytes of
/// `data` it took.
pub(super) fn inflate(data: &[u8], out: &mut Vec<u8>, cap: usize) -> Result<usize, Fault> {
    let mut stream = Stream { bits: Bits { data, at: 0, held: 0, count: 0 }, start: out.len(), out, cap };
    loop {
        let last = stream.bits.take(1)? == 1;
        match stream.bits.take(2)? {
            0 => stream.stored()?,
            1 => stream.coded(&Codes::fixed())?,
            2 => {
                let codes = Codes::read(&mut stream.bits)?;
                stream.coded(&codes)?;
            }
            _ => return Err(Fault::Corrupt),
        }
        if last {
            return Ok(stream.bits.whole_bytes());
        }
    }
}

/// Bits, lowest first.
struct Bits<'a> {
    data: &'a [u8],
    at: usize,
    held: u32,
    count: u32,
}

impl Bits<'_> {
    fn take(&mut self, count: u32) -> Result<u32, Fault> {
        while self.count < count {
            let byte = *self.data.get(self.at).ok_or(Fault::Cut)?;
            self.held |= u32::from(byte) << self.count;
            self.at += 1;
            self.count += 8;
        }
        let value = self.held & ((1 << count) - 1);
        self.held >>= count;
        self.count -= count;
        Ok(value)
    }

    /// Drops the rest of the current byte and says how many bytes were read.
    fn whole_bytes(&mut self) -> usize {
        self.at -= (self.count / 8) as usize;
        (self.held, self.count) = (0, 0);
        self.at
    }
}

struct Stream<'a, 'o> {
    bits: Bits<'a>,
    out: &'o mut Vec<u8>,
    /// Where this stream's output starts: a copy never reaches back behind it.
    start: usize,
    cap: usize,
}

impl Stream<'_, '_> {
    fn stored(&mut self) -> Result<(), Fault> {
        let at = self.bits.whole_bytes();
        let head = self.bits.data.get(at..at + 4).ok_or(Fault::Cut)?;
        let length = usize::from(u16::from_le_bytes([head[0], head[1]]));
        if head[0] != !head[2] || head[1] != !head[3] {
            return Err(Fault::Corrupt);
        }
        let bytes = self.bits.data.get(at + 4..at + 4 + length).ok_or(Fault::Cut)?;
        self.room(length)?;
        self.out.extend_from_slice(bytes);
        self.bits.at = at + 4 + length;
        Ok(())
    }

    fn coded(&mut self, codes: &Codes) -> Result<(), Fault> {
        loop {
            match codes.literals.decode(&mut self.bits)? {
                literal @ 0..=255 => {
                    self.room(1)?;
                    self.out.push(literal as u8);
                }
                256 => return Ok(()),
                symbol => {
                    let length = self.extended(&LENGTHS, usize::from(symbol) - 257)?;
                    let symbol = codes.distances.decode(&mut self.bits)?;
                    let distance = self.extended(&DISTANCES, usize::from(symbol))?;
                    self.copy(length, distance)?;
                }
            }
        }
    }

    fn extended(&mut self, table: &[(u16, u8)], symbol: usize) -> Result<usize, Fault> {
        let (base, extra) = *table.get(symbol).ok_or(Fault::Corrupt)?;
        Ok(usize::from(base) + self.bits.take(u32::from(extra))? as usize)
    }

    fn copy(&mut self, length: usize, distance: usize) -> Result<(), Fault> {
        let from = self.out.len().checked_sub(distance).filter(|from| *from >= self.start);
        let from = from.ok_or(Fault::Corrupt)?;
        self.room(length)?;
        // Byte by byte: what is copied may be what this copy has just written.
        for at in from..from + length {
            self.out.push(self.out[at]);
        }
        Ok(())
    }

    fn room(&self, length: usize) -> Result<(), Fault> {
        if self.out.len() + length > self.cap { Err(Fault::TooLarge) } else { Ok(()) }
    }
}

/// The two codes of a block.
struct Codes {
    literals: Code,
    distances: Code,
}

impl Codes {
    /// RFC 1951 §3.2.6.
    fn fixed() -> Self {
        let mut lengths = [8; 288];
        lengths[144..256].fill(9);
        lengths[256..280].fill(7);
        Self { literals: Code::new(&lengths), distances: Code::new(&[5; 30]) }
    }

    /// RFC 1951 §3.2.7.
    fn read(bits: &mut Bits<'_>) -> Result<Self, Fault> {
        const ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
        let literals = bits.take(5)? as usize + 257;
        let distances = bits.take(5)? as usize + 1;
        let mut lengths = [0; 19];
        for at in ORDER.iter().take(bits.take(4)? as usize + 4) {
            lengths[*at] = bits.take(3)? as u8;
        }
        let code = Code::new(&lengths);
        let mut lengths = Vec::with_capacity(literals + distances);
        while lengths.len() < literals + distances {
            let (value, times) = match code.decode(bits)? {
                16 => (*lengths.last().ok_or(Fault::Corrupt)?, 3 + bits.take(2)?),
                17 => (0, 3 + bits.take(3)?),
                18 => (0, 11 + bits.take(7)?),
                length => (length as u8, 1),
            };
            lengths.extend(std::iter::repeat_n(value, times as usize));
        }
        if lengths.len() > literals + distances {
            return Err(Fault::Corrupt);
        }
        let (literals, distances) = lengths.split_at(literals);
        Ok(Self { literals: Code::new(literals), distances: Code::new(distances) })
    }
}

/// A canonical Huffman code: how many symbols have each length, and the symbols in order.
struct Code {
    counts: [u16; 16],
    symbols: Vec<u16>,
}

impl Code {
    fn new(lengths: &[u8]) -> Self {
        let mut counts = [0; 16];
        let mut symbols = Vec::with_capacity(lengths.len());
        for length in 1..16u8 {
            for (symbol, _) in (0..).zip(lengths).filter(|(_, l)| **l == length) {
                symbols.push(symbol);
                counts[usize::from(length)] += 1;
            }
        }
        Self { counts, symbols }
    }

    /// Goes one bit deeper at a time; what no code starts with is corrupt.
    fn decode(&self, bits: &mut Bits<'_>) -> Result<u16, Fault> {
        let (mut code, mut first, mut index) = (0i32, 0i32, 0i32);
        for count in &self.counts[1..] {
            code |= bits.take(1)? as i32;
            let count = i32::from(*count);
            if code - count < first {
                let at = usize::try_from(index + (code - first)).map_err(|_| Fault::Corrupt)?;
                return self.symbols.get(at).copied().ok_or(Fault::Corrupt);
            }
            index += count;
            first = (first + count) << 1;
            code <<= 1;
        }
        Err(Fault::Corrupt)
    }
}

/// Base and extra bits of the lengths 257 to 285 (RFC 1951 §3.2.5).
#[rustfmt::skip]
const LENGTHS: [(u16, u8); 29] = [
    (3, 0), (4, 0), (5, 0), (6, 0), (7, 0), (8, 0), (9, 0), (10, 0), (11, 1), (13, 1), (15, 1), (17, 1),
    (19, 2), (23, 2), (27, 2), (31, 2), (35, 3), (43, 3), (51, 3), (59, 3), (67, 4), (83, 4), (99, 4),
    (115, 4), (131, 5), (163, 5), (195, 5), (227, 5), (258, 0),
];

/// Base and extra bits of the distances.
#[rustfmt::skip]
const DISTANCES: [(u16, u8); 30] = [
    (1, 0), (2, 0), (3, 0), (4, 0), (5, 1), (7, 1), (9, 2), (13, 2), (17, 3), (25, 3), (33, 4), (49, 4),
    (65, 5), (97, 5), (129, 6), (193, 6), (257, 7), (385, 7), (513, 8), (769, 8), (1025, 9), (1537, 9),
    (2049, 10), (3073, 10), (4097, 11), (6145, 11), (8193, 12), (12289, 12), (16385, 13), (24577, 13),
];
