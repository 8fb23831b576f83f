//! Problems as a person reads them on a terminal, and as a program reads them with `--json`.

use std::collections::BTreeMap;

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};
use serde_json::{Value, json};

use super::catalogue::{Code, Severity};
use super::excerpt::{Lines, clean};
use super::problem::{Problem, Problems};
use crate::base::lang::{Lang, Words};
use crate::base::place::{FileId, Files, Place, cell_name};

/// More of one kind than anybody mends before the next run.
const MOST_PER_CODE: usize = 10;
/// Wider than any excerpt, so that the renderer never cuts a second time.
const WIDTH: usize = 600;

/// All problems as text, with the lines they stand in, and their count below. Ends with a line break; empty if there is none.
#[must_use]
pub fn render(problems: &Problems, files: &Files, lang: Lang, colour: bool) -> String {
    if problems.is_empty() {
        return String::new();
    }
    let renderer = if colour { Renderer::styled().hyperlink(false) } else { Renderer::plain() }.term_width(WIDTH);
    let mut writer = Writer { files, lang, lines: BTreeMap::new(), moved: Vec::new() };
    let mut seen: BTreeMap<&'static str, usize> = BTreeMap::new();
    let mut text = String::new();
    for problem in problems.in_file_order() {
        let count = seen.entry(problem.code.name()).or_default();
        *count += 1;
        if *count <= MOST_PER_CODE {
            text += &writer.one(&renderer, problem);
            text += "\n\n";
        }
    }
    for (code, count) in seen {
        if let Some(more) = count.checked_sub(MOST_PER_CODE).filter(|more| *more > 0) {
            text += &match lang {
                Lang::Zh => format!("{code}：还有 {more} 处\n"),
                Lang::En => format!("{code}: and {more} more\n"),
            };
        }
    }
    text + &count_line(problems, lang) + "\n"
}

/// `4 个错误、1 个提示`, `4 errors, 1 warning`.
#[must_use]
pub fn count_line(problems: &Problems, lang: Lang) -> String {
    let errors = problems.iter().filter(|p| p.code.severity() == Severity::Error).count();
    let warnings = problems.len() - errors;
    let plural = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    let (parts, between) = match lang {
        Lang::Zh => ([format!("{errors} 个错误"), format!("{warnings} 个提示")], "、"),
        Lang::En => ([plural(errors, "error"), plural(warnings, "warning")], ", "),
    };
    let shown: Vec<_> = parts.into_iter().zip([errors, warnings]).filter(|(_, n)| *n > 0).map(|(part, _)| part).collect();
    shown.join(between)
}

/// All problems as JSON objects, in the same order, none left out.
#[must_use]
pub fn render_json(problems: &Problems, files: &Files, lang: Lang) -> Vec<Value> {
    let mut writer = Writer { files, lang, lines: BTreeMap::new(), moved: Vec::new() };
    problems.in_file_order().into_iter().map(|problem| writer.json(problem)).collect()
}

struct Writer<'a> {
    files: &'a Files,
    lang: Lang,
    lines: BTreeMap<FileId, Lines>,
    /// `file:line:column` as the renderer counts it in the excerpt, and as it is in the file.
    moved: Vec<(String, String)>,
}

impl<'a> Writer<'a> {
    /// One problem. The renderer counts columns in the excerpt, which may be cut, so its counts are mended.
    fn one(&mut self, renderer: &Renderer, problem: &Problem) -> String {
        self.moved.clear();
        let group = self.group(problem);
        let text = renderer.render(&[group]);
        self.moved.iter().fold(text, |text, (counted, real)| text.replacen(counted, real, 1))
    }

