use crate::generated::defaults::types::{
    Order, OrderKind, Page, PageKey, Respelled, RespelledLevel, RespelledStep, Settled, Sort,
    Unfit, Window,
};
use crate::generated::defaults::{Maybe, Validate};
use crate::{refused, round, survives};

#[test]
fn what_is_absent_has_the_documents_value() {
    let page: Page = serde_json::from_str("{}").unwrap();
    assert_eq!(*page.limit, 10);
    assert!((*page.ratio - 1.0).abs() < f64::EPSILON);
    assert!(!*page.all);
    assert_eq!((&*page.sort, &*page.order), (&Sort::Up, &Sort::Down));
    assert_eq!(page.title.as_deref(), Some("a \"quoted\" } text"));
    assert_eq!((&page.cursor, &page.after), (&Maybe::Absent, &None));
    assert_eq!(*page.fields, [Sort::Up, Sort::Down]);
    assert!(page.tags.is_empty() && page.labels.is_empty());
    assert_eq!(page.meta["a"], serde_json::json!([1, null, "x"]));
    assert_eq!(*page.any, "x");
    assert_eq!((*page.window.from, page.window.to), (1, Some(5)));
    assert_eq!(*page.view, Window::default());
    assert_eq!(*page.key, PageKey::Sort(Sort::Up));
    assert_eq!(page, Page::default());
}

#[test]
fn values_survive_as_they_were_written() {
    survives::<Page>("{}");
    survives::<Page>(r#"{"limit":10,"all":true,"cursor":null,"title":null,"tags":[],"window":{}}"#);
    survives::<Order>(r#"{"kind":"order","id":"1","amount":1,"sort":"up","note":null}"#);
    refused::<Page>(r#"{"limit":"x"}"#, "#/limit: ");
    let page = Page {
        limit: 0.into(),
        ..Page::default()
    };
    assert_eq!(serde_json::to_string(&page).unwrap(), r#"{"limit":0}"#);
    assert_eq!(page.validate().unwrap_err()[0].pointer, "/limit");
}

#[test]
fn constructors_take_what_has_neither_a_default_nor_one_value() {
    let order = Order::new("7");
    assert_eq!(
        serde_json::to_string(&order).unwrap(),
        r#"{"kind":"order","id":"7","amount":1,"sort":"up","note":null}"#
    );
    assert_eq!(order.kind, OrderKind::Order);
    assert_eq!(
        serde_json::to_string(&Settled::default()).unwrap(),
        r#"{"kind":"settled","level":-3}"#
    );
}

#[test]
fn the_default_of_a_required_property_stands_for_its_absence() {
    let order: Order = serde_json::from_str(r#"{"kind":"order","id":"7"}"#).unwrap();
    assert_eq!(order, Order::new("7"));
    refused::<Order>(r#"{"id":"7"}"#, "missing field `kind`");
}

#[test]
fn a_default_that_does_not_fit_is_none() {
    assert_eq!(round::<Unfit>("{}"), "{}");
    assert_eq!(
        Unfit::default(),
        Unfit {
            count: None,
            small: None,
            ..Unfit::default()
        }
    );
}

#[test]
fn a_default_may_be_spelled_as_another_kind_of_scalar() {
    let value = Respelled::default();
    assert_eq!((*value.count, *value.all), (1, true));
    assert!((*value.ratio - 1.5).abs() < f64::EPSILON);
    assert_eq!(
        (value.text.as_str(), value.version.as_str()),
        ("false", "3")
    );
    assert_eq!(*value.level, RespelledLevel::N1);
    assert_eq!(*value.step, RespelledStep::N10);
}
