//! Publishes a made-up dataset, to look at and to time: `made_up FOLDER [CHILDREN] [FORMAT]...`.

#[path = "../tests/made_up/mod.rs"]
mod made_up;

use std::error::Error;
use std::time::Instant;

use collate_publish::{Format, publish};

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let out = args.next().ok_or("name a folder to write to")?;
    let children = args.next().map_or(Ok(40), |number| number.parse())?;
    let mut formats = args.map(|name| name.parse()).collect::<Result<Vec<Format>, _>>()?;
    if formats.is_empty() {
        formats.extend(Format::ALL);
    }
    let dataset = made_up::dataset(children);
    let manifest = serde_json::json!({ "program": "collate", "version": env!("CARGO_PKG_VERSION") });
    let start = Instant::now();
    let published = publish(&dataset, &manifest, out.as_ref(), &formats)?;
    println!("{} files in {:.1?}: {}", published.files.len(), start.elapsed(), published.out.display());
    for note in published.notes {
        println!("{}: {} {}", note.place(), note.what, note.todo);
    }
    Ok(())
}
