//! Webex comes back.

use super::{Callback, Flow, Outcome, Return, app, bad, code, done};
use crate::domain::{Address, Tokens, Workspace};
use crate::problem::Problem;
use crate::state::Mode;

impl Callback<'_> {
    pub(super) async fn webex(self, flow: &Flow, back: &Return) -> Result<Outcome, Problem> {
        let redirect_uri = self.root.callback();
        let app = app(&flow.integration, &redirect_uri)?;
        let code = code(back)?;
        if flow.state.mode == Mode::LinkUser {
            self.known_connection(flow).await?;
        }
        let grant = self.providers.webex(app, code).await?;
        let tokens = Tokens {
            access: grant.access_token,
            refresh: grant.refresh_token,
            expires_at: self.ends(grant.expires_in),
        };
        let person = Address::WebexPerson {
            person_id: grant.person_id,
            tokens: tokens.clone(),
        };
        let completion = match flow.state.mode {
            Mode::LinkUser => {
                let subscriber = flow.state.subscriber_id.as_ref();
                let subscriber = subscriber.ok_or_else(|| bad("the state has no subscriber"))?;
                Self::linked(flow, subscriber, person, flow.state.identifier.clone())?
            }
            Mode::Connect => {
                let workspace = Workspace {
                    id: grant.organization_id,
                    name: None,
                };
                Self::connection(flow, tokens, workspace, Some(person))?
            }
        };
        self.keep(flow, &completion).await?;
        Ok(done(&flow.integration))
    }
}
