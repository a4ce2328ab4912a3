//! Whatever a sheet holds: no panic, every row accounted for, the same answer twice.

mod support;

use collate_model::{Area, CellKind, SheetBuilder};
use proptest::prelude::*;
use support::{read, sheet};

const CELLS: &[&str] = &[
    "Child's name",
    "DOB",
    "Date accommodated",
    "Ref",
    "Priority area",
    "Activity",
    "RAG",
    "Target date",
    "Lead",
    "Case",
    "Why notable",
    "Update",
    "Claim no",
    "Smith, Jo",
    "1/2/15",
    "L1",
    "a) Do it",
    "and go on",
    "A",
    "Total",
    "Key: R = late",
    "--",
    "East Team",
    "dd/mm/yyyy",
    "Note: x",
    "LE21C50012",
    "943 476 5919",
    "É ©",
    "Mother",
    "Name",
];

#[test]
fn rows_of_tables_side_by_side_count_once_for_each() {
    let text = "Case number|Child|Date issued||Case number|Child|Date issued
WB21C00101|Katie Marsden|01/06/2021||WB20C00009|Tom Price|01/02/2020
WB21C00102|Amelia Harlow|02/06/2021||||";
    let counts = read(&sheet(text)).counts;
    assert_eq!((counts.read, counts.header), (5, 2));
}

proptest! {
    #[test]
    fn is_read_to_the_last_row(
        cells in prop::collection::vec((1u32..25, 0u32..8, 0usize..CELLS.len(), 0u8..4), 0..120),
        merges in prop::collection::vec((0u32..30, 0u32..9, 0u32..30, 0u32..9), 0..4),
    ) {
        let mut builder = SheetBuilder::new();
        for (row, col, text, kind) in cells {
            let kind = [CellKind::Text, CellKind::Text, CellKind::Number, CellKind::Date][usize::from(kind)];
            prop_assert!(builder.push(row, col, kind, CELLS[text]));
        }
        let mut sheet = builder.finish("any.xlsx", "Any");
        sheet.merges = merges.into_iter().map(|(top, left, bottom, right)| Area { top, left, bottom, right }).collect();
        let (one, two) = (read(&sheet), read(&sheet));
        prop_assert_eq!(format!("{:?}", one.tables), format!("{:?}", two.tables));
        prop_assert_eq!(one.notes, two.notes);
    }
}
