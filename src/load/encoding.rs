//! Bytes to text: UTF-8, UTF-16 with its mark, or GB18030 as Chinese Excel and Notepad write it.

use encoding_rs::{Encoding as Table, GB18030, UTF_16BE, UTF_16LE};

/// How a file was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8 without a mark.
    Utf8,
    /// UTF-8 with a byte order mark, as Excel's “CSV UTF-8”.
    Utf8Bom,
    /// UTF-16, either byte order, with its mark.
    Utf16,
    /// GB18030 (with it GBK and GB2312).
    Gb18030,
}

impl Encoding {
    /// The usual name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf8Bom => "UTF-8 (BOM)",
            Self::Utf16 => "UTF-16",
            Self::Gb18030 => "GB18030",
        }
    }
}

/// Why bytes are no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undecodable {
    /// No known encoding; the line (from 1) where UTF-8 fails.
    Unknown {
        /// The line.
        line: usize,
    },
}

/// The text of a file without its byte order mark, and how it was written.
///
/// # Errors
/// When the bytes are valid in none of the encodings.
pub fn decode(bytes: &[u8]) -> Result<(String, Encoding), Undecodable> {
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        return match std::str::from_utf8(rest) {
            Ok(text) => Ok((text.to_owned(), Encoding::Utf8Bom)),
            Err(error) => Err(failed_at(rest, error.valid_up_to())),
        };
    }
    for (mark, table) in [(b"\xFF\xFE", UTF_16LE), (b"\xFE\xFF", UTF_16BE)] {
        if let Some(rest) = bytes.strip_prefix(mark) {
            return strict(table, rest).map(|text| (text, Encoding::Utf16)).ok_or(Undecodable::Unknown { line: 1 });
        }
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok((text.to_owned(), Encoding::Utf8)),
        Err(error) => match strict(GB18030, bytes) {
            Some(text) => Ok((text, Encoding::Gb18030)),
            None => Err(failed_at(bytes, error.valid_up_to())),
        },
    }
}

fn strict(table: &'static Table, bytes: &[u8]) -> Option<String> {
    table.decode_without_bom_handling_and_without_replacement(bytes).map(std::borrow::Cow::into_owned)
}

fn failed_at(bytes: &[u8], valid: usize) -> Undecodable {
    Undecodable::Unknown { line: 1 + bytes.iter().take(valid).filter(|b| **b == b'\n').count() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_chinese_programs_write_is_read() {
        let (gb, _, _) = GB18030.encode("镇,人口\n濛阳镇,73024");
        assert_eq!(decode(&gb), Ok(("镇,人口\n濛阳镇,73024".to_owned(), Encoding::Gb18030)));
        assert_eq!(decode(b"\xEF\xBB\xBF\xE9\x95\x87"), Ok(("镇".to_owned(), Encoding::Utf8Bom)));
        assert_eq!(decode(b"\xFF\xFE\x47\x95"), Ok(("镇".to_owned(), Encoding::Utf16)));
        assert_eq!(decode(b"\xFE\xFF\x95\x47"), Ok(("镇".to_owned(), Encoding::Utf16)));
        assert_eq!(decode("镇".as_bytes()), Ok(("镇".to_owned(), Encoding::Utf8)));
        assert_eq!(decode(b""), Ok((String::new(), Encoding::Utf8)));
    }

    #[test]
    fn what_is_no_text_is_refused_with_its_line() {
        assert_eq!(decode(b"a\nb\n\xFF\xFF\xFF"), Err(Undecodable::Unknown { line: 3 }));
        assert_eq!(decode(b"\xFF\xFE\x00\xD8\x41\x00"), Err(Undecodable::Unknown { line: 1 }));
        assert_eq!(decode(b"\xEF\xBB\xBF\n\xFF"), Err(Undecodable::Unknown { line: 2 }));
    }
}
