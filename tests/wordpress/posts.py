"""What the test's newsroom prints: invented stories of an island that does not exist."""

import random

AUTHORS = ["Sekar Wulandari", "Bagas Pratomo", "I Ketut Lingga", "Marlina Siregar"]
DESKS = ["Nasional", "Ekonomi", "Olahraga", "Sains", "Budaya", "Dunia"]

# The page's words, the places, the agency. Of each kind that Indonesian newsrooms print.
DATELINES = [
    ("Surabaya – ", ["Surabaya"], None),
    ("SUKARIMBA, KABARTERAJU.com – ", ["SUKARIMBA"], "KABARTERAJU.com"),
    ("Jakarta (LENTERA) - ", ["Jakarta"], "LENTERA"),
    ("DENPASAR — ", ["DENPASAR"], None),
    ("", [], None),
    ("KABARTERAJU.CO.ID, SUKARIMBA -- ", ["SUKARIMBA"], "KABARTERAJU.CO.ID"),
    ("Makassar, Kabar Teraju – ", ["Makassar"], "Kabar Teraju"),
    ("PORT ELLERY, 19 Oktober (Meridian) - ", ["PORT ELLERY"], "Meridian"),
    ("Bandar Lampung, 18/10 (LENTERA) - ", ["Bandar Lampung"], "LENTERA"),
    ("Bandung/Cirebon – ", ["Bandung", "Cirebon"], None),
    ("Yogyakarta - ", ["Yogyakarta"], None),
]

WHO = ["Kepala pelabuhan Teluk Manyar", "Ketua koperasi nelayan", "Seorang guru di Bukit Pandan", "Juru bicara balai kota",
       "Peneliti dari kebun raya", "Pelatih klub Elang Teraju", "Direktur pasar induk", "Petugas menara suar"]
SAYS = ["menuturkan", "memperkirakan", "membenarkan", "menyangkal bahwa", "berharap", "mencatat"]
WHAT = ["hasil tangkapan musim ini mencapai 1.250 ton", "jembatan gantung itu baru selesai sesudah musim hujan",
        "lebih dari 340 keluarga memakai air dari sumur baru", "tidak ada warga yang terluka dalam kejadian itu",
        "anggaran perpustakaan keliling naik menjadi Rp4,75 miliar", "pertandingan ulang berlangsung pada Sabtu (19/10/2024)",
        "kapal terakhir berangkat pukul 21.40 waktu setempat", "benih yang dibagikan cukup untuk 86 hektare sawah"]
AND_SO = ["", ", katanya kepada wartawan", " setelah rapat di aula kecamatan", ", walau sebagian pedagang meragukannya",
          " – sesuatu yang jarang terjadi di pulau itu", ", menurut keterangan tertulis", ". “Kami sudah menghitungnya dua kali,” ujarnya",
          ". \"Angkanya belum akhir,\" kata dia"]
THING = ["Panen Garam", "Kapal Suar", "Pasar Apung", "Klub Elang", "Sekolah Terapung", "Kebun Raya", "Jalur Bukit", "Sumur Warga"]
FATE = ["Dibuka Lagi", "Menunggu Izin", "Dihitung Ulang", "Bikin Penasaran", "Catat Angka Baru", "Tunda Rencana", "Raih Piala"]


def paragraph(text):
    return {"kind": "p", "text": text}


def sentence(dice):
    return f"{dice.choice(WHO)} {dice.choice(SAYS)} {dice.choice(WHAT)}{dice.choice(AND_SO)}."


def prose(dice, count, dateline=""):
    """So many paragraphs, the first behind a dateline."""
    texts = [" ".join(sentence(dice) for _ in range(2 + n % 2)) for n in range(count)]
    texts[0] = dateline + texts[0]
    return [paragraph(text) for text in texts]


