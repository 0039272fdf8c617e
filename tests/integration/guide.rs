//! The snapshot test that the README shows, as its readers would write it.

use specwright::config::ApiConfig;
use specwright::diag::Sink;
use specwright::pipeline;
use specwright::source::Source;

#[test]
fn the_types_are_as_reviewed() {
    let document = "
openapi: 3.1.0
info: { title: Pets, version: '1' }
paths: {}
components:
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        name: { type: string, minLength: 1 }
        owner: { type: [string, 'null'] }
";
    let source = Source::text("pets.yaml", document).unwrap();
    let mut sink = Sink::new();
    let generated = pipeline::generate(&source, &ApiConfig::default(), &mut sink);
    let files = generated.unwrap().unwrap().files;

    assert_eq!(sink.into_report().plain(), "");
    insta::assert_snapshot!(str::from_utf8(files.get("src/types.rs").unwrap()).unwrap());
}
