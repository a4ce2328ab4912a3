//! Notes and comments on cells.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::binary;
use super::parts::related;
use super::seen::position;
use super::styles::attribute;
use crate::package::Package;

/// No workbook has more words of comments than this, in bytes.
pub(crate) const MOST_COMMENTS: usize = 64 << 20;
/// What an old program is shown in place of a conversation.
const STAND_IN: &str = "[Threaded comment]";

/// A comment: row from 1, column from 0, text.
pub(crate) type Comment = (u32, u32, String);

/// The comments on a sheet.
#[derive(Debug, Default)]
pub(crate) struct Comments {
    /// In the order of their cells; replies follow what they reply to.
    pub all: Vec<Comment>,
    /// They are more than are read.
    pub cut: bool,
}

/// All comments on a sheet, within the bytes that there is still room for in all of the workbook.
pub(crate) fn comments_of(package: &mut Package<'_>, part: &str, room: &mut usize) -> Comments {
    let mut comments = Vec::new();
    let (mut conversations, mut cut) = (false, false);
    for relation in related(package, part) {
        let element = match relation.kind.as_str() {
            "comments" => "comment",
            "threadedComment" => "threadedComment",
            _ => continue,
        };
        let found = if relation.part.ends_with(".bin") {
            package.part(&relation.part).map(binary::comments).unwrap_or_default()
        } else if let Some(found) = package.text(&relation.part) {
            cut |= found.cut;
            parse(&found.text, element, "ref").into_iter().filter_map(placed).collect()
        } else {
            continue;
        };
        conversations |= element == "threadedComment";
        for comment in found {
            // Parts that all say the same may be many.
            match room.checked_sub(comment.2.len()) {
                Some(left) => *room = left,
                None => {
                    cut = true;
                    break;
                }
            }
            comments.push(comment);
        }
        if cut {
            break;
        }
    }
    if conversations {
        comments.retain(|(.., text)| !text.starts_with(STAND_IN));
    }
    comments.sort_by_key(|(row, col, _)| (*row, *col));
    Comments { all: comments, cut }
}

/// A comment with its cell, where that is one.
fn placed((place, text): (String, String)) -> Option<Comment> {
    let (row, col) = position(place.as_bytes())?;
    Some((row, col, text))
}

/// What the elements of a part say, each with what one of its attributes is.
pub(crate) fn notes_of(
    package: &mut Package<'_>,
    part: &str,
    element: &str,
    key: &str,
) -> Vec<(String, String)> {
    package.text(part).map(|part| parse(&part.text, element, key)).unwrap_or_default()
}

fn parse(text: &str, element: &str, key: &str) -> Vec<(String, String)> {
    let mut xml = Reader::from_str(text);
    let (mut comments, mut at, mut inside, mut said) = (Vec::new(), None, false, String::new());
    while let Ok(event) = xml.read_event() {
        match event {
            Event::Start(tag) => match tag.local_name().as_ref() {
                name if name == element => {
                    at = attribute(&tag, key);
                    said.clear();
                }
                // In notes the words stand in `t`, in conversations in `text` itself.
                "t" | "text" => inside = true,
                _ => {}
            },
            Event::Text(part) if inside => said.push_str(&part.xml10_content()),
            Event::GeneralRef(entity) if inside => {
                if let Ok(Some(c)) = entity.resolve_char_ref() {
                    said.push(c);
                } else if let Some(plain) = quick_xml::escape::resolve_xml_entity(&entity) {
                    said.push_str(plain);
                }
            }
            Event::End(tag) => match tag.local_name().as_ref() {
                "t" | "text" => inside = false,
                name if name == element => {
                    let text = said.trim();
                    if let (Some(key), false) = (at.take(), text.is_empty()) {
                        comments.push((key, text.to_owned()));
                    }
                }
                _ => {}
            },
            Event::Eof => break,
            _ => {}
        }
    }
    comments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_and_conversations_are_read() {
        let notes = r#"<comments><commentList><comment ref="B7"><text><r><t>KM:</t></r><r><t xml:space="preserve"> chased &amp; late</t></r></text></comment><comment ref="nowhere"><text><t>x</t></text></comment><comment ref="A1"><text><t> </t></text></comment></commentList></comments>"#;
        let said = |key: &str, text: &str| (key.to_owned(), text.to_owned());
        assert_eq!(parse(notes, "comment", "ref"), [said("B7", "KM: chased & late"), said("nowhere", "x")]);
        let talk = r#"<ThreadedComments><threadedComment ref="C3" id="1"><text>who?</text></threadedComment><threadedComment ref="C3" parentId="1"><text>me</text></threadedComment></ThreadedComments>"#;
        assert_eq!(parse(talk, "threadedComment", "ref"), [said("C3", "who?"), said("C3", "me")]);
    }
}
