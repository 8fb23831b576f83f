//! What may be typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use serde::{Deserialize, Serialize};

use crate::base::lang::Lang;

mod outturn;
mod report;
mod run;
mod study;

pub use outturn::*;
pub use report::*;
pub use run::*;
pub use study::*;

/// 县镇财政分成测算：镇里留得多少，够不够建，县里还剩多少
///
/// County–town revenue sharing: what a town keeps against what it plans to build, and what is left for the county.
#[derive(Debug, Parser)]
#[command(name = "fencheng", version, propagate_version = true, max_term_width = 110, arg_required_else_help = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// What holds for every command.
    #[command(flatten)]
    pub global: Global,
}

/// What holds for every command.
#[derive(Clone, Debug, Args)]
pub struct Global {
    /// 语言：zh 或 en（默认按方案，再按系统） language of everything shown
    #[arg(long, global = true, value_enum)]
    pub lang: Option<Language>,
    /// 以 JSON 输出，供程序读取 machine-readable output
    #[arg(long, global = true)]
    pub json: bool,
    /// 只输出路径 print paths only
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// Nothing but errors is printed: a command runs another one.
    #[arg(skip)]
    pub silent: bool,
}

/// A language on the command line.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Language {
    /// 中文
    Zh,
    /// English
    En,
}

impl From<Language> for Lang {
    fn from(language: Language) -> Self {
        match language {
            Language::Zh => Self::Zh,
            Language::En => Self::En,
        }
    }
}

/// What to do. In the help what a bureau needs stands first, then research, then what helps to write scenarios.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// 测算：算各年收支，出表和图 project a scenario: tables and picture
    #[command(display_order = 1)]
    Run(RunArgs),
    /// 回测：测算与决算数逐项比较 compare a projection with observed outturns
    #[command(display_order = 4)]
    Backtest(BacktestArgs),
    /// 新旧体制对比：各镇得失、县级得失、保既得利益 compare systems: winners, losers, county, keeping towns whole
    #[command(display_order = 3)]
    Compare(CompareArgs),
    /// 新建：示例方案、空白填报表，或由填好的表、入库表写成方案 a scenario to start from, the empty form, or a scenario from a workbook
    #[command(display_order = 0)]
    New(NewArgs),
    /// 检查方案，一次说完所有问题 check a scenario, all problems at once
    #[command(display_order = 2)]
    Check(ScenarioArgs),
    /// 把规则念成句子 the rules spoken as sentences
    #[command(display_order = 5)]
    Read(ScenarioArgs),
    /// 两个方案的差别，用话说 what differs between two variants, in words
    #[command(display_order = 6)]
    Diff(DiffArgs),
    /// 讲清一个数：从得数追到参数和文件 one figure, followed to the documents it rests on
    Explain(ExplainArgs),
    /// 打印编译后的算式，供复核 the compiled formulas, for review
    #[command(display_order = 9)]
    Plan(ScenarioArgs),
    /// 扫描：成千上万个取值逐点测算（研究） sweep levers and uncertainties (research)
    #[command(display_order = 10)]
    Sweep(SweepArgs),
    /// 求解：满足要求的最低或最高取值；没有解时说最接近的（研究） the least or greatest value of a lever that meets requirements (research)
    #[command(display_order = 11)]
    Solve(SolveArgs),
    /// 敏感性：哪些因素左右结果（研究） which inputs make results vary (research)
    #[command(display_order = 12)]
    Sensitivity(SensitivityArgs),
    /// 情景发现：在什么情形下不够（研究） in which circumstances towns fall short (research)
    #[command(display_order = 13)]
    Discover(DiscoverArgs),
    /// 合并分片扫描的结果（研究） join the shards of a sweep (research)
    #[command(display_order = 14)]
    Merge(MergeArgs),
    /// 核对结果：文件齐全未改，重算一致 check results: files whole and unchanged, computed anew the same
    Verify(VerifyArgs),
    /// 报告：把 run、compare 的结果做成一个网页文件，离线可读可印 one offline page of the results of run or compare
    #[command(display_order = 4)]
    Report(ReportArgs),
    /// 打包结果与重算所需的一切 pack a result with all that is needed to compute it again
    Pack(PackArgs),
    /// 列出方案里的镇、收入、体制、变式 what a scenario holds
    #[command(display_order = 7)]
    List(ScenarioArgs),
    /// 输出方案格式的 JSON Schema（供编辑器补全） JSON Schema of the scenario format
    #[command(display_order = 15)]
    Schema,
    /// 解释一个错误代码 explain an error code, e.g. E207
    #[command(display_order = 16)]
    ExplainError {
        /// 代码 the code
        code: String,
    },
    /// 查名词：中英文、意思、算式、依据 a term of the glossary, or all of them
    #[command(display_order = 8)]
    Glossary {
        /// 名词，中文、英文或表中的列名 a term in Chinese or English, or the name of a column
        term: Option<String>,
    },
    /// 生成命令行补全 shell completions
    #[command(display_order = 17)]
    Completions {
        /// 命令行种类 the shell
        shell: clap_complete::Shell,
    },
    /// 生成 man 手册页 man page
    #[command(display_order = 18)]
    Man,
}

