use std::collections::BTreeMap;

use super::*;
use crate::diag::Sink;
use crate::model;
use crate::source::Source;

const DOCUMENT: &str = r"
openapi: 3.1.0
info: { title: Zoo, version: 1.0.0 }
paths:
  /a:
    get:
      operationId: getA
      tags: [Big Cats]
      responses:
        '200': { description: It., headers: { X-A: { schema: { $ref: '#/components/schemas/OfCats' } } }, content: { application/json: { schema: { $ref: '#/components/schemas/Cat' } } } }
        '404': { $ref: '#/components/responses/Lost' }
  /b:
    get:
      operationId: getB
      tags: ['types']
      responses:
        '200': { description: It., content: { application/json: { schema: { $ref: '#/components/schemas/Type' } } } }
        '404': { $ref: '#/components/responses/Lost' }
  /c: { get: { operationId: getC, tags: ['動物'], responses: { '204': { description: Done. } } } }
  /d: { get: { operationId: getD, tags: ['big-cats'], responses: { '204': { description: Done. } } } }
  /e: { get: { operationId: getE, responses: { '204': { description: Done. } } } }
webhooks:
  born: { post: { operationId: born, requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Birth' } } } }, responses: { '204': { description: Done. } } } }
components:
  responses:
    Lost: { description: Lost., headers: { X-Lost: { schema: { type: string } } }, content: { application/json: { schema: { $ref: '#/components/schemas/Fault' } } } }
  schemas:
    OfCats: { type: string, enum: [a, b] }
    Cat: { type: object, properties: { paws: { type: array, items: { $ref: '#/components/schemas/Paw' } }, at: { $ref: '#/components/schemas/Place' } } }
    Paw: { type: object, properties: { cat: { $ref: '#/components/schemas/Cat' } } }
    Type: { type: object, properties: { at: { $ref: '#/components/schemas/Place' } } }
    Place: { type: object, properties: { zone: { $ref: '#/components/schemas/Zone' } } }
    Zone: { type: string, enum: [n, s] }
    Fault: { type: object, properties: { why: { $ref: '#/components/schemas/Why' } } }
    Why: { type: string, enum: [x, y] }
    Birth: { type: object, properties: { at: { $ref: '#/components/schemas/Place' } } }
    Spare: { type: object, properties: { cat: { $ref: '#/components/schemas/Cat' } } }
";

fn planned(config: &ApiConfig) -> (RustPlan, Option<Parts>) {
    let mut sink = Sink::new();
    let source = Source::text("zoo.yaml", DOCUMENT).unwrap();
    let document = crate::document::read(&source, &mut sink).unwrap();
    let api = model::build(&document, &mut sink);
    let plan = super::super::make(&api, config).plan;
    let parts = parts(&plan, config);
    (plan, parts)
}

fn split() -> Parts {
    let config = ApiConfig {
        tag_features: Some(true),
        ..ApiConfig::default()
    };
    planned(&config).1.unwrap()
}

fn names(plan: &RustPlan) -> Vec<&str> {
    plan.types.iter().map(|item| item.name.as_str()).collect()
}

#[test]
fn few_operations_are_not_taken_apart_unless_that_is_asked_for() {
    assert!(planned(&ApiConfig::default()).1.is_none());
    assert_eq!(split().parts.len(), 7);
}

#[test]
fn what_one_tag_needs_is_its_own_and_what_several_need_is_shared() {
    let split = split();
    let types: BTreeMap<&str, Vec<&str>> = split
        .parts
        .iter()
        .map(|part| (part.feature.as_str(), names(&part.plan)))
        .collect();
    assert_eq!(names(&split.shared), ["Place", "Zone", "Fault", "Why"]);
    assert_eq!(types["tag-big-cats"], ["OfCats", "Cat", "Paw"]);
    assert_eq!(types["tag-types"], ["Type"]);
    assert_eq!(types["webhooks"], ["Birth"]);
    assert_eq!(types[FULL], ["Spare"]);
}

#[test]
fn files_say_what_they_need_of_others() {
    let split = split();
    let outer = |feature: &str| {
        let mut parts = split.parts.iter();
        let part = parts.find(|part| part.feature == feature).unwrap();
        part.outer_types.join(" ")
    };
    assert_eq!(outer("tag-big-cats"), "Place");
    assert_eq!(outer(FULL), "Cat");
}

#[test]
fn features_and_modules_have_names_of_their_own() {
    let split = split();
    let names: Vec<_> = split
        .parts
        .iter()
        .map(|part| (part.feature.as_str(), part.file()))
        .collect();
    assert_eq!(
        names,
        [
            ("tag-big-cats", "big_cats"),
            // A module of this name would be taken for the one of types.
            ("tag-types", "types_2"),
            ("tag-u52d5-u7269", "u52d5_u7269"),
            ("tag-big-cats-2", "big_cats_2"),
            ("untagged", "untagged"),
            ("webhooks", "webhooks"),
            (FULL, "rest"),
        ]
    );
}

#[test]
fn failures_of_several_tags_are_shared_with_what_they_name() {
    let split = split();
    let failures: Vec<&str> = split
        .failures
        .iter()
        .map(|it| it.item.name.as_str())
        .collect();
    assert_eq!(failures, ["GetAFailure"]);
    let headers: Vec<&str> = split
        .shared
        .headers
        .iter()
        .map(|set| set.name.as_str())
        .collect();
    assert_eq!(headers, ["LostHeaders"]);
    let first = split.parts.first().unwrap();
    let failure = first.plan.operations[0].response.failure.as_ref().unwrap();
    assert!(failure.is_elsewhere && failure.variants.is_empty());
    assert_eq!(first.plan.headers.len(), 1);
}
