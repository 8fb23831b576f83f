//! The report: what stands in the page is what stands in the tables, nothing a user wrote becomes markup, nothing is loaded.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use common::{many_towns, mengyang};
use fencheng::write::manifest::{digest, sealed};
use serde_json::Value;
use tempfile::TempDir;

fn fencheng(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_fencheng")).args(args).output().unwrap()
}

fn done(args: &[&str]) {
    let output = fencheng(args);
    assert!(output.status.success(), "{args:?}\n{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
}

fn refused(args: &[&str]) -> String {
    let output = fencheng(args);
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(1), "{args:?}\n{said}");
    said
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn bundled(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name)
}

/// The data of a page, as its script reads them.
fn island(page: &str) -> Value {
    let (_, after) = page.split_once(r#"<script type="application/json" id="data">"#).unwrap();
    serde_json::from_str(after.split_once("</script>").unwrap().0).unwrap()
}

/// A page without its data, script and style: the markup.
fn markup(page: &str) -> String {
    let mut out = page.to_owned();
    for (start, end) in [("<style>", "</style>"), ("<script type=\"application/json\"", "</script>"), ("<script>", "</script>")] {
        let from = out.find(start).unwrap();
        let to = out[from..].find(end).unwrap() + from;
        out.replace_range(from..to, "");
    }
    out
}

/// A figure of a town in a case, year by year, as the script decodes it.
fn series(data: &Value, case: usize, town: usize, figure: &str) -> Vec<i64> {
    let at = data["figures"].as_array().unwrap().iter().position(|f| f == figure).unwrap();
    let case = &data["cases"][case];
    let own = case["towns"].as_array().unwrap().iter().position(|t| t == town).unwrap();
    match &case["series"][own][at] {
        Value::Number(n) if n == &serde_json::Number::from(0) => vec![0; case["years"].as_array().unwrap().len()],
        Value::Number(_) => series(data, usize::try_from(case["base"].as_u64().unwrap()).unwrap(), town, figure),
        told => {
            let steps = told.as_str().unwrap().split(' ').map(|step| i64::from_str_radix(step, 36).unwrap());
            steps
                .scan(0, |fen, step| {
                    *fen += step;
                    Some(*fen)
                })
                .collect()
        }
    }
}

/// 万元 as whole fen.
fn fen(text: &str) -> i64 {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, tail) = digits.split_once('.').unwrap_or((digits, ""));
    sign * (whole.parse::<i64>().unwrap() * 1_000_000 + format!("{tail:0<6}").parse::<i64>().unwrap())
}

#[test]
fn what_stands_in_the_page_is_what_stands_in_the_tables() {
    let home = TempDir::new().unwrap();
    let out = home.path().join("run");
    done(&["run", text(&bundled("pilot-towns")), "--variant", "baseline", "--variant", "one-share", "--chart", "none", "--report", "--out", text(&out)]);
    let data = island(&fs::read_to_string(out.join("report.html")).unwrap());
    let (towns, labels) = (data["towns"].as_array().unwrap(), ["baseline", "one-share"]);
    let mut columns: BTreeMap<String, Vec<i64>> = BTreeMap::new();
    let mut table = csv::Reader::from_path(out.join("tables/summary.csv")).unwrap();
    let heads: Vec<String> = table.headers().unwrap().iter().map(|h| h.trim_start_matches('\u{feff}').to_owned()).collect();
    for row in table.records() {
        let row = row.unwrap();
        let cell = |key: &str| &row[heads.iter().position(|h| h == key).unwrap()];
        for (figure, column) in [
            ("tax", "retained_tax"),
            ("land", "retained_land"),
            ("planned", "planned"),
            ("paid", "paid"),
            ("available", "available"),
            ("balance_fund", "balance_fund"),
            ("recurrent_unpaid", "recurrent_unpaid"),
        ] {
            columns.entry(format!("{}|{}|{figure}", cell("variant"), cell("town_id"))).or_default().push(fen(cell(column)));
        }
    }
    assert_eq!(columns.len(), 2 * 7 * towns.len());
    for (key, values) in columns {
        let parts: Vec<&str> = key.split('|').collect();
        let case = labels.iter().position(|l| *l == parts[0]).unwrap();
        let town = towns.iter().position(|t| t[0] == parts[1]).unwrap();
        assert_eq!(series(&data, case, town, parts[2]), values, "{key}");
    }
}

