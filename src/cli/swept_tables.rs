//! The tables of a sweep: CSV, and Parquet beside it where asked for and built in.

use super::args::TableFormat;
use super::outcome::Failure;
use crate::base::lang::Lang;
use crate::measure::typed::Typed;
use crate::study::rows::Rows;
use crate::study::wrong::Wrong;
use crate::write::folder::{Folder, Output, Trouble};
#[cfg(feature = "parquet")]
use crate::write::parquet::Parquet;

/// In which formats tables are written.
#[derive(Clone, Copy, Debug)]
pub struct Formats {
    #[cfg_attr(not(feature = "parquet"), expect(dead_code, reason = "never true without the feature"))]
    parquet: bool,
}

impl Formats {
    /// What was asked for; CSV is always written, as shards are joined and results verified by it.
    ///
    /// # Errors
    /// A sentence where a format is not for sweeps, or not built in.
    pub fn of(asked: &[TableFormat], lang: Lang) -> Result<Self, Failure> {
        if asked.contains(&TableFormat::Json) {
            return Err(super::study::said(&Wrong::said("--format", "扫描的结果写成 csv 或 parquet", "a sweep is written as csv or parquet"), lang));
        }
        let parquet = asked.contains(&TableFormat::Parquet);
        if parquet && !cfg!(feature = "parquet") {
            let words = if lang == Lang::Zh {
                "本程序编译时未带 parquet；请用 --features parquet 重新编译，如 cargo install --path . --features parquet"
            } else {
                "parquet is not built in; build with --features parquet, for example cargo install --path . --features parquet"
            };
            return Err(Failure::Said(words.to_owned()));
        }
        Ok(Self { parquet })
    }
}

/// A table in the making.
pub struct TableFile {
    csv: Output,
    #[cfg(feature = "parquet")]
    parquet: Option<Parquet>,
}

impl TableFile {
    /// Starts a table in a folder; `points` is how many points a chunk has, for tables of points.
    ///
    /// # Errors
    /// What the system says.
    #[cfg_attr(not(feature = "parquet"), expect(unused_variables, reason = "only Parquet has chunks and more formats"))]
    pub fn start(folder: &Folder, name: &str, columns: &[Typed], points: Option<u64>, formats: Formats) -> Result<Self, Trouble> {
        let mut csv = folder.create(&format!("tables/{name}.csv"))?;
        let heading: Vec<String> = columns.iter().map(|column| column.key.clone()).collect();
        csv.print(|out| Rows::print_heading(&heading, out))?;
        #[cfg(feature = "parquet")]
        let parquet = match formats.parquet {
            true => Some(Parquet::new(folder.create(&format!("tables/{name}.parquet"))?, columns, points)?),
            false => None,
        };
        Ok(Self {
            csv,
            #[cfg(feature = "parquet")]
            parquet,
        })
    }

    /// Adds whole lines.
    ///
    /// # Errors
    /// What the system says.
    pub fn lines(&mut self, lines: &[u8]) -> Result<(), Trouble> {
        #[cfg(feature = "parquet")]
        if let Some(parquet) = &mut self.parquet {
            parquet.lines(lines)?;
        }
        self.csv.print(|out| out.extend_from_slice(lines))
    }

    /// Ends it.
    ///
    /// # Errors
    /// What the system says.
    pub fn close(self, folder: &mut Folder) -> Result<(), Trouble> {
        folder.close(self.csv)?;
        #[cfg(feature = "parquet")]
        if let Some(parquet) = self.parquet {
            folder.close(parquet.finish()?)?;
        }
        Ok(())
    }
}
