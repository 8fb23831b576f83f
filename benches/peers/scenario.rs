//! The scenario as a folder: `scenario.toml`, `towns.csv`, `projects.csv`.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use super::model::{ABOVE_BASE, COEFFICIENT, COST, COUNTY, DRIVERS, FIRST_YEAR, Model, Point, TAX, TIER_SHARES, Town, UMCT, VAT_BEFORE, VAT_CHANGES, grows, growth, land};

/// Writes the scenario with every tax base multiplied by the point's scale, and its shares.
pub fn write(folder: &Path, model: &Model, point: Point) {
    fs::write(folder.join("scenario.toml"), text(model, point)).unwrap();
    fs::write(folder.join("towns.csv"), towns(model, point.scale)).unwrap();
    fs::write(folder.join("projects.csv"), projects(model)).unwrap();
}

/// What `--set` changes to get a point's shares.
pub fn changes(point: Point) -> [String; 2] {
    [format!("agreement.bench.tax.tier.fourth.share={}", percent(point.top)), format!("agreement.bench.land.share={}", percent(point.land))]
}

fn percent(millionths: i64) -> String {
    let (sign, all) = (if millionths < 0 { "-" } else { "" }, millionths.abs());
    format!("{sign}{}.{:04}%", all / 10_000, all % 10_000)
}

/// \[元\]
fn yuan(fen: i64) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

fn text(model: &Model, point: Point) -> String {
    let last_year = FIRST_YEAR + i32::try_from(model.years).unwrap() - 1;
    let mut out = format!(
        r#"[scenario]
format     = 1
name       = "bench"
first_year = {FIRST_YEAR}
last_year  = {last_year}
base_year  = {FIRST_YEAR}
money_unit = "元"

[towns]
file = "towns.csv"
illustrative = true

[projects]
file = "projects.csv"
mode = "unconstrained"
illustrative = true

[opening]
general = {{ column = "general" }}
fund    = {{ column = "fund" }}
"#
    );
    taxes(&mut out, model.years);
    upper(&mut out);
    land_chain(&mut out);
    rules(&mut out, model.pool, point);
    out
}

fn taxes(out: &mut String, years: usize) {
    for (n, driver) in DRIVERS.iter().enumerate() {
        writeln!(out, "\n[driver.{driver}]").unwrap();
        // A driver has a rate at least, even where there is no second year.
        for year in 1..years.max(2) {
            writeln!(out, "{} = \"{}\"", FIRST_YEAR as usize + year, percent(growth(n, year))).unwrap();
        }
    }
    for tax in &TAX {
        let (id, name, class, driver) = (tax.id, tax.name, tax.class, DRIVERS[tax.driver]);
        writeln!(out, "\n[source.{id}]\nname = \"{name}\"\nkind = \"driven\"\nclass = \"{class}\"\nbook = \"general\"\nmode = \"split\"").unwrap();
        writeln!(out, "base = {{ column = \"{id}\" }}\ngrows_with = \"{driver}\"\nelasticity = \"100%\"").unwrap();
    }
    let rate = percent(UMCT[0]);
    writeln!(out, "\n[source.umct]\nname = \"城市维护建设税\"\nkind = \"derived\"\nclass = \"tax\"\nbook = \"general\"\nmode = \"split\"\non = [\"vat\"]\nrate = \"{rate}\"")
        .unwrap();
}

fn upper(out: &mut String) {
    writeln!(out, "\n[upper.central]\nof = \"gross\"\nother = \"0%\"").unwrap();
    writeln!(out, "vat = {{ 1994 = \"{}\", {VAT_CHANGES} = \"{}\" }}", percent(VAT_BEFORE), percent(TAX[0].central)).unwrap();
    for tax in TAX[1..].iter().filter(|t| t.central > 0) {
        writeln!(out, "{} = \"{}\"", tax.id, percent(tax.central)).unwrap();
    }
    writeln!(out, "\n[upper.province]\nof = \"remainder\"\nother = \"0%\"").unwrap();
    for tax in TAX.iter().filter(|t| t.province > 0) {
        writeln!(out, "{} = \"{}\"", tax.id, percent(tax.province)).unwrap();
    }
    writeln!(out, "\n[upper.city]\nof = \"remainder\"\nother = \"0%\"\numct = \"{}\"", percent(UMCT[1])).unwrap();
    for tax in TAX.iter().filter(|t| t.city > 0) {
        writeln!(out, "{} = \"{}\"", tax.id, percent(tax.city)).unwrap();
    }
}