/// Which scenario, changed how.
#[derive(Clone, Debug, Args, Serialize, Deserialize)]
pub struct ScenarioArgs {
    /// 方案文件夹，或其中的 scenario.toml scenario folder
    pub scenario: PathBuf,
    /// 变式（variants/ 下的文件名，或 list 所列可套用的体制），可写多个；a+b 依次叠加；all 为全部 variants: files of variants/ or agreements that fit any scenario; a+b lays b over a; all for every file
    #[arg(long, short = 'v', value_name = "NAME")]
    pub variant: Vec<String>,
    /// 改一个数：路径=值，或 路径@年份=值，如 agreement.pilot.tax.share=60% set a value
    #[arg(long, value_name = "PATH[@YEAR]=VALUE")]
    pub set: Vec<String>,
}

/// Where results go, and as what.
#[derive(Clone, Debug, Args, Serialize, Deserialize)]
pub struct TargetArgs {
    /// 输出文件夹（默认 output/方案-时间） output folder
    #[arg(long, short, value_name = "DIR")]
    #[serde(skip)]
    pub out: Option<PathBuf>,
    /// 允许替换以前的输出 replace an earlier run
    #[arg(long)]
    #[serde(skip)]
    pub replace: bool,
    /// 表格格式 table formats
    #[arg(long, value_enum, value_delimiter = ',', default_values_t = [TableFormat::Csv])]
    pub format: Vec<TableFormat>,
    /// CSV 的编码 encoding of CSV tables
    #[arg(long, value_enum, default_value_t = Encoding::Utf8)]
    #[serde(default)]
    pub encoding: Encoding,
}

/// How CSV is encoded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Encoding {
    /// UTF-8 带 BOM，Excel 双击即开
    #[default]
    Utf8,
    /// GB18030（含 GBK），供旧系统导入
    Gb18030,
}

