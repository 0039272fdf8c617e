//! Broken texts: whatever is done to a document, reading it and reporting on it ends.

use super::read;
use crate::diag::Sink;
use crate::source::Source;

const YAML: &str = "openapi: 3.1.0
info: { title: \"é😀\", version: '1' }
x: &a { type: [string, 'null'], enum: [a, ~] }
paths:
  /a/{b}:
    get:
      parameters:
        - { name: b, in: path, required: true, schema: *a }
      responses:
        200: { description: |-2
          several
          }
components:
  schemas:
    <<: { A: *a }
    B: { allOf: [{ $ref: '#/components/schemas/A' }], minimum: -9223372036854776000 }
";

const JSON: &str = r##"{"openapi": "3.0.0", "info": {"title": "\ud83d\ude00", "version": 1},
 "paths": {"/a": {"get": {"responses": {"200": {"$ref": "#/x~1y"}}, "tags": [null, 1e9, -0.5]}}},
 "components": {"schemas": {"A": {"type": "object", "properties": {"a": true, "a": false}}}}}"##;

/// What is put in: structure, escapes, tags, anchors, and what no text should hold.
const PIECES: [&str; 24] = [
    "{", "}", "[", "]", ":", ",", "\"", "'", "\n", "  ", "\t", "- ", "? ", "&a ", "*a", "!x ",
    "|\n", "<<: ", "---\n", "#", "\\u", "\u{feff}", "\u{0}", "1e999",
];

/// Knuth's MMIX generator: the same run everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
}

fn mutate(text: &str, dice: &mut Dice) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    for _ in 0..=dice.roll(4) {
        let at = dice.roll(characters.len() + 1);
        let end = (at + dice.roll(12)).min(characters.len());
        match dice.roll(4) {
            0 => drop(characters.drain(at..end)),
            1 => characters.truncate(at.max(1)),
            2 => {
                let copy = characters[at..end].to_vec();
                let to = dice.roll(characters.len() + 1);
                characters.splice(to..to, copy);
            }
            _ => {
                let piece = PIECES[dice.roll(PIECES.len())];
                characters.splice(at..at, piece.chars());
            }
        }
    }
    characters.into_iter().collect()
}

#[test]
fn mutated_documents_never_panic() {
    let rounds = std::env::var("SPECWRIGHT_MUTATIONS")
        .ok()
        .and_then(|it| it.parse().ok());
    let mut dice = Dice(1);
    for round in 0..rounds.unwrap_or(1_000) {
        let text = mutate(if round % 2 == 0 { YAML } else { JSON }, &mut dice);
        let mut sink = Sink::new();
        let document = read(&Source::text("mutated", text.as_str()).unwrap(), &mut sink);
        assert_eq!(document.is_none(), sink.has_errors(), "{text}");
        let report = sink.into_report();
        let _ = (report.plain(), report.json(), report.github());
        #[cfg(feature = "cli")]
        let _ = report.graphical(false, 80);
    }
}
