//! Tables as text: one row a line, columns parted by commas, tabs, semicolons or blanks (RFC 4180 where quoted).
//!
//! Where the comma does not part columns it may stand for the decimal point, as in much of Europe.

use super::Columns;
use crate::settings::Refusal;
use csv::ReaderBuilder;

pub(super) fn read(text: &str) -> Result<Columns, Refusal> {
    let text = text.replace("\r\n", "\n");
    let is_content = |line: &str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    let lines: Vec<(usize, &str)> = (1..).zip(text.split(['\n', '\r'])).filter(|(_, l)| is_content(l)).collect();
    // Only content reaches the parser, so that its count of lines leads back to the reader's.
    let content = lines.iter().map(|(_, line)| *line).collect::<Vec<_>>().join("\n");
    let delimiter = delimiter(&lines);
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(content.as_bytes());

    let mut columns = Columns::default();
    for (i, record) in reader.records().enumerate() {
        let record = record.expect("UTF-8 in memory, with rows of any length");
        let (number, line) = lines[record.position().map_or(0, |p| p.line() as usize - 1)];
        let cells: Vec<&str> = record.iter().filter(|cell| delimiter != b' ' || !cell.is_empty()).collect();
        let numbers: Vec<_> = cells.iter().map(|cell| parse(cell, delimiter)).collect();
        if i == 0 && numbers.iter().all(Option::is_none) {
            columns.names = cells.into_iter().map(String::from).collect();
        } else {
            columns.push(&numbers, line, format_args!("on line {number}"))?;
        }
    }
    Ok(columns)
}

/// The character that parts the columns of the most lines (tab before semicolon before comma), else the blank.
fn delimiter(lines: &[(usize, &str)]) -> u8 {
    let parts = |delimiter: u8, line: &str| line.split('"').step_by(2).any(|s| s.as_bytes().contains(&delimiter));
    let count = |delimiter: u8| lines.iter().filter(|(_, line)| parts(delimiter, line)).count();
    let counts = [b',', b';', b'\t'].map(|delimiter| (count(delimiter), delimiter));
    counts.into_iter().filter(|(n, _)| *n > 0).max_by_key(|(n, _)| *n).map_or(b' ', |(_, delimiter)| delimiter)
}

fn parse(cell: &str, delimiter: u8) -> Option<f64> {
    let cell = cell.trim();
    if delimiter == b',' { cell.parse().ok() } else { cell.replace(',', ".").parse().ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names, and the numbers as they stood.
    fn taken(text: &str) -> ([String; 2], Vec<[f64; 2]>) {
        let columns = read(text).unwrap();
        let [x, y] = columns.values.clone();
        ([0, 1].map(|k| columns.label(k)), x.into_iter().zip(y).map(|(x, y)| [x, y]).collect())
    }

    #[test]
    fn every_way_to_part_columns() {
        let rows = vec![[1.5, -2e3], [0.25, 4.0]];
        for text in [
            "1.5,-2e3\n.25,4\n",
            "1.5\t-2e3\n.25\t4",
            "1.5;-2e3\n.25;4",
            "1,5;-2e3\n0,25;4",
            "  1.5   -2e3\n.25 4  ",
            "# made by hand\r\n\r\n1.5, -2e3\r\n  \r\n\"0.25\" ,4.0\r\n",
            "1.5,-2e3\r.25,4\r",
            "1.5,-2e3,7\n.25,4",
            "a,1.5,-2e3\nb,.25,4",
        ] {
            assert_eq!(taken(text), (["x".into(), "y".into()], rows.clone()), "{text:?}");
        }
    }

    #[test]
    fn headers_name_the_axes_and_row_numbers_are_passed_over() {
        let names = |text: &str| taken(text).0.join("|");
        assert_eq!(names("length,width\n1,2\n3,4"), "length|width");
        assert_eq!(names("kind;\"length; cm\";width\na;1;2\nb;3;4"), "length; cm|width");
        assert_eq!(names(",length,width\n0,5,6\n1,7,8"), "length|width");
        assert_eq!(taken(",length\n0,5\n1,7"), (["length".into(), "y".into()], vec![[5.0, 0.0], [7.0, 1.0]]));
        assert_eq!(names(&format!("{},b\n1,2", "long ".repeat(9))), "long long long long long…|b");
    }

    #[test]
    fn refusals_name_the_line() {
        let refused = |text: &str| read(text).err().unwrap().to_string();
        assert_eq!(
            refused("# two\nx,y\n1,2\n\n3,abc\n"),
            "data = 3,abc was not taken: it must be two numbers on line 5."
        );
        assert_eq!(
            refused("1,2\n3,NaN"),
            "data = 3,NaN was not taken: it must be two numbers from -1e300 to 1e300 on line 2."
        );
        assert!(refused("1\n2\n").ends_with("two numbers on line 1."));
        assert!(refused("a title\nx,y\n1,2").ends_with("two numbers on line 2."));
        assert!(refused("\"a\nb\",c\n1,2\n3").ends_with("two numbers on line 4."), "a header cell of two lines");
    }
}
