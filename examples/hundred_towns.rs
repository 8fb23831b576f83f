//! Makes the tables of `scenarios/hundred-towns`: 300 invented towns of 75 invented counties and their projects.
//!
//! `cargo run --example hundred_towns` writes them, `cargo run --example hundred_towns -- --check` compares them with what stands there.
//!
//! The towns are invented; only their magnitudes and the control totals come from print. Every number is a whole one and
//! every draw depends on nothing but the seed, the subject and its row, so that the tables are the same bytes on every
//! machine, and a new column changes no other.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const SEED: u64 = 2013;
const COUNTIES: usize = 75;
const TOWNS: usize = 300;
/// Towns that join in each of the years 批次.
const COHORT: usize = 100;
const COHORTS: [i64; 3] = [2013, 2014, 2015];
/// The last year anything is built in.
const LAST: i64 = 2017;
/// \[10 万元\] 321 亿元, to be met exactly.
const INVESTMENT: i64 = 321_000;
/// Towns, largest first, and how many projects each has: 996 in all.
const PROJECTS: [(usize, usize); 4] = [(36, 5), (84, 4), (120, 3), (60, 2)];
/// A factor of one.
const ONE: i64 = 1000;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let check = arguments.iter().any(|a| a == "--check");
    let folder = arguments.iter().find(|a| !a.starts_with("--")).map_or_else(|| PathBuf::from("scenarios/hundred-towns"), PathBuf::from);
    let mut same = true;
    for (name, text) in tables() {
        let path = folder.join(name);
        same &= if check { compare(&path, &text) } else { write(&path, &text) };
    }
    if same { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn compare(path: &Path, text: &str) -> bool {
    let same = std::fs::read(path).is_ok_and(|found| found == text.as_bytes());
    println!("{}: {}", path.display(), if same { "as generated" } else { "differs; run without --check to write it anew" });
    same
}

fn write(path: &Path, text: &str) -> bool {
    let done = std::fs::write(path, text);
    match &done {
        Ok(()) => println!("{}: {} rows", path.display(), text.lines().count() - 1),
        Err(reason) => println!("{}: {reason}", path.display()),
    }
    done.is_ok()
}

/// The three tables by file name.
fn tables() -> [(&'static str, String); 3] {
    let counties: Vec<County> = (0..COUNTIES).map(County::draw).collect();
    let mut towns: Vec<Town> = homes().into_iter().enumerate().map(|(row, home)| Town::draw(row, home, &counties[home])).collect();
    join(&mut towns);
    let projects = projects(&towns);
    [("towns.csv", towns_csv(&towns)), ("counties.csv", counties_csv(&counties, &towns)), ("projects.csv", projects_csv(&projects))]
}

// ---- draws ----------------------------------------------------------------------------------------------------------

/// Whose draw it is, and of what: a stream of its own for each.
#[derive(Clone, Copy)]
struct Draw {
    subject: u64,
    row: usize,
}

impl Draw {
    const fn of(subject: &str, row: usize) -> Self {
        Self { subject: hash(subject), row }
    }

    /// Draw number `n`: its own number, whatever was drawn before.
    const fn bits(self, n: u64) -> u64 {
        mix(mix(mix(SEED ^ self.subject) ^ self.row as u64) ^ n)
    }

    /// Evenly from `low` to `high`, both included.
    const fn even(self, low: i64, high: i64) -> i64 {
        low + (self.bits(0) % (high - low + 1) as u64) as i64
    }

    /// A factor around one, skewed like the sizes of towns: most somewhat below one, a few far above. Twelve even draws
    /// added up are as good as normal; `spread` is the standard deviation of the logarithm, in thousandths.
    fn skewed(self, spread: i64) -> i64 {
        let sum: i64 = (1..=12).map(|n| (self.bits(n) % 1001) as i64).sum();
        exponential((sum - 6000) * spread / 1000)
    }
}

/// The finisher of `SplitMix64`.
const fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}

/// FNV-1a.
const fn hash(text: &str) -> u64 {
    let (bytes, mut hash, mut at) = (text.as_bytes(), 0xCBF2_9CE4_8422_2325_u64, 0);
    while at < bytes.len() {
        hash = (hash ^ bytes[at] as u64).wrapping_mul(0x0100_0000_01B3);
        at += 1;
    }
    hash
}

/// e^x in thousandths, x in thousandths from −3 to 3: straight between quarters.
fn exponential(x: i64) -> i64 {
    const QUARTERS: [i64; 25] = [
        49_787, 63_928, 82_085, 105_399, 135_335, 173_774, 223_130, 286_505, 367_879, 472_367, 606_531, 778_801, 1_000_000, 1_284_025, 1_648_721, 2_117_000, 2_718_282, 3_490_343,
        4_481_689, 5_754_603, 7_389_056, 9_487_736, 12_182_494, 15_642_632, 20_085_537,
    ];
    let x = x.clamp(-3000, 2999) + 3000;
    let (at, rest) = ((x / 250) as usize, x % 250);
    (QUARTERS[at] + (QUARTERS[at + 1] - QUARTERS[at]) * rest / 250) / 1000
}

/// `amount` in proportion to `weights`, whole numbers that add up to it: largest remainders first, ties by order.
fn divide(amount: i64, weights: &[i64]) -> Vec<i64> {
    let total: i64 = weights.iter().sum();
    let mut parts: Vec<i64> = weights.iter().map(|w| amount * w / total).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|n| (std::cmp::Reverse(amount * weights[*n] % total), *n));
    let missing = amount - parts.iter().sum::<i64>();
    for n in order.into_iter().take(missing as usize) {
        parts[n] += 1;
    }
    parts
}

