//! Tables of sweeps as Parquet, made of the lines of their CSV: both say the same, and a shard that holds only CSV can still
//! be joined. A row group holds the points of one chunk, so memory holds one chunk and shards make the same file as the whole.

use std::io::{Error, ErrorKind};
use std::path::PathBuf;
use std::sync::Arc;

use parquet::basic::{Compression, ConvertedType, LogicalType, Repetition, Type as Physical, ZstdLevel};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;

use super::folder::{Output, Trouble};
use crate::measure::typed::{Kind, Typed};

/// A table in the making.
pub struct Parquet {
    writer: SerializedFileWriter<Output>,
    columns: Vec<Column>,
    /// How many points a row group holds; `None` where rows are no points.
    points: Option<u64>,
    /// Which row group is being filled.
    group: Option<u64>,
    path: PathBuf,
}

/// The cells of a column in the row group being filled; 0 among `there` stands for an empty cell.
struct Column {
    cells: Cells,
    there: Vec<i16>,
}

enum Cells {
    Text(Vec<ByteArray>),
    Whole(Vec<i64>),
    Year(Vec<i32>),
    Number(Vec<f64>),
}

impl Parquet {
    /// Starts a table.
    ///
    /// # Errors
    /// What the system says.
    pub fn new(output: Output, columns: &[Typed], points: Option<u64>) -> Result<Self, Trouble> {
        let path = output.path().to_owned();
        let failed = |error: ParquetError| Trouble::Io(path.clone(), Error::other(error));
        let fields = columns.iter().map(|column| field(column).map(Arc::new)).collect::<Result<Vec<_>, _>>().map_err(failed)?;
        let schema = Type::group_type_builder("table").with_fields(fields).build().map_err(failed)?;
        let about = serde_json::to_string(columns).unwrap_or_default();
        // Nothing of when or where it was written: the same table is the same file.
        let properties = WriterProperties::builder()
            .set_created_by(concat!("fencheng ", env!("CARGO_PKG_VERSION")).to_owned())
            .set_compression(Compression::ZSTD(ZstdLevel::try_new(3).map_err(failed)?))
            .set_key_value_metadata(Some(vec![KeyValue::new("columns".to_owned(), about)]))
            .build();
        let writer = SerializedFileWriter::new(output, Arc::new(schema), Arc::new(properties)).map_err(failed)?;
        let empty = |column: &Typed| Column { cells: Cells::of(column.kind), there: Vec::new() };
        Ok(Self { columns: columns.iter().map(empty).collect(), writer, points, group: None, path })
    }

    /// Adds lines of CSV, whole ones, without the heading.
    ///
    /// # Errors
    /// What the system says, or a line that is none of this table.
    pub fn lines(&mut self, lines: &[u8]) -> Result<(), Trouble> {
        let text = std::str::from_utf8(lines).map_err(|_| self.damaged("UTF-8"))?;
        text.split_terminator("\r\n").try_for_each(|line| self.line(line))
    }

    fn line(&mut self, line: &str) -> Result<(), Trouble> {
        if let Some(points) = self.points {
            let number = line.split(',').next().and_then(|n| n.parse::<u64>().ok()).ok_or_else(|| self.damaged(line))?;
            let group = Some(number / points.max(1));
            if self.group != group {
                self.flush()?;
                self.group = group;
            }
        }
        let mut rest = Some(line);
        for column in &mut self.columns {
            let added = rest.and_then(next).and_then(|(cell, after)| {
                rest = after;
                column.push(&cell)
            });
            if added.is_none() {
                return Err(damaged(&self.path, line));
            }
        }
        if rest.is_some() { Err(self.damaged(line)) } else { Ok(()) }
    }

    /// Writes the row group that was filled.
    fn flush(&mut self) -> Result<(), Trouble> {
        if self.columns.iter().all(|column| column.there.is_empty()) {
            return Ok(());
        }
        let written = group(&mut self.writer, &self.columns);
        self.columns.iter_mut().for_each(Column::clear);
        written.map_err(|error| Trouble::Io(self.path.clone(), Error::other(error)))
    }

    /// Ends the table.
    ///
    /// # Errors
    /// What the system says.
    pub fn finish(mut self) -> Result<Output, Trouble> {
        self.flush()?;
        self.writer.into_inner().map_err(|error| Trouble::Io(self.path, Error::other(error)))
    }

    fn damaged(&self, line: &str) -> Trouble {
        damaged(&self.path, line)
    }
}

