//! Query parameters that say where a reader came from, or who the reader is. They never change what
//! a page shows, so they are no part of an article's name.

/// Names in lower case; `…*` stands for all that begin so.
const TRACKING: &[&str] = &[
    // campaigns: Google, Matomo, AT Internet, Webtrekk, Adobe, Comscore, HubSpot, Marketo, Mailchimp, Omeda
    "utm_*",
    "mtm_*",
    "pk_campaign",
    "pk_kwd",
    "pk_source",
    "pk_medium",
    "pk_content",
    "piwik_campaign",
    "piwik_kwd",
    "at_campaign",
    "at_medium",
    "at_custom*",
    "xtor",
    "wt_mc",
    "wt_zmc",
    "s_kwcid",
    "s_cid",
    "cmpid",
    "icid",
    "ito",
    "ocid",
    "mbid",
    "cmp",
    "ns_campaign",
    "ns_mchannel",
    "ns_source",
    "ns_linkname",
    "ns_fee",
    "_hsenc",
    "_hsmi",
    "hsctatracking",
    "hss_channel",
    "mkt_tok",
    "mc_cid",
    "mc_eid",
    "oly_enc_id",
    "oly_anon_id",
    "vero_id",
    "__s",
    // clicks: the networks' own numbers
    "fbclid",
    "fb_action_ids",
    "fb_action_types",
    "fb_ref",
    "fb_source",
    "gclid",
    "gclsrc",
    "dclid",
    "wbraid",
    "gbraid",
    "msclkid",
    "yclid",
    "ysclid",
    "twclid",
    "ttclid",
    "li_fat_id",
    "igshid",
    "igsh",
    "rb_clickid",
    "srsltid",
    "ref_src",
    "ref_url",
    "__twitter_impression",
    "_ga",
    "_gl",
    "guccounter",
    "guce_referrer",
    "guce_referrer_sig",
    // what AMP caches and viewers add
    "amp_js_v",
    "amp_gsa",
    "usqp",
    // WordPress: the comment form's links to the page itself
    "replytocom",
    "like_comment",
    // sessions
    "phpsessid",
    "jsessionid",
    "aspsessionid*",
    "cfid",
    "cftoken",
];

/// `share` is a common name: it is Jetpack's link to the page itself only with a network's name.
const NETWORKS: &[&str] = &[
    "facebook",
    "twitter",
    "x",
    "telegram",
    "whatsapp",
    "linkedin",
    "pinterest",
    "reddit",
    "tumblr",
    "email",
    "jetpack-whatsapp",
    "mastodon",
    "threads",
    "bluesky",
    "pocket",
];

/// Whether a `name=value` of a query only tracks readers.
pub(super) fn tracks(pair: &str) -> bool {
    let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
    let name = name.to_ascii_lowercase();
    match name.as_str() {
        "" => true,
        "share" => NETWORKS.contains(&value.to_ascii_lowercase().as_str()),
        "nb" => value == "1",
        name => TRACKING.iter().any(|known| match known.strip_suffix('*') {
            Some(start) => name.starts_with(start),
            None => name == *known,
        }),
    }
}