// ---- counties -------------------------------------------------------------------------------------------------------

struct County {
    /// How rich it is, one being usual.
    wealth: i64,
    /// \[%\] Of the excess and of land income: the ordinary towns' and the hundred's; the difficulty coefficient.
    shares: [i64; 5],
    /// \[万元\] Own revenue, three guarantees, debt service, other spending, opening balance.
    account: [i64; 5],
}

impl County {
    fn draw(row: usize) -> Self {
        let even = |what, low, high| Draw::of(what, row).even(low, high);
        let wealth = Draw::of("county wealth", row).skewed(350);
        // From 20 % to 90 %, the poorer the higher.
        let difficulty = (90 - wealth * 35 / ONE + even("difficulty", -5, 5)).clamp(20, 90);
        let [excess, of_hundred] = [even("excess", 3, 5) * 10, even("excess of the hundred", 6, 8) * 10];
        let [land, land_of_hundred] = [even("land", 2, 4) * 10, even("land of the hundred", 7, 9) * 10];
        let revenue = 90_000 * wealth / ONE;
        let part = |what, low, high| revenue * even(what, low, high) / 1000;
        Self {
            wealth,
            shares: [excess, of_hundred, land, land_of_hundred, difficulty],
            account: [revenue, part("guarantees", 860, 930), part("debt", 10, 25), part("other", 20, 40), part("opening", 5, 20)],
        }
    }
}

fn county_name(county: usize) -> String {
    format!("示例{:02}县", county + 1)
}

/// The county of every town, in order: two towns each, the rest as it falls.
fn homes() -> Vec<usize> {
    let weights: Vec<i64> = (0..COUNTIES).map(|county| Draw::of("towns of a county", county).even(0, 100)).collect();
    let more = divide((TOWNS - 2 * COUNTIES) as i64, &weights);
    more.into_iter().enumerate().flat_map(|(county, more)| std::iter::repeat_n(county, 2 + more as usize)).collect()
}

fn counties_csv(counties: &[County], towns: &[Town]) -> String {
    let account = ["均衡性补助", "县本级财力", "县级三保", "还本付息", "其他支出", "期初结余"].map(|name| format!("{name}（万元）")).join(",");
    let mut csv = format!("县,超收分成,百镇超收分成,土地返还,百镇土地返还,困难系数,{account}\n");
    for (n, county) in counties.iter().enumerate() {
        let need: i64 = towns.iter().filter(|t| t.county == n).map(|t| t.need).sum();
        let pool = need * Draw::of("pool", n).even(40, 90) / 1000;
        let shares = county.shares.map(|share| format!("{share}%")).join(",");
        let account = county.account.map(|amount| amount.to_string()).join(",");
        let _ = writeln!(csv, "{},{shares},{pool},{account}", county_name(n));
    }
    csv
}

