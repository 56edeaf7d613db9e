//! A reader's own table: whatever it says, the same points or one sentence that names the line.

use genlab::data::points::own::Own;
use genlab::data::points::table::{MAX_ROWS, Table, read};
use genlab::data::points::{Distribution, Point, Source, find};
use genlab::rng::{Rng, Stream};
use proptest::prelude::*;
use serde_json::json;
use std::sync::Arc;

/// How one table is written: what parts columns, what ends lines, whether there is a header, what stands between.
#[derive(Clone, Debug)]
struct Writing {
    delimiter: &'static str,
    line_end: &'static str,
    header: bool,
    mark: bool,
    /// Before which rows a comment and a blank line stand.
    between: Vec<usize>,
}

impl Writing {
    /// The text, and the number of each row's line.
    fn write(&self, rows: &[[String; 2]]) -> (String, Vec<usize>) {
        let mut lines = Vec::new();
        let mut numbers = Vec::new();
        if self.header {
            lines.push(["length", "width"].join(self.delimiter));
        }
        for (i, row) in rows.iter().enumerate() {
            if self.between.contains(&i) {
                lines.extend(["# a remark, with \"quotes".to_string(), "  ".to_string()]);
            }
            lines.push(row.join(self.delimiter));
            numbers.push(lines.len());
        }
        let mark = if self.mark { "\u{feff}" } else { "" };
        (mark.to_string() + &lines.join(self.line_end), numbers)
    }
}

fn any_writing() -> impl Strategy<Value = Writing> {
    let delimiter = proptest::sample::select(vec![",", "\t", ";", " ", ", ", "   "]);
    let line_end = proptest::sample::select(vec!["\n", "\r\n", "\r"]);
    let between = proptest::collection::vec(0usize..20, 0..5);
    (delimiter, line_end, any::<bool>(), any::<bool>(), between)
        .prop_map(|(delimiter, line_end, header, mark, between)| Writing { delimiter, line_end, header, mark, between })
}

fn any_points() -> impl Strategy<Value = Vec<Point>> {
    let number = prop_oneof![-1e3..1e3, -1e300..1e300, -1e-9..1e-9, (-3i32..3).prop_map(f64::from)];
    let points = proptest::collection::vec([number.clone(), number], 2..20);
    points.prop_filter("two points differ", |points| points.iter().any(|p| *p != points[0]))
}

fn written(points: &[Point]) -> Vec<[String; 2]> {
    points.iter().map(|p| p.map(|v| v.to_string())).collect()
}

