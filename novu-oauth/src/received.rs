//! Requests as the document types them, as [`mint`](crate::mint) takes them.

use novu_api::types::{
    GenerateChatOauthUrlRequestDto, GenerateConnectOauthUrlRequestDto,
    GenerateConnectOauthUrlRequestDtoConnectionMode as WireMode,
    GenerateLinkUserOauthUrlRequestDto,
};

use crate::context;
use crate::mint::{Connect, Link};
use crate::state::ConnectionMode;

pub(crate) fn link(body: GenerateLinkUserOauthUrlRequestDto) -> Link {
    Link {
        subscriber_id: body.subscriber_id,
        integration_identifier: body.integration_identifier,
        connection_identifier: body.connection_identifier,
        context: body.context.map(context::received),
        context_hash: body.context_hash.into_option(),
        user_scope: body.user_scope,
    }
}

pub(crate) fn connect(body: GenerateConnectOauthUrlRequestDto) -> Connect {
    Connect {
        integration_identifier: body.integration_identifier,
        subscriber_id: body.subscriber_id,
        connection_identifier: body.connection_identifier,
        context: body.context.map(context::received),
        context_hash: body.context_hash.into_option(),
        scope: body.scope,
        connection_mode: body.connection_mode.map(mode),
        auto_link_user: body.auto_link_user,
        links_by_default: true,
    }
}

/// The deprecated operation, where it links. It does not require a subscriber; an empty one is none.
pub(crate) fn chat_link(body: GenerateChatOauthUrlRequestDto) -> Link {
    Link {
        subscriber_id: body.subscriber_id.unwrap_or_default(),
        integration_identifier: body.integration_identifier,
        connection_identifier: body.connection_identifier,
        context: body.context.map(context::received),
        context_hash: body.context_hash.into_option(),
        user_scope: body.user_scope,
    }
}

/// The deprecated operation, where it connects.
pub(crate) fn chat_connect(body: GenerateChatOauthUrlRequestDto) -> Connect {
    Connect {
        integration_identifier: body.integration_identifier,
        subscriber_id: body.subscriber_id,
        connection_identifier: body.connection_identifier,
        context: body.context.map(context::received),
        context_hash: body.context_hash.into_option(),
        scope: body.scope,
        connection_mode: body.connection_mode.map(mode),
        auto_link_user: body.auto_link_user,
        links_by_default: false,
    }
}

fn mode(mode: WireMode) -> ConnectionMode {
    match mode {
        WireMode::Subscriber => ConnectionMode::Subscriber,
        WireMode::Shared => ConnectionMode::Shared,
    }
}
