//! The whole pipeline, from the text of a document to the files of a crate, without writing them.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Duration;

use criterion::{Criterion, Throughput};
use specwright::config::{ApiConfig, Config};
use specwright::diag::Sink;
use specwright::pipeline::generate;
use specwright::source::Source;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_secs(1))
        .configure_from_args();

    let config = Config::load(&root.join("specwright.toml"))
        .ok()
        .and_then(|config| config.apis.into_iter().next())
        .unwrap_or_default();
    bench(
        &mut criterion,
        "novu",
        &root.join("spec/novu.yaml"),
        &config,
    );

    if let Some(data) = std::env::var_os("SPECWRIGHT_DATA").filter(|it| !it.is_empty()) {
        let document = PathBuf::from(data).join("corpus/stripe-api.yaml");
        bench(
            &mut criterion,
            "large",
            &document,
            &ApiConfig {
                name: Some("large-api".to_owned()),
                ..ApiConfig::default()
            },
        );
    } else {
        eprintln!("SKIPPED: SPECWRIGHT_DATA is not set, so no large document is generated from");
    }
    criterion.final_summary();
}

/// Benches a document that can be generated from; says so of one that cannot.
fn bench(criterion: &mut Criterion, name: &str, document: &Path, config: &ApiConfig) {
    let source = match Source::path(document) {
        Ok(source) => source,
        Err(error) => return eprintln!("SKIPPED: {error}"),
    };
    let mut sink = Sink::new();
    match generate(&source, config, &mut sink) {
        Ok(Some(generated)) => eprintln!(
            "{name}: {} operations, {} types",
            generated.summary.operations, generated.summary.types
        ),
        Ok(None) => return eprintln!("SKIPPED: {} is unusable", document.display()),
        Err(fault) => return eprintln!("SKIPPED: {fault}"),
    }
    let mut group = criterion.benchmark_group("generation");
    group.sample_size(10);
    group.measurement_time(Duration::from_secs(5));
    if let Ok(metadata) = document.metadata() {
        group.throughput(Throughput::Bytes(metadata.len()));
    }
    group.bench_function(name, |bencher| {
        bencher.iter(|| generate(black_box(&source), config, &mut Sink::new()));
    });
    group.finish();
}
