//! Generates `crate::plain` from `plain.yaml`: types alone, neither client nor server.

fn main() -> Result<(), specwright::BuildError> {
    specwright::Builder::new("plain.yaml")
        .name("plain")
        .features([])
        .generate()?;
    Ok(())
}
