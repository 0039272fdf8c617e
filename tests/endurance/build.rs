//! Generates `crate::files` from `files.yaml`,
//! and `crate::api` from `everything.yaml`, or from the document that `ENDURANCE_DOCUMENT` names.

use std::env;

fn main() -> Result<(), specwright::BuildError> {
    specwright::Builder::new("files.yaml")
        .name("files")
        .generate()?;
    println!("cargo::rerun-if-env-changed=ENDURANCE_DOCUMENT");
    let document = env::var("ENDURANCE_DOCUMENT");
    specwright::Builder::new(document.unwrap_or_else(|_| "everything.yaml".to_owned()))
        .name("api")
        .mock()
        .generate()?;
    Ok(())
}
