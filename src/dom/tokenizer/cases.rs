//! Pages for the tests of the tokenizer: each of the standard's states, and what leads through it.

/// The states and their pages.
#[rustfmt::skip]
pub(super) const CASES: &[(&str, &[&str])] = &[
    ("data", &[
        "", "a", "a < b", "a <", "a&b", "\u{feff}a", "a\u{feff}", "a\0b", "\0", "a\r\nb\rc\n\rd\r",
    ]),
    ("tag open", &[
        "<", "<a", "<!", "<?", "<?php a > b", "<1>", "< a>", "<\0>", "<\u{e4}>", "<<a>>",
    ]),
    ("end tag open", &[
        "</", "</>", "</a", "</ a>b", "</1>b", "</\0>", "</?>b", "<pre></>\nb",
    ]),
    ("tag name", &[
        "<DIV>a</diV>", "<a\0b>c", "<a/b>", "<a\tb>", "<a\x0cb>", "<a\u{e4}>b", "<x-y z=1>", "<a<b>c",
    ]),
    ("attributes", &[
        "<a b>", "<a b c>", "<a =b>", "<a ==b>", "<a b = c>", "<a b= >", "<a b=>c", "<a b='c'd=e>", "<a B=1 b=2>",
        "<a b=c/>", "<br/ >", "<br / a>", "<a/b=c/d>", "<a b\0c='\0d'>", "<a b=c\0d>", "<a b=\"c>d\">e", "<a b='",
        "<a b=\"&", "<a b=c", "<a b", "<a ", "<a b=", "<a /", "<a b='c'", "<a \"b='c'>", "<a b=c\"d'e<f=g`h>",
        "<a <b>c", "<a b\r\n=\r'c\r\nd'>", "<a b=\r\nc>", "<a b='c'\re>",
    ]),
    ("references", &[
        "&amp", "&amp;", "&ampx", "a&ampb;c", "&nope;", "&notit;", "&notin;", "&not", "&", "&;", "&&amp;&", "&#",
        "&#x", "&#X;", "&#65", "&#65;", "&#65x", "&#x80;&#129;&#0;&#xd800;&#x110000;", "&#13;", "&#13", "&#10;a",
        "<pre>&#10;a", "<pre>&#10a", "<pre>\n&#10a", "<pre>&#xa", "<textarea>&#10a</textarea>", "<a b='&amp'>",
        "<a b='&ampc'>", "<a b='&amp=c'>", "<a b='&amp;=c'>", "<a b=&amp>", "<a b=&lt;c&gt>",
        "<a b='&notit;&NotEqualTilde;'>", "<title>&amp;&lt</title>", "<style>&amp;</style>", "&amp\r\n", "&\r\n",
        "&aring\u{e4}", "&ari\u{e4}", "&Aacute;&aacute&AMP&COPYx",
    ]),
    ("texts of their own", &[
        "<title>a<b>c</title>d", "<title>a</TITLE >b", "<title>a</title/>b", "<title>a</titles>b</title>c",
        "<title>a</title", "<title>a</", "<title>a<", "<title>a</title b=c>d", "<title>a</title b='>'>c",
        "<title>a\0b</title>", "<textarea>\n\na</textarea>", "<textarea>\r\na", "<xmp><b></xmp>c",
        "<style>a\0b</style>", "<noscript><p>a</noscript>b", "<iframe><p></iframe>a", "<noframes><b></noframes>",
        "<noembed><b></noembed>", "<plaintext><b>\0</plaintext>", "<svg><title><b>a</title></svg>b",
        "<svg><style><b>a</style></svg>b", "<math><script><b></script></math>", "<select><title>a</title>",
    ]),
    ("scripts", &[
        "<script>a<b</script>c", "<script><!--</script>a", "<script><!--a--></script>b",
        "<script><!--<script></script>a</script>b", "<script><!--<script>a--></script>b</script>c",
        "<script><!--<SCRIPT/</Script x>--></script>a", "<script><!--<scripts></script>a",
        "<script><!--><script></script>a", "<script><!---><script></script>a", "<script><!-a</script>b",
        "<script><!-<!--<script></script>a", "<script><!--<script", "<script><!--<script>", "<script><!--<script>-",
        "<script><!--<script></script", "<script><!--<script></scripts></script>a</script>b", "<script></script",
        "<script><!-- -<script>->- --</script>a--></script>b", "<script><!--<<script></script>a</script>b",
        "<script><!--</scr<script></script>a</script>b", "<script>\0<!--\0<script>\0</script>",
        "<script><!--<script><!--</script>--></script>a", "<script></script>\u{feff}a",
        "<svg><script>a<b/></script>c",
    ]),
    ("comments", &[
        "<!-->a", "<!--->a", "<!---->a", "<!----->a", "<!--a-->b", "<!--a--!>b", "<!--a--!-->b", "<!--a--!->b-->c",
        "<!--!>a-->b", "<!---!>a-->b", "<!----!>a", "<!--a-", "<!--a--", "<!--a---", "<!--a--!", "<!--a", "<!--",
        "<!-", "<!--<!-->a", "<!--<!--->a", "<!--<!->a-->b", "<!--<!--!>a", "<!--a--b-->c", "<!--\0-->", "<!---\0-->",
        "<!--a--\0-->", "<!--a--!\0-->", "<!-a>b", "<!a\0b>c", "<!>a", "<?\0>a", "<!--a\r\nb-->", "<!-\r->a",
    ]),
    ("CDATA", &[
        "<![CDATA[a]]>b", "<svg><![CDATA[a<b>]]>c", "<svg><![CDATA[a]]]>b", "<svg><![CDATA[a]]", "<svg><![CDATA[a]",
        "<svg><![CDATA[", "<svg><![CDATA[a\0b]]>", "<svg><![cdata[a]]>b", "<svg><desc><![CDATA[a]]>b",
        "<svg><![CDATA[]]>", "<math><mi><![CDATA[a]]>b", "<svg><![CDATA[&amp;]]>",
    ]),
    ("doctypes", &[
        "<!DOCTYPE html>a", "<!doctypehtml>", "<!DocType\nHTML >", "<!doctype>", "<!doctype >", "<!doctype",
        "<!doctype ", "<!doctype html", "<!doctype html ", "<!doctype h\0tml>", "<!doctype \0>", "<!doctype html a>b",
        "<!doctype html a", "<!doctype html public>", "<!doctype html public", "<!doctype html publi",
        "<!doctype html PUBLIC'a'>b", "<!doctype html public \"a\0\" 'b'>c", "<!doctype html public 'a'\"b\">c",
        "<!doctype html public 'a' b>c", "<!doctype html public 'a>b", "<!doctype html public 'a",
        "<!doctype html public a>b", "<!doctype html system 'a' >b", "<!doctype html system 'a' b>c",
        "<!doctype html SYSTEM\"about:legacy-compat\"", "<!doctype html system>", "<!doctype html system 'a>b",
        "<!doctype html public '-//W3C//DTD HTML 4.01 Transitional//EN'><table><p>a",
        "<!doctype html public '-//W3C//DTD HTML 4.01 Transitional//EN' 'http://www.w3.org/TR/html4/loose.dtd'>",
        "<!doctype html public 'a' 'b", "<!doctype html public 'a' ", "<!doctype html public 'a' 'b' ", "<!doc>a",
    ]),
    ("what the tree builder decides", &[
        "<pre>\n\na", "<pre>\r\na", "<listing>\na", "<pre><!-- -->\na", "<pre>\0\na", "<meta charset=utf-8>\u{feff}a",
        "<table>a b<tr>c<td>d</table>e", "<table> <tr> ", "a</body> b </html> c", "<frameset> a <frame></frameset> b",
        "<head> a", "<html><head></head> <body>", "<select><b>a<option>c</select>", "<template><td>a</template>b",
        "<b><p>a</b>b</p>c", "<a href=1>b<a href=2>c", "</p>a</br x=y>b", "<svg></p>a", "<svg></br x=y>a",
        "<svg><font color=a>b",
    ]),
];