/// The table measures what was written: to rounding, on each axis' own scale.
fn measures(table: &Table, points: &[Point]) -> Result<(), TestCaseError> {
    prop_assert_eq!(table.n_rows, points.len());
    prop_assert_eq!(table.points.len(), points.len());
    for (k, axis) in table.axes.iter().enumerate() {
        let size = points.iter().map(|p| p[k].abs()).fold(0.0, f64::max);
        for (x, point) in table.points.iter().zip(points) {
            let measured = axis.mean + axis.scale * x[k];
            prop_assert!((measured - point[k]).abs() <= 1e-14 * size + 1e-300, "{} for {}", measured, point[k]);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_text_is_a_table_or_a_sentence(text in prop_oneof![
        ".{0,80}",
        "[\\[\\]{}\",:0-9.eE x\n\r\t;#+-]{0,80}",
        "([0-9.eE+-]{0,5}[,;\t \n\r\"]){0,40}",
    ]) {
        match read(&text) {
            Ok(table) => {
                prop_assert!(table.points.iter().flatten().all(|v| v.is_finite()));
                prop_assert!(table.axes.iter().all(|a| a.mean.is_finite() && a.scale.is_finite() && a.scale > 0.0));
                let half_width = Own::new(table.into()).unwrap().half_width();
                prop_assert!(half_width.is_finite() && half_width >= 1.0);
            }
            Err(refusal) => {
                prop_assert_eq!(refusal.field.as_str(), "data");
                prop_assert!(!refusal.bound.is_empty() && refusal.to_string().chars().count() < 250, "{}", refusal);
            }
        }
    }

    #[test]
    fn written_tables_read_back(points in any_points(), writing in any_writing()) {
        let table = read(&writing.write(&written(&points)).0).unwrap();
        measures(&table, &points)?;
        let names = if writing.header { ["length", "width"] } else { ["x", "y"] };
        prop_assert_eq!([&table.axes[0].label.zh, &table.axes[1].label.en], names);
        let own = Own::new(table.into()).unwrap();
        let sample = own.sample(100, &mut Rng::new(1, Stream::RealForD));
        prop_assert!(sample.iter().all(|v| (v.abs() as f64) < own.half_width()));
    }

    #[test]
    fn json_of_every_shape_reads_back(points in any_points(), shape in 0..4) {
        let column = |k: usize| points.iter().map(|p| p[k]).collect::<Vec<_>>();
        let text = match shape {
            0 => json!(points),
            1 => json!(points.iter().map(|p| json!({ "x": p[0], "y": p[1] })).collect::<Vec<_>>()),
            2 => json!(points.iter().map(|p| json!({ "x": p[0].to_string(), "y": p[1] })).collect::<Vec<_>>()),
            _ => json!({ "x": column(0), "y": column(1) }),
        };
        measures(&read(&text.to_string()).unwrap(), &points)?;
    }

    #[test]
    fn a_bad_row_is_named_by_its_own_line(
        points in any_points(),
        writing in any_writing(),
        at in any::<proptest::sample::Index>(),
        column in 0usize..2,
        bad in proptest::sample::select(vec!["abc", "1.2.3", "NaN", "-inf", "1e301", "0x10", "\"\"", "1e999"]),
    ) {
        let mut rows = written(&points);
        let at = at.index(rows.len());
        rows[at][column] = bad.into();
        let (text, numbers) = writing.write(&rows);
        let refusal = read(&text).unwrap_err();
        prop_assert!(refusal.bound.ends_with(&format!(" on line {}", numbers[at])), "{} in {:?}", refusal, text);
        prop_assert!(refusal.bound.starts_with("two numbers"));
    }

    #[test]
    fn a_bad_row_of_json_is_named_by_its_number(points in any_points(), at in any::<proptest::sample::Index>()) {
        let mut rows = json!(points);
        let at = at.index(points.len());
        rows[at][1] = json!(null);
        prop_assert_eq!(read(&rows.to_string()).unwrap_err().bound, format!("two numbers in row {}", at + 1));
    }
}

#[test]
fn hopeless_tables_make_a_sentence() {
    for (text, sentence) in [
        ("", "data = a table without rows was not taken: it must be a table of 2 to 100000 rows."),
        ("x,y\n", "data = a table without rows was not taken: it must be a table of 2 to 100000 rows."),
        ("[[1, 2]]", "data = a table of one row was not taken: it must be a table of 2 to 100000 rows."),
        (r#"{"x": 1, "y": 2}"#, "data = a table without rows was not taken: it must be a table of 2 to 100000 rows."),
        ("1,2\n1,2\n1,2", "data = 3 times the same point was not taken: it must be at least two different points."),
        ("1,2\n,\n3,4", "data = , was not taken: it must be two numbers on line 2."),
        (
            "[[1, 2], [3",
            "data = [[1, 2], [3 was not taken: it must be valid JSON (EOF while parsing a list at line 1 column 11).",
        ),
    ] {
        assert_eq!(read(text).unwrap_err().to_string(), sentence);
    }
}

#[test]
fn a_hundred_thousand_rows_are_taken_and_one_more_is_not() {
    let rows = |n: usize| (0..n).map(|i| format!("{i},{}\n", i % 7)).collect::<String>();
    assert_eq!(read(&rows(MAX_ROWS)).unwrap().n_rows, MAX_ROWS);
    let refusal = read(&rows(MAX_ROWS + 1)).unwrap_err();
    assert_eq!(refusal.value, "a table of more than 100000 rows");
    assert_eq!(refusal.bound, "a table of 2 to 100000 rows");
}

#[test]
fn a_level_axis_keeps_scale_1() {
    let table = read("0,5\n2,5").unwrap();
    assert_eq!((table.axes[1].mean, table.axes[1].scale), (5.0, 1.0));
    assert!(table.points.iter().all(|p| p[1] == 0.0));
}

/// The page reads `{label: {en, zh}, unit: {en, zh}, mean, scale}`.
#[test]
fn axes_keep_their_shape_on_the_wire() {
    let own = Own::new(read("a,b\n-1,0\n1,0").unwrap().into()).unwrap();
    let axes = serde_json::to_value(own.axes()).unwrap();
    let (unit, scale) = (json!({ "en": "", "zh": "" }), 2f64.sqrt());
    assert_eq!(axes[0], json!({ "label": { "en": "a", "zh": "a" }, "unit": unit, "mean": 0.0, "scale": scale }));
    let faithful = serde_json::to_value(find("faithful").unwrap().axes()).unwrap();
    assert_eq!(faithful[0]["label"], json!({ "en": "eruption", "zh": "喷发时长" }));
}

/// The same rows of Old Faithful, as a reader's file and as the built-in data set.
#[test]
fn own_points_and_built_in_ones_are_one_kind_of_source() {
    let table = read(include_str!("../data/old_faithful/old_faithful.csv")).unwrap();
    let sources =
        [Source::Own(Arc::new(Own::new(table.into()).unwrap())), Source::Registered(find("faithful").unwrap())];
    let [own, built_in] = sources.map(|source| {
        let sample = source.clone().sample(500, &mut Rng::new(1, Stream::RealForD));
        (sample, source.axes().unwrap().map(|axis| (axis.mean, axis.scale)))
    });
    assert!(own.0.iter().zip(&built_in.0).all(|(a, b)| (a - b).abs() < 1e-5));
    for ((a, b), (c, d)) in own.1.into_iter().zip(built_in.1) {
        assert!((a / c - 1.0).abs() < 1e-12 && (b / d - 1.0).abs() < 1e-12);
    }
}
