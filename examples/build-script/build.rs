//! Generates `crate::api` from `notes.yaml`.

fn main() -> Result<(), specwright::BuildError> {
    specwright::Builder::new("notes.yaml")
        .name("api")
        .generate()?;
    Ok(())
}
