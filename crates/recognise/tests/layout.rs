//! What stands around and between the records of a sheet: one test for each trap.

mod support;

use collate_model::{Area, Evidence, Severity};
use collate_recognise::{Overrides, builtin};
use jiff::civil::date;
use support::{column, fields, read, read_with, sheet, sheet_named};

#[test]
fn titles_blank_rows_and_blank_columns_stand_around_a_table() {
    let found = read(&sheet(
        "Section 20 cases as at 6 September 2021\nOFFICIAL - SENSITIVE\n\n\n||Child's name|DOB|Date accommodated\n||Smith, Jo|1/2/15|3/4/21\n\n||Jones, Al|1/2/14|3/4/20\n\nTotal: 2\nKey: R = overdue\nNote: data as at 6 September",
    ));
    let [table] = &found.tables[..] else { panic!("one table") };
    assert_eq!((table.kind.as_str(), table.as_at), ("s20_cases", Some(date(2021, 9, 6))));
    assert_eq!((&table.header_rows[..], &table.rows[..]), (&[5][..], &[6, 8][..]));
    assert_eq!(table.columns[0].col, 2);
    assert_eq!((found.counts.furniture, found.counts.header), (5, 1));
}

#[test]
fn the_date_comes_from_title_sheet_or_file() {
    let text = "Child's name|Date accommodated\nSmith, Jo|3/4/21";
    for (file, name, above, expected) in [
        ("s20.csv", "", "As at 6 September 2021", Some(date(2021, 9, 6))),
        ("s20.xlsx", "Sept 2021", "", Some(date(2021, 9, 30))),
        ("s20 2021-09-07.xlsx", "Sheet1", "", Some(date(2021, 9, 7))),
        ("s20.xlsx", "Sheet1", "", None),
    ] {
        let found = read(&sheet_named(file, name, &format!("{above}\n{text}")));
        assert_eq!(found.tables[0].as_at, expected, "{file}");
    }
}

#[test]
fn tables_one_under_the_other_have_their_own_headings_and_sections() {
    let found = read(&sheet(
        "Workstream A\nRef|Priority area|Activity|Lead Officer|Target date|RAG\nA1|Train|Run course|HoS|May 2021|G\n\nWorkstream B\nRef|Priority area|Activity|Lead|Due date|RAG|Notes\nB1|Hire|Advertise|HR|June 2021|A|none\n\nWorkstream C\nRef|Priority area|Activity|Lead|Due date|RAG|Notes\nC1|Move|Pack|HR|July 2021|A|some",
    ));
    let sections: Vec<&str> = found.tables.iter().map(|table| table.section.as_str()).collect();
    assert_eq!(sections, ["Workstream A", "Workstream B", "Workstream C"]);
    assert_eq!(column(&found.tables[1], "section"), ["Workstream B"]);
    assert_eq!((found.counts.header, found.counts.furniture), (3, 3));
}

#[test]
fn different_trackers_may_share_a_sheet() {
    let found = read(&sheet(
        "Child's name|DOB|Date accommodated\nSmith, Jo|1/2/15|3/4/21\n\nHRA claims\nClaim no|Claimant|Article(s)|LBA received\nQB1|Jones, Al|8|1/2/21",
    ));
    let kinds: Vec<&str> = found.tables.iter().map(|table| table.kind.as_str()).collect();
    assert_eq!(kinds, ["s20_cases", "hra_claims"]);
    assert_eq!(found.tables[1].section, "HRA claims");
    assert_eq!(found.tables[0].rows, [2]);
}

#[test]
fn rows_of_an_unknown_table_above_are_left_alone_with_a_note() {
    let found = read(&sheet(
        "Month|Opened|Closed|Weeks\nApril|3|4|5\nMay|1|2|3\n\nChild's name|DOB|Date accommodated\nSmith, Jo|1/2/15|3/4/21",
    ));
    assert_eq!((found.counts.left_alone, found.tables[0].rows.len()), (3, 1));
    assert!(found.notes.iter().any(|note| note.code == "rows-left-alone" && note.row == 1));
}

