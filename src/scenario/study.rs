//! What a scenario declares for studies 研究: levers one decides on, uncertainties one does not, sweeps and searches over them.

use crate::base::{place::Place, when::Year};
use crate::rules::field::{Field, Kind, Quantity, optional, required};

/// A lever 政策变量: something one decides.
#[derive(Clone, Debug)]
pub struct Lever {
    /// Its key.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The paths it sets, all to the same value, with `@year` where they start later.
    pub paths: Vec<String>,
    /// Lowest and highest value, as written.
    pub range: Option<(String, String)>,
    /// From one value to the next, as written.
    pub step: Option<String>,
    /// The values, where they are listed.
    pub values: Vec<String>,
    /// Where it stands.
    pub place: Place,
}

impl Lever {
    /// What may be written.
    pub const FIELDS: &'static [Field] = &[
        required("name", Kind::Text, "名称", "name"),
        optional("path", Kind::Text, "改哪个数：路径，或 路径@年份", "what it sets: a path, or path@year"),
        optional("paths", Kind::Texts, "几处取同一个值：各处的路径（写 path 或 paths）", "several paths set to the same value (write path or paths)"),
        optional("low", Kind::Written, "最低值", "lowest value"),
        optional("high", Kind::Written, "最高值", "highest value"),
        optional("step", Kind::Written, "步长", "step"),
        optional("values", Kind::Texts, "逐个列出的取值", "the values, one by one"),
    ];
}

/// How a draw changes a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Acts {
    /// It takes its place.
    Replace,
    /// It is added to it.
    Add,
    /// It multiplies it.
    Times,
}

/// How often it is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Each {
    /// Once a run.
    Run,
    /// Every year anew.
    Year,
    /// For every town anew.
    Town,
}

/// An uncertainty 不确定因素: something one does not decide.
#[derive(Clone, Debug)]
pub struct Uncertain {
    /// Its key.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The path it changes.
    pub path: String,
    /// How.
    pub acts: Acts,
    /// How often.
    pub each: Each,
    /// The distribution: `normal`, `lognormal`, `triangular`, `uniform`.
    pub draw: String,
    /// Its parameters as written: mean, sd, low, mode, high.
    pub parameters: [Option<String>; 5],
    /// Correlation from year to year (AR(1)), as written.
    pub persistence: Option<String>,
    /// Where it stands.
    pub place: Place,
}

impl Uncertain {
    /// The keys of [`Uncertain::parameters`].
    pub const PARAMETERS: [&'static str; 5] = ["mean", "sd", "low", "mode", "high"];
    /// What may be written.
    pub const FIELDS: &'static [Field] = &[
        required("name", Kind::Text, "名称", "name"),
        required("path", Kind::Text, "改哪个数", "what it changes"),
        required("draw", Kind::Choice(&["normal", "lognormal", "triangular", "uniform"]), "分布", "distribution"),
        optional("acts", Kind::Choice(&["replace", "add", "times"]), "怎样作用：替换、相加、相乘", "how it acts").or("replace", "replace"),
        optional("each", Kind::Choice(&["run", "year", "town"]), "全程抽一次、每年各抽、每镇各抽", "drawn once a run, for every year or for every town").or("run", "run"),
        optional("mean", Kind::Written, "均值", "mean"),
        optional("sd", Kind::Written, "标准差", "standard deviation"),
        optional("low", Kind::Written, "最低", "lowest"),
        optional("mode", Kind::Written, "最可能", "most likely"),
        optional("high", Kind::Written, "最高", "highest"),
        optional("persistence", Kind::Value(Quantity::Share), "与上年的相关系数（每年抽取时）", "correlation with the year before, drawn every year").or("0%", "0%"),
    ];
}