/// What to compare with what.
#[derive(Clone, Debug, Args, Serialize, Deserialize)]
pub struct CompareArgs {
    /// The scenario.
    #[command(flatten)]
    #[serde(flatten)]
    pub scenario: ScenarioArgs,
    /// 与哪个方案比较（默认与情景本身） what they are compared with, the scenario itself by default
    #[arg(long, value_name = "NAME")]
    pub against: Option<String>,
    /// 按改动的规则分解差额（Shapley） take the difference apart by changed rule
    #[arg(long)]
    pub decompose: bool,
    /// 用前几年的决算数回放：.csv 或 .xlsx run the last years' outturns under both systems
    #[arg(long, value_name = "FILE")]
    pub replay: Option<PathBuf>,
    /// 工作簿中的哪个工作表（默认第一个） worksheet of the outturns, the first one by default
    #[arg(long, value_name = "NAME", requires = "replay")]
    pub sheet: Option<String>,
    /// 表中收入的口径（表题没有写明时） scope of the amounts where the table does not say it
    #[arg(long, value_enum, requires = "replay")]
    #[serde(default)]
    pub scope: Option<ScopeArg>,
    /// Where results go.
    #[command(flatten)]
    #[serde(flatten)]
    pub target: TargetArgs,
    /// 图的格式；none 不画 picture formats
    #[arg(long, value_enum, value_delimiter = ',', default_values_t = [ChartFormat::Png])]
    pub chart: Vec<ChartFormat>,
    /// 图的版式：wide 为 16:9，a4 为横放 A4 shape of pictures: 16:9 or A4 landscape
    #[arg(long, value_enum, default_value_t = Paper::Wide)]
    #[serde(default)]
    pub paper: Paper,
    /// A report as well.
    #[command(flatten)]
    #[serde(skip)]
    pub report: WithReport,
}

/// Two variants of a scenario.
#[derive(Clone, Debug, Args)]
pub struct DiffArgs {
    /// 方案文件夹 scenario folder
    pub scenario: PathBuf,
    /// 一个变式、a+b 或 baseline one variant, a stack a+b, or baseline
    pub first: String,
    /// 另一个 the other
    pub second: String,
}

/// Which figure.
#[derive(Clone, Debug, Args)]
pub struct ExplainArgs {
    /// The scenario.
    #[command(flatten)]
    pub scenario: ScenarioArgs,
    /// 哪个镇 the town
    #[arg(long, value_name = "TOWN", required_unless_present = "cell")]
    pub town: Option<String>,
    /// 哪一年 the year
    #[arg(long, value_name = "YEAR", required_unless_present = "cell")]
    pub year: Option<i32>,
    /// 哪一项：汇总表的列（键或中文）、收入项目，或算式的路径如 source.vat/local an item: a column of the summary, a source, or the path of a formula
    #[arg(long, value_name = "ITEM", default_value = "retained", conflicts_with = "cell")]
    pub item: String,
    /// 任何一张表的哪一格：表:列、表:行、表:行:列；行写行号（表头为 1）或行里的文字，如 ledger.csv:57、projects.csv:MY13:paid a cell of any table: a row is its line (the heading is 1) or a text in it
    #[arg(long, value_name = "TABLE[:ROW][:COLUMN]")]
    pub cell: Option<String>,
    /// 与哪个方案相差在哪里；baseline 为方案本身 where it differs from another variant
    #[arg(long, value_name = "VARIANT")]
    pub against: Option<String>,
    /// 往下讲几层，不写为 4；一次讲许多格时为 1 levels told: 4, or 1 where many cells are told
    #[arg(long, value_name = "N")]
    pub depth: Option<usize>,
    /// 长的合计也逐项列出 every part of a long sum, small ones too
    #[arg(long)]
    pub all: bool,
    /// 金额显示到分，系数显示全部位数 money to the fen, coefficients with all their digits
    #[arg(long)]
    pub exact: bool,
}

/// Formats of tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TableFormat {
    /// 逗号分隔，Excel 可直接打开 opens in a spreadsheet
    Csv,
    /// Excel 工作簿，含可重算的审计表（用于 run） a workbook that recomputes itself (for run)
    Xlsx,
    /// JSON，供程序读取 for programs
    Json,
    /// Parquet（扫描的结果；须以 --features parquet 编译） for sweeps; a build with --features parquet
    Parquet,
    /// 不写表 no tables
    None,
}

/// Formats of pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChartFormat {
    /// 点阵图 pixels
    Png,
    /// 矢量图 vector picture
    Svg,
    /// 矢量图，文字转为轮廓（贴幻灯片） text as outlines, for slides
    SvgOutlines,
    /// PDF（须以 --features pdf 编译） a build with --features pdf
    Pdf,
    /// 不画 no pictures
    None,
}
