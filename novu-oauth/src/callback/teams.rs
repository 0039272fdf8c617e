//! Microsoft Teams comes back: from an administrator's consent, or from a user's sign-in.

use super::{Callback, Flow, Outcome, Return, app, bad, code, done};
use crate::domain::{Address, Tokens, Workspace};
use crate::problem::Problem;
use crate::provider::authorize::Flow as Authorize;
use crate::secret::Secret;
use crate::state::{self, Mode, State};

/// What stands for the token: the app has none of its own until it asks for one.
const APP_ONLY: &str = "app-only";

impl Callback<'_> {
    pub(super) async fn teams(self, flow: &Flow, back: &Return) -> Result<Outcome, Problem> {
        match flow.state.mode {
            Mode::Connect => self.teams_connect(flow, back).await,
            Mode::LinkUser => self.teams_link(flow, back).await,
        }
    }

    /// The consent is the connection; nothing is exchanged.
    async fn teams_connect(self, flow: &Flow, back: &Return) -> Result<Outcome, Problem> {
        let tenant = back.tenant.as_deref().filter(|tenant| !tenant.is_empty());
        let tenant = tenant.ok_or_else(|| bad("tenant is required"))?;
        if back.admin_consent.as_deref() != Some("True") {
            return Err(bad("the administrator has not consented"));
        }
        let redirect_uri = self.root.callback();
        let app = app(&flow.integration, &redirect_uri)?;
        if flow.integration.credentials.tenant_id.is_none() {
            let name = &flow.integration.identifier;
            let message = format!("Integration {name} has no tenant id");
            return Err(Problem::NotFound(message));
        }
        let tokens = Tokens {
            access: Secret::new(APP_ONLY),
            refresh: None,
            expires_at: None,
        };
        let workspace = Workspace {
            id: Some(tenant.to_owned()),
            name: None,
        };
        let completion = Self::connection(flow, tokens, workspace, None)?;
        let connection = self.keep(flow, &completion).await?;
        let links = flow.state.auto_link_user == Some(true) && flow.state.subscriber_id.is_some();
        let Some(key) = flow.signing_keys.first().filter(|_| links) else {
            return Ok(done(&flow.integration));
        };
        // The same user goes on to sign in, with a state of its own.
        let next = State {
            identifier: connection,
            timestamp: self.now,
            mode: Mode::LinkUser,
            connection_mode: None,
            auto_link_user: None,
            ..flow.state.clone()
        };
        let state = state::sign(&next, key.expose().as_bytes())
            .map_err(|error| Problem::Internal(format!("cannot write the state: {error}")))?;
        let url = Authorize {
            urls: &self.providers.urls,
            client_id: app.client_id,
            redirect_uri: &redirect_uri,
            state: &state,
        };
        Ok(Outcome::Redirect(url.teams_link().into()))
    }

    async fn teams_link(self, flow: &Flow, back: &Return) -> Result<Outcome, Problem> {
        let subscriber = flow.state.subscriber_id.as_ref();
        let subscriber = subscriber.ok_or_else(|| bad("the state has no subscriber"))?;
        let redirect_uri = self.root.callback();
        let app = app(&flow.integration, &redirect_uri)?;
        let code = code(back)?;
        self.known_connection(flow).await?;
        let user = self.providers.teams_user(app, code).await?;
        self.providers.install_teams_app(app, &user).await?;
        let address = Address::TeamsUser {
            user_id: user.user_id,
            tenant_id: user.tenant_id,
        };
        let connection = flow.state.identifier.clone();
        let completion = Self::linked(flow, subscriber, address, connection)?;
        self.keep(flow, &completion).await?;
        Ok(done(&flow.integration))
    }
}
