//! Which APIs the arguments mean, and with which settings.

use std::env;
use std::path::{Path, PathBuf};

use specwright::config::{ApiConfig, Config, check_crate_name};

use super::args::ApiArgs;

/// Arguments that cannot be used; the text is for the user.
pub(super) type Usage = String;

/// The APIs that `generate` or `check` is for.
pub(super) fn select(args: &ApiArgs) -> Result<Vec<ApiConfig>, Usage> {
    let mut apis = match &args.spec {
        Some(spec) => vec![for_spec(spec, args.config.as_deref())?],
        None => configured(args.config.as_deref())?,
    };
    if let Some(name) = &args.name {
        check_crate_name(name)?;
    }
    for api in &mut apis {
        api.allow_remote |= args.allow_remote;
    }
    if args.out.is_some() || args.name.is_some() {
        let [api] = apis.as_mut_slice() else {
            return Err(format!(
                "`--out` and `--name` are for one API, and the configuration has {}: name its document",
                apis.len()
            ));
        };
        api.out = args.out.clone().or(api.out.take());
        api.name = args.name.clone().or(api.name.take());
    }
    Ok(apis)
}

/// The settings for one document: its `[[api]]` where the configuration has one, else the defaults.
pub(super) fn for_spec(spec: &Path, config: Option<&Path>) -> Result<ApiConfig, Usage> {
    let default = ApiConfig {
        spec: spec.to_owned(),
        ..ApiConfig::default()
    };
    let Some((_, apis)) = load(config)? else {
        return Ok(default);
    };
    let wanted = spec.canonicalize().ok();
    let same = |api: &ApiConfig| wanted.is_some() && api.spec.canonicalize().ok() == wanted;
    if let Some(api) = apis.iter().find(|api| same(api)) {
        return Ok(ApiConfig {
            spec: spec.to_owned(),
            ..api.clone()
        });
    }
    match (config, apis.as_slice()) {
        (None, _) => Ok(default),
        // A document by another path, or from standard input, with settings given for just one.
        (Some(_), [api]) => Ok(ApiConfig {
            spec: spec.to_owned(),
            ..api.clone()
        }),
        (Some(config), _) => Err(format!(
            "`{}` has no `[[api]]` for `{}`",
            config.display(),
            spec.display()
        )),
    }
}

fn configured(config: Option<&Path>) -> Result<Vec<ApiConfig>, Usage> {
    match load(config)? {
        Some((file, apis)) if apis.is_empty() => {
            Err(format!("`{}` has no `[[api]]`", file.display()))
        }
        Some((_, apis)) => Ok(apis),
        None => Err(
            "there is no specwright.toml here or in a directory above; name a document".to_owned(),
        ),
    }
}

/// The configuration that is named, or the nearest one, with paths as seen from here.
fn load(config: Option<&Path>) -> Result<Option<(PathBuf, Vec<ApiConfig>)>, Usage> {
    let here =
        env::current_dir().map_err(|error| format!("the current directory is gone: {error}"))?;
    let file = match config {
        Some(file) => file.to_owned(),
        None => match Config::find(&here) {
            Some(file) => relative(&here, file),
            None => return Ok(None),
        },
    };
    let mut apis = Config::load(&file).map_err(|error| error.to_string())?.apis;
    for api in &mut apis {
        api.spec = relative(&here, std::mem::take(&mut api.spec));
        api.out = api.out.take().map(|out| relative(&here, out));
    }
    Ok(Some((file, apis)))
}

fn relative(here: &Path, path: PathBuf) -> PathBuf {
    path.strip_prefix(here).map(Path::to_owned).unwrap_or(path)
}
