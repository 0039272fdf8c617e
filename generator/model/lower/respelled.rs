//! Defaults that are written as another kind of scalar than their schema has: `'10'` of an integer, `true` of a
//! string. Documents that were made from annotations are full of them.

use crate::document::{Node, Number};

use super::super::enumeration::{Enumeration, Scalar};
use super::super::types::{Shape, Types, Use};

/// The value of the type that a scalar of another kind spells.
pub(super) fn respelled(types: &Types, used: Use, value: &Node) -> Option<Node> {
    match (&types.get(types.resolve(used).0).shape, value) {
        (Shape::Bool, Node::String(text)) => boolean(text),
        (Shape::Integer(format), Node::String(text)) => number(text)
            .filter(|number| format.holds(*number))
            .map(Node::Number),
        (Shape::Number(_), Node::String(text)) => number(text).map(Node::Number),
        (Shape::Text(None), Node::Bool(_) | Node::Number(_)) => Some(Node::String(text(value)?)),
        (Shape::Enum(list), value) => listed(list, value),
        _ => None,
    }
}

fn boolean(text: &str) -> Option<Node> {
    match text.trim().to_ascii_lowercase().as_str() {
        "true" => Some(Node::Bool(true)),
        "false" => Some(Node::Bool(false)),
        _ => None,
    }
}

fn number(text: &str) -> Option<Number> {
    let text = text.trim();
    if !text.starts_with(|first: char| first == '-' || first.is_ascii_digit()) {
        return None;
    }
    let whole = text.parse::<i64>().map(Number::Int);
    let whole = whole.or_else(|_| text.parse::<u64>().map(Number::UInt));
    let nearest = || text.parse::<f64>().ok().filter(|value| value.is_finite());
    whole.ok().or_else(|| nearest().map(Number::Float))
}

fn text(value: &Node) -> Option<String> {
    match value {
        Node::Bool(value) => Some(value.to_string()),
        Node::Number(Number::Int(value)) => Some(value.to_string()),
        Node::Number(Number::UInt(value)) => Some(value.to_string()),
        // How it was written is not known.
        _ => None,
    }
}

/// The value of a list that a scalar of another kind spells.
fn listed(list: &Enumeration, value: &Node) -> Option<Node> {
    let spelled = match value {
        Node::String(written) => {
            let number = number(written).map(Node::Number);
            [boolean(written), number].into_iter().flatten().collect()
        }
        other => Vec::from_iter(text(other).map(Node::String)),
    };
    spelled.into_iter().find(|spelled| {
        let scalar = Scalar::of(spelled);
        scalar.is_some_and(|scalar| list.values.iter().any(|value| value.wire == scalar))
    })
}
