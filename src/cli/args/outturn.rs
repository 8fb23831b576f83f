//! What may be typed about tables that offices keep: outturns, and scenarios made from them.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde::{Deserialize, Serialize};

use super::{ScenarioArgs, TargetArgs};
use crate::measure::backtest::Scope;

/// A scenario and what was observed.
#[derive(Clone, Debug, Args, Serialize, Deserialize)]
pub struct BacktestArgs {
    /// The scenario.
    #[command(flatten)]
    #[serde(flatten)]
    pub scenario: ScenarioArgs,
    /// 决算数或入库数的表：.csv 或 .xlsx observed outturns
    #[arg(long, value_name = "FILE")]
    pub observed: PathBuf,
    /// 工作簿中的哪个工作表（默认按列名找） worksheet, by default the first whose headings fit
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// 表中收入的口径（表题没有写明时） scope of the amounts where the table does not say it
    #[arg(long, value_enum)]
    #[serde(default)]
    pub scope: Option<ScopeArg>,
    /// Where results go.
    #[command(flatten)]
    #[serde(flatten)]
    pub target: TargetArgs,
}

/// Which part of collections a table holds 口径.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScopeArg {
    /// 总收入口径：中央、省、市、县各级合计 gross: all levels together
    Gross,
    /// 一般公共预算口径：县镇地方部分 general budget: the part of county and towns
    Local,
}

impl From<ScopeArg> for Scope {
    fn from(scope: ScopeArg) -> Self {
        match scope {
            ScopeArg::Gross => Self::Gross,
            ScopeArg::Local => Self::Local,
        }
    }
}

/// What to start from.
#[derive(Clone, Debug, Args)]
pub struct NewArgs {
    /// 新文件夹；已有的不覆盖 the new folder; none is overwritten
    pub folder: PathBuf,
    /// 由什么写成：填好的填报表、有镇和项目两个表的工作簿、分镇分税种入库表 a filled form, a workbook of towns and projects, or a table of collections
    #[arg(long, value_name = "FILE", conflicts_with = "template")]
    pub from: Option<PathBuf>,
    /// 只写空白填报表 only the empty form
    #[arg(long, value_enum)]
    pub template: Option<Template>,
    /// 入库表的口径（表题没有写明时） scope of a table of collections that does not say it
    #[arg(long, value_enum, requires = "from")]
    pub scope: Option<ScopeArg>,
}

/// Forms that can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Template {
    /// 填报表.xlsx
    Xlsx,
}
