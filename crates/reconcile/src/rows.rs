//! The rows of all tables, addressed by field name.

use collate_model::{
    CleanColumn, CleanTable, Cleaned, Date, FieldType, Kind, Kinds, SmolStr, Source, SourceId, Value,
};
use rustc_hash::FxHashMap;

use crate::own_columns::OwnColumns;

/// One row of one table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Row {
    /// Index of the table.
    pub table: u32,
    /// Index of the record in the table.
    pub record: u32,
}

/// A table with its kind at hand.
pub struct TableView<'a> {
    /// The table.
    pub table: &'a CleanTable,
    /// Its kind.
    pub kind: &'a Kind,
    /// Its sheet in the run's list of sources.
    pub source: SourceId,
    /// The columns that say who a person is.
    pub person: PersonColumns<'a>,
    /// Its columns without a field.
    pub own_columns: OwnColumns,
    /// The column of each field that the table has.
    columns: FxHashMap<&'a str, usize>,
}

/// The columns that say who a person is: every mention asks for them, several times.
pub struct PersonColumns<'a> {
    /// Whole names.
    pub whole: PersonColumn<'a>,
    /// Names in parts.
    pub forename: PersonColumn<'a>,
    /// Names in parts.
    pub middle: PersonColumn<'a>,
    /// Names in parts.
    pub surname: PersonColumn<'a>,
    /// Date of birth.
    pub dob: PersonColumn<'a>,
    /// Expected date of birth.
    pub expected: PersonColumn<'a>,
    /// Numbers of one person.
    pub numbers: [PersonColumn<'a>; 3],
}

/// A column that a table may have.
#[derive(Clone, Copy)]
pub struct PersonColumn<'a>(Option<&'a CleanColumn>);

impl<'a> PersonColumn<'a> {
    /// The column, if the table has it.
    pub fn column(self) -> Option<&'a CleanColumn> {
        self.0
    }

    /// A row's value, if there is one.
    pub fn value(self, row: Row) -> Option<&'a Value> {
        self.0.map(|column| &column.get(row.record as usize).value).filter(|value| !value.is_missing())
    }
}

impl<'a> PersonColumns<'a> {
    fn new(column: impl Fn(&str) -> Option<&'a CleanColumn>) -> Self {
        let column = |field| PersonColumn(column(field));
        PersonColumns {
            whole: column("child_name"),
            forename: column("forename"),
            middle: column("middle_name"),
            surname: column("surname"),
            dob: column("dob"),
            expected: column("expected_dob"),
            numbers: ["child_id", "nhs_number", "upn"].map(column),
        }
    }
}

/// All rows.
pub struct Rows<'a> {
    /// The tracker kinds.
    pub kinds: &'a Kinds,
    /// The tables.
    pub tables: Vec<TableView<'a>>,
}

impl<'a> Rows<'a> {
    /// Looks up kind and source of each table. A table of a kind that is not in the list, or of a
    /// sheet that is not among the sources, can't come out of recognition.
    pub fn new(kinds: &'a Kinds, tables: &'a [CleanTable], sources: &[Source]) -> Self {
        let view = |table: &'a CleanTable| {
            let kind = kinds.kind(&table.kind).expect("recognition gives known kinds only");
            let source = sources.iter().position(|s| s.file == table.file && s.sheet == table.sheet);
            let mut columns = FxHashMap::default();
            for (c, column) in table.columns.iter().enumerate() {
                if let Some(field) = column.field {
                    columns.entry(kind.fields[field].name.as_str()).or_insert(c);
                }
            }
            let source = source.expect("every table is of a sheet that was read") as SourceId;
            let person = PersonColumns::new(|field| columns.get(field).map(|c| &table.columns[*c]));
            TableView { table, kind, source, person, own_columns: OwnColumns::of(table), columns }
        };
        Rows { kinds, tables: tables.iter().map(view).collect() }
    }

    /// Every row, table by table.
    pub fn iter(&self) -> impl Iterator<Item = Row> + '_ {
        self.tables.iter().enumerate().flat_map(|(table, view)| {
            (0..view.table.rows.len() as u32).map(move |record| Row { table: table as u32, record })
        })
    }

    /// The table of a row.
    pub fn view(&self, row: Row) -> &TableView<'a> {
        &self.tables[row.table as usize]
    }

    /// A row's cell of a field, if its table has the field and the cell holds something.
    pub fn cell(&self, row: Row, field: &str) -> Option<&'a Cleaned> {
        let view = self.view(row);
        let column = view.column(field)?;
        let cell = view.table.columns[column].get(row.record as usize);
        (!cell.value.is_missing()).then_some(cell)
    }

    /// References in a row's cell.
    pub fn refs(&self, row: Row, field: &str) -> &'a [SmolStr] {
        match self.cell(row, field).map(|cell| &cell.value) {
            Some(Value::Refs(refs)) => refs,
            _ => &[],
        }
    }

    /// When a row was true: its own date, or its sheet's.
    pub fn as_at(&self, row: Row) -> Option<Date> {
        let own = match self.cell(row, "as_at").map(|cell| &cell.value) {
            Some(Value::Dates(dates)) => dates.first().and_then(|date| date.to),
            _ => None,
        };
        own.or(self.view(row).table.as_at)
    }

    /// Row number as a spreadsheet shows it.
    pub fn number(&self, row: Row) -> u32 {
        self.view(row).table.rows[row.record as usize]
    }
}

impl TableView<'_> {
    /// The column of a field.
    pub fn column(&self, field: &str) -> Option<usize> {
        self.columns.get(field).copied()
    }

    /// Its rows speak of this entity.
    pub fn mentions(&self, entity: &str) -> bool {
        self.kind.entities.iter().any(|e| e == entity)
    }

    /// What the cells of a column hold.
    pub fn column_type(&self, column: usize) -> FieldType {
        match self.table.columns[column].field {
            Some(field) => self.kind.fields[field].kind,
            None => FieldType::Text,
        }
    }
}