def extras(n, topic):
    """What stands between the paragraphs of story n, by its place."""
    more = []
    if n % 4 == 0:
        more.append((2, {"kind": "also", "text": f"{THING[(n + 3) % 8]} {FATE[n % 7]}"}))
    if n % 5 == 1:
        more.append((1, {"kind": "figure", "name": f"foto-{n}", "text": f"Suasana {topic.lower()}. (Foto: Dok. Kabar Teraju)"}))
    if n % 6 == 2:
        more.append((3, {"kind": "quote", "text": "Kami menunggu dengan sabar, tetapi tidak selamanya."}))
    if n % 7 == 3:
        more.append((3, {"kind": "list", "items": ["Garam kasar: Rp3.400", "Garam halus: Rp5.900", "Garam batu: Rp7.100"]}))
    if n % 8 == 4:
        more.append((3, {"kind": "heading", "text": "Bagaimana kelanjutannya"}))
    return more


def content(blocks, editor):
    """The post as the editor saves it."""
    return "".join(block_markup(block) if editor == "block" else classic_markup(block) for block in blocks)


def markup(block):
    kind, text = block["kind"], block.get("text", "")
    if kind == "p":
        head = block.get("strong", "")
        return f"<p>{f'<strong>{head}</strong> ' + text.removeprefix(head).lstrip() if head else text}</p>"
    if kind == "also":
        return f'<p><strong>Baca juga: <a href="/">{text}</a></strong></p>'
    if kind == "figure":
        return f'<figure class="wp-block-image"><img src="/wp-content/uploads/{block["name"]}.png" alt=""/><figcaption>{text}</figcaption></figure>'
    if kind == "quote":
        return f'<blockquote class="wp-block-quote"><p>{text}</p></blockquote>'
    if kind == "list":
        return f"<ul>{''.join(f'<li>{item}</li>' for item in block['items'])}</ul>"
    if kind == "heading":
        return f"<h2>{text}</h2>"
    return {"page": "<!--nextpage-->", "more": "<!--more-->"}.get(kind, text)


def block_markup(block):
    name = {"p": "paragraph", "also": "paragraph", "figure": "image", "page": "nextpage"}.get(block["kind"], block["kind"])
    return f"<!-- wp:{name} -->\n{markup(block)}\n<!-- /wp:{name} -->\n\n"


def classic_markup(block):
    kind, text = block["kind"], block.get("text", "")
    if kind == "figure":
        return (f'[caption id="" align="aligncenter" width="640"]<img src="/wp-content/uploads/{block["name"]}.png" width="640"'
                f' height="360" /> {text}[/caption]\n\n')
    # The classic editor has no paragraphs: WordPress makes them of blank lines.
    return markup(block).removeprefix("<p>").removesuffix("</p>") + "\n\n"


def visible(blocks):
    """The paragraphs of the body, as a reader sees them; those of a story in pages stand on several."""
    for block in blocks:
        if block["kind"] == "list":
            yield from block["items"]
        elif block["kind"] in ("p", "quote", "heading"):
            yield block["text"]


def story(key, title, blocks, n=0, *, dateline=("", [], None), editor="block", status="publish", comments=0, **fields):
    """One story, and what must come of it."""
    day, hour = 1 + (n * 7) % 20, 6 + n % 14
    fields = {"post_title": title, "post_content": content(blocks, editor), "post_status": status, "comment_status": "open",
              "post_date": f"2024-10-{day:02} {hour:02}:{n * 13 % 60:02}:00", **fields}
    raw, places, agency = dateline
    texts = list(visible(blocks))
    seen = texts + ([texts[0].removeprefix(raw)] if raw else [])
    order = {"do": "post", "author": AUTHORS[n % 4], "category": DESKS[n % 6], "fields": fields, "seen": seen,
             "picture": f"utama-{key}" if n % 2 else ""}
    comment = "Tinggalkan Balasan saya di sini: {} setuju dengan berita ini. Jakarta – begitu katanya."
    return {"key": key, "order": order, "raw": raw, "places": places, "agency": agency, "blocks": blocks, "editor": editor,
            "comments": [comment.format(word) for word in ["tidak", "kurang", "sangat"][:comments]]}


