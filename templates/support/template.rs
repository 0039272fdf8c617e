//! Path templates: literal text and `{parameters}` (OpenAPI Specification, "Path Templating").

/// A piece of a path template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'t> {
    /// Text that stands for itself.
    Literal(&'t str),
    /// The name of a parameter.
    Parameter(&'t str),
}

/// Returns the template without a query or fragment: no request path holds them, yet documents
/// use them to write two operations with one path (`/oauth2/token#refresh`).
pub fn path(template: &str) -> &str {
    let end = template
        .bytes()
        .position(|byte| matches!(byte, b'#' | b'?'));
    end.and_then(|end| template.get(..end)).unwrap_or(template)
}

/// Splits a template, or a segment of one, into its pieces. A brace without its partner is literal text.
pub fn pieces(template: &str) -> Pieces<'_> {
    Pieces { rest: template }
}

/// The iterator that [`pieces`] returns.
#[derive(Debug, Clone)]
pub struct Pieces<'t> {
    rest: &'t str,
}

impl<'t> Iterator for Pieces<'t> {
    type Item = Piece<'t>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        // Templates are short: a loop is faster than a search.
        let mut bytes = self.rest.bytes();
        let parameter = bytes.position(|byte| byte == b'{').and_then(|open| {
            let length = bytes.position(|byte| byte == b'}')?;
            Some((open, open + 1 + length))
        });
        match parameter {
            Some((0, close)) => {
                let name = self.rest.get(1..close)?;
                self.rest = self.rest.get(close + 1..)?;
                Some(Piece::Parameter(name))
            }
            Some((open, _)) => {
                let (literal, rest) = self.rest.split_at_checked(open)?;
                self.rest = rest;
                Some(Piece::Literal(literal))
            }
            None => Some(Piece::Literal(std::mem::take(&mut self.rest))),
        }
    }
}
