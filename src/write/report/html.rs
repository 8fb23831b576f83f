//! HTML made safely: text is escaped where it becomes [`Html`], so that no name in a scenario can become markup.

use std::fmt::Write as _;

use serde_json::Value;
use sha2::{Digest, Sha256};

/// Markup that is ready to stand in a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    /// Nothing.
    #[must_use]
    pub const fn nothing() -> Self {
        Self(String::new())
    }

    /// A text as text: every sign that could be markup is escaped.
    #[must_use]
    pub fn text(text: impl AsRef<str>) -> Self {
        let mut out = String::with_capacity(text.as_ref().len());
        for sign in text.as_ref().chars() {
            match sign {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '"' => out.push_str("&quot;"),
                '\'' => out.push_str("&#39;"),
                // A page may not hold these, and a name has no use for them.
                c if c.is_control() && !matches!(c, '\n' | '\t') => out.push(' '),
                c => out.push(c),
            }
        }
        Self(out)
    }

    /// Markup this program wrote itself: a template, a picture it drew.
    #[must_use]
    pub fn trusted(markup: impl Into<String>) -> Self {
        Self(markup.into())
    }

    /// An element; the values of attributes are escaped.
    #[must_use]
    pub fn element(name: &str, attributes: &[(&str, &str)], content: impl Into<Self>) -> Self {
        let mut out = format!("<{name}");
        for (key, value) in attributes {
            let _ = write!(out, " {key}=\"{}\"", Self::text(value).0);
        }
        let content: Self = content.into();
        let _ = write!(out, ">{}</{name}>", content.0);
        Self(out)
    }

    /// An element without attributes.
    #[must_use]
    pub fn tag(name: &str, content: impl Into<Self>) -> Self {
        Self::element(name, &[], content)
    }

    /// Whether there is nothing to show.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// As it stands in the page.
    #[must_use]
    pub fn markup(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Html {
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}

impl From<String> for Html {
    fn from(text: String) -> Self {
        Self::text(text)
    }
}

impl FromIterator<Self> for Html {
    fn from_iter<I: IntoIterator<Item = Self>>(parts: I) -> Self {
        Self(parts.into_iter().map(|part| part.0).collect())
    }
}

/// A template with `{{name}}` replaced, once from its beginning to its end: what is put in is not looked at again.
#[must_use]
pub fn fill(template: &str, parts: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(template.len() + parts.iter().map(|(_, part)| part.len()).sum::<usize>());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        out.push_str(before);
        let (name, behind) = after.split_once("}}").unwrap_or((after, ""));
        out.push_str(parts.iter().find(|(key, _)| *key == name.trim()).map_or("", |(_, part)| part));
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// Data for the page's own script: JSON that cannot end the element it stands in, nor open a comment there.
#[must_use]
pub fn island(data: &Value) -> String {
    let mut out = String::new();
    for sign in data.to_string().chars() {
        match sign {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            c => out.push(c),
        }
    }
    out
}

/// The digest by which a page's policy names the one script or style it allows.
#[must_use]
pub fn integrity(text: &str) -> String {
    format!("'sha256-{}'", base64(&Sha256::digest(text.as_bytes())))
}

fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for three in bytes.chunks(3) {
        let bits = three.iter().chain([0, 0].iter()).take(3).fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte));
        for at in 0..4 {
            let sign = SIGNS[(bits >> (18 - 6 * at) & 63) as usize] as char;
            out.push(if at <= three.len() { sign } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_stay_texts() {
        assert_eq!(Html::text("<script>\"&'\u{0}").markup(), "&lt;script&gt;&quot;&amp;&#39; ");
        assert_eq!(Html::element("a", &[("title", "\"><b>")], "镇").markup(), "<a title=\"&quot;&gt;&lt;b&gt;\">镇</a>");
    }

    #[test]
    fn what_is_put_in_is_no_template() {
        assert_eq!(fill("a {{one}} b {{ two }} {{none}}c", &[("one", "{{two}}"), ("two", "2")]), "a {{two}} b 2 c");
        assert_eq!(fill("{{open", &[("open", "x")]), "x");
    }

    #[test]
    fn data_cannot_leave_its_element() {
        let out = island(&serde_json::json!({ "name": "</script><!--\u{2028}&" }));
        assert!(!out.contains('<') && !out.contains('&') && !out.contains('\u{2028}'), "{out}");
        assert_eq!(serde_json::from_str::<Value>(&out).unwrap()["name"], "</script><!--\u{2028}&");
    }

    /// RFC 4648, section 10; SHA-256 of "abc" from FIPS 180-2.
    #[test]
    fn digests_are_written_as_policies_want_them() {
        for (bytes, text) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
        assert_eq!(integrity("abc"), "'sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0='");
    }
}
