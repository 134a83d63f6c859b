//! Words that tell what a change is about, in Indonesian and English. All lists in lower case.

use std::collections::HashSet;
use std::sync::LazyLock;

/// A list of words, looked up by hash.
pub(super) struct Words(LazyLock<HashSet<&'static str>>);

impl Words {
    /// Whether the list has the word (in lower case).
    pub fn has(&self, word: &str) -> bool {
        self.0.contains(word)
    }
}

macro_rules! lists {
    ($($(#[doc = $doc:literal])+ $name:ident = $text:literal;)+) => {$(
        $(#[doc = $doc])+
        pub(super) static $name: Words = Words(LazyLock::new(|| $text.split_whitespace().collect()));
    )+};
}

lists! {
    /// They turn a sentence into its contrary. (`-n't` is looked for apart.)
    NEGATION = "tidak tak bukan belum jangan tanpa tiada nggak enggak ngga gak ndak kagak takkan nihil non
        bukannya tidaknya no not never none nor without neither nobody nothing nowhere cannot cant dont isnt wont
        aint nope nay";
    /// Months, written out.
    MONTH = "januari februari pebruari maret april mei juni juli agustus september oktober november nopember
        desember january february march may june july august october december";
    /// Months, short: only beside a number.
    MONTH_SHORT = "jan feb mar apr jun jul agt agu agst aug sep sept okt oct nov nop des dec";
    /// Days of the week: with a capital.
    WEEKDAY = "senin selasa rabu kamis jumat jum'at sabtu minggu ahad monday tuesday wednesday thursday friday
        saturday sunday";
    /// Days as seen from today, times of day, time zones.
    DAYTIME = "kemarin besok lusa today yesterday tomorrow tonight pagi siang sore petang malam subuh dini wib
        wita wit gmt utc midnight noon morning afternoon evening";
    /// Behind a number of one or two parts: a time of day.
    ZONE = "wib wita wit gmt utc am pm a.m p.m";
    /// Behind them any number is a time or a day.
    AT = "pukul jam tanggal tgl";
    /// Behind them what looks like a year is one.
    IN = "tahun thn pertengahan awal akhir since in sejak hingga by until
        bulan abad";
    /// Spans of time: with `lalu`, `ago` and the like they make a date.
    SPAN = "detik menit jam hari pekan minggu bulan tahun second seconds minute minutes hour hours day days
        week weeks month months year years";
    /// Behind a span of time: reckoned from now.
    FROM_NOW = "lalu silam yang kemudian mendatang lagi ago later earlier";
    /// Numbers in words, and how many times.
    NUMERAL = "nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas belas puluh ratus seratus
        ribu seribu juta sejuta miliar milyar semiliar triliun trilyun setriliun lusin selusin kodi setengah separuh
        seperempat sepertiga puluhan belasan ratusan ribuan jutaan miliaran triliunan pertama kedua ketiga keempat
        kelima keenam ketujuh kedelapan kesembilan kesepuluh zero one two three four five six seven eight nine ten
        eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty
        seventy eighty ninety hundred hundreds thousand thousands million millions billion billions trillion
        trillions dozen dozens half third quarter twice double triple first fifth sixth";
    /// Units: a number means something else when one of them changes beside it.
    UNIT = "persen persentase percent poin point points km kilometer kilometers kilometre kilometres m meter meters
        metre metres cm mm mil mile miles kaki feet foot kg kilogram kilograms kilo gram grams ton tons tonne tonnes
        kuintal liter litre litres liters ha hektare hektar hectare hectares acre acres derajat degrees celsius
        fahrenheit rupiah rp idr dolar dollar dollars us$ usd sgd euro euros eur yen yuan ringgit pound pounds won
        baht gbp cent cents sen watt kilowatt megawatt gigawatt kw mw gw kwh barel barrel barrels bps basis orang
        detik menit jam hari pekan minggu bulan tahun seconds second minutes minute hours hour days day weeks week
        months month years year magnitudo magnitude sr kali times lembar unit ekor rumah people";
    /// Before a number they bend it: `lebih dari 5`.
    HEDGE = "sekitar hampir lebih kurang minimal maksimal sedikitnya setidaknya kira-kira nyaris paling banyak
        sedikit about around nearly almost over under above below more less fewer least most up only exactly
        persis tepat hanya cuma";
    /// Offices, not names, although they are written with a capital before a name.
    OFFICE = "presiden wakil menteri gubernur bupati wali kota walikota kapolri kapolda kapolres panglima ketua
        sekretaris jenderal direktur kepala camat lurah hakim jaksa anggota juru bicara komisaris polisi utama
        president vice minister prime governor mayor secretary general chairman chair director chief judge senator
        representative spokesman spokeswoman professor prof dr bapak ibu pak bu tuan nyonya mr mrs ms sir";
    /// Words that often open a sentence and are no names.
    OPENER = "ia dia mereka kami kita saya anda aku kalian ini itu hal pada di dari ke dalam untuk dengan oleh
        sebagai atas bagi antara namun tetapi tapi meski meskipun walau walaupun karena sebab akibat sehingga
        jika kalau bila apabila saat ketika setelah sebelum sejak hingga sampai selama sementara selain serta dan
        atau juga lalu kemudian selanjutnya akhirnya bahkan justru hanya sekitar hampir lebih kurang para semua
        seluruh setiap tiap beberapa banyak sejumlah sebanyak seorang seekor sebuah suatu salah adapun bahwa agar
        supaya maka yang apa siapa kapan bagaimana mengapa kenapa ada adalah akan telah sudah masih korban warga
        polisi petugas tim pihak aparat pemerintah pejabat pelaku tersangka terdakwa saksi hakim jaksa jenazah
        kebakaran gempa banjir longsor kecelakaan peristiwa kejadian kasus harga nilai jumlah total data hasil
        gubernur bupati presiden menteri wakil ketua kepala direktur sekretaris anggota dewan partai redaksi
        the a an this that these those he she it they we i you in on at by for from with of to as and or but if
        when while after before since until because although though however moreover meanwhile also then there
        here who what where why how all some many most more police officials officer officers authorities
        residents witnesses victims president minister governor mayor two three four five one another both each
        every no not its his her their our my your earlier later last next among about over under";
}

/// Whether a word (lower case) negates: itself, one of its hyphenated parts, or with a particle.
pub(super) fn negates(word: &str) -> bool {
    let plain = |word: &str| {
        NEGATION.has(word)
            || word.ends_with("n't")
            || ["lah", "kah", "nya", "pun"]
                .iter()
                .any(|end| word.strip_suffix(end).is_some_and(|stem| NEGATION.has(stem)))
    };
    plain(word) || word.split('-').any(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn negations_are_known_in_their_forms() {
        for word in ["tidak", "tidaklah", "bukankah", "belum", "don't", "non-aktif", "tak-terduga", "never"] {
            assert!(negates(word), "{word}");
        }
        for word in ["takut", "notaris", "bukanlahan", "nonton"] {
            assert!(!negates(word), "{word}");
        }
    }
}
