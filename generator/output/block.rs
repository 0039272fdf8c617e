//! A block of functions as lines of text.

use std::fmt::Write as _;

use super::spelling::{self, WIDTH, is_plain_type, is_plain_value};
use super::value::Value;

/// Where the functions of a block stand.
const INDENT: usize = 4;

/// An `impl` or `trait` block with nothing in it but functions.
///
/// The texts come from pieces that emission has already made safe; nothing is escaped here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    docs: Vec<String>,
    head: String,
    functions: Vec<Function>,
}

impl Block {
    /// A block without functions yet: `impl Pet`, `pub trait Pets: Service`. `docs` are lines without markers.
    #[must_use]
    pub fn new(head: impl Into<String>, docs: Vec<String>) -> Self {
        Self {
            docs,
            head: head.into(),
            functions: Vec::new(),
        }
    }

    /// Adds a function.
    pub fn push(&mut self, function: Function) {
        self.functions.push(function);
    }

    /// Writes the block. `print` lays out blocks with a function of which it cannot be told here what the printer
    /// would make of it.
    pub(super) fn write(
        &self,
        text: &mut String,
        print: impl Fn(String) -> Result<String, String>,
    ) -> Result<(), String> {
        // Writing to a `String` cannot fail.
        _ = spelling::docs(text, 0, &self.docs);
        if self.head.len() + 2 > WIDTH {
            let functions: Vec<String> = self.functions.iter().map(Function::loosely).collect();
            text.push_str(&print(format!(
                "{} {{ {} }}",
                self.head,
                functions.join("\n")
            ))?);
            return Ok(());
        }
        text.push_str(&self.head);
        if self.functions.is_empty() {
            text.push_str(" {}\n");
            return Ok(());
        }
        text.push_str(" {\n");
        for (index, function) in self.functions.iter().enumerate() {
            if index > 0 {
                text.push('\n');
            }
            let end = text.len();
            if function.lay_out(text).is_none() {
                text.truncate(end);
                let printed = print(format!("{} {{ {} }}", self.head, function.loosely()))?;
                let body = printed.split_once('\n').map_or("", |(_, body)| body);
                text.push_str(body.strip_suffix("}\n").unwrap_or(body));
            }
        }
        text.push_str("}\n");
        Ok(())
    }
}

/// A function of a [`Block`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Function {
    docs: Vec<String>,
    must_use: bool,
    head: String,
    arguments: Vec<String>,
    result: String,
    body: Body,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Body {
    None,
    /// Statements, and then the value.
    Some(Vec<String>, Value),
}

impl Function {
    /// A function without arguments or body: `pub fn new`, and the type of what it gives.
    #[must_use]
    pub fn new(head: impl Into<String>, result: impl Into<String>, docs: Vec<String>) -> Self {
        Self {
            docs,
            must_use: false,
            head: head.into(),
            arguments: Vec::new(),
            result: result.into(),
            body: Body::None,
        }
    }

    /// Marks it `#[must_use]`.
    #[must_use]
    pub fn must_use(mut self) -> Self {
        self.must_use = true;
        self
    }

    /// Adds an argument: `&self`, `name: Type`.
    #[must_use]
    pub fn argument(mut self, text: impl Into<String>) -> Self {
        self.arguments.push(text.into());
        self
    }

    /// Gives it a body: some statements, without semicolons, and the value.
    #[must_use]
    pub fn body(mut self, statements: Vec<String>, value: Value) -> Self {
        self.body = Body::Some(statements, value);
        self
    }

    /// Valid, but not laid out.
    fn loosely(&self) -> String {
        let mut text = String::new();
        _ = spelling::docs(&mut text, 0, &self.docs);
        text.push_str(if self.must_use { "#[must_use]\n" } else { "" });
        let arguments = self.arguments.join(", ");
        _ = write!(text, "{}({arguments}) -> {}", self.head, self.result);
        match &self.body {
            Body::None => text.push(';'),
            Body::Some(statements, value) => {
                text.push_str(" { ");
                for statement in statements {
                    _ = write!(text, "{statement}; ");
                }
                _ = write!(text, "{} }}", value.flat());
            }
        }
        text
    }

    /// As the printer would have it, where that can be told.
    fn lay_out(&self, text: &mut String) -> Option<()> {
        let inner = INDENT + 4;
        _ = spelling::docs(text, INDENT, &self.docs);
        if self.must_use {
            _ = writeln!(text, "{:INDENT$}#[must_use]", "");
        }
        self.signature(text)?;
        let Body::Some(statements, value) = &self.body else {
            text.push_str(";\n");
            return Some(());
        };
        text.push_str(" {\n");
        for statement in statements {
            let (place, value) = statement.split_once(" = ")?;
            let fits = inner + statement.len() < WIDTH;
            if !(fits && is_plain_value(place) && is_plain_value(value)) {
                return None;
            }
            _ = writeln!(text, "{:inner$}{statement};", "");
        }
        _ = write!(text, "{:inner$}", "");
        value.lay_out(inner, inner, text)?;
        _ = write!(text, "\n{:INDENT$}}}\n", "");
        Some(())
    }

    fn signature(&self, text: &mut String) -> Option<()> {
        let is_plain = |argument: &str| {
            matches!(argument, "&self" | "self" | "mut self") || is_plain_type(argument)
        };
        if !self.arguments.iter().all(|argument| is_plain(argument)) {
            return None;
        }
        let Self { head, result, .. } = self;
        let end = match self.body {
            Body::None => 1,
            Body::Some(..) => 2,
        };
        let arguments: usize = self
            .arguments
            .iter()
            .map(|argument| argument.len() + 2)
            .sum();
        let flat = INDENT + head.len() + 1 + arguments.saturating_sub(2) + 5 + result.len() + end;
        if flat <= WIDTH {
            let arguments = self.arguments.join(", ");
            _ = write!(text, "{:INDENT$}{head}({arguments}) -> {result}", "");
            return Some(());
        }
        let inner = INDENT + 4;
        // Whether the comma after the last of them counts is left to the printer.
        let fits = |argument: &String| inner + argument.len() < WIDTH;
        if self.arguments.is_empty() || !self.arguments.iter().all(fits) {
            return None;
        }
        _ = writeln!(text, "{:INDENT$}{head}(", "");
        for argument in &self.arguments {
            _ = writeln!(text, "{:inner$}{argument},", "");
        }
        _ = write!(text, "{:INDENT$}) -> ", "");
        if INDENT + 5 + result.len() + end <= WIDTH {
            text.push_str(result);
            return Some(());
        }
        // `impl Future<`, its one argument, and what follows.
        let (before, rest) = result.split_once('<')?;
        let (argument, after) = rest.rsplit_once('>')?;
        let is_one = before == "impl Future" && argument.starts_with("Output = ");
        if !is_one || inner + argument.len() >= WIDTH {
            return None;
        }
        _ = write!(
            text,
            "{before}<\n{:inner$}{argument},\n{:INDENT$}>{after}",
            "", ""
        );
        Some(())
    }
}

#[cfg(test)]
#[path = "block_tests.rs"]
mod tests;
