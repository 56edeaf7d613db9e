//! Tables as JSON: `[[x, y], …]`, `[{"x": 1, "y": 2}, …]` with any names, or `{"x": […], "y": […]}`.
//!
//! Numbers may stand in quotation marks, as tools that turn CSV into JSON write them.

use super::Columns;
use super::ordered::Json;
use crate::settings::Refusal;

pub(super) fn read(text: &str) -> Result<Columns, Refusal> {
    match serde_json::from_str(text).map_err(|error| syntax(text, &error))? {
        Json::Array(rows) => read_rows(rows),
        Json::Object(fields) => read_columns(fields),
        Json::Leaf(_) => unreachable!("only called where a bracket comes first"),
    }
}

fn read_rows(rows: Vec<Json>) -> Result<Columns, Refusal> {
    let (names, n_header) = match rows.first() {
        Some(Json::Object(fields)) => (fields.iter().map(|(name, _)| name.clone()).collect(), 0),
        Some(Json::Array(cells)) if cells.iter().all(|c| c.number().is_none()) => {
            (cells.iter().map(Json::words).collect(), 1)
        }
        _ => (Vec::new(), 0),
    };
    gather(names, (1..).zip(rows).skip(n_header))
}

/// The first two fields that are lists of numbers, row by row.
fn read_columns(fields: Vec<(String, Json)>) -> Result<Columns, Refusal> {
    let lists = fields.into_iter().filter_map(|(name, value)| match value {
        Json::Array(items) if items.first().is_some_and(|item| item.number().is_some()) => Some((name, items)),
        _ => None,
    });
    let (names, lists): (Vec<_>, Vec<_>) = lists.take(2).unzip();
    let n_rows = lists.iter().map(Vec::len).max().unwrap_or(0);
    let mut lists: Vec<_> = lists.into_iter().map(Vec::into_iter).collect();
    let rows = (1..=n_rows).map(|i| (i, Json::Array(lists.iter_mut().filter_map(Iterator::next).collect())));
    gather(names, rows)
}

fn gather(names: Vec<String>, rows: impl Iterator<Item = (usize, Json)>) -> Result<Columns, Refusal> {
    let mut columns = Columns { names, ..Default::default() };
    for (i, row) in rows {
        let numbers: Vec<_> = match &row {
            Json::Array(cells) => cells.iter().map(Json::number).collect(),
            Json::Object(_) => columns.names.iter().map(|name| row.field(name)?.number()).collect(),
            Json::Leaf(_) => Vec::new(),
        };
        columns.push(&numbers, &row, format_args!("in row {i}"))?;
    }
    Ok(columns)
}

/// The refusal of what is not JSON, with the text around the place.
fn syntax(text: &str, error: &serde_json::Error) -> Refusal {
    let line = text.lines().nth(error.line().saturating_sub(1)).unwrap_or_default();
    let start = line.floor_char_boundary(error.column().saturating_sub(20));
    Refusal::new("data", &line[start..], format!("valid JSON ({error})"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names, and the numbers as they stood.
    fn taken(text: &str) -> (String, Vec<[f64; 2]>) {
        let columns = read(text).unwrap();
        let [x, y] = columns.values.clone();
        ([0, 1].map(|k| columns.label(k)).join("|"), x.into_iter().zip(y).map(|(x, y)| [x, y]).collect())
    }

    #[test]
    fn every_shape() {
        let rows = vec![[1.0, -2.5], [3e2, 4.0]];
        for (text, names) in [
            ("[[1, -2.5], [3e2, 4]]", "x|y"),
            (r#"[["a", "b"], [1, -2.5], [300, 4]]"#, "a|b"),
            (r#"[{"width": 1, "height": -2.5}, {"height": 4, "width": 300}]"#, "width|height"),
            (r#"[{"kind": "z", "b": "1", "a": "-2.5"}, {"kind": 0, "b": "300", "a": "4"}]"#, "b|a"),
            (r#" {"kind": ["z", "w"], "b": [1, 300], "a": [-2.5, 4], "size": 2}"#, "b|a"),
        ] {
            assert_eq!(taken(text), (names.to_string(), rows.clone()), "{text}");
        }
    }

    #[test]
    fn refusals_name_the_row() {
        for (text, value, bound) in [
            ("[[1, 2], [3, null]]", "[3,null]", "two numbers in row 2"),
            (r#"[["x", "y"], [1, 2], [3, "NaN"]]"#, r#"[3,"NaN"]"#, "two numbers from -1e300 to 1e300 in row 3"),
            (r#"[{"x": 1, "y": 2}, {"x": 3}]"#, r#"{"x":3}"#, "two numbers in row 2"),
            ("[1, 2]", "1", "two numbers in row 1"),
            (r#"{"x": [1, 2], "y": [3]}"#, "[2]", "two numbers in row 2"),
        ] {
            let refusal = read(text).err().unwrap();
            assert_eq!((refusal.value.as_str(), refusal.bound.as_str()), (value, bound), "{text}");
        }
    }

    #[test]
    fn what_is_not_json_is_shown_where_it_goes_wrong() {
        let refusal = read(&format!("[{}[3, four]]", "[1, 2], ".repeat(50))).err().unwrap();
        assert!(refusal.value.contains("[3, four]]"), "{refusal}");
        assert!(refusal.bound.starts_with("valid JSON (expected ident at line 1 column"), "{refusal}");
        assert!(read(&"[".repeat(1_000)).err().unwrap().bound.contains("recursion limit"));
    }
}
