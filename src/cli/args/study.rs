//! What may be typed after the commands of studies.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde::{Deserialize, Serialize};

use super::{ChartFormat, ScenarioArgs, TableFormat, TargetArgs};

/// Which study of which scenario.
#[derive(Clone, Debug, Args, Serialize, Deserialize)]
pub struct StudyArgs {
    /// The scenario.
    #[command(flatten)]
    #[serde(flatten)]
    pub scenario: ScenarioArgs,
    /// 方案里声明的研究（只有一项时可省） a study the scenario declares; the only one by default
    pub study: Option<String>,
    /// 政策变量：方案里的键，或 路径=40%..100%/10%，或 路径=40%,50% a lever
    #[arg(long, value_name = "LEVER")]
    pub lever: Vec<String>,
    /// 不确定因素：方案里的键，或 路径~normal(0%,5%)[:add|times][:year|town] an uncertainty
    #[arg(long, value_name = "UNCERTAIN")]
    pub uncertain: Vec<String>,
    /// 抽多少次 how many draws
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=100_000_000))]
    pub points: Option<u64>,
    /// 随机种子：同一种子同一结果 seed: the same seed, the same results
    #[arg(long, value_name = "S")]
    pub seed: Option<u64>,
}

/// Pictures.
#[derive(Clone, Debug, Args, Serialize, Deserialize)]
pub struct PictureArgs {
    /// 图的格式；none 不画 picture formats
    #[arg(long, value_enum, value_delimiter = ',', default_values_t = [ChartFormat::Png])]
    #[serde(default)]
    pub chart: Vec<ChartFormat>,
    /// 图的版式：wide 为 16:9，a4 为横放 A4 shape of pictures: 16:9 or A4 landscape
    #[arg(long, value_enum, default_value_t = Paper::Wide)]
    #[serde(default)]
    pub paper: Paper,
}

impl PictureArgs {
    /// Whether anything is to be drawn.
    #[must_use]
    pub fn is_wanted(&self) -> bool {
        self.chart.iter().any(|format| *format != ChartFormat::None)
    }
}

/// The shape of pictures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Paper {
    /// 16:9，投影 16:9, for a projector
    #[default]
    Wide,
    /// A4 横放，打印 A4 across, for paper
    A4,
}

#[cfg(feature = "chart")]
impl From<Paper> for crate::write::chart::Aspect {
    fn from(paper: Paper) -> Self {
        match paper {
            Paper::Wide => Self::Wide,
            Paper::A4 => Self::A4Landscape,
        }
    }
}

/// A search.
#[derive(Clone, Debug, Args, Serialize, Deserialize)]
pub struct SolveArgs {
    /// The scenario.
    #[command(flatten)]
    #[serde(flatten)]
    pub scenario: ScenarioArgs,
    /// 方案里声明的求解（只有一项时可省） a search the scenario declares; the only one by default
    pub study: Option<String>,
    /// 政策变量：方案里的键，或 路径=40%..100%/10%；不写步长就细分到 0.01 个百分点；--front 可写两个 a lever; --front takes up to two
    #[arg(long, value_name = "LEVER")]
    pub lever: Vec<String>,
    /// 求最低还是最高 the lowest or the highest value
    #[arg(long, value_name = "END", value_parser = ["lowest", "highest"])]
    pub find: Option<String>,
    /// 要求：指标>=界限@年份，如 "coverage>=100%@2020"；可写多个，写了就代替方案里的 a requirement; replaces the declared ones
    #[arg(long, value_name = "REQUIREMENT")]
    pub require: Vec<String>,
    /// 对谁：all 各镇合起来，each 各镇各求一个，或镇名 for all towns together, each town alone, or a town
    #[arg(long = "for", value_name = "WHO", default_value = "all")]
    pub whom: String,
    /// 不求解，画出县镇之间不被压倒的取值；可另写两个指标，如 gap,county_cover the front between towns and county instead
    #[arg(long, value_name = "TOWNS,COUNTY", num_args = 0..=1, default_missing_value = "coverage,county_of_towns", require_equals = true, visible_alias = "pareto", conflicts_with_all = ["require", "find", "whom"])]
    pub front: Option<String>,
    /// Where results go.
    #[command(flatten)]
    #[serde(flatten)]
    pub target: TargetArgs,
    /// Pictures.
    #[command(flatten)]
    #[serde(flatten)]
    pub picture: PictureArgs,
}

/// Which inputs matter.
#[derive(Clone, Debug, Args, Serialize, Deserialize)]
pub struct SensitivityArgs {
    /// Which study.
    #[command(flatten)]
    #[serde(flatten)]
    pub study: StudyArgs,
    /// 方法：sobol 方差分解（--points 个基点），morris 筛选（--points 条轨迹） method; --points are base points or trajectories
    #[arg(long, value_name = "METHOD", value_parser = ["sobol", "morris"], default_value = "sobol")]
    pub method: String,
    /// 看哪些指标（默认保障率、缺口） measures, coverage and gap by default
    #[arg(long, value_name = "MEASURE", value_delimiter = ',')]
    pub measure: Vec<String>,
    /// Where results go.
    #[command(flatten)]
    #[serde(flatten)]
    pub target: TargetArgs,
    /// Pictures.
    #[command(flatten)]
    #[serde(flatten)]
    pub picture: PictureArgs,
}

