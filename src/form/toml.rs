//! A [`Draft`] as the files of a scenario: commented TOML a person can go on with, and its tables as CSV.

use std::fmt::Write;

use super::draft::{Agreement, Draft, Evidence, Fact, Line, Part, Revenue, TableText};
use crate::base::lang::Lang;
use crate::load::builtin;

/// One of two texts.
#[must_use]
pub const fn pick<'t>(lang: Lang, zh: &'t str, en: &'t str) -> &'t str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// The files: path within the folder, and contents.
#[must_use]
pub fn files(draft: &Draft) -> Vec<(String, Vec<u8>)> {
    let mut files = vec![("scenario.toml".to_owned(), Writer::whole(draft).into_bytes()), ("towns.csv".to_owned(), csv(&draft.towns))];
    let more = [("projects.csv", &draft.projects), ("outturns.csv", &draft.outturns)];
    files.extend(rules(draft).into_iter().map(|(path, rules)| (path, rules.into_bytes())));
    files.extend(more.into_iter().filter_map(|(name, table)| table.as_ref().map(|t| (name.to_owned(), csv(t)))));
    files
}

/// Copies of the program's rules on taxes, so that the folder needs no land chain; local revenue has no upper split left to make.
fn rules(draft: &Draft) -> Vec<(String, String)> {
    let names = std::iter::once("china").chain(draft.rules.iter().copied()).filter(|_| !draft.local);
    let head = |name: &str| match draft.lang {
        Lang::Zh => format!("# 照抄程序自带的 {name} 规则里税收和分成的部分（没有土地出让）。\n"),
        Lang::En => format!("# Copied from the rules {name} that come with the program: taxes and their split, without land.\n"),
    };
    names.filter_map(|name| Some((format!("rules/{name}.toml"), head(name) + builtin::taxes(name)? + "\n"))).collect()
}

/// A table with the mark by which Excel knows UTF-8.
fn csv(table: &TableText) -> Vec<u8> {
    let quoted = |text: &String| if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.clone() };
    let line = |cells: &Vec<String>| cells.iter().map(quoted).collect::<Vec<_>>().join(",") + "\r\n";
    let lines: String = std::iter::once(&table.headings).chain(&table.rows).map(line).collect();
    format!("\u{feff}{lines}").into_bytes()
}

/// A TOML string.
fn text(words: &str) -> String {
    let mut out = String::from("\"");
    for c in words.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out + "\""
}

/// `source = …, grade = …, note = …` as far as they are known.
fn provenance(evidence: &Evidence) -> Vec<String> {
    let grade = if evidence.grade.is_empty() { "D" } else { &evidence.grade };
    let mut keys = Vec::new();
    if !evidence.source.is_empty() {
        keys.push(format!("source = {}", text(&evidence.source)));
    }
    keys.push(format!("grade = {}", text(grade)));
    if !evidence.note.is_empty() {
        keys.push(format!("note = {}", text(&evidence.note)));
    }
    keys
}

/// `{ value = "8%", source = …, grade = … }`
fn value(fact: &Fact) -> String {
    format!("{{ value = {}, {} }}", text(&fact.text), provenance(&fact.evidence).join(", "))
}

struct Writer<'d> {
    draft: &'d Draft,
    out: String,
}

