//! The formats of the workbook: one look for everything.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline};

use crate::output::Look;

const DARK_BLUE: Color = Color::RGB(0x1F3864);
const GREY: Color = Color::RGB(0x595959);
const LIGHT: Color = Color::RGB(0xBFBFBF);
const PALE: Color = Color::RGB(0xD9D9D9);
const YELLOW: Color = Color::RGB(0xFFF8DC);

/// Every format that a cell can have.
pub(super) struct Looks {
    pub title: Format,
    pub about: Format,
    pub link: Format,
    /// A link in a row, which may be long.
    pub link_in_row: Format,
    pub section: Format,
    pub heading: Format,
    pub text: Format,
    pub wrapped: Format,
    pub total: Format,
    pub total_text: Format,
    pub date: Format,
    pub money: Format,
    pub number: Format,
    pub count: Format,
    pub bits: Format,
    pub percent: Format,
    pub answer: Format,
    /// Of words in a text: as the others, and unlike those beside them.
    pub alike: Format,
    pub unlike: Format,
    /// Only for a rule of a sheet: a thin line under each row.
    pub ruled: Format,
    colours: Vec<(&'static str, Format)>,
}

impl Looks {
    pub fn new() -> Self {
        let cell = || Format::new().set_align(FormatAlign::Top);
        // Away from the text of the next column.
        let right = || cell().set_align(FormatAlign::Right).set_indent(1);
        let number = |code| right().set_num_format(code);
        let coloured = |fill: u32, font: u32| {
            cell().set_background_color(Color::RGB(fill)).set_font_color(Color::RGB(font)).set_bold()
        };
        let (red, amber) = (coloured(0xC00000, 0xFFFFFF), coloured(0xFFC000, 0x000000));
        let link =
            || Format::new().set_font_color(Color::RGB(0x0563C1)).set_underline(FormatUnderline::Single);
        Looks {
            title: Format::new().set_bold().set_font_size(16).set_font_color(DARK_BLUE),
            about: Format::new().set_font_color(GREY),
            link: link(),
            link_in_row: link().set_align(FormatAlign::Top).set_text_wrap(),
            section: Format::new().set_bold().set_font_size(13).set_font_color(DARK_BLUE),
            heading: Format::new()
                .set_bold()
                .set_font_color(Color::White)
                .set_background_color(DARK_BLUE)
                .set_border(FormatBorder::Thin)
                .set_border_color(LIGHT)
                .set_align(FormatAlign::VerticalCenter)
                .set_text_wrap(),
            text: cell(),
            wrapped: cell().set_text_wrap(),
            total: number("#,##0").set_bold().set_border_top(FormatBorder::Thin),
            total_text: cell().set_bold().set_border_top(FormatBorder::Thin),
            date: cell().set_num_format("dd/mm/yyyy").set_align(FormatAlign::Left),
            money: number("£#,##0.00;[Red]-£#,##0.00"),
            number: right(),
            count: number("#,##0"),
            bits: number("0.00"),
            percent: number("0.00%"),
            answer: cell()
                .set_background_color(YELLOW)
                .set_border(FormatBorder::Thin)
                .set_border_color(LIGHT)
                .set_text_wrap()
                .set_unlocked(),
            alike: Format::new(),
            unlike: Format::new().set_bold().set_font_color(Color::RGB(0xC00000)),
            ruled: Format::new().set_border_bottom(FormatBorder::Thin).set_border_bottom_color(PALE),
            colours: vec![
                ("Red", red.clone()),
                ("Amber", amber.clone()),
                ("Green", coloured(0x00803C, 0xFFFFFF)),
                ("Blue", coloured(0x2F5FC4, 0xFFFFFF)),
                ("Grey", coloured(0xA6A6A6, 0x000000)),
                ("Error", red),
                ("Warning", amber),
                ("Info", cell().set_font_color(GREY)),
            ],
        }
    }

    /// The format of a column; cells that a person fills in have their own.
    pub fn column(&self, look: Look) -> &Format {
        match look {
            Look::Date | Look::Span => &self.date,
            Look::Money => &self.money,
            Look::Number | Look::Whole => &self.number,
            Look::Bits => &self.bits,
            Look::Probability => &self.percent,
            Look::Id
            | Look::Text
            | Look::File
            | Look::Prose
            | Look::Name
            | Look::Value
            | Look::YesNo
            | Look::Rag
            | Look::Severity
            | Look::Beside(_)
            | Look::Answer
            | Look::Comment => &self.text,
        }
    }

    /// The colour of a word that has one.
    pub fn colour(&self, word: &str) -> Option<&Format> {
        self.colours.iter().find(|(known, _)| known.eq_ignore_ascii_case(word)).map(|(_, format)| format)
    }
}
