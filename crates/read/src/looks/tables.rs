//! The tables that a workbook itself knows (Insert, Table): where each lies. ECMA-376 part 1, 18.5.1.2.

use collate_model::TableArea;
use quick_xml::Reader;
use quick_xml::events::Event;

use super::parts::related;
use super::seen::corners;
use super::styles::attribute;
use crate::package::Package;

/// More tables of one sheet are not looked at.
const MOST: usize = 200;

/// A sheet's tables, from left to right.
pub(crate) fn tables_of(package: &mut Package<'_>, part: &str) -> Vec<TableArea> {
    let parts = related(package, part).into_iter().filter(|relation| relation.kind == "table");
    let parts: Vec<String> = parts.map(|relation| relation.part).take(MOST).collect();
    let mut tables: Vec<TableArea> =
        parts.iter().filter_map(|part| table(&package.text(part)?.text)).collect();
    tables.sort_unstable_by_key(|table| (table.area.left, table.area.top));
    tables
}

fn table(text: &str) -> Option<TableArea> {
    let mut xml = Reader::from_str(text);
    loop {
        match xml.read_event().ok()? {
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "table" => {
                let sums = attribute(&tag, "totalsRowCount").and_then(|count| count.parse().ok());
                let area = corners(attribute(&tag, "ref")?.as_bytes())?;
                return Some(TableArea { area, sums: sums.unwrap_or(0) });
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use collate_model::Area;

    use super::*;

    #[test]
    fn a_table_says_where_it_lies() {
        let part = |said: &str| {
            format!(
                r#"<?xml version="1.0"?><x:table id="1" name="T" {said}><x:autoFilter ref="A1:B2"/></x:table>"#
            )
        };
        let area = Area { top: 3, left: 1, bottom: 20, right: 7 };
        for (said, sums) in [
            (r#"ref="B3:H20""#, 0),
            (r#"ref="B3:H20" totalsRowCount="1""#, 1),
            (r#"totalsRowCount="x" ref="B3:H20""#, 0),
        ] {
            assert_eq!(table(&part(said)), Some(TableArea { area, sums }), "{said}");
        }
        for reference in ["", "B3", "H20:B3", "B0:C1", "B3:XFE20"] {
            assert_eq!(table(&part(&format!(r#"ref="{reference}""#))), None, "{reference}");
        }
        assert_eq!((table("<table"), table("<sheet/>")), (None, None));
    }
}
