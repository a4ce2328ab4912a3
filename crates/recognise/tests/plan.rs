//! An improvement plan as it comes out of a document: page breaks, continued sentences, fallen cells.

mod support;

use collate_model::Table;
use support::{column, read, sheet};

const PLAN: &str = "\
Recovery Plan\n\
Aims:\n\
- a) To support the service\n\
- b) To work in partnership\n\
\n\
Advice and Support (the client)\n\
Ref\tPriority Area\tActivity\tLead Officer within the Service\tTarget date\tProgress update\tRAG rating\n\
A1\tKeep the archive\ta) Count the boxes in the\tArchivist\tJuly 2021\tCounting began on 24 th May\tG\n\
\n\
\t\tb) Label the boxes.\tArchivist / Clerk\tMarch 2021\tCompleted\tB\n\
A2\tSet up a reading room in order to provide\ta) Find a room\tClerk\tApril/May 2021\tCompleted\tB\n\
\n\
\tshelter for readers and their books\tb) Furnish the room\tClerk, Buildings\tApril/May 2021\tCompleted\tB\n\
\t\tc) Open the room\tHead of Archive\tJune 2021\tNot yet started\tA\n\
A3\tStrengthen the rota. Also give\ta) Meet the teams, to ask whether\tHead of Archive\tJune/July 2021\tCompleted\tB\n\
\n\
\tthought to whether the rota is fit for purpose\tit needs another person\t\t\t\t\n\
--\t-----\t-----\t---\t---\t---\t---\n\
\n\
Quality\n\
Ref\tPriority Area\tActivity\tLead Officer\tTarget date\tProgress update\tRAG rating\n\
B1\tAudit the boxes, the oldest\ta. Hold audits with the team\tArchivist\tApril 2021\tCompleted One box was found\tB\n\
\n\
\tfirst.\t\t\t\tto be empty and was removed.\t\n\
B2\tReview all boxes, Maps and Care\ta) Discuss with each clerk the last 12\tArchivist / Clerk\tSeptember 2021\tUnderway Clerks will be asked\tG\n\
\n\
Leaver papers for assurance\tmonth period to find issues.\t\t\tand to find themes.\t\n\
\tb) Meet the managers\tClerk\tSeptember 2021\tNot yet started – dependant on a. above being completed\tA\n\
\tc) Ask the board\tClerk\tOngoing\tDependant on b. above\tA\n";

fn plan() -> Vec<Table> {
    let found = read(&sheet(PLAN));
    assert_eq!(found.counts.continued, 3);
    assert_eq!(found.counts.header, 2);
    assert_eq!(found.notes.iter().filter(|note| note.code == "row-shifted").count(), 2);
    found.tables
}

#[test]
fn every_action_has_its_section_reference_and_part() {
    let tables = plan();
    let sections: Vec<&str> = tables.iter().map(|table| table.section.as_str()).collect();
    assert_eq!(sections, ["Advice and Support (the client)", "Quality"]);
    assert_eq!(column(&tables[0], "ref"), ["A1", "A1", "A2", "A2", "A2", "A3"]);
    assert_eq!(column(&tables[0], "sub_ref"), ["a", "b", "a", "b", "c", "a"]);
    assert_eq!(column(&tables[0], "section"), ["Advice and Support (the client)"; 6]);
    assert_eq!(column(&tables[1], "ref"), ["B1", "B2", "B2", "B2"]);
    assert_eq!(column(&tables[1], "sub_ref"), ["a", "a", "b", "c"]);
    assert_eq!(column(&tables[1], "rag"), ["B", "G", "A", "A"]);
}

#[test]
fn broken_sentences_are_whole_again_for_every_action_of_a_group() {
    let tables = plan();
    let areas = column(&tables[0], "priority_area");
    assert_eq!(
        areas[2..5],
        ["Set up a reading room in order to provide shelter for readers and their books"; 3]
    );
    assert_eq!(areas[5], "Strengthen the rota. Also give thought to whether the rota is fit for purpose");
    assert_eq!(
        column(&tables[0], "activity")[5],
        "a) Meet the teams, to ask whether it needs another person"
    );
    assert_eq!(column(&tables[1], "progress")[0], "Completed One box was found to be empty and was removed.");
    assert_eq!(column(&tables[1], "priority_area"), ["Audit the boxes, the oldest first.", W, W, W]);
    const W: &str = "Review all boxes, Maps and Care Leaver papers for assurance";
}

#[test]
fn cells_that_fell_one_column_to_the_left_are_put_back_and_keep_their_place() {
    let tables = plan();
    let table = &tables[1];
    assert_eq!(column(table, "lead")[2..], ["Clerk", "Clerk"]);
    assert_eq!(column(table, "target_date")[2..], ["September 2021", "Ongoing"]);
    assert_eq!(
        column(table, "activity")[1],
        "a) Discuss with each clerk the last 12 month period to find issues."
    );
    let lead = table.columns.iter().position(|column| column.header == "Lead Officer").unwrap();
    assert_eq!(table.origin(2, lead), (table.rows[2], 2));
    assert_eq!(table.origin(1, lead), (table.rows[1], 3));
    let sub_ref = table.columns.iter().position(|column| column.header == "Part").unwrap();
    assert_eq!(table.origin(2, sub_ref), (table.rows[2], 1));
}

#[test]
fn no_text_is_lost() {
    let tables = plan();
    let mut all = String::new();
    for table in &tables {
        for r in 0..table.rows.len() {
            for c in 0..table.columns.len() {
                all.push_str(table.text(r, c));
                all.push('\n');
            }
        }
    }
    let below = PLAN
        .lines()
        .skip(7)
        .filter(|line| line.contains('\t') && !line.starts_with("Ref") && !line.starts_with('-'));
    for cell in below.flat_map(|line| line.split('\t')) {
        assert!(all.contains(cell), "{cell}");
    }
}
