//! What may be typed about reports.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Which results are told, and where the report goes.
#[derive(Clone, Debug, Args)]
pub struct ReportArgs {
    /// run 或 compare 的结果文件夹（可多个，放在同一页里比较） results of run or compare, one or several
    #[arg(value_name = "RUN", required = true)]
    pub results: Vec<PathBuf>,
    /// 报告文件（默认 output/情景-report-时间.html） the file to write
    #[arg(long, short, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// 允许替换以前的文件 replace an earlier file
    #[arg(long)]
    pub replace: bool,
    /// 格式 formats
    #[arg(long, value_enum, value_delimiter = ',', default_values_t = [ReportFormat::Html])]
    pub format: Vec<ReportFormat>,
}

/// A report beside the tables of a run.
#[derive(Clone, Debug, Default, Args)]
pub struct WithReport {
    /// 同时写报告 report.html；--report=html,pdf 还写 PDF a report as well
    #[arg(long = "report", value_name = "FORMAT", value_enum, value_delimiter = ',', num_args = 0..=1, require_equals = true, default_missing_value = "html")]
    pub formats: Vec<ReportFormat>,
}

impl WithReport {
    /// The formats a meeting gets: all that are built in.
    #[must_use]
    pub fn usual() -> Vec<ReportFormat> {
        if cfg!(feature = "pdf") { vec![ReportFormat::Html, ReportFormat::Pdf] } else { vec![ReportFormat::Html] }
    }
}

/// Formats of reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// 网页：一个文件，离线可用 one page in one file, works offline
    Html,
    /// A4 页面（须以 --features pdf 编译） A4 pages; a build with --features pdf
    Pdf,
}