#[test]
fn a_report_of_a_folder_is_the_one_written_with_it() {
    let home = TempDir::new().unwrap();
    let (out, page) = (home.path().join("run"), home.path().join("page.html"));
    for command in [&["run", "--variant", "pilot-reform"][..], &["compare", "--variant", "pilot-reform", "--decompose"]] {
        let scenario = mengyang();
        let mut args = vec![command[0], text(&scenario)];
        args.extend(&command[1..]);
        args.extend(["--chart", "none", "--report", "--replace", "--out", text(&out)]);
        done(&args);
        done(&["report", text(&out), "--out", text(&page), "--replace"]);
        assert!(fs::read(&page).unwrap() == fs::read(out.join("report.html")).unwrap(), "{}", command[0]);
        done(&["verify", text(&out)]);
    }
}

#[test]
fn names_cannot_become_markup() {
    let home = TempDir::new().unwrap();
    let scenario = home.path().join("hostile");
    fs::create_dir(&scenario).unwrap();
    many_towns(&scenario, 3, 2);
    let evil = ["</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "{{data}}'\"&"];
    let table = fs::read_to_string(scenario.join("towns.csv")).unwrap();
    let mut lines: Vec<String> = table.lines().map(str::to_owned).collect();
    for (line, name) in lines[1..].iter_mut().zip(evil) {
        let rest = line.split_once(',').unwrap().1.to_owned();
        *line = format!("\"{}\",{rest}", name.replace('"', "\"\""));
    }
    fs::write(scenario.join("towns.csv"), lines.join("\n")).unwrap();
    let out = home.path().join("run");
    done(&["run", text(&scenario), "--chart", "none", "--report", "--out", text(&out)]);
    let page = fs::read_to_string(out.join("report.html")).unwrap();
    assert_eq!(page.matches("<script").count(), 2, "the data and the script, no more");
    assert!(!page.contains("<img") && !page.contains("alert(1)</script>"));
    let names: Vec<Value> = island(&page)["towns"].as_array().unwrap().iter().map(|town| town[1].clone()).collect();
    assert_eq!(names, evil);
    assert!(markup(&page).contains("&lt;img src=x onerror=alert(1)&gt;"));
}

#[test]
fn nothing_is_loaded_from_anywhere() {
    let home = TempDir::new().unwrap();
    let out = home.path().join("run");
    done(&["run", text(&mengyang()), "--chart", "none", "--report", "--out", text(&out)]);
    let page = fs::read_to_string(out.join("report.html")).unwrap();
    for asked in [" src=", "href=\"http", "url(http", "url(//", "@import", "eval(", "innerHTML", "document.write", "fetch(", "XMLHttpRequest"] {
        assert!(!page.contains(asked), "{asked}");
    }
    // The one address is the name of the language pictures are written in.
    assert_eq!(page.matches("http").count(), page.matches("http://www.w3.org/").count() + page.matches("http-equiv").count());
    assert!(page.contains("default-src &#39;none&#39;"));
    assert!(!page.contains("{{"), "a hole of the template stayed open");
}

#[test]
fn three_hundred_towns_fit_into_three_megabytes() {
    let home = TempDir::new().unwrap();
    let out = home.path().join("run");
    done(&["run", text(&bundled("hundred-towns")), "--variant", "all", "--format", "none", "--chart", "none", "--report", "--out", text(&out)]);
    let size = fs::metadata(out.join("report.html")).unwrap().len();
    assert!(size <= 3_000_000, "{size} bytes");
    assert_eq!(island(&fs::read_to_string(out.join("report.html")).unwrap())["towns"].as_array().unwrap().len(), 300);
}

#[test]
fn a_result_that_was_changed_or_is_none_has_no_report() {
    let home = TempDir::new().unwrap();
    let (out, page) = (home.path().join("run"), home.path().join("page.html"));
    let report = |more: &[&str]| refused(&[&["report", text(&out), "--out", text(&page), "--lang", "en"], more].concat());
    assert!(report(&[]).contains("E751"));
    done(&["run", text(&mengyang()), "--chart", "none", "--out", text(&out)]);
    fs::write(&page, "mine").unwrap();
    assert!(report(&[]).contains("E813"));
    assert_eq!(fs::read_to_string(&page).unwrap(), "mine");

    // A result of another version is told where this one computes the same, and refused where it does not.
    let manifest = out.join("run.json");
    let mut facts: Value = serde_json::from_str(&fs::read_to_string(&manifest).unwrap()).unwrap();
    facts["version"] = "0.0.1".into();
    fs::write(&manifest, sealed(&facts)).unwrap();
    done(&["report", text(&out), "--out", text(&page), "--replace"]);
    let summary = out.join("tables/summary.csv");
    let changed = fs::read_to_string(&summary).unwrap().replacen("2012", "2013", 1);
    fs::write(&summary, &changed).unwrap();
    assert!(report(&["--replace"]).contains("E811"));
    let file = facts["outputs"].as_array_mut().unwrap().iter_mut().find(|f| f["file"] == "tables/summary.csv").unwrap();
    file["sha256"] = digest(changed.as_bytes()).into();
    fs::write(&manifest, sealed(&facts)).unwrap();
    assert!(report(&["--replace"]).contains("E814"));

    let swept = home.path().join("swept");
    done(&["sweep", text(&mengyang()), "--lever", "agreement.pilot.tax.share=40%..60%/10%", "--variant", "pilot-reform", "--out", text(&swept)]);
    assert!(refused(&["report", text(&swept), "--out", text(&page), "--replace"]).contains("E812"));
}

/// Without the feature the program says which is missing; with it there is a PDF of several pages.
#[test]
fn a_pdf_needs_its_feature() {
    let home = TempDir::new().unwrap();
    let out = home.path().join("run");
    let scenario = mengyang();
    let args = ["run", text(&scenario), "--chart", "none", "--report=html,pdf", "--lang", "en", "--out", text(&out)];
    if cfg!(feature = "pdf") {
        done(&args);
        let pdf = fs::read(out.join("report.pdf")).unwrap();
        assert!(pdf.starts_with(b"%PDF-") && pdf.windows(9).filter(|w| w == b"/MediaBox").count() > 3);
    } else {
        assert!(refused(&args).contains("E815"));
        assert!(!out.exists(), "nothing half-written stays");
    }
}

/// The set for a meeting: three pictures and the report, of all variants; a town alone and many towns have other pictures.
#[test]
fn a_meeting_has_three_pictures_and_the_report() {
    let home = TempDir::new().unwrap();
    for (scenario, names) in [("mengyang", ["方案", "濛阳镇", "濛阳镇-流向"]), ("pilot-towns", ["全部镇", "全部镇-热力", "方案"])] {
        let out = home.path().join(scenario);
        done(&["run", text(&bundled(scenario)), "--meeting", "--lang", "zh", "--out", text(&out)]);
        let files = fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut pictures: Vec<String> = files.filter_map(|name| name.strip_suffix(".png").map(str::to_owned)).collect();
        pictures.sort();
        let wanted = if cfg!(feature = "chart") { names.map(str::to_owned).to_vec() } else { Vec::new() };
        assert_eq!(pictures, wanted, "{scenario}");
        assert!(out.join("tables/summary.csv").exists());
        let variants = fs::read_dir(bundled(scenario).join("variants")).unwrap().count();
        let data = island(&fs::read_to_string(out.join("report.html")).unwrap());
        assert_eq!(data["cases"].as_array().unwrap().len(), variants + 1);
        done(&["verify", text(&out)]);
    }
    assert!(refused(&["run", text(&mengyang()), "--meeting", "--picture", "flow"]).contains("--picture"));
}

/// What stands first adds up to the tables of the run: 万元 as shown, rounded half up, of sums of fen.
#[test]
fn the_first_table_is_the_sum_of_the_tables() {
    let home = TempDir::new().unwrap();
    let out = home.path().join("run");
    done(&["run", text(&bundled("pilot-towns")), "--variant", "baseline", "--variant", "without-reform", "--chart", "none", "--report", "--out", text(&out)]);
    let mut sums: BTreeMap<(String, &str), i64> = BTreeMap::new();
    let mut table = csv::Reader::from_path(out.join("tables/summary.csv")).unwrap();
    let heads: Vec<String> = table.headers().unwrap().iter().map(|h| h.trim_start_matches('\u{feff}').to_owned()).collect();
    for row in table.records() {
        let row = row.unwrap();
        let cell = |key: &str| &row[heads.iter().position(|h| h == key).unwrap()];
        for key in ["retained", "planned", "paid", "recurrent_unpaid"] {
            *sums.entry((cell("variant").to_owned(), key)).or_default() += fen(cell(key));
        }
    }
    let sum = |variant: &str, key| sums[&(variant.to_owned(), key)];
    let shown = |fen: i64| {
        let digits = ((fen.abs() + 500_000) / 1_000_000).to_string();
        let grouped: Vec<&str> = digits.as_bytes().rchunks(3).rev().map(|three| std::str::from_utf8(three).unwrap()).collect();
        format!("{}{}", if fen < 0 && digits != "0" { "-" } else { "" }, grouped.join(","))
    };
    let page = fs::read_to_string(out.join("report.html")).unwrap();
    let first = page.split_once("class=\"overview\"").unwrap().1.split_once("</table>").unwrap().0;
    let row = |start: &str| -> Vec<String> {
        let cells = first.split("<tr>").find(|row| row.contains(&format!(">{start}<"))).unwrap().split("<td").skip(1);
        cells.map(|cell| cell.split_once('>').unwrap().1.split_once('<').unwrap().0.to_owned()).collect()
    };
    for (label, variant) in [("1 基准", "baseline"), ("2 without-reform", "without-reform")] {
        let told = row(label);
        let gap = sum(variant, "planned") - sum(variant, "paid");
        assert_eq!(told[3..6], [shown(gap), shown(sum(variant, "recurrent_unpaid")), shown(sum(variant, "retained"))], "{label}");
    }
    assert_eq!(row("2 without-reform")[6], shown(sum("without-reform", "retained") - sum("baseline", "retained")));
}

/// Office machines have browsers of about 2020 (Chrome and Edge 80): nothing newer stands in script or style, but for what
/// older ones may leave out (`text-wrap`).
#[test]
fn the_page_asks_for_no_newer_browser() {
    let home = TempDir::new().unwrap();
    let out = home.path().join("run");
    done(&["run", text(&mengyang()), "--chart", "none", "--report", "--out", text(&out)]);
    let page = fs::read_to_string(out.join("report.html")).unwrap();
    let (style, script) = (page.split_once("<style>").unwrap().1.split_once("</style>").unwrap().0, page.rsplit_once("<script>").unwrap().1);
    // All parts stand in one scope: a function that is declared twice would be the second one everywhere.
    let mut names: Vec<&str> = script.lines().filter_map(|line| line.strip_prefix("function ")?.split('(').next()).collect();
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    assert!(all > 30 && names.len() == all, "a function is declared twice");
    for newer in ["?.", "??", "replaceAll", ".at(-", "structuredClone", "replaceChildren", "toSorted", "&&=", "||=", "Object.hasOwn(", ".findLast", "static {"] {
        assert!(!script.contains(newer), "{newer} in the script");
    }
    for newer in ["inset:", ":is(", ":has(", ":where(", "aspect-ratio", "@layer", "@container", "color-mix", ":focus-visible", " gap:", "accent-color", "dvh"] {
        assert!(!style.contains(newer), "{newer} in the style");
    }
}

#[test]
fn several_results_stand_on_one_page() {
    let home = TempDir::new().unwrap();
    let (one, two, page) = (home.path().join("one"), home.path().join("two"), home.path().join("page.html"));
    done(&["run", text(&mengyang()), "--chart", "none", "--out", text(&one)]);
    done(&["compare", text(&mengyang()), "--variant", "pilot-reform", "--chart", "none", "--out", text(&two)]);
    done(&["report", text(&one), text(&two), "--out", text(&page)]);
    let data = island(&fs::read_to_string(&page).unwrap());
    let labels: Vec<&str> = data["cases"].as_array().unwrap().iter().map(|case| case["label"].as_str().unwrap()).collect();
    assert_eq!(labels, ["基准", "基准 (2)", "pilot-reform"]);
    assert_eq!(data["cases"][2]["base"], 1);
}