// ---- towns ----------------------------------------------------------------------------------------------------------

/// Taxes by column: heading, what county and town are left with of 10,000 in 2012, and its part of 1,000 of the revenue of
/// a 重点镇, 工贸镇, 旅游镇, 农业镇.
const TAXES: [(&str, i64, [i64; 4]); 12] = [
    ("国内增值税", 1_625, [300, 400, 150, 260]),
    ("营业税", 6_500, [240, 180, 380, 240]),
    ("企业所得税", 2_600, [100, 120, 70, 50]),
    ("个人所得税", 2_600, [40, 35, 40, 45]),
    ("房产税", 6_500, [25, 25, 30, 20]),
    ("城镇土地使用税", 6_500, [30, 35, 30, 25]),
    ("土地增值税", 10_000, [50, 30, 60, 30]),
    ("契税", 6_500, [85, 60, 100, 80]),
    ("印花税", 6_500, [8, 10, 8, 5]),
    ("车船税", 10_000, [7, 5, 7, 15]),
    ("耕地占用税", 10_000, [45, 40, 45, 100]),
    ("非税收入", 10_000, [70, 60, 80, 130]),
];
/// Surcharges of the first two: 5 % + 3 % + 2 %, all left to county and town.
const SURCHARGES: i64 = 1_000;
const CLASSES: [&str; 4] = ["重点镇", "工贸镇", "旅游镇", "农业镇"];

/// Amounts in 万元, areas in 亩.
struct Town {
    county: usize,
    size: i64,
    class: usize,
    cohort: i64,
    /// People, staff, posts beside them, villages.
    counts: [i64; 4],
    taxes: [i64; 12],
    /// Revenue and spending.
    approved: [i64; 2],
    need: i64,
    /// Area, later area, price a mu.
    land: [i64; 3],
    /// In thousandths.
    score: i64,
}

impl Town {
    fn draw(row: usize, home: usize, county: &County) -> Self {
        let draw = |what| Draw::of(what, row);
        let size = draw("size").skewed(450);
        let class = if size >= 1400 { 0 } else { [1, 1, 2, 3, 3, 3][draw("class").even(0, 5) as usize] };
        let population = (25_000 * size / ONE).clamp(6_000, 120_000) + draw("population").even(-400, 400);
        // 元 a head: richer in richer counties and larger towns.
        let per_head = 620 * county.wealth / ONE * draw("revenue").skewed(500) / ONE * (500 + size / 2) / ONE;
        let revenue = (population * per_head / 10_000).max(60);
        let mut taxes = [0; 12];
        for (at, (name, _, parts)) in TAXES.iter().enumerate() {
            taxes[at] = revenue * parts[class] / 1000 * draw(name).even(700, 1300) / 1000;
        }
        let local: i64 = TAXES.iter().zip(taxes).map(|((_, left, _), tax)| tax * left).sum::<i64>() + (taxes[0] + taxes[1]) * SURCHARGES;
        let staff = 30 + population / 700 * draw("staff").even(850, 1150) / 1000;
        let posts = staff * draw("posts").even(300, 800) / 1000;
        let villages = 5 + population / 1_900 * draw("villages").even(800, 1200) / 1000;
        // 6.5 + 2 a head of staff, 3 a post, 18 a village, 70 元 a person: a tenth above the recurrent lines of the scenario.
        let need = (staff * 85 + posts * 30 + villages * 180) / 10 + population * 70 / 10_000;
        let area = 15 + 20 * size / ONE * draw("area").even(700, 1300) / 1000;
        let price = if class == 0 { 48 } else { 36 } * county.wealth / ONE * draw("price").skewed(250) / ONE;
        Self {
            county: home,
            size,
            class,
            cohort: 0,
            counts: [population, staff, posts, villages],
            taxes,
            approved: [local / 10_000 * draw("approved revenue").even(920, 1000) / 1000, need * draw("approved spending").even(850, 1000) / 1000],
            need,
            land: [area, area / 2, price.max(12)],
            score: 60_000 + draw("score").even(0, 30_000) + (size * 4).min(9_999),
        }
    }
}