impl Writer<'_> {
    fn whole(draft: &Draft) -> String {
        let mut writer = Writer { draft, out: String::new() };
        writer.head();
        writer.tables();
        writer.revenue();
        writer.upper();
        writer.title("县镇体制", "How county and town share");
        draft.agreements.iter().enumerate().for_each(|(n, agreement)| writer.agreement(n + 1, agreement));
        if !draft.spending.is_empty() {
            writer.title("经常性支出", "Recurrent spending");
        }
        draft.spending.iter().enumerate().for_each(|(n, line)| writer.spending(n + 1, line));
        // One blank line is enough anywhere.
        while let Some(at) = writer.out.find("\n\n\n") {
            writer.out.remove(at);
        }
        writer.out.trim_end().to_owned() + "\n"
    }

    fn line(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }

    fn title(&mut self, zh: &str, en: &str) {
        let words = pick(self.draft.lang, zh, en);
        self.line(&format!("\n# ==== {words} ===="));
    }

    fn keys(&mut self, evidence: &Evidence) {
        provenance(evidence).iter().for_each(|key| self.line(key));
    }

    fn head(&mut self) {
        let d = self.draft;
        let made = match d.lang {
            Lang::Zh => format!("# 由 fencheng new --from {} 写成。来源和等级照原表；写着“假定”的是程序补的（D 级），请逐条核对。", d.origin),
            Lang::En => format!("# Written by fencheng new --from {}. Sources and grades are the workbook's; what says \"assumed\" was added (grade D): check each.", d.origin),
        };
        self.line(&made.replace(['\n', '\r'], " "));
        self.line("[scenario]\nformat     = 1");
        self.line(&format!("name       = {}\ncounty     = {}", text(&d.name), text(&d.county)));
        self.line(&format!("first_year = {}\nlast_year  = {}\nbase_year  = {}", d.base_year, d.last_year, d.base_year));
        self.line(&format!("money_unit = {}\nlang       = {}", text(d.unit.symbol()), text(pick(d.lang, "zh", "en"))));
        let rules: Vec<String> = rules(d).into_iter().map(|(path, _)| text(&path)).collect();
        if d.local {
            let words = pick(
                d.lang,
                "收入只是县镇地方部分（一般公共预算口径）：上级已经分走，所以不引入全国的分成",
                "revenue is only what county and town keep: the levels above have taken theirs, so no national shares are included",
            );
            self.line(&format!("# {words}"));
        } else {
            self.line(&format!("include    = [{}]", rules.join(", ")));
        }
    }

    fn tables(&mut self) {
        let d = self.draft;
        self.line("\n[towns]\nfile = \"towns.csv\"");
        self.keys(&d.towns.evidence);
        for (heading, why) in &d.towns.assumed {
            self.line(&format!("columns.{} = {{ grade = \"D\", note = {} }}", text(heading), text(why)));
        }
        self.line(&format!("expect = {{ rows = {} }}", d.towns.rows.len()));
        if let Some(projects) = &d.projects {
            let mode = pick(d.lang, "照计划画缺口；\"constrained\" 则按优先级排队", "the plan stands and gaps show; \"constrained\" queues by priority");
            self.line(&format!("\n[projects]\nfile = \"projects.csv\"\nmode = \"unconstrained\"           # {mode}"));
            self.keys(&projects.evidence);
            self.line(&format!("expect = {{ rows = {} }}", projects.rows.len()));
        }
        if d.outturns.is_some() {
            let words =
                pick(d.lang, "outturns.csv 是决算数：fencheng backtest . --observed outturns.csv", "outturns.csv holds outturns: fencheng backtest . --observed outturns.csv");
            self.line(&format!("\n# {words}"));
        }
    }

    fn revenue(&mut self) {
        self.title("各项收入：基年数在 towns.csv，以后每年增长", "Revenue: the base year in towns.csv, and how it grows");
        for Revenue { id, name, class, growth } in &self.draft.revenue {
            self.line(&format!("[source.{id}]"));
            // The national rules say what a tax is; what they do not know, or hold in another scope, is said here.
            if self.draft.local || id == "land_net" {
                let (book, mode) = if *class == "fund" { ("fund", "return") } else { ("general", "split") };
                self.line(&format!("name = {}\nkind = \"driven\"\nclass = \"{class}\"\nbook = \"{book}\"\nmode = \"{mode}\"", text(name)));
            }
            let growth = value(growth);
            self.line(&format!("grows_by = {growth}\n"));
        }
    }

    fn upper(&mut self) {
        let d = self.draft;
        if d.local || !d.rules.is_empty() {
            return;
        }
        let note = pick(d.lang, "没有填的收入按不分，为假定", "revenue not filled in: assumed that nothing is taken");
        self.title("省、市分成（占总额）", "Shares of province and city, of gross");
        for (n, level) in ["province", "city"].into_iter().enumerate() {
            self.line(&format!("[upper.{level}]\nof = \"gross\""));
            for (id, shares) in &d.upper {
                if let Some(fact) = &shares[n] {
                    self.line(&format!("{id} = {}", value(fact)));
                }
            }
            self.line(&format!("other = {{ value = \"0%\", grade = \"D\", note = {} }}\n", text(note)));
        }
    }

    fn agreement(&mut self, number: usize, agreement: &Agreement) {
        let towns: Vec<String> = agreement.towns.iter().map(|t| text(t)).collect();
        let towns = if towns.is_empty() { "\"all\"".to_owned() } else { format!("[{}]", towns.join(", ")) };
        self.line(&format!("[agreement.a{number}]\nname  = {}\ntowns = {towns}\nfrom  = {}\n", text(&agreement.name), agreement.from));
        let has_fund = self.draft.revenue.iter().any(|r| r.class == "fund");
        for (n, part) in agreement.parts.iter().filter(|p| p.of != "fund" || has_fund).enumerate() {
            self.part(number, n + 1, part);
        }
    }

    fn part(&mut self, number: usize, n: usize, part: &Part) {
        let of = match part.of {
            "rest" => "\"rest\"".to_owned(),
            "tax+nontax" => "{ class = [\"tax\", \"nontax\"] }".to_owned(),
            "fund" => "[\"land_net\"]".to_owned(),
            class => format!("{{ class = \"{class}\" }}"),
        };
        self.line(&format!("[agreement.a{number}.p{n}]\nof   = {of}\nform = \"{}\"", part.form));
        part.values.iter().for_each(|(key, value)| self.line(&format!("{key} = {}", text(value))));
        if part.form == "contract" {
            let note = pick(self.draft.lang, "表中没有这一项，按短收县里不补假定", "not asked for: assumed that the county does not make up a shortfall");
            self.line(&format!("shortfall_share = {{ value = \"0%\", grade = \"D\", note = {} }}", text(note)));
        }
        self.keys(&part.evidence);
        self.line("");
    }

    fn spending(&mut self, number: usize, line: &Line) {
        let growth = value(&line.growth);
        let amount = format!("{{ {} = {}, grows_by = {growth} }}", self.draft.base_year, text(&line.amount));
        self.line(&format!("[spending.s{number}]\nname = {}\nclass = \"{}\"", text(&line.name), line.class));
        let mut written = String::new();
        let _ = match line.per {
            "" => write!(written, "amount = {amount}"),
            per => write!(written, "per = \"{per}\"\ncost = {amount}"),
        };
        self.line(&written);
        self.line(&format!("paid_by = \"{}\"", line.paid_by));
        self.keys(&line.evidence);
        self.line("");
    }
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn a_text_cannot_end_its_quotation() {
        assert_eq!(text("他说\"好\"\\\n[x]"), r#""他说\"好\"\\ [x]""#);
    }
}
