//! The dictionary of the backtest's tables.

use crate::measure::cell::{Column, defined, plain};

const VARIANT: Column = plain("variant", "方案", "variant", "");
const UNIT: Column = plain("unit", "单位", "unit", "");
const ITEM_ID: Column =
    defined("item_id", ("项目键", "item id"), "", ("source 收入，summary 镇的汇总数，county 县的汇总数，all 全部", "a source, a total of a town or county, or all"), "");
const ITEM: Column = plain("item", "项目", "item", "");
const SCOPE: Column =
    defined("scope", ("口径", "scope"), "", ("gross 总额、local 地方部分、town 镇得、county 县得、city 市得、province 省得、central 中央", "which part of a source"), "");

const COUNT: Column = defined("n", ("项数", "figures"), "个", ("算在内的项数", "number of figures counted"), "");
const BIAS: Column =
    defined("bias", ("平均偏差", "bias"), "1", ("正为测算偏高；观测为 0 的不计", "positive when projected too high; without figures observed as nothing"), "Σ误差% ÷ n");
const MAPE: Column = defined("mape", ("平均绝对百分比误差", "MAPE"), "1", ("误差不分正负，平均有多大", "how large errors are on average, whichever their sign"), "Σ|误差%| ÷ n");
const MEDIAN: Column = defined(
    "median_absolute",
    ("绝对误差中位数", "median absolute error"),
    "1",
    ("误差不分正负，一半的项数不超过它", "half of the figures err by less, whichever their sign"),
    "中位数|误差%|",
);
const P10: Column =
    defined("p10", ("10% 分位", "10th percentile"), "1", ("误差% 的分位数，次序统计量之间按直线内插", "of error %, linear between order statistics (type 7)"), "x[(n−1)·0.10]");
const P25: Column =
    defined("p25", ("25% 分位", "25th percentile"), "1", ("误差% 的分位数：25% 的项数不高于它", "of error %: 25 % of the figures are not above it"), "x[(n−1)·0.25]");
const P50: Column = defined("p50", ("50% 分位", "median"), "1", ("误差% 的分位数：50% 的项数不高于它", "of error %: 50 % of the figures are not above it"), "x[(n−1)·0.50]");
const P75: Column =
    defined("p75", ("75% 分位", "75th percentile"), "1", ("误差% 的分位数：75% 的项数不高于它", "of error %: 75 % of the figures are not above it"), "x[(n−1)·0.75]");
const P90: Column =
    defined("p90", ("90% 分位", "90th percentile"), "1", ("误差% 的分位数：90% 的项数不高于它", "of error %: 90 % of the figures are not above it"), "x[(n−1)·0.90]");
const RMSE: Column = defined(
    "rmse",
    ("均方根误差", "root mean square error"),
    "money",
    ("误差平方平均后开方，大误差占得重", "root of the mean squared error; large errors weigh more"),
    "√(Σ误差² ÷ n)",
);
const ABOVE: Column = defined("above", ("偏高的项数", "projected too high"), "个", ("测算高于决算的项数", "figures projected higher than observed"), "");
const BELOW: Column = defined("below", ("偏低的项数", "projected too low"), "个", ("测算低于决算的项数", "figures projected lower than observed"), "");
const DIRECTION: Column = defined("direction", ("方向", "direction"), "", ("high 偏高、low 偏低、even 持平", "high, low or even, by the bias"), "");

/// Figure by figure.
pub const BACKTEST: &[Column] = &[
    VARIANT,
    plain("town_id", "县/镇", "town id", ""),
    plain("town", "镇", "town", ""),
    plain("county", "县", "county", ""),
    plain("year", "年度", "year", "年"),
    ITEM_ID,
    ITEM,
    SCOPE,
    defined("observed", ("观测", "observed"), "money", ("决算数或入库数", "the outturn"), ""),
    defined("projected", ("测算", "projected"), "money", ("按方案测算的数", "what the scenario projects"), ""),
    defined("error", ("误差", "error"), "money", ("测算比决算多多少，负为少", "how much more is projected than observed; negative where less"), "测算 − 观测"),
    defined("error_share", ("误差%", "error %"), "1", ("小数；观测为 0 的为空", "a fraction; empty where nothing was observed"), "误差 ÷ |观测|"),
    UNIT,
    plain("source", "来源", "source", ""),
    plain("grade", "依据等级", "grade", ""),
    plain("note", "备注", "note", ""),
];

/// By item.
pub const ITEMS: &[Column] = &[VARIANT, ITEM_ID, ITEM, SCOPE, COUNT, BIAS, MAPE, MEDIAN, P10, P25, P50, P75, P90, RMSE, UNIT, ABOVE, BELOW, DIRECTION];

/// By year.
pub const YEARS: &[Column] = &[VARIANT, plain("year", "年度", "year", "年"), COUNT, BIAS, MAPE, MEDIAN, P10, P25, P50, P75, P90, RMSE, UNIT, ABOVE, BELOW, DIRECTION];

/// The tables of a backtest.
pub const TABLES: [(&str, &[Column]); 3] = [("backtest", BACKTEST), ("backtest_items", ITEMS), ("backtest_years", YEARS)];
