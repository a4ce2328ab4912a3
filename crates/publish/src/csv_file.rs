//! An output as a csv file: UTF-8 without a byte order mark, commas, lines that end in `\n`,
//! quotes only where needed, nothing that a spreadsheet would run.

use std::path::Path;

use crate::error::{At, ErrorKind, PublishError};
use crate::files::{self, Written};
use crate::output::Output;
use crate::row::Row;
use crate::safe_text::safe;

/// Writes `NAME.csv` into the folder.
pub(crate) fn write(output: &dyn Output, folder: &Path) -> Result<Written, PublishError> {
    let name = format!("{}.csv", output.name());
    let path = folder.join(&name);
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::Any(b'\n'))
        .buffer_capacity(1 << 20)
        .from_writer(files::create(&path)?);

    let columns = output.columns();
    let published = columns.iter().take_while(|column| !column.is_for_answers()).count();
    let headings = columns[..published].iter().map(|column| safe(&column.name).into_owned());
    writer.write_record(headings).at(ErrorKind::Write, &path)?;

    let mut rows = 0;
    let mut line = |row: &Row| -> csv::Result<()> {
        for cell in row.cells().take(published) {
            writer.write_field(safe(cell).as_bytes())?;
        }
        writer.write_record(None::<&[u8]>)
    };
    output.rows(&mut Row::default(), &mut |row| {
        rows += 1;
        line(row).at(ErrorKind::Write, &path)
    })?;

    let file = writer.into_inner().map_err(|error| error.into_error()).at(ErrorKind::Write, &path)?;
    files::finish(&file, folder, &name, Some(rows))
}