#[test]
fn headings_repeated_at_page_breaks_are_dropped() {
    let found = read(&sheet(
        "Section 20 cases\nChild's name|DOB|Date accommodated\nSmith, Jo|1/2/15|3/4/21\n\nSection 20 cases\nChild's Name|DOB:|Date accommodated\nJones, Al|1/2/14|3/4/20\n--|--|--\nChild's name|DOB|Date accommodated\nPatel, Raj|1/2/13|3/4/19",
    ));
    assert_eq!(found.tables.len(), 1);
    assert_eq!(found.tables[0].rows, [3, 7, 10]);
    assert_eq!((found.counts.header, found.counts.furniture), (3, 3));
}

#[test]
fn a_heading_over_two_rows_is_joined() {
    let text =
        "Child||Hearing||Mother|\nName|DOB|Date|Type|Name|Notes\nSmith, Jo|1/2/15|3/4/21|IRH|Smith, Ann|x";
    let mut two = sheet(
        &format!("Case no|{}", text.replace('\n', "\n|")).replace("\n|Smith, Jo", "\nLE21C50012|Smith, Jo"),
    );
    for merged in [false, true] {
        if merged {
            let area = |left, right| Area { top: 1, left, bottom: 1, right };
            two.merges = vec![area(1, 2), area(3, 4), area(5, 5)];
        }
        let found = read(&two);
        let [table] = &found.tables[..] else { panic!("one table: {:?}", found.notes) };
        let names = fields(table, &builtin());
        assert_eq!(
            names[..6],
            ["case_number", "child_name", "dob", "next_hearing_date", "next_hearing_type", "-"]
        );
        assert_eq!(table.header_rows, [1, 2]);
        assert_eq!(table.columns[3].header, "Hearing Date");
    }
}

#[test]
fn a_row_of_hints_belongs_to_the_heading() {
    let found = read(&sheet(
        "Child's name|DOB|Date accommodated|UASC\nfree text|dd/mm/yyyy|dd/mm/yyyy|Y/N\nSmith, Jo|1/2/15|3/4/21|N",
    ));
    assert_eq!((found.counts.header, &found.tables[0].rows[..]), (2, &[3][..]));
}

#[test]
fn a_record_is_not_taken_for_a_second_heading_row() {
    let found = read(&sheet("Child's name|Date accommodated|Consent by|Team\nSmith, Jo|3/4/21|Mother|Court"));
    assert_eq!(found.tables[0].rows, [2]);
}

#[test]
fn rulers_totals_keys_and_notes_are_furniture() {
    for (row, furniture) in [
        ("--|---|====", true),
        ("Total|2|", true),
        ("Grand total: 12", true),
        ("Number of children|12", true),
        ("Key: R = overdue|A = due|G = fine", true),
        ("R = overdue", true),
        ("Page 2 of 3", true),
        ("Please note that this is a snapshot", true),
        ("Produced by the performance team on 3 May", true),
        ("Total, John|1/2/15|3/4/20", false),
        ("Keyes, Ann", false),
        ("Court, Emily", false),
    ] {
        let text = format!(
            "Child's name|DOB|Date accommodated\nSmith, Jo|1/2/15|3/4/21\n{row}\nJones, Al|1/2/14|3/4/20"
        );
        let found = read(&sheet(&text));
        assert_eq!(found.counts.furniture == 1, furniture, "{row}");
        assert_eq!(found.tables[0].rows.len(), if furniture { 2 } else { 3 }, "{row}");
    }
}

#[test]
fn headings_between_rows_start_a_section() {
    let found = read(&sheet(
        "Child's name|DOB|Date accommodated\nEast Team\nSmith, Jo|1/2/15|3/4/21\nWest Team\nJones, Al|1/2/14|3/4/20",
    ));
    let sections: Vec<&str> = found.tables.iter().map(|table| table.section.as_str()).collect();
    assert_eq!(sections, ["East Team", "West Team"]);
    assert_eq!(found.counts.furniture, 2);
}

#[test]
fn cells_merged_down_hold_for_every_row() {
    let mut merged = sheet(
        "Family|Child's name|DOB|Date accommodated\nF1|Smith, Jo|1/2/15|3/4/21\n|Smith, Al|1/2/14|3/4/21\n|Jones, Ed|1/2/13|3/4/21",
    );
    merged.merges.push(Area { top: 2, left: 0, bottom: 3, right: 0 });
    let found = read(&merged);
    let table = &found.tables[0];
    let texts: Vec<&str> = (0..3).map(|r| table.text(r, 0)).collect();
    assert_eq!(texts, ["F1", "F1", ""]);
    assert_eq!(table.origin(1, 0), (2, 0));
}