fn town_name(town: usize) -> String {
    format!("示例{:03}镇", town + 1)
}

/// A hundred towns a year, the larger rather sooner.
fn join(towns: &mut [Town]) {
    let mut order: Vec<usize> = (0..towns.len()).collect();
    order.sort_by_key(|n| (std::cmp::Reverse(towns[*n].size + Draw::of("cohort", *n).even(0, 2000)), *n));
    for (place, town) in order.into_iter().enumerate() {
        towns[town].cohort = COHORTS[place / COHORT];
    }
}

fn towns_csv(towns: &[Town]) -> String {
    let taxes = TAXES.map(|(name, ..)| name).join(",");
    let mut csv = format!("镇,县,类别,批次,人口,编制,编外岗位,村社区数,{taxes},核定收入,核定支出,标准支出,供地,后期供地,地价,考核得分\n");
    for (n, t) in towns.iter().enumerate() {
        let [people, staff, posts, villages] = t.counts;
        let ([revenue, spending], [area, later, price]) = (t.approved, t.land);
        let numbers = [t.cohort, people, staff, posts, villages].into_iter().chain(t.taxes).chain([revenue, spending, t.need, area, later, price]);
        let numbers = numbers.map(|n| n.to_string()).collect::<Vec<_>>().join(",");
        let score = format!("{}.{:03}", t.score / 1000, t.score % 1000);
        let _ = writeln!(csv, "{},{},{},{numbers},{score}", town_name(n), county_name(t.county), CLASSES[t.class]);
    }
    csv
}

// ---- projects -------------------------------------------------------------------------------------------------------

/// What is built: class, how many of 100, its size, of 1,000 of its cost what society, upper levels, county and land
/// development bring (the town has the rest), priority, books, upkeep, names.
#[derive(Clone, Copy)]
struct Kind(&'static str, i64, i64, [i64; 4], i64, &'static str, &'static str, [&'static str; 5]);

const BOTH: &str = "基金、一般预算";
const KINDS: [Kind; 10] = [
    Kind("道路", 30, 1_300, [270, 180, 220, 120], 2, BOTH, "1%", ["镇区主干道", "对外连接路", "场镇道路改造", "产业园连接路", "村组道路"]),
    Kind("供水", 12, 900, [450, 180, 150, 40], 1, BOTH, "1%", ["自来水厂", "供水管网", "水源工程", "村镇集中供水", "水厂扩建"]),
    Kind("排水", 14, 1_000, [300, 250, 180, 60], 1, BOTH, "2%", ["污水处理厂", "污水管网", "雨水管网", "排洪沟渠", "污水厂扩建"]),
    Kind("供电", 9, 900, [720, 70, 70, 30], 2, BOTH, "1%", ["农网改造", "变电站配套", "电力线路迁改", "路灯及配电", "配电网扩容"]),
    Kind("供气", 7, 800, [840, 0, 40, 20], 2, BOTH, "1%", ["天然气管网", "储配站", "燃气入户", "中压管线", "管网延伸"]),
    Kind("水利", 5, 1_100, [0, 450, 300, 0], 2, BOTH, "1%", ["河道整治", "堤防", "灌区渠系", "山坪塘整治", "泵站改造"]),
    Kind("市政", 10, 1_300, [500, 60, 150, 140], 3, "基金", "1%", ["老场镇改造", "农贸市场", "垃圾中转站", "停车场及广场", "滨河绿地"]),
    Kind("教育", 6, 1_000, [100, 350, 350, 0], 1, BOTH, "1%", ["中心小学改扩建", "中心幼儿园", "初中迁建", "寄宿制学校", "教师周转房"]),
    Kind("卫生", 4, 900, [100, 350, 350, 0], 1, BOTH, "1%", ["卫生院迁建", "中心卫生院", "村卫生室", "公共卫生用房", "急救站"]),
    Kind("文化", 3, 700, [200, 200, 300, 0], 3, "一般预算", "2%", ["文化站", "文体中心", "图书室", "体育场地", "博物馆"]),
];
const PROFILES: [&str; 4] = ["100%", "45%/55%", "30%/40%/30%", "20%/30%/30%/20%"];