    fn group(&mut self, problem: &Problem) -> Group<'a> {
        let (code, args) = (problem.code, &cleaned(&problem.args, self.lang));
        let title = level(code, self.lang).primary_title(code.title(self.lang, args)).id(code.name());
        let mut group = Group::with_title(title);
        let label = code.label(self.lang, args);
        group = group.elements(self.place(&problem.place, label, AnnotationKind::Primary));
        for (place, words) in &problem.also {
            let words = clean(Problem::spoken(words, self.lang));
            group = group.elements(self.place(place, Some(words), AnnotationKind::Context));
        }
        let footer = [(Words::new("原因", "cause"), code.cause(self.lang, args)), (Words::new("改法", "fix"), code.remedy(self.lang, args))];
        for (name, text) in footer {
            if let Some(text) = text {
                group = group.element(Level::NOTE.with_name(name.get(self.lang)).message(text));
            }
        }
        group
    }

    /// A place with its excerpt; a label without an excerpt to stand in becomes a line of its own.
    fn place(&mut self, place: &Place, label: Option<String>, kind: AnnotationKind) -> Vec<Element<'a>> {
        let aside = |label: Option<String>| label.map(|text| Level::NOTE.no_name().message(text).into());
        match place {
            Place::Text { file, start, end } => {
                let Some(source) = self.files.get(*file) else { return aside(label).into_iter().collect() };
                let lines = self.lines.entry(*file).or_insert_with(|| Lines::of(&source.text));
                let cut = lines.excerpt(&source.text, *start, *end);
                let shown = clean(&source.shown);
                let counted = 1 + cut.source[..cut.span.start].chars().count();
                let at = |column: usize| format!("{shown}:{}:{column}", cut.line);
                if source.is_grid {
                    self.moved.push((at(counted), format!("{shown}!{}", cell_name(cut.line, lines.cell(&source.text, *start)))));
                } else if counted != cut.column {
                    self.moved.push((at(counted), at(cut.column)));
                }
                let mark = kind.span(cut.span).label(label);
                vec![Snippet::source(cut.source).path(shown).line_start(cut.line).annotation(mark).into()]
            }
            Place::File(file) => {
                let shown = self.files.get(*file).map(|f| Origin::path(clean(&f.shown)).into());
                shown.into_iter().chain(aside(label)).collect()
            }
            Place::Argument(text) => {
                let cut = Lines::of(text).excerpt(text, 0, text.len());
                let mark = kind.span(cut.span).label(label);
                let path = Words::new("命令行", "command line").get(self.lang);
                // An argument has no lines to name.
                self.moved.push((format!("{path}:1:1"), path.to_owned()));
                vec![Snippet::source(cut.source).path(path).annotation(mark).into()]
            }
            Place::Nowhere => aside(label).into_iter().collect(),
        }
    }

    fn json(&mut self, problem: &Problem) -> Value {
        let (code, args, lang) = (problem.code, &problem.args, self.lang);
        let (file, line, column) = self.position(&problem.place);
        let also: Vec<Value> = problem
            .also
            .iter()
            .map(|(place, words)| {
                let (file, line, column) = self.position(place);
                json!({ "file": file, "line": line, "column": column, "text": Problem::spoken(words, lang) })
            })
            .collect();
        json!({
            "code": code.name(),
            "severity": if code.severity() == Severity::Error { "error" } else { "warning" },
            "file": file, "line": line, "column": column,
            "title": code.title(lang, args), "label": code.label(lang, args),
            "cause": code.cause(lang, args), "remedy": code.remedy(lang, args),
            "also": also,
        })
    }

    fn position(&mut self, place: &Place) -> (Option<String>, Option<usize>, Option<usize>) {
        match place {
            Place::Text { file, start, .. } => self.files.get(*file).map_or((None, None, None), |source| {
                let lines = self.lines.entry(*file).or_insert_with(|| Lines::of(&source.text));
                let (line, column) = lines.position(&source.text, *start);
                let column = if source.is_grid { lines.cell(&source.text, *start) } else { column };
                (Some(source.shown.clone()), Some(line), Some(column))
            }),
            Place::File(file) => (self.files.get(*file).map(|f| f.shown.clone()), None, None),
            Place::Argument(text) => (Some(text.to_string()), None, None),
            Place::Nowhere => (None, None, None),
        }
    }
}

fn level(code: Code, lang: Lang) -> Level<'static> {
    match code.severity() {
        Severity::Error => Level::ERROR.with_name(Words::new("错误", "error").get(lang)),
        Severity::Warning => Level::WARNING.with_name(Words::new("提示", "warning").get(lang)),
    }
}

/// Arguments hold pieces of the user's text: long ones are shortened, control characters made visible.
fn cleaned(args: &[(&'static str, String)], lang: Lang) -> Vec<(&'static str, String)> {
    const MOST: usize = 300;
    let short = |text: &str| match text.char_indices().nth(MOST) {
        Some((cut, _)) => clean(&text[..cut]) + "…",
        None => clean(text),
    };
    args.iter().map(|(name, text)| (*name, short(Problem::spoken(text, lang)))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::place::SourceFile;

    fn one_file(text: &str) -> (Files, FileId) {
        let mut files = Files::default();
        let id = files.add(SourceFile { shown: "scenario.toml".into(), text: text.into(), is_grid: false, digest: String::new(), raw: None });
        (files, id)
    }

    #[test]
    fn the_caret_stands_under_the_mark_after_chinese_text() {
        let (files, file) = one_file("[scenario]\n\"名\" = “濛阳镇”\n");
        let mut problems = Problems::default();
        let place = Place::Text { file, start: 19, end: 22 };
        problems.push(Problem::new(Code::E013, &place).with("ascii", "\""));
        let text = render(&problems, &files, Lang::Zh, false);
        assert!(text.starts_with("错误[E013]: 引号是全角的\n"), "{text}");
        assert!(text.contains("scenario.toml:2:7"), "{text}");
        assert!(text.contains("|        ^ 换成半角 \""), "{text}");
        assert!(text.ends_with("1 个错误\n"), "{text}");
        assert!(!text.contains("改法"), "its hole is empty: {text}");
        let json = render_json(&problems, &files, Lang::En);
        assert_eq!((json[0]["line"].as_u64(), json[0]["column"].as_u64()), (Some(2), Some(7)));
    }

    #[test]
    fn many_of_a_kind_are_counted_not_listed() {
        let (files, file) = one_file(&"x\n".repeat(30));
        let mut problems = Problems::default();
        for at in 0..14 {
            problems.push(Problem::new(Code::E018, &Place::Text { file, start: 2 * at, end: 2 * at + 1 }));
        }
        let text = render(&problems, &files, Lang::En, false);
        assert_eq!(text.matches("error[E018]").count(), 10);
        assert!(text.ends_with("E018: and 4 more\n14 errors\n"), "{text}");
    }

    #[test]
    fn every_place_and_hostile_text_render() {
        let (files, file) = one_file("a\u{1b}[31m濛\u{202e}");
        for place in [
            Place::Nowhere,
            Place::File(file),
            Place::File(FileId(9)),
            Place::Argument("x\u{1b}=\n1".into()),
            Place::Text { file, start: 7, end: usize::MAX },
            Place::Text { file: FileId(7), start: 1, end: 0 },
        ] {
            let mut problems = Problems::default();
            problems.push(Problem::new(Code::E010, &place).with("zh", "\u{1b}[0m").with("en", "\u{7}").also(&place, "\u{9b}"));
            for (lang, colour) in [(Lang::Zh, false), (Lang::En, false), (Lang::En, true)] {
                let text = render(&problems, &files, lang, colour);
                assert!(colour || !text.contains(['\u{1b}', '\u{202e}', '\u{9b}', '\u{7}']), "{text:?}");
            }
        }
    }
}
