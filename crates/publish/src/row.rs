//! One row of an output as a sheet needs it: all cells at hand, in a buffer that is used again.

/// The cells of one row, as text.
#[derive(Debug, Default)]
pub(crate) struct Row {
    text: String,
    ends: Vec<usize>,
}

impl Row {
    /// Forgets the former row.
    pub fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    /// Adds a cell.
    pub fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len());
    }

    /// One cell.
    pub fn get(&self, i: usize) -> &str {
        let start = if i == 0 { 0 } else { self.ends[i - 1] };
        &self.text[start..self.ends[i]]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_come_back_and_the_former_row_is_gone() {
        let mut row = Row::default();
        row.push("gone");
        row.clear();
        for text in ["a", "", "é"] {
            row.push(text);
        }
        assert_eq!((row.get(0), row.get(1), row.get(2)), ("a", "", "é"));
    }
}