#[test]
fn a_merge_over_the_whole_sheet_does_no_harm() {
    let mut merged = sheet("Child's name|DOB|Date accommodated\nSmith, Jo|1/2/15|3/4/21");
    merged.merges.push(Area { top: 1, left: 0, bottom: u32::MAX, right: u32::MAX });
    merged.merges.push(Area { top: 9, left: 9, bottom: 1, right: 1 });
    assert_eq!(read(&merged).tables[0].rows, [2]);
}

#[test]
fn rows_that_only_go_on_are_joined_to_the_record_above() {
    let found = read(&sheet(
        "Case name|Child(ren)|Why notable|Update\nSmith|Smith, Jo|Delay|The guardian asked for\n|||a further assessment.\n|||Hearing on 3 May.\nJones|Jones, Al|Delay|None",
    ));
    let table = &found.tables[0];
    assert_eq!(found.counts.continued, 2);
    assert_eq!(
        column(table, "progress"),
        ["The guardian asked for a further assessment. Hearing on 3 May.", "None"]
    );
    assert_eq!(table.rows, [2, 5]);
    assert_eq!(table.origin(0, 3), (2, 3));
}

#[test]
fn blanks_mean_as_above_only_where_the_kind_says_so() {
    let found = read(&sheet(
        "Case|Case number|Child(ren)|Why notable\nSmith|LE21C50012|Smith, Jo|Delay\n||Smith, Al|Delay\n|LE21C50099|Patel, Raj|Delay\nJones||Jones, Ed|Delay",
    ));
    let table = &found.tables[0];
    assert_eq!(column(table, "case_label"), ["Smith", "Smith", "", "Jones"]);
    assert_eq!(column(table, "case_number"), ["LE21C50012", "", "LE21C50099", ""]);
    assert_eq!(table.origin(1, 0), (2, 0));
}

#[test]
fn a_user_can_say_what_a_sheet_is() {
    let overrides: Overrides = toml::from_str(
        "['a.csv']\nkind = 'ignore'\n['b.csv']\nkind = 's20_cases'\nheader_row = 2\ncolumns = { 'Kid' = 'child_name', 'Came' = 's20_start', 'Bin' = 'ignore' }\n\
         ['c.csv']\nkind = 'people_list'\nheader_row = 0\ncolumns = { 'A' = 'child_name', 'B' = 'dob' }\n['d.csv']\ncolumns = { 'Kid' = 'child_name', 'Came' = 's20_start' }\n",
    )
    .unwrap();
    let kinds = builtin();
    overrides.check(&kinds).unwrap();
    let ask = |file, text| read_with(&sheet_named(file, "", text), &kinds, &overrides);

    let ignored = ask("a.csv", "Child's name|DOB\nSmith, Jo|1/2/15");
    assert!(ignored.tables.is_empty() && !ignored.own && ignored.counts.left_alone == 2);

    let forced = ask("b.csv", "Name|DOB\nKid|Came|Bin|Rest\nSmith, Jo|3/4/21|x|y");
    assert_eq!(fields(&forced.tables[0], &kinds), ["child_name", "s20_start", "-"]);
    assert_eq!(forced.tables[0].columns[0].evidence, Evidence::Told);

    let headless = ask("c.csv", "Smith, Jo|1/2/15|x\nJones, Al|1/2/14|y");
    assert_eq!(headless.tables[0].rows, [1, 2]);
    assert_eq!(fields(&headless.tables[0], &kinds), ["child_name", "dob", "-"]);
    assert_eq!(headless.tables[0].columns[2].header, "Column C");

    let told = ask("d.csv", "Kid|Came\nSmith, Jo|3/4/21");
    assert_eq!(told.tables[0].kind, "s20_cases");
}

#[test]
fn notes_hold_no_cell_of_the_sheet() {
    let found = read(&sheet("Name|Issues|Shoe\nSmith, Jo|Delay|4\nJones, Al|Drift|5"));
    for note in &found.notes {
        assert!(note.severity <= Severity::Warning);
        assert!(!note.what.contains("Smith") && !note.todo.contains("Jo"));
    }
}
