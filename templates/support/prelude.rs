//! What the tables of operations name, so that their module names it in one line.

pub(crate) use crate::support::body::{ReadBody, WriteBody};
pub(crate) use crate::support::operation::{
    BodyInfo, Operation, OperationInfo, ResponseInfo, request,
};
pub(crate) use crate::support::parameter::Parameter;
pub(crate) use crate::support::responses::{Responses, responses};

#[cfg(feature = "server")]
pub(crate) use crate::support::{read_request::RequestReader, write_response::ResponseWriter};

#[cfg(feature = "client")]
pub(crate) use crate::support::{read_response::ResponseReader, write_request::RequestWriter};
