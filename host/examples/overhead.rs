//! Measures what one run costs: a task that spawns a million tasks which do nothing, and gets each of them.
//!
//! `cargo run --release -p cloudc-host --example overhead [RUNS] [JOBS]`

#[path = "../tests/images/mod.rs"]
mod images;

use cloudc_host::{Host, HostOptions};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let runs: u64 = arguments.next().map_or(Ok(1_000_000), |text| text.parse())?;
    let jobs: usize = arguments.next().map_or(Ok(1), |text| text.parse())?;
    for no_cache in [true, false] {
        let store = std::env::temp_dir().join(format!("cloudc-overhead-{}", std::process::id()));
        let options = HostOptions { jobs, no_cache, store: Some(store.clone()), ..HostOptions::default() };
        let host = Host::open(options.clone())?;
        let noop = host.add_image(&images::noop().build())?;
        let mut fan = images::fan();
        fan.note.heap = runs * 32;
        let fan = host.add_image(&fan.build())?;
        for round in 0..3_u64 {
            let pair: Vec<u8> = [runs, round].iter().flat_map(|number| number.to_le_bytes()).collect();
            let inputs = [host.put(&pair)?, host.put(&noop.0)?];
            let result = host.run(fan, &inputs, 1)?;
            result.outputs[0].as_ref().map_err(Clone::clone)?;
            let each = result.stats.elapsed.as_nanos() as f64 / result.stats.runs as f64;
            let place = if no_cache { "in memory" } else { "with store" };
            println!("{place}, {jobs} jobs: {:.0} ns per run over {} runs", each, result.stats.runs);
        }
        let before = std::time::Instant::now();
        drop(host);
        println!("closing the host: {:?}", before.elapsed());
        let host = Host::open(options)?;
        println!("opening it again: {:?}", before.elapsed());
        drop(host);
        // A store that was never made need not be removed.
        let _ = std::fs::remove_dir_all(store);
    }
    Ok(())
}
