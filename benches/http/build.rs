//! Generates the server and the client of `shop.yaml`.

fn main() -> Result<(), specwright::BuildError> {
    specwright::Builder::new("shop.yaml")
        .name("shop")
        .generate()?;
    Ok(())
}
