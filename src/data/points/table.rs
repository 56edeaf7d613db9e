//! The reader's own table of points: CSV, TSV, columns parted by semicolons or blanks, or JSON.
//!
//! The first two columns that hold a number in the first row are taken; under a header those without a name (row
//! numbers, as pandas and R write them) come last. Each is standardised to mean 0 and standard deviation 1.

mod delimited;
mod json;
mod ordered;

use super::own::half_width;
use super::{Axis, Point};
use crate::protocol::Points;
use crate::settings::Refusal;
use std::fmt::Display;

/// The most rows that are taken.
pub const MAX_ROWS: usize = 100_000;

/// The largest size of a number: differences of such are finite.
const LARGEST: f64 = 1e300;

/// The most characters of a column's name that are shown.
const NAME_LENGTH: usize = 24;

/// Points in standardised coordinates, with what their axes measure.
#[derive(Clone, Debug)]
pub struct Table {
    pub points: Vec<Point>,
    /// `measured = mean + scale · x`; units are not known.
    pub axes: [Axis; 2],
    pub n_rows: usize,
}

impl From<Table> for Points {
    fn from(table: Table) -> Self {
        let values = table.points.iter().flatten().map(|&v| v as f32).collect();
        Self { values, half_width: Some(half_width(&table.points)), axes: Some(table.axes) }
    }
}

/// Reads a table with or without a header. A byte order mark, any line ends, blank lines and lines that begin with #
/// are fine.
///
/// # Errors
///
/// The first row without two numbers, by its line (of a text) or row (of JSON); fewer than 2 rows or more than
/// [`MAX_ROWS`]; numbers that are not finite or beyond 1e300; points that are all the same.
pub fn read(text: &str) -> Result<Table, Refusal> {
    let text = text.trim_start_matches('\u{feff}');
    let is_json = text.trim_start().starts_with(['[', '{']);
    let columns = if is_json { json::read(text)? } else { delimited::read(text)? };
    columns.table()
}

/// The two columns that are taken, gathered row by row.
#[derive(Default)]
struct Columns {
    /// The header's words, one a column; none without a header.
    names: Vec<String>,
    /// Which columns; known from the first row on. Fewer than two where there are no more.
    picked: Option<Vec<usize>>,
    values: [Vec<f64>; 2],
}

impl Columns {
    /// Takes in a row: the number in each column, where there is one. For a refusal, `shown` is the row as it was
    /// written and `place` says where ("on line 17").
    fn push(&mut self, numbers: &[Option<f64>], shown: impl Display, place: impl Display) -> Result<(), Refusal> {
        let picked = self.picked.get_or_insert_with(|| pick(&self.names, numbers));
        let row: Vec<f64> = picked.iter().filter_map(|&k| numbers.get(k).copied().flatten()).collect();
        let [x, y] = row[..] else {
            return Err(Refusal::new("data", shown, format!("two numbers {place}")));
        };
        if !(x.abs() <= LARGEST && y.abs() <= LARGEST) {
            return Err(Refusal::new("data", shown, format!("two numbers from -1e300 to 1e300 {place}")));
        }
        if self.values[0].len() == MAX_ROWS {
            return Err(wrong_size(format!("a table of more than {MAX_ROWS} rows")));
        }
        self.values[0].push(x);
        self.values[1].push(y);
        Ok(())
    }

    fn table(self) -> Result<Table, Refusal> {
        let n_rows = self.values[0].len();
        if n_rows < 2 {
            return Err(wrong_size(if n_rows == 1 { "a table of one row" } else { "a table without rows" }));
        }
        let [(x, xs), (y, ys)] = [0, 1].map(|k| Axis::standardise(&self.label(k), &self.values[k]));
        let points: Vec<Point> = xs.into_iter().zip(ys).map(|(x, y)| [x, y]).collect();
        if points.iter().all(|p| *p == [0.0, 0.0]) {
            return Err(Refusal::new(
                "data",
                format!("{n_rows} times the same point"),
                "at least two different points",
            ));
        }
        Ok(Table { points, axes: [x, y], n_rows })
    }

    /// The name of the `k`-th column that is taken, shortened; x or y where it has none.
    fn label(&self, k: usize) -> String {
        let column = self.picked.as_ref().and_then(|picked| picked.get(k));
        let name = column.and_then(|&column| self.names.get(column)).map_or("", |name| name.trim());
        let mut letters = name.chars().filter(|c| !c.is_control());
        let mut label: String = letters.by_ref().take(NAME_LENGTH).collect();
        if letters.next().is_some() {
            label.push('…');
        }
        if label.is_empty() { ["x", "y"][k].into() } else { label }
    }
}

/// The first two columns with a number in this row, those without a name after those with one.
fn pick(names: &[String], numbers: &[Option<f64>]) -> Vec<usize> {
    let named = |k: &usize| names.get(*k).is_none_or(|name| !name.trim().is_empty());
    let (named, nameless): (Vec<_>, Vec<_>) = (0..numbers.len()).filter(|&k| numbers[k].is_some()).partition(named);
    named.into_iter().chain(nameless).take(2).collect()
}

fn wrong_size(what: impl Display) -> Refusal {
    Refusal::new("data", what, format!("a table of 2 to {MAX_ROWS} rows"))
}
