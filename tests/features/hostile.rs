use crate::generated::hostile::types::Evil;
use crate::survives;

#[test]
fn text_of_the_document_stays_data() {
    survives::<Evil>(r#"{"a\", \"b\" => c, //":"1","{}":"2","$x":"3"}"#);
}