fn land_chain(out: &mut String) {
    let first = land::FIRST_INSTALMENT;
    writeln!(out, "\n[source.land]\nname = \"土地出让收入\"\nkind = \"land\"\nclass = \"fund\"\nbook = \"fund\"\nmode = \"return\"\nloss = \"county\"").unwrap();
    writeln!(out, "instalments = [\"{}\", \"{}\"]", percent(first), percent(1_000_000 - first)).unwrap();
    for (n, id) in ["commercial", "industrial"].into_iter().enumerate() {
        let (late, price, by, builds) = (land::LATE, yuan(land::PRICE[n]), percent(grows::LAND_PRICE[n]), n == 0);
        writeln!(out, "\n[source.land.use.{id}]\nname = \"{id}\"\nnew = \"100%\"\nbuilds = {builds}").unwrap();
        writeln!(out, "area = {{ {FIRST_YEAR} = {{ column = \"{id}\" }}, {late} = {{ column = \"{id}_late\" }} }}").unwrap();
        writeln!(out, "price = {{ {FIRST_YEAR} = \"{price}元/亩\", grows_by = \"{by}\" }}").unwrap();
    }
    let (unit, by) = (yuan(land::COMPENSATION), percent(grows::LAND_COST));
    writeln!(out, "\n[source.land.cost.compensation]\nname = \"补偿\"\nper_mu = {{ {FIRST_YEAR} = \"{unit}元/亩\", grows_by = \"{by}\" }}\nparty = \"outside\"").unwrap();
    writeln!(out, "\n[source.land.cost.development]\nname = \"开发\"\nshare = \"{}\"\nparty = \"outside\"", percent(land::DEVELOPMENT)).unwrap();
    writeln!(out, "\n[source.land.cost.business]\nname = \"业务费\"\nshare = \"{}\"\nparty = \"county\"", percent(land::BUSINESS)).unwrap();
    let (rate, central) = (yuan(land::NEW_LAND_FEE), percent(land::NEW_LAND_CENTRAL));
    writeln!(out, "\n[source.land.new_land_fee]\nrate = \"{rate}元/平方米\"\ncentral = \"{central}\"\nholder = \"county\"").unwrap();
    writeln!(out, "\n[source.land.farmland_development]\nper_mu = \"{}元/亩\"\nholder = \"county\"", yuan(land::FARMLAND)).unwrap();
    for (id, rate) in ["education", "water", "housing"].into_iter().zip(land::SETASIDES) {
        writeln!(out, "\n[source.land.setaside.{id}]\nname = \"{id}\"\nof = \"net\"\nrate = \"{}\"\nholder = \"county\"", percent(rate)).unwrap();
    }
    writeln!(out, "\n[source.land.setaside.income_fund]\nname = \"收益基金\"\nof = \"cash\"\nrate = \"{}\"\nholder = \"county\"", percent(land::INCOME_FUND)).unwrap();
    for (id, of, rate) in [("province", "net", land::DUES[0]), ("city", "remainder", land::DUES[1])] {
        writeln!(out, "\n[source.land.due.{id}]\nname = \"{id}\"\nof = \"{of}\"\nrate = \"{}\"\nto = \"{id}\"", percent(rate)).unwrap();
    }
    writeln!(out, "\n[source.land.opening]\ncontracts = {{ column = \"contracts\" }}\ncost.compensation = {{ column = \"compensation\" }}").unwrap();
    writeln!(out, "area.commercial = {{ {} = {{ column = \"commercial\" }} }}", FIRST_YEAR - 1).unwrap();
    let (rate, plot, exempt) = (yuan(land::FEE), land::PLOT_RATIO / 1_000_000, percent(land::EXEMPT));
    writeln!(out, "\n[source.fee]\nname = \"配套费\"\nkind = \"fee\"\nclass = \"fund\"\nbook = \"fund\"\nmode = \"return\"\nland = \"land\"").unwrap();
    writeln!(out, "rate = \"{rate}元/平方米\"\nplot_ratio = {plot}\nexempt = \"{exempt}\"\nbuild_out = [\"0%\", \"100%\"]").unwrap();
}