/// Amounts in 万元.
struct Project {
    town: usize,
    kind: usize,
    name: &'static str,
    weight: i64,
    cost: i64,
    parts: [i64; 5],
    start: i64,
    years: i64,
}

impl Project {
    fn draw(row: usize, town: usize, cohort: i64, size: i64, before: &[Self]) -> Self {
        let draw = |what| Draw::of(what, row);
        let kind = pick(draw("kind").even(0, 99));
        let same = before.iter().rev().take_while(|p| p.town == town).filter(|p| p.kind == kind).count();
        let Kind(_, _, usual, .., names) = KINDS[kind];
        // The sooner the likelier, and done by the last year.
        let start = cohort + draw("start").even(0, LAST - cohort).min(draw("start again").even(0, LAST - cohort));
        Self {
            town,
            kind,
            name: names[(town + same) % names.len()],
            weight: usual * draw("cost").skewed(600) / ONE * (600 + size * 2 / 5) / ONE,
            cost: 0,
            parts: [0; 5],
            start,
            years: draw("years").even(1, 4).min(LAST - start + 1),
        }
    }

    /// Who pays what; the town pays the rest, so that the parts add up.
    fn fund(&mut self, row: usize) {
        let Kind(_, _, _, shares, ..) = KINDS[self.kind];
        let mut rest = self.cost;
        for (at, part) in shares.into_iter().enumerate() {
            self.parts[at] = self.cost * part / 1000 * Draw::of(["society", "upper", "county", "land development"][at], row).even(920, 1080) / 1000;
            rest -= self.parts[at];
        }
        self.parts[4] = rest;
    }
}

fn pick(draw: i64) -> usize {
    let mut above = 0;
    let found = KINDS.iter().position(|Kind(_, in_hundred, ..)| {
        above += in_hundred;
        draw < above
    });
    found.unwrap_or(0)
}

fn projects(towns: &[Town]) -> Vec<Project> {
    let mut largest: Vec<usize> = (0..towns.len()).collect();
    largest.sort_by_key(|n| (std::cmp::Reverse(towns[*n].size), *n));
    let mut count = vec![0; towns.len()];
    for (town, number) in largest.into_iter().zip(PROJECTS.iter().flat_map(|(towns, number)| std::iter::repeat_n(*number, *towns))) {
        count[town] = number;
    }
    let mut projects: Vec<Project> = Vec::new();
    for (n, town) in towns.iter().enumerate() {
        for _ in 0..count[n] {
            projects.push(Project::draw(projects.len(), n, town.cohort, town.size, &projects));
        }
    }
    let weights: Vec<i64> = projects.iter().map(|p| p.weight).collect();
    for (row, (project, tens)) in projects.iter_mut().zip(divide(INVESTMENT, &weights)).enumerate() {
        project.cost = tens * 10;
        project.fund(row);
    }
    projects
}

fn projects_csv(projects: &[Project]) -> String {
    let parts = ["社会投资", "上级专项", "县级", "土地前期开发", "镇级"].map(|part| format!("其中：{part}（万元）")).join(",");
    let mut csv = format!("编号,项目名称,镇,类别,总投资（万元）,{parts},开工年,工期（年）,进度,优先级,可用资金,管护费率\n");
    for (n, p) in projects.iter().enumerate() {
        let Kind(class, _, _, _, priority, books, upkeep, _) = &KINDS[p.kind];
        let town = town_name(p.town);
        let (parts, profile) = (p.parts.map(|part| part.to_string()).join(","), PROFILES[p.years as usize - 1]);
        let _ = writeln!(csv, "X{:04},{town}{},{town},{class},{},{parts},{},{},{profile},{priority},{books},{upkeep}", n + 1, p.name, p.cost, p.start, p.years);
    }
    csv
}