/// A sweep 扫描.
#[derive(Clone, Debug)]
pub struct Sweep {
    /// Its key.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The variant it is of.
    pub variant: Option<String>,
    /// `grid`, `one_at_a_time`, `latin`, `sobol`, `monte_carlo`.
    pub design: String,
    /// Levers, by key.
    pub levers: Vec<String>,
    /// Uncertainties, by key.
    pub uncertain: Vec<String>,
    /// How many draws.
    pub points: Option<i64>,
    /// Seed of the draws.
    pub seed: Option<i64>,
    /// The measures kept; all when empty.
    pub keep: Vec<String>,
    /// Levers and draws are paired instead of crossed.
    pub paired: bool,
    /// Correlations: the keys of two uncertainties with `&` between them, and millionths.
    pub correlation: Vec<(String, i64)>,
    /// Where it stands.
    pub place: Place,
}

/// More points than any study needs.
pub const MOST_POINTS: i64 = 100_000_000;

impl Sweep {
    /// What may be written.
    pub const FIELDS: &'static [Field] = &[
        required("name", Kind::Text, "名称", "name"),
        optional("variant", Kind::Text, "对哪个变式", "the variant it is of"),
        optional("design", Kind::Choice(&["grid", "one_at_a_time", "latin", "sobol", "monte_carlo"]), "取点方法", "how points are chosen").or("grid", "grid"),
        optional("levers", Kind::Texts, "政策变量", "levers"),
        optional("uncertain", Kind::Texts, "不确定因素", "uncertainties"),
        optional("points", Kind::Whole(1, MOST_POINTS), "抽多少次", "how many draws").or("1000", "1000"),
        optional("seed", Kind::Whole(0, i64::MAX), "随机种子", "seed").or("1", "1"),
        optional("keep", Kind::Texts, "留下哪些指标", "measures kept"),
        optional("correlation", Kind::Map(Quantity::Rate), "相关系数：\"甲 & 乙\" = \"50%\"", "correlations: \"a & b\" = \"50%\""),
        optional("paired", Kind::Flag, "政策变量与抽样成对取，不交叉", "levers are drawn along with the uncertainties, not crossed with them").or("false", "false"),
    ];
}

/// A search 求解: the lowest or highest value of a lever that meets requirements.
#[derive(Clone, Debug)]
pub struct Solve {
    /// Its key.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The variant it is of.
    pub variant: Option<String>,
    /// The lever, by key.
    pub lever: String,
    /// Whether the lowest value is looked for; else the highest.
    pub lowest: bool,
    /// What must hold.
    pub require: Vec<Requirement>,
    /// Where it stands.
    pub place: Place,
}

/// What must hold of a measure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirement {
    /// The measure's key.
    pub measure: String,
    /// The lowest it may be, as written.
    pub at_least: Option<String>,
    /// The highest it may be, as written.
    pub at_most: Option<String>,
    /// The last year that counts.
    pub by: Option<Year>,
}

impl Solve {
    /// What may be written.
    pub const FIELDS: &'static [Field] = &[
        required("name", Kind::Text, "名称", "name"),
        optional("variant", Kind::Text, "对哪个变式", "the variant it is of"),
        required("lever", Kind::Text, "求哪个政策变量", "the lever"),
        required("find", Kind::Choice(&["lowest", "highest"]), "求最低还是最高", "the lowest or the highest value"),
        required("require", Kind::Keyed(Requirement::FIELDS), "要满足什么", "what must hold"),
    ];
}

impl Requirement {
    /// What may be written.
    pub const FIELDS: &'static [Field] = &[
        optional("at_least", Kind::Written, "至少", "at least"),
        optional("at_most", Kind::Written, "至多", "at most"),
        optional("by", Kind::Year, "到哪一年为止", "the last year that counts").or("最后一年", "the last year"),
    ];
}

/// All that is declared.
#[derive(Clone, Debug, Default)]
pub struct Studies {
    /// Levers, in file order.
    pub levers: Vec<Lever>,
    /// Uncertainties, in file order.
    pub uncertain: Vec<Uncertain>,
    /// Sweeps, in file order.
    pub sweeps: Vec<Sweep>,
    /// Searches, in file order.
    pub solves: Vec<Solve>,
}
