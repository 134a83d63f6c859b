"""Pages in many scripts, and with everything that a format could stumble over, as a WARC file."""

import gzip
import html

FILLER = [
    "Panitia menyebut persiapan sudah berjalan sejak awal bulan dan melibatkan warga dari empat desa di sekitar waduk.",
    "Kepala desa menambahkan bahwa jalan menuju lokasi akan ditutup untuk kendaraan besar sampai malam hari nanti.",
]

# language, headline, paragraphs
STORIES = [
    ("id", "Harga <beras> & gula naik \"lagi\"", ["=1+1 bukan rumus, a < b && c > d.", "Tanda ]]> dan -- dan &amp; tetap utuh."]),
    ("ar", "افتتاح السوق العائم من جديد", ["عاد أربعون قاربا إلى البيع في البحيرة صباح يوم الاثنين بعد توقف دام ثلاثة أشهر.", "وقال رئيس القرية إن الطريق سيغلق أمام الشاحنات حتى المساء."]),
    ("he", "השוק הצף נפתח מחדש", ["ארבעים סירות חזרו למכור באגם ביום שני בבוקר לאחר הפסקה של שלושה חודשים.", "ראש הכפר אמר שהדרך תיסגר למשאיות עד הערב."]),
    ("zh-Hant", "水上市場重新開放", ["四十艘船於星期一早上重返湖上做生意，此前市場停業三個月。居民表示歡迎。", "村長說，道路將對大型車輛封閉至晚上，公共交通則照常行駛。"]),
    ("ja", "水上市場が再開", ["月曜日の朝、四十隻の船が三か月ぶりに湖に戻り、商売を再開した。", "村長によると、道路は夜まで大型車両通行止めとなる。"]),
    ("th", "ตลาดน้ำเปิดอีกครั้ง", ["เรือสี่สิบลำกลับมาค้าขายในทะเลสาบเช้าวันจันทร์หลังหยุดไปสามเดือน", "ผู้ใหญ่บ้านกล่าวว่าถนนจะปิดสำหรับรถบรรทุกจนถึงค่ำ"]),
    ("en", "Emoji 🚤, soft\u00adhyphen and a very-long-" + "word" * 40, ["A zero\u200bwidth space, a combining e\u0301 and a tab\there.", "Nothing of it may break a page."]),
    ("not a language!", "Tag bahasa yang salah", ["Isi pertama dari berita ini cukup panjang untuk dibaca.", "Isi kedua dari berita ini juga."]),
]


def page(language, title, paragraphs):
    body = "".join(f"<p>{html.escape(text)}</p>" for text in [*paragraphs, *FILLER])
    extra = ("<h2>Daftar</h2><ul><li>satu &amp; dua</li><li>tiga</li></ul><blockquote><p>“Kami senang,” kata warga.</p></blockquote>"
             "<table><tr><td>Kapal</td><td>40</td></tr><tr><td>Desa</td><td>4</td></tr></table><pre>  baris\n    dua</pre>")
    return (f'<!DOCTYPE html><html lang="{html.escape(language)}"><head><meta charset="utf-8"><title>{html.escape(title)}</title>'
            f'<meta property="article:published_time" content="2026-02-01T10:00:00+07:00"></head>'
            f"<body><article><h1>{html.escape(title)}</h1>{body}{extra}</article></body></html>").encode()


def record(number, page):
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
    head = (f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012d}>\r\n"
            f"WARC-Date: 2026-02-0{number}T08:00:00Z\r\nWARC-Target-URI: https://naskah.example/berita/{number}\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n")
    return gzip.compress(head.encode() + block + b"\r\n\r\n", mtime=0)


def warc():
    return b"".join(record(number, page(*story)) for number, story in enumerate(STORIES, 1))
