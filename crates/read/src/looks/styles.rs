//! What each of a workbook's cell styles looks like, as far as it matters.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::colour::{hex, indexed, tinted};
use crate::package::Package;
use crate::xlsx::NumberFormat;
use collate_model::Rgb;

/// What a cell style looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Look {
    /// Solid fill.
    pub fill: Option<Rgb>,
    /// The text is struck through.
    pub struck: bool,
}

/// All cell styles, by their number.
#[derive(Debug, Default)]
pub(crate) struct Styles {
    looks: Vec<Look>,
    formats: Vec<NumberFormat>,
}

impl Styles {
    /// Reads them from a package; none where there are no styles.
    pub fn of(package: &mut Package<'_>) -> Self {
        let Some(text) = package.text("xl/styles.xml") else { return Styles::default() };
        let theme = theme_of(package);
        parse(&text.text, &theme)
    }

    /// Those that look like this, and make this of numbers.
    pub(super) fn of_looks(looks: Vec<Look>, formats: Vec<NumberFormat>) -> Self {
        Styles { looks, formats }
    }

    /// A style's look.
    pub fn look(&self, style: u32) -> Look {
        self.looks.get(style as usize).copied().unwrap_or_default()
    }

    /// What a style makes of a number.
    pub fn format(&self, style: u32) -> NumberFormat {
        self.formats.get(style as usize).copied().unwrap_or_default()
    }

    /// No style says anything.
    pub fn are_plain(&self) -> bool {
        self.looks.iter().all(|look| *look == Look::default())
    }

    /// The style says something.
    pub fn speaks(&self, style: u32) -> bool {
        self.look(style) != Look::default()
    }
}

/// The colours of the theme of a package.
pub(super) fn theme_of(package: &mut Package<'_>) -> Vec<Rgb> {
    package.text("xl/theme/theme1.xml").map(|part| theme(&part.text)).unwrap_or_default()
}

/// The colours of a theme in the order in which cells number them: light before dark.
fn theme(text: &str) -> Vec<Rgb> {
    let mut xml = Reader::from_str(text);
    let (mut colours, mut inside) = (Vec::new(), false);
    while let Ok(event) = xml.read_event() {
        match event {
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                "clrScheme" => inside = true,
                "srgbClr" if inside => colours.extend(attribute(&tag, "val").and_then(|v| hex(&v))),
                "sysClr" if inside => colours.extend(attribute(&tag, "lastClr").and_then(|v| hex(&v))),
                _ => {}
            },
            Event::End(tag) if tag.local_name().as_ref() == "clrScheme" => break,
            Event::Eof => break,
            _ => {}
        }
    }
    if colours.len() >= 4 {
        colours.swap(0, 1);
        colours.swap(2, 3);
    }
    colours
}

fn parse(text: &str, theme: &[Rgb]) -> Styles {
    let mut xml = Reader::from_str(text);
    let (mut struck, mut fills, mut looks) = (Vec::new(), Vec::new(), Vec::new());
    let (mut own, mut formats) = (BTreeMap::new(), Vec::new());
    let mut palette: Vec<Rgb> = Vec::new();
    let (mut list, mut solid) = (String::new(), false);
    while let Ok(event) = xml.read_event() {
        match event {
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                name @ ("numFmts" | "fonts" | "fills" | "cellXfs" | "cellStyleXfs" | "dxfs"
                | "indexedColors") => name.clone_into(&mut list),
                "numFmt" if list == "numFmts" => {
                    let id = attribute(&tag, "numFmtId").and_then(|id| id.parse::<u32>().ok());
                    own.extend(id.zip(attribute(&tag, "formatCode").map(|code| NumberFormat::of(&code))));
                }
                "font" if list == "fonts" => struck.push(false),
                "strike" if list == "fonts" => {
                    let off = attribute(&tag, "val").is_some_and(|v| matches!(v.as_str(), "0" | "false"));
                    if let Some(last) = struck.last_mut() {
                        *last = !off;
                    }
                }
                "fill" if list == "fills" => fills.push(None),
                "patternFill" if list == "fills" => {
                    solid = attribute(&tag, "patternType").is_some_and(|pattern| pattern == "solid");
                }
                "fgColor" if list == "fills" && solid => {
                    if let Some(last) = fills.last_mut() {
                        *last = Some(Colour::of(&tag));
                    }
                }
                "rgbColor" if list == "indexedColors" => {
                    palette.extend(attribute(&tag, "rgb").and_then(|v| hex(&v)));
                }
                "xf" if list == "cellXfs" => {
                    let number = |name| attribute(&tag, name).and_then(|v| v.parse::<usize>().ok());
                    looks.push((number("fontId").unwrap_or(0), number("fillId").unwrap_or(0)));
                    formats.push(number("numFmtId").and_then(|id| u32::try_from(id).ok()).unwrap_or(0));
                }
                _ => {}
            },
            Event::Eof => break,
            _ => {}
        }
    }
    let look = |(font, fill): (usize, usize)| Look {
        struck: struck.get(font).copied().unwrap_or(false),
        fill: fills.get(fill).and_then(|fill: &Option<Colour>| fill.as_ref()?.resolve(theme, &palette)),
    };
    let format = |id: u32| own.get(&id).copied().unwrap_or_else(|| NumberFormat::built_in(id));
    Styles {
        looks: looks.into_iter().map(look).collect(),
        formats: formats.into_iter().map(format).collect(),
    }
}

