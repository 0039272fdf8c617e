//! Mutations of the text.

use super::dice::Dice;

/// What is put in: structure, escapes, tags, anchors, keywords, and what no text should hold.
const PIECES: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"",
    "'",
    "\n",
    "  ",
    "\t",
    "- ",
    "? ",
    "&a ",
    "*a",
    "!x ",
    "|\n",
    "<<: ",
    "---\n",
    "#",
    "\\u",
    "\u{feff}",
    "\u{0}",
    "\u{202e}",
    "1e999",
    "-0",
    "null",
    "true",
    "\"$ref\": \"#/components/schemas/",
    "allOf: [",
    "nullable: true",
    "*/",
    "`",
    "\"#",
    "99999999999999999999",
    "type: object\n",
    "..",
    "/",
    "{}",
    "r#",
    "self",
    "Self",
    "é",
];

pub(super) fn mutate(text: &str, dice: &mut Dice) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    for _ in 0..=dice.roll(6) {
        let at = dice.roll(characters.len() + 1);
        let end = (at + dice.roll(24)).min(characters.len());
        match dice.roll(8) {
            0 => drop(characters.drain(at..end)),
            1 if dice.roll(8) == 0 => characters.truncate(at),
            2 => {
                let copy = characters[at..end].to_vec();
                let to = dice.roll(characters.len() + 1);
                characters.splice(to..to, copy);
            }
            3 if at < characters.len() => {
                let with = char::from_u32(u32::try_from(dice.roll(0x300)).unwrap_or(0x20));
                characters[at] = with.unwrap_or(' ');
            }
            4 => {
                // Digits: statuses, bounds, versions.
                for c in characters[at..end]
                    .iter_mut()
                    .filter(|c| c.is_ascii_digit())
                {
                    *c = char::from(b'0' + u8::try_from(dice.roll(10)).unwrap_or(0));
                }
            }
            _ => {
                let piece = dice.pick(PIECES);
                characters.splice(at..at, piece.chars());
            }
        }
    }
    characters.into_iter().collect()
}