/// Where towns fall short.
#[derive(Clone, Debug, Args, Serialize, Deserialize)]
pub struct DiscoverArgs {
    /// Which study.
    #[command(flatten)]
    #[serde(flatten)]
    pub study: StudyArgs,
    /// 关心什么情形 which results are of interest
    #[arg(long = "where", value_name = "CONDITION", default_value = "coverage<100%")]
    pub wanted: String,
    /// 用一项已有的扫描，不另取点：结果文件夹，或其中的 tables/points.csv、.parquet take the points of a sweep that was computed before
    #[arg(long, value_name = "SWEEP", conflicts_with_all = ["points", "lever", "uncertain", "study"])]
    pub from: Option<PathBuf>,
    /// Where results go.
    #[command(flatten)]
    #[serde(flatten)]
    pub target: TargetArgs,
    /// Pictures.
    #[command(flatten)]
    #[serde(flatten)]
    pub picture: PictureArgs,
}

/// A sweep.
#[derive(Clone, Debug, Args, Serialize, Deserialize)]
pub struct SweepArgs {
    /// Which study.
    #[command(flatten)]
    #[serde(flatten)]
    pub study: StudyArgs,
    /// 取点方法（默认有抽样用 monte_carlo，否则 grid；one_at_a_time 逐个变动，不确定因素取 5% 和 95% 分位） how points are chosen; one_at_a_time moves one input after the other, uncertainties to their 5 % and 95 % quantiles
    #[arg(long, value_name = "DESIGN", value_parser = ["grid", "one_at_a_time", "latin", "sobol", "monte_carlo"])]
    pub design: Option<String>,
    /// 政策变量与抽样成对取，不交叉 levers are drawn along with the uncertainties, not crossed
    #[arg(long)]
    pub paired: bool,
    /// 留下哪些指标（默认全部） measures kept, all by default
    #[arg(long, value_name = "MEASURE", value_delimiter = ',')]
    pub keep: Vec<String>,
    /// 也写每个点每个镇的结果 also write every town of every point
    #[arg(long)]
    pub towns: bool,
    /// 也写缺口的分位数和不足概率（按镇、年） also write quantiles of the gap and the chance of a shortfall by town and year
    #[arg(long)]
    pub quantiles: bool,
    /// 只算第几片，共几片，如 1/4 one shard of several
    #[arg(long, value_name = "I/N")]
    pub shard: Option<String>,
    /// 接着上次没算完的算 go on with what was not finished
    #[arg(long)]
    #[serde(skip)]
    pub resume: bool,
    /// Where results go.
    #[command(flatten)]
    #[serde(flatten)]
    pub target: TargetArgs,
    /// Pictures.
    #[command(flatten)]
    #[serde(flatten)]
    pub picture: PictureArgs,
}

/// Shards to join.
#[derive(Clone, Debug, Args)]
pub struct MergeArgs {
    /// 各分片的结果文件夹 the folders of the shards
    #[arg(required = true)]
    pub folders: Vec<PathBuf>,
    /// 输出文件夹 output folder
    #[arg(long, short, value_name = "DIR")]
    pub out: PathBuf,
    /// 允许替换以前的输出 replace an earlier result
    #[arg(long)]
    pub replace: bool,
    /// 表格格式：总有 csv，可加 parquet table formats: csv always, parquet beside it
    #[arg(long, value_enum, value_delimiter = ',', default_values_t = [TableFormat::Csv])]
    pub format: Vec<TableFormat>,
    /// Pictures.
    #[command(flatten)]
    pub picture: PictureArgs,
}

/// Results to check.
#[derive(Clone, Debug, Args)]
pub struct VerifyArgs {
    /// 结果文件夹，或 pack 打成的 .zip result folders, or .zip files made by pack
    #[arg(required = true)]
    pub results: Vec<PathBuf>,
    /// 扫描：重算每一个点（默认重算十个） sweeps: compute every point anew, not ten of them
    #[arg(long)]
    pub all: bool,
    /// 用这个方案重算，不用结果里的副本 compute anew from this scenario, not from the copy in the results
    #[arg(long, value_name = "DIR")]
    pub scenario: Option<PathBuf>,
}

/// A result to pack.
#[derive(Clone, Debug, Args)]
pub struct PackArgs {
    /// 结果文件夹 result folder
    pub result: PathBuf,
    /// 输出的 .zip（默认与文件夹同名） the .zip, called after the folder by default
    #[arg(long, short, value_name = "FILE.zip")]
    pub out: Option<PathBuf>,
    /// 允许替换已有的 .zip replace an earlier .zip
    #[arg(long)]
    pub replace: bool,
}