/// A colour as it is written.
#[derive(Default)]
pub(super) struct Colour {
    pub rgb: Option<Rgb>,
    pub theme: Option<usize>,
    pub index: Option<usize>,
    pub tint: f64,
}

impl Colour {
    fn of(tag: &BytesStart) -> Self {
        let number = |name| attribute(tag, name).and_then(|v| v.parse().ok());
        Colour {
            rgb: attribute(tag, "rgb").and_then(|v| hex(&v)),
            theme: number("theme"),
            index: number("indexed"),
            tint: attribute(tag, "tint").and_then(|v| v.parse().ok()).unwrap_or(0.0),
        }
    }

    pub fn resolve(&self, theme: &[Rgb], palette: &[Rgb]) -> Option<Rgb> {
        let own = |index: usize| palette.get(index).copied().or_else(|| indexed(index));
        let plain = self.rgb.or_else(|| theme.get(self.theme?).copied()).or_else(|| own(self.index?))?;
        Some(tinted(plain, self.tint))
    }
}

/// An attribute's value, whatever its prefix.
pub(crate) fn attribute(tag: &BytesStart, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let found = attributes.with_checks(false).flatten().find(|a| a.key.local_name().as_ref() == name)?;
    found.normalized_value(quick_xml::XmlVersion::Explicit1_0).ok().map(|value| value.into_owned())
}

#[cfg(test)]
pub(super) fn tests_styles() -> Styles {
    let red = Look { fill: Some(Rgb([255, 0, 0])), struck: false };
    Styles { looks: vec![Look::default(), red, Look { struck: true, ..red }], formats: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fills_and_strokes_are_found_by_style() {
        let theme = theme(
            r#"<a:theme xmlns:a="x"><a:clrScheme><a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1><a:lt1><a:sysClr lastClr="FFFFFF"/></a:lt1>
            <a:dk2><a:srgbClr val="44546A"/></a:dk2><a:lt2><a:srgbClr val="E7E6E6"/></a:lt2><a:accent1><a:srgbClr val="4472C4"/></a:accent1></a:clrScheme><a:srgbClr val="123456"/></a:theme>"#,
        );
        assert_eq!(theme.len(), 5);
        let styles = parse(
            r#"<styleSheet><fonts><font/><font><strike/></font><font><strike val="0"/></font></fonts>
            <fills><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>
            <fill><patternFill patternType="solid"><fgColor rgb="FFFF0000"/><bgColor indexed="64"/></patternFill></fill>
            <fill><patternFill patternType="solid"><fgColor theme="4"/></patternFill></fill>
            <fill><patternFill patternType="solid"><fgColor indexed="11"/></patternFill></fill>
            <fill><patternFill patternType="solid"><fgColor theme="0" tint="-0.5"/></patternFill></fill>
            <fill><patternFill patternType="solid"><fgColor theme="99"/></patternFill></fill></fills>
            <cellStyleXfs><xf fillId="2"/></cellStyleXfs>
            <cellXfs><xf fontId="0" fillId="0"/><xf fontId="1" fillId="0"/><xf fillId="2"/><xf fillId="3" fontId="2"/><xf fillId="4"/><xf fillId="5"/><xf fillId="6"/><xf fillId="1"/></cellXfs>
            <dxfs><dxf><fill><patternFill patternType="solid"><fgColor rgb="FF00FF00"/></patternFill></fill></dxf></dxfs></styleSheet>"#,
            &theme,
        );
        let looks: Vec<(bool, Option<Rgb>)> =
            (0..9).map(|style| styles.look(style)).map(|look| (look.struck, look.fill)).collect();
        assert_eq!(
            looks,
            [
                (false, None),
                (true, None),
                (false, Some(Rgb([255, 0, 0]))),
                (false, Some(Rgb([0x44, 0x72, 0xC4]))),
                (false, Some(Rgb([0, 255, 0]))),
                (false, Some(Rgb([128; 3]))),
                (false, None),
                (false, None),
                (false, None),
            ]
        );
    }
}
