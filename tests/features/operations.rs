use crate::generated::operations::client::SERVERS;
use crate::generated::operations::operations::{GetPetFailure, GetPetRequest, PutPetsPetIdRequest};

#[test]
fn requests_and_responses_have_typed_parts() {
    let request = GetPetRequest {
        pet_id: 7,
        verbose: Some(true),
        x_trace: None,
        session: None,
        order: None,
    };
    assert_eq!(request.pet_id, 7);
    let request = PutPetsPetIdRequest {
        pet_id: 7,
        body: Some("Rex".to_owned()),
    };
    assert_eq!(request.body.as_deref(), Some("Rex"));
    assert_eq!(GetPetFailure::NotFound {}, GetPetFailure::NotFound {});
    assert_eq!(SERVERS, ["https://eu.example/v1"]);
}
