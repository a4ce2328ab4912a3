//! Makes a council: `make CHILDREN SEED DIR`.

use std::path::Path;
use std::time::Instant;

use collate_synth::{Options, generate};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [children, seed, dir] = arguments.as_slice() else {
        return Err("usage: make CHILDREN SEED DIR".into());
    };
    let options = Options { children: children.parse()?, seed: seed.parse()? };
    let start = Instant::now();
    let made = generate(&options, Path::new(dir), &|_, _| {})?;
    println!(
        "{} children in {} families with {} cases: {} rows name {} children, in {} files ({:.1?})",
        made.children,
        made.families,
        made.cases,
        made.rows,
        made.parts,
        made.files.len(),
        start.elapsed(),
    );
    Ok(())
}
