//! What may be typed about running a scenario.

use std::path::PathBuf;

use clap::Args;
use serde::{Deserialize, Serialize};

use super::{ChartFormat, Paper, ScenarioArgs, ScopeArg, TargetArgs, WithReport};

/// What to run and what to write.
#[derive(Clone, Debug, Args, Serialize, Deserialize)]
pub struct RunArgs {
    /// The scenario.
    #[command(flatten)]
    #[serde(flatten)]
    pub scenario: ScenarioArgs,
    /// 显示哪些年（只影响显示），如 2012-2020 years shown
    #[arg(long, value_name = "FROM-TO")]
    pub years: Option<String>,
    /// 画哪些镇（只影响显示），all 为每个镇 towns drawn, all for every one
    #[arg(long, value_name = "TOWN", value_delimiter = ',')]
    pub towns: Vec<String>,
    /// 与哪个方案比较（默认与方案本身）；如 --against without-reform what it is compared with
    #[arg(long, value_name = "VARIANT")]
    pub against: Option<String>,
    /// 工作簿里哪些镇有可重算的审计表（默认：不超过 10 个镇时每镇都有） towns with audit sheets in the workbook
    #[arg(long, value_name = "TOWN", value_delimiter = ',')]
    #[serde(default)]
    pub audit: Vec<String>,
    /// 用入库数：有决算的年份用决算数，不满一年的加以后各月的测算（滚动预计）；.csv 或 .xlsx use what was collected; a year not over is completed by the projection (rolling estimate)
    #[arg(long, value_name = "FILE")]
    #[serde(default)]
    pub outturn: Option<PathBuf>,
    /// 入库表在工作簿的哪个工作表（默认按列名找） worksheet of the outturns, by default the first whose headings fit
    #[arg(long, value_name = "NAME", requires = "outturn")]
    #[serde(default)]
    pub sheet: Option<String>,
    /// 表中收入的口径（表题没有写明时） scope of the amounts where the table does not say it
    #[arg(long, value_enum, requires = "outturn")]
    #[serde(default)]
    pub scope: Option<ScopeArg>,
    /// Where results go.
    #[command(flatten)]
    #[serde(flatten)]
    pub target: TargetArgs,
    /// 图的格式；none 不画 picture formats
    #[arg(long, value_enum, value_delimiter = ',', default_values_t = [ChartFormat::Png])]
    pub chart: Vec<ChartFormat>,
    /// 画哪些图：funds 财力、county 县级、towns 各镇、variants 方案、flow 流向、heat 热力、lorenz 洛伦兹、calendar 工期，或 all 全部 which pictures
    #[arg(long, value_name = "KIND", value_delimiter = ',', default_values_t = ["funds".to_owned()])]
    #[serde(default)]
    pub picture: Vec<String>,
    /// 图的版式：wide 为 16:9，a4 为横放 A4 shape of pictures: 16:9 or A4 landscape
    #[arg(long, value_enum, default_value_t = Paper::Wide)]
    #[serde(default)]
    pub paper: Paper,
    /// 会议用：三张图和一份报告；没有写 --variant 时算全部方案 for a meeting: three pictures and the report, of all variants unless some are named
    #[arg(long, conflicts_with = "picture")]
    #[serde(skip)]
    pub meeting: bool,
    /// A report as well.
    #[command(flatten)]
    #[serde(skip)]
    pub report: WithReport,
}

impl RunArgs {
    /// As they are meant: a meeting sees all variants unless some are named, and has a report.
    #[must_use]
    pub fn meant(&self) -> Self {
        let mut args = self.clone();
        if args.meeting && args.scenario.variant.is_empty() {
            args.scenario.variant.push("all".to_owned());
        }
        if args.meeting && args.report.formats.is_empty() {
            args.report.formats = WithReport::usual();
        }
        args
    }
}