fn rules(out: &mut String, pool: i64, point: Point) {
    writeln!(out, "\n[agreement.bench]\nname = \"分档\"\ntowns = \"all\"\nfrom = {FIRST_YEAR}").unwrap();
    writeln!(out, "\n[agreement.bench.tax]\nof = {{ class = [\"tax\", \"nontax\"] }}\nform = \"tiers\"").unwrap();
    writeln!(out, "base = {{ {FIRST_YEAR} = {{ column = \"tier_base\" }}, grows_by = \"{}\" }}", percent(grows::TIER_BASE)).unwrap();
    writeln!(out, "\n[agreement.bench.tax.tier]\nfirst = {{ share = \"{}\" }}", percent(TIER_SHARES[0])).unwrap();
    let shares = [TIER_SHARES[1], TIER_SHARES[2], point.top];
    for ((id, above), share) in ["second", "third", "fourth"].into_iter().zip(ABOVE_BASE).zip(shares) {
        writeln!(out, "{id} = {{ above_base = \"{}\", share = \"{}\" }}", percent(above), percent(share)).unwrap();
    }
    writeln!(out, "\n[agreement.bench.land]\nof = {{ kind = \"land\" }}\nform = \"ratio\"\nshare = \"{}\"", percent(point.land)).unwrap();
    writeln!(out, "\n[agreement.bench.fee]\nof = {{ kind = \"fee\" }}\nform = \"ratio\"\nshare = \"{}\"", percent(land::FEE_SHARE)).unwrap();
    writeln!(out, "\n[transfer.equalisation]\nname = \"均衡性补助\"\nform = \"pool\"\nmode = \"coefficient\"\npayer = \"county\"\ntowns = \"all\"\nbook = \"general\"").unwrap();
    writeln!(out, "amount = {{ {FIRST_YEAR} = \"{}元\", grows_by = \"{}\" }}", yuan(pool), percent(grows::POOL)).unwrap();
    writeln!(out, "need = {{ {FIRST_YEAR} = {{ column = \"need\" }}, grows_by = \"{}\" }}", percent(grows::NEED)).unwrap();
    writeln!(out, "measure = \"retained\"\ncoefficient = \"{}\"\nresidue = \"payer\"", percent(COEFFICIENT)).unwrap();
    let by = percent(grows::COSTS);
    for (n, (id, per)) in [("wages", "staff"), ("operation", "staff"), ("livelihood", "人口")].into_iter().enumerate() {
        writeln!(out, "\n[spending.{id}]\nname = \"{id}\"\nclass = \"{id}\"\nper = \"{per}\"\npaid_by = \"town\"").unwrap();
        writeln!(out, "cost = {{ {FIRST_YEAR} = \"{}元\", grows_by = \"{by}\" }}", yuan(COST[n])).unwrap();
    }
    writeln!(out, "\n[spending.other]\nname = \"other\"\nclass = \"other\"\npaid_by = \"town\"").unwrap();
    writeln!(out, "amount = {{ {FIRST_YEAR} = {{ column = \"other\" }}, grows_by = \"{by}\" }}").unwrap();
}

/// Half up, as on paper.
const fn scaled(base: i64, scale: i64) -> i64 {
    ((base as i128 * scale as i128 + 500_000) / 1_000_000) as i64
}

fn towns(model: &Model, scale: i64) -> String {
    let mut out = "镇,县,人口,编制".to_owned();
    TAX.iter().for_each(|tax| write!(out, ",{}", tax.id).unwrap());
    out.push_str(",tier_base,need,other,contracts,compensation,general,fund,commercial,industrial,commercial_late,industrial_late\n");
    for (n, town) in model.towns.iter().enumerate() {
        write!(out, "镇{n:05},县{:03},{},{}", n / COUNTY, town.people, town.staff).unwrap();
        town.taxes.iter().for_each(|base| write!(out, ",{}", yuan(scaled(*base, scale))).unwrap());
        money(town).into_iter().for_each(|fen| write!(out, ",{}", yuan(fen)).unwrap());
        town.area.iter().flatten().for_each(|mu| write!(out, ",{mu}").unwrap());
        out.push('\n');
    }
    out
}

const fn money(town: &Town) -> [i64; 7] {
    [town.tier_base, town.need, town.other, town.contracts, town.compensation, town.general, town.fund]
}

fn projects(model: &Model) -> String {
    let mut out = "编号,项目名称,镇,类别,总投资（元）,其中：镇级（元）,开工年,工期（年）,进度,优先级,可用资金,管护费率\n".to_owned();
    for (n, town) in model.towns.iter().enumerate() {
        for (k, project) in town.projects.iter().enumerate() {
            let (cost, start, years) = (yuan(project.cost), FIRST_YEAR as usize + project.start, project.profile.len());
            let profile: Vec<String> = project.profile.iter().map(|part| format!("{part}%")).collect();
            let books = match project.books {
                [true, true] => "基金、一般预算",
                [true, false] => "一般预算",
                _ => "基金",
            };
            writeln!(out, "P{n:05}{k},P{n}-{k},镇{n:05},道路,{cost},{cost},{start},{years},{},1,{books},0%", profile.join("/")).unwrap();
        }
    }
    out
}
