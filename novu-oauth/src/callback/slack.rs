//! Slack comes back.

use super::{
    Callback, Flow, Outcome, Return, app, bad, code, connection_name, done, endpoint_name,
};
use crate::domain::{Address, Connection, Endpoint, Tokens, Workspace};
use crate::problem::Problem;
use crate::provider::slack::SlackGrant;
use crate::state::{ConnectionMode, Mode};
use crate::storage::Completion;

impl Callback<'_> {
    pub(super) async fn slack(self, flow: &Flow, back: &Return) -> Result<Outcome, Problem> {
        let redirect_uri = self.root.callback();
        let app = app(&flow.integration, &redirect_uri)?;
        let code = code(back)?;
        let completion = match flow.state.mode {
            Mode::LinkUser => {
                let subscriber = flow.state.subscriber_id.as_ref();
                let subscriber = subscriber.ok_or_else(|| bad("the state has no subscriber"))?;
                self.known_connection(flow).await?;
                let grant = self.providers.slack(app, code).await?;
                let user = grant.user_id.ok_or_else(|| bad("Slack named no user"))?;
                let connection = flow.state.identifier.clone();
                let address = Address::SlackUser { user_id: user };
                Self::linked(flow, subscriber, address, connection)?
            }
            Mode::Connect => {
                let grant = self.providers.slack(app, code).await?;
                self.connected(flow, grant)?
            }
        };
        self.keep(flow, &completion).await?;
        Ok(done(&flow.integration))
    }

    /// An endpoint of a subscriber.
    pub(super) fn linked(
        flow: &Flow,
        subscriber: &str,
        address: Address,
        connection: Option<String>,
    ) -> Result<Completion, Problem> {
        let (contexts, context_keys) = Self::contexts(flow);
        let endpoint = Endpoint {
            identifier: endpoint_name()?,
            integration: flow.integration.identifier.clone(),
            connection,
            subscriber_id: Some(subscriber.to_owned()),
            context_keys,
            address,
        };
        Ok(Completion {
            contexts,
            endpoints: vec![endpoint],
            ..Completion::default()
        })
    }

    /// A connection, with an endpoint if the user is to be linked too.
    fn connected(self, flow: &Flow, grant: SlackGrant) -> Result<Completion, Problem> {
        if let Some(url) = grant.webhook {
            let subscriber = flow.state.subscriber_id.as_ref();
            let subscriber = subscriber.ok_or_else(|| bad("the state has no subscriber"))?;
            return Self::linked(flow, subscriber, Address::Webhook { url }, None);
        }
        let Some(access) = grant.access_token else {
            return Err(Problem::Provider(
                "Slack answered without a token".to_owned(),
            ));
        };
        let tokens = Tokens {
            access,
            refresh: grant.refresh_token,
            expires_at: self.ends(grant.expires_in),
        };
        let workspace = Workspace {
            id: grant.team_id,
            name: grant.team_name,
        };
        let user = grant.user_id.map(|user_id| Address::SlackUser { user_id });
        Self::connection(flow, tokens, workspace, user)
    }

    /// A connection of a flow, with an endpoint for `user` if that is to be linked too.
    pub(super) fn connection(
        flow: &Flow,
        tokens: Tokens,
        workspace: Workspace,
        user: Option<Address>,
    ) -> Result<Completion, Problem> {
        let (contexts, context_keys) = Self::contexts(flow);
        let shared = flow.state.connection_mode == Some(ConnectionMode::Shared);
        let subscriber = flow.state.subscriber_id.clone();
        let mut completion = Completion {
            contexts,
            connection: Some(Connection {
                identifier: connection_name(flow)?,
                integration: flow.integration.identifier.clone(),
                provider: flow.integration.provider,
                subscriber_id: subscriber.clone().filter(|_| !shared),
                context_keys,
                tokens,
                workspace,
            }),
            tied: true,
            ..Completion::default()
        };
        if let (Some(true), Some(subscriber), Some(address)) =
            (flow.state.auto_link_user, &subscriber, user)
        {
            let linked = Self::linked(flow, subscriber, address, None)?;
            completion.endpoints = linked.endpoints;
        }
        Ok(completion)
    }
}