fn damaged(path: &std::path::Path, line: &str) -> Trouble {
    let start: String = line.chars().take(80).collect();
    Trouble::Io(path.to_owned(), Error::new(ErrorKind::InvalidData, start))
}

fn group(writer: &mut SerializedFileWriter<Output>, columns: &[Column]) -> Result<(), ParquetError> {
    let mut group = writer.next_row_group()?;
    for column in columns {
        let Some(mut to) = group.next_column()? else { break };
        let there = Some(column.there.as_slice());
        match (to.untyped(), &column.cells) {
            (ColumnWriter::ByteArrayColumnWriter(to), Cells::Text(cells)) => to.write_batch(cells, there, None),
            (ColumnWriter::Int64ColumnWriter(to), Cells::Whole(cells)) => to.write_batch(cells, there, None),
            (ColumnWriter::Int32ColumnWriter(to), Cells::Year(cells)) => to.write_batch(cells, there, None),
            (ColumnWriter::DoubleColumnWriter(to), Cells::Number(cells)) => to.write_batch(cells, there, None),
            _ => Err(ParquetError::General("column of another type".to_owned())),
        }?;
        to.close()?;
    }
    group.close().map(|_| ())
}

/// A column of the schema; every cell may be empty.
fn field(column: &Typed) -> Result<Type, ParquetError> {
    let physical = match column.kind {
        Kind::Text => Physical::BYTE_ARRAY,
        Kind::Whole => Physical::INT64,
        Kind::Year => Physical::INT32,
        Kind::Number => Physical::DOUBLE,
    };
    let field = Type::primitive_type_builder(&column.key, physical).with_repetition(Repetition::OPTIONAL);
    let text = column.kind == Kind::Text;
    let field = if text { field.with_logical_type(Some(LogicalType::String)).with_converted_type(ConvertedType::UTF8) } else { field };
    field.build()
}

impl Cells {
    const fn of(kind: Kind) -> Self {
        match kind {
            Kind::Text => Self::Text(Vec::new()),
            Kind::Whole => Self::Whole(Vec::new()),
            Kind::Year => Self::Year(Vec::new()),
            Kind::Number => Self::Number(Vec::new()),
        }
    }
}

impl Column {
    /// Adds a cell; `None` where it is not of the column's kind.
    fn push(&mut self, cell: &str) -> Option<()> {
        self.there.push(i16::from(!cell.is_empty()));
        if cell.is_empty() {
            return Some(());
        }
        match &mut self.cells {
            Cells::Text(cells) => cells.push(cell.into()),
            Cells::Whole(cells) => cells.push(cell.parse().ok()?),
            Cells::Year(cells) => cells.push(cell.parse().ok()?),
            Cells::Number(cells) => cells.push(cell.parse().ok().filter(|number: &f64| number.is_finite())?),
        }
        Some(())
    }

    fn clear(&mut self) {
        self.there.clear();
        match &mut self.cells {
            Cells::Text(cells) => cells.clear(),
            Cells::Whole(cells) => cells.clear(),
            Cells::Year(cells) => cells.clear(),
            Cells::Number(cells) => cells.clear(),
        }
    }
}

/// The first cell of a line, and what stands behind its comma if there is one; `None` where a quotation mark stays open.
fn next(line: &str) -> Option<(std::borrow::Cow<'_, str>, Option<&str>)> {
    let Some(quoted) = line.strip_prefix('"') else {
        return Some(line.split_once(',').map_or((line.into(), None), |(cell, rest)| (cell.into(), Some(rest))));
    };
    // A doubled mark is one of the text.
    let mut from = 0;
    loop {
        let at = from + quoted.get(from..)?.find('"')?;
        match quoted.as_bytes().get(at + 1) {
            Some(b'"') => from = at + 2,
            Some(b',') => return Some((quoted[..at].replace("\"\"", "\"").into(), Some(&quoted[at + 2..]))),
            None => return Some((quoted[..at].replace("\"\"", "\"").into(), None)),
            Some(_) => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::next;

    #[test]
    fn cells_are_read_as_they_were_written() {
        assert_eq!(next("a,b"), Some(("a".into(), Some("b"))));
        assert_eq!(next(""), Some(("".into(), None)));
        assert_eq!(next("\"a, \"\"b\"\"\",c"), Some(("a, \"b\"".into(), Some("c"))));
        assert_eq!(next("\"a\""), Some(("a".into(), None)));
        assert_eq!(next("\"a"), None);
        assert_eq!(next("\"a\"b"), None);
        assert_eq!(next("\""), None);
    }
}
