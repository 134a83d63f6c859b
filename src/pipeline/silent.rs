//! A site that used to give articles and gives none: nobody would miss it, were it not said.

use super::report::Problem;
use super::state::RunState;
use crate::store::{Filter, StoreError};

/// Notes the sites that give no article any more, though the archive has some of them.
pub fn look(state: &RunState) -> Result<(), StoreError> {
    let (counts, _) = state.tally.snapshot();
    for (site, given) in state.tally.yields() {
        let Some(fault) = counts.get(&site).and_then(|counts| given.fault(counts)) else { continue };
        let known = Filter { site: Some(site.clone()), limit: Some(1), ..Filter::default() };
        if state.reader()?.list(&known)?.is_empty() {
            continue;
        }
        let (code, what) = fault;
        let url = state.sites.get(&site).map(|site| site.url.to_string());
        state.tally.problem(Problem {
            code: code.to_owned(),
            url: url.unwrap_or_default(),
            message: format!("{what}, and there used to be some; `kliping sites health {site}` tells more"),
            site,
        });
    }
    Ok(())
}
