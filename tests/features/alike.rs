//! Inline schemas that say the same share a type.

use crate::generated::alike::Validate;
use crate::generated::alike::types::{
    Code, CreateOrderBody, CreateOrderBodyNote, CreateOrderBodySpeed, EmptyString, Order,
    OrderBilling, OrderBillingLand, OrderShipping, OrderStricter, ReplaceOrderBody,
    ReplaceOrderBodyGift, ReplaceOrderBodyPace,
};

#[test]
fn what_is_written_alike_is_one_type() {
    let address = OrderBilling::new("Main Street");
    let order = Order {
        billing: Some(address.clone()),
        shipping: Some(OrderShipping {
            street: "Main Street".to_owned(),
            land: None,
        }),
        ..Order::default()
    };
    assert_eq!(order.billing, order.shipping);
    let created = CreateOrderBody {
        billing: Some(address),
        speed: Some(CreateOrderBodySpeed::Fast),
        note: Some(CreateOrderBodyNote::Enum(EmptyString::Empty)),
    };
    let replaced = ReplaceOrderBody {
        speed: created.speed,
        note: created.note,
        gift: Some(ReplaceOrderBodyGift::Enum(EmptyString::Empty)),
        pace: Some(ReplaceOrderBodyPace::Fast),
    };
    assert_eq!(
        serde_json::to_string(&replaced).unwrap(),
        r#"{"speed":"fast","pace":"fast","note":"","gift":""}"#
    );
}

#[test]
fn what_differs_stays_apart() {
    let land = OrderBillingLand {
        code: Some("NO".to_owned()),
    };
    let order = Order {
        billing: Some(OrderBilling::new("M")),
        stricter: Some(OrderStricter {
            street: "M".to_owned(),
            land: Some(land),
        }),
        ..Order::default()
    };
    let violations = order.validate().unwrap_err();
    assert_eq!(violations.len(), 1);
    assert_eq!(violations[0].pointer, "/stricter/street");
    // A component of the same shape is another type.
    let code = Code {
        code: Some("NO".to_owned()),
    };
    assert_ne!(
        std::any::type_name_of_val(&code),
        std::any::type_name::<OrderBillingLand>()
    );
}