def plain(n, dice):
    topic, dateline = THING[n % 8], DATELINES[n % len(DATELINES)]
    blocks = prose(dice, 4 + dice.randrange(4), dateline[0])
    if n % 3 == 0 and dateline[0]:
        blocks[0]["strong"] = dateline[0].rstrip()
    for place, block in reversed(extras(n, topic)):
        blocks.insert(place, block)
    title = f"{topic} {FATE[n % 7]}" + (" – “Ini Soal Waktu”" if n % 9 == 0 else "") + f", Kata Warga ({n})"
    return story(f"plain-{n}", title, blocks, n, dateline=dateline, editor="classic" if n % 5 == 0 else "block",
                 comments=n % 4, **({"comment_status": "closed"} if n % 6 == 5 else {}))


def newsroom():
    """All stories, in the order in which they are posted."""
    dice = random.Random(20261123)
    stories = [plain(n, dice) for n in range(1, 31)]
    semarang = ("Semarang – ", ["Semarang"], None)
    paged = prose(dice, 9, "Semarang – ")
    paged[6:6], paged[3:3] = [{"kind": "page"}], [{"kind": "page"}]
    video = prose(dice, 4, "Semarang – ")
    video.insert(1, {"kind": "html", "text": "<div class=\"iklan\"><script>var a = 'Semarang – bukan isi';</script><style>.iklan { color: red }</style></div>"})
    video.insert(3, {"kind": "more"})
    quoting = prose(dice, 3, "Semarang – ") + [paragraph(
        "Pada formulir lama itu tertulis kata-kata “Alamat email Anda tidak akan dipublikasikan” sebelum kolom nama, dan arsip menyimpannya apa adanya.")]
    return stories + [
        story("paged", "Laporan Panjang dalam Tiga Halaman", paged, 31, dateline=semarang, editor="classic"),
        story("video", "Video yang Ditonton Seisi Pulau", video, 32, dateline=semarang, comments=1),
        story("quoting", "Formulir Lama Disimpan di Museum", quoting, 33, dateline=semarang, comments=2),
        story("short", "Kabar Singkat dari Menara", [paragraph("Semarang – Lampu menara suar menyala lagi malam ini, kata petugasnya, setelah padam tiga hari.")], 34, dateline=semarang),
        story("moving", "Kantor Pos Pindah Alamat", prose(dice, 4, "Semarang – "), 35, dateline=semarang, post_name="kantor-pos-lama"),
        story("prefix", "Garam", prose(dice, 4, "Semarang – "), 36, dateline=semarang, post_name="garam"),
        story("longer", "Garam Naik Kelas", prose(dice, 4, "Semarang – "), 36, dateline=semarang, post_name="garam-naik-kelas"),
        story("doomed", "Berita yang Akan Dibuang", prose(dice, 4, "Semarang – "), 38, dateline=semarang, post_name="akan-dibuang"),
        story("erased", "Berita yang Akan Dihapus", prose(dice, 4, "Semarang – "), 39, dateline=semarang, post_name="akan-dihapus"),
        # What no reader may see.
        story("password", "Khusus Pelanggan", prose(dice, 4), 40, post_password="rahasia"),
        story("private", "Catatan Redaksi", prose(dice, 4), 41, status="private"),
        story("draft", "Naskah Belum Jadi", prose(dice, 4), 42, status="draft"),
        story("future", "Terbit Tahun Depan", prose(dice, 4), 43, status="future", post_date="2099-01-01 10:00:00"),
        story("trashed", "Sudah Dibuang", prose(dice, 4), 44, status="publish"),
        story("deleted", "Sudah Dihapus", prose(dice, 4), 45, status="publish"),
        story("page", "Tentang Kami", [paragraph("Kabar Teraju terbit di pulau yang tidak ada pada peta mana pun, sejak tahun 1962.")], 46, post_type="page"),
    ]


HIDDEN = ["password", "private", "draft", "future", "trashed", "deleted"]
