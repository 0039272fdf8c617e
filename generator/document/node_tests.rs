use super::*;

fn object(members: &[(&str, Node)]) -> Node {
    let members = members.iter();
    Node::Object(Box::new(
        members
            .map(|(key, node)| ((*key).to_owned(), node.clone()))
            .collect(),
    ))
}

#[test]
fn numbers_print_as_json_without_an_idle_fraction() {
    for (number, text) in [
        (Number::Int(-3), "-3"),
        (Number::UInt(u64::MAX), "18446744073709551615"),
        (Number::Float(404.0), "404"),
        (Number::Float(-0.5), "-0.5"),
        (Number::Float(1e300), "1e300"),
        (Number::Float(1.5e-9), "1.5e-9"),
        (
            Number::Float(-9_223_372_036_854_775_808.0),
            "-9223372036854775808",
        ),
        (Number::Float(0.1), "0.1"),
    ] {
        assert_eq!(number.to_string(), text);
        assert_eq!(
            text.parse::<f64>().unwrap().to_bits(),
            number.as_f64().to_bits(),
            "{text}"
        );
    }
}

#[test]
fn numbers_compare_by_value() {
    assert_eq!(Number::Int(1), Number::Float(1.0));
    assert_eq!(
        Number::UInt(1 << 63),
        Number::Float(9_223_372_036_854_775_808.0)
    );
    assert_ne!(Number::Int(i64::MAX), Number::UInt(1 << 63));
    assert_ne!(Number::Int(1), Number::Float(1.5));
    assert_eq!(Number::Float(1.5), Number::Float(1.5));
}

#[test]
fn whole_numbers_out_of_range_become_floats() {
    assert!(matches!(
        Number::from_i128(-9_223_372_036_854_776_000),
        Number::Float(_)
    ));
    assert!(matches!(
        Number::from_i128(i128::from(u64::MAX)),
        Number::UInt(u64::MAX)
    ));
    assert!(matches!(Number::from_i128(-1), Number::Int(-1)));
    assert_eq!(Number::Float(1e40).as_i64(), None);
    assert_eq!(Number::Float(3.0).as_u64(), Some(3));
    assert_eq!(Number::Float(-3.0).as_u64(), None);
}

#[test]
fn pointers_lead_through_objects_and_arrays() {
    let inner = object(&[("a/b", Node::Bool(true))]);
    let node = object(&[
        ("list", Node::Array(vec![Node::Null, inner])),
        ("0", Node::Bool(false)),
    ]);
    let at = |text: &str| node.at(&Pointer::parse(text).unwrap());
    assert_eq!(at(""), Some(&node));
    assert_eq!(at("/list/1/a~1b"), Some(&Node::Bool(true)));
    assert_eq!(at("/0"), Some(&Node::Bool(false)));
    for nowhere in ["/list/2", "/list/01", "/list/-", "/list/1/x", "/0/0"] {
        assert_eq!(at(nowhere), None, "{nowhere}");
    }
}

#[test]
fn member_order_does_not_matter_for_equality() {
    let one = object(&[("a", Node::Null), ("b", Node::Bool(true))]);
    let other = object(&[("b", Node::Bool(true)), ("a", Node::Null)]);
    assert_eq!(one, other);
}

#[test]
fn a_node_stays_small() {
    assert!(size_of::<Node>() <= 32);
}
