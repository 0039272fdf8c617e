use super::*;
use crate::output::layout;
use crate::output::source_file::Part;

/// What the printer makes of the same, and whether the block needs it.
fn both(head: &str, function: &Function) -> (String, Option<String>) {
    let loose = format!("{head} {{ {} }}", function.loosely());
    let printed = layout::parts(vec![Part::Items(loose.parse().unwrap())]).unwrap();
    let mut own = String::new();
    let own = function
        .lay_out(&mut own)
        .map(|()| format!("{head} {{\n{own}}}\n"));
    (printed, own)
}

/// Lays out functions of every width about the margin; how many of them the printer was needed for.
fn agree(head: &str, widths: std::ops::Range<usize>, make: impl Fn(String) -> Function) -> usize {
    let mut left = 0;
    for width in widths {
        let function = make("a".repeat(width));
        let (printed, own) = both(head, &function);
        match own {
            Some(own) => assert_eq!(own, printed, "width {width}"),
            None => left += 1,
        }
    }
    left
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn fields(of: &[(&str, &str)]) -> Vec<(String, Option<String>)> {
    let value = |value: &str| (!value.is_empty()).then(|| value.to_owned());
    of.iter()
        .map(|(name, of)| ((*name).to_owned(), value(of)))
        .collect()
}

#[test]
fn signatures_are_as_the_printer_has_them() {
    let head = "pub trait Pets: Service";
    let future = |name: &str| format!("impl Future<Output = Result<{name}, Self::Error>> + Send");
    let left = agree(head, 1..80, |name| {
        Function::new("fn list", future("Pets"), vec!["Words.".to_owned()])
            .argument("&self")
            .argument("caller: Caller<()>")
            .argument(format!("request: {name}"))
    });
    assert!(left < 15, "{left}");
    let left = agree(head, 1..80, |name| {
        Function::new("fn list", future(&name), Vec::new())
            .argument("&self")
            .argument("request: Pets")
    });
    assert!(left < 35, "{left}");
    let left = agree("impl Pet", 1..80, |name| {
        Function::new(format!("pub fn {name}"), "Self", vec![String::new()])
            .must_use()
            .argument("mut self")
            .argument("value: impl Into<String>")
            .body(Vec::new(), text("self"))
    });
    assert!(left < 2, "{left}");
}

#[test]
fn setters_are_as_the_printer_has_them() {
    let left = agree("impl Call<'_, Pets>", 1..80, |name| {
        Function::new("pub fn set", "Self", Vec::new())
            .argument("mut self")
            .argument("value: u8")
            .body(
                vec![format!("self.request.{name} = Some(value.into())")],
                text("self"),
            )
    });
    assert!((10..45).contains(&left), "{left}");
}

#[test]
fn values_are_as_the_printer_has_them() {
    for (value, most) in [
        ("a", 15),
        ("Defaulted::absent(types::A::B)", 60),
        (
            "Defaulted::absent(Maybe::Value(\"a, (\\\"b\".to_owned()))",
            60,
        ),
        ("\"1.5\".parse().unwrap_or_default()", 60),
        ("vec![1, 2]", 80),
        ("a(b)(c)", 80),
    ] {
        let calls = |name: &str, before: &str| {
            let value = if value.is_empty() {
                name.to_owned()
            } else {
                value.to_owned()
            };
            let fields = fields(&[("first", ""), (name, &value), ("r#type", "None")]);
            let request = Value::Struct(format!("Pets{before}"), fields);
            let call = vec![text("self.client"), request, text("&HINTS_1")];
            Value::Call("Call::with_hints".to_owned(), call)
        };
        let function = || Function::new("fn a", "Self", Vec::new()).argument("&self");
        let left = agree("impl Pet", 1..80, |name| {
            function().body(Vec::new(), calls(&name, ""))
        });
        assert!(left <= most, "{value}: {left}");
        let left = agree("impl Pet", 1..80, |name| {
            function().body(Vec::new(), calls("a", &name))
        });
        assert!(left <= most, "{value}: {left}");
        agree("impl Pet", 1..80, |name| {
            function().body(Vec::new(), Value::Struct(name, fields(&[("a", value)])))
        });
        agree("impl Pet", 1..80, |name| {
            function().body(Vec::new(), text(&format!("{name}(1, {value}, b(2))")))
        });
        agree("impl Pet", 1..80, |name| {
            let request = Value::Struct(name, fields(&[("a", "")]));
            function().body(Vec::new(), Value::Call("only".to_owned(), vec![request]))
        });
    }
}

#[test]
fn a_struct_without_fields_is_on_one_line() {
    let request = Value::Struct("A".repeat(40), Vec::new());
    let call = Value::Call("Call::new".to_owned(), vec![text("self.client"), request]);
    let function = Function::new("fn a", "Self", Vec::new()).argument("&self");
    let (_, own) = both("impl Pet", &function.body(Vec::new(), call));
    assert!(
        own.unwrap()
            .contains("(self.client, AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA {})\n")
    );
}

#[test]
fn blocks_mix_both_and_set_them_apart() {
    let mut block = Block::new("impl Pet", vec!["Words.".to_owned()]);
    for value in ["a()", "vec![1, 2, 3]", "b()"] {
        block.push(
            Function::new("fn a", "Self", vec!["More.".to_owned()]).body(Vec::new(), text(value)),
        );
    }
    let laid_out = layout::parts(vec![Part::Block(block)]).unwrap();
    let function =
        |value: &str| format!("    /// More.\n    fn a() -> Self {{\n        {value}\n    }}\n");
    let functions = ["a()", "vec![1, 2, 3]", "b()"].map(function).join("\n");
    assert_eq!(
        laid_out,
        format!("/// Words.\nimpl Pet {{\n{functions}}}\n")
    );

    let empty = Block::new("pub trait Pets: Service", Vec::new());
    assert_eq!(
        layout::parts(vec![Part::Block(empty)]).unwrap(),
        "pub trait Pets: Service {}\n"
    );
}

#[test]
fn a_head_that_is_too_wide_is_left_to_the_printer() {
    let mut block = Block::new(
        format!("impl Call<'_, {}>", "A".repeat(90)),
        vec!["Words.".to_owned()],
    );
    for name in ["a", "b"] {
        let function = Function::new(format!("fn {name}"), "u8", vec!["More.".to_owned()]);
        block.push(function.body(Vec::new(), text("1")));
    }
    let laid_out = layout::parts(vec![Part::Block(block)]).unwrap();
    let start = format!(
        "/// Words.\nimpl Call<\n    '_,\n    {},\n> {{\n    /// More.\n",
        "A".repeat(90)
    );
    assert!(laid_out.starts_with(&start), "{laid_out}");
    assert!(
        laid_out.contains("    }\n\n    /// More.\n    fn b() -> u8 {\n"),
        "{laid_out}"
    );
}
