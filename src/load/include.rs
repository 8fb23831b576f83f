//! One rule file with all it includes: included files first, in order, then the file itself over them.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::builtin;
use super::disk::{Disk, MOST_TOML, shown};
use super::node::{Node, Table, Value};
use super::overlay::overlay;
use super::toml;
use crate::base::{
    lang::Words,
    place::{FileId, Place},
};
use crate::diag::{Code, Problem, in_both, nearest};

/// Deeper inclusion than anybody can follow.
const DEEPEST: usize = 16;

/// More rules than this in one list are no list a person wrote.
const MOST_INCLUDES: usize = 200;

/// The heads that say what a file is.
pub const HEADS: [&str; 3] = ["scenario", "variant", "rules"];

/// One file of a scenario, in the order they were laid over each other.
#[derive(Clone, Debug)]
pub struct Layer {
    /// As in [`Node::layer`]: `""` the scenario itself, `"variant pilot-reform"`, `"include china"`.
    pub name: Arc<str>,
    /// The file.
    pub file: FileId,
    /// Its head `[scenario]`, `[variant]` or `[rules]`: `source`, `grade`, `verified`, `note` in it cover the whole file.
    pub head: Table,
}

/// Where a file to read is.
#[derive(Clone, Debug)]
enum Target {
    Path(PathBuf),
    Builtin(&'static str, &'static str),
}

/// Reads files and lays them over each other.
pub struct Merger<'a> {
    /// Where files and problems go.
    pub disk: &'a mut Disk,
    /// What was read, in order.
    pub layers: Vec<Layer>,
    /// Every file counts once; a second inclusion would undo what was laid over the first.
    done: HashSet<PathBuf>,
    stack: Vec<(PathBuf, String)>,
}

impl<'a> Merger<'a> {
    /// Nothing read yet.
    pub fn new(disk: &'a mut Disk) -> Self {
        Self { disk, layers: Vec::new(), done: HashSet::new(), stack: Vec::new() }
    }

    /// The scenario or a variant with everything it includes. Its head stays in the tree.
    pub fn file(&mut self, path: &Path, head: &'static str, layer: &str) -> Option<Table> {
        self.merge(&Target::Path(path.to_owned()), head, &layer.into(), None)
    }

    /// A variant that comes with the program.
    pub fn builtin(&mut self, name: &'static str, text: &'static str, layer: &str) -> Option<Table> {
        self.merge(&Target::Builtin(name, text), "variant", &layer.into(), None)
    }

    fn merge(&mut self, target: &Target, wanted: &'static str, layer: &Arc<str>, asked: Option<&Place>) -> Option<Table> {
        let (key, file, folder) = match target {
            Target::Path(path) => (path.canonicalize().unwrap_or_else(|_| path.clone()), self.disk.read(path, MOST_TOML, asked)?, path.parent()),
            Target::Builtin(name, text) => (PathBuf::from(format!("builtin:{name}")), self.disk.builtin(name, text), None),
        };
        let source = self.disk.files.get(file)?;
        let (text, name) = (Arc::clone(&source.text), source.shown.clone());
        let before = self.disk.problems.len();
        let own = toml::parse(&text, file, layer, &mut self.disk.problems);
        let head = self.head(&own, file, wanted, &name, self.disk.problems.len() > before);
        self.stack.push((key.clone(), name));
        let mut root = Table::default();
        for (name, place) in self.includes(&head, wanted).into_iter().take(MOST_INCLUDES) {
            if let Some(table) = self.include(&name, folder, &place) {
                overlay(&mut root, table);
            }
        }
        self.stack.pop();
        self.done.insert(key);
        self.layers.push(Layer { name: Arc::clone(layer), file, head });
        overlay(&mut root, own);
        // Heads describe files. Only the scenario's is part of what is computed; the variant's holds `remove`.
        let kept = |key: &str| !HEADS.contains(&key) || (key == wanted && wanted != "rules") || settled(wanted, key);
        root.entries.retain(|entry| kept(&entry.key));
        Some(root)
    }

    /// The head of a file, and a problem if it is another kind of file than asked for.
    fn head(&mut self, own: &Table, file: FileId, wanted: &'static str, shown: &str, broken: bool) -> Table {
        let mut others = HEADS.iter().filter(|head| **head != wanted && !settled(wanted, head)).filter_map(|head| own.get(head)).peekable();
        let head = own.get(wanted).and_then(|entry| entry.node.table());
        if head.is_none() && others.peek().is_none() && !broken && wanted != "scenario" {
            self.disk.problems.push(Problem::new(Code::W024, &Place::File(file)).with("file", shown).with("wanted", wanted));
        }
        for entry in others {
            let problem = Problem::new(Code::E024, &entry.key_place).with("file", shown);
            self.disk.problems.push(problem.with("found", &entry.key).with("wanted", wanted));
        }
        head.cloned().unwrap_or_default()
    }

    /// The names a head includes, each with its place.
    fn includes(&mut self, head: &Table, kind: &str) -> Vec<(String, Place)> {
        let Some(entry) = head.get("include") else { return Vec::new() };
        texts(&entry.node).unwrap_or_else(|wrong| {
            let example = "include = [\"china\", \"../rules/county.toml\"]";
            self.disk.problems.push(not_texts(wrong, &format!("{kind}.include"), example));
            Vec::new()
        })
    }

    fn include(&mut self, name: &str, folder: Option<&Path>, place: &Place) -> Option<Table> {
        let target = self.find(name, folder, place)?;
        let key = match &target {
            Target::Path(path) => path.canonicalize().unwrap_or_else(|_| path.clone()),
            Target::Builtin(name, _) => PathBuf::from(format!("builtin:{name}")),
        };
        if let Some(at) = self.stack.iter().position(|(open, _)| *open == key) {
            let chain = self.stack.iter().skip(at).chain(self.stack.get(at)).map(|(_, shown)| shown.as_str());
            let chain = chain.collect::<Vec<_>>().join(" → ");
            self.disk.problems.push(Problem::new(Code::E007, place).with("chain", chain));
            return None;
        }
        if self.stack.len() > DEEPEST {
            self.disk.problems.push(Problem::new(Code::E008, place).with("limit", DEEPEST));
            return None;
        }
        if self.done.contains(&key) {
            return None;
        }
        let layer: Arc<str> = format!("include {}", stem(name)).into();
        self.merge(&target, "rules", &layer, Some(place))
    }

    /// A bare name is a rule file of the program; anything with a `/` or `.toml` is a path from the including file.
    fn find(&mut self, name: &str, folder: Option<&Path>, place: &Place) -> Option<Target> {
        if let Some((known, text)) = builtin::BUILTIN.iter().find(|(known, _)| *known == name) {
            return Some(Target::Builtin(known, text));
        }
        let is_path = name.contains(['/', '\\']) || name.ends_with(".toml");
        let path = folder.filter(|_| is_path).map(|folder| folder.join(name.replace('\\', "/")));
        match path {
            Some(path) if path.exists() => Some(Target::Path(path)),
            path => {
                let near = nearest(stem(name), builtin::BUILTIN.iter().map(|(known, _)| *known));
                let problem = Problem::new(Code::E009, place).with("name", name).with_list("builtin", builtin::names());
                let hint = near.map(|near| in_both(format!("是否想写 \"{near}\"？"), format!("did you mean \"{near}\"?")));
                let tried = path.map(|path| in_both(format!("找过 {}", shown(&path)), format!("looked for {}", shown(&path))));
                self.disk.problems.push(problem.with_some("hint", hint.or(tried)));
                None
            }
        }
    }
}

/// A variant may change the head of its scenario: its last year, its money unit.
fn settled(wanted: &str, head: &str) -> bool {
    wanted == "variant" && head == "scenario"
}

/// `../rules/china.toml` is `china`.
fn stem(name: &str) -> &str {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    file.strip_suffix(".toml").unwrap_or(file)
}

/// A text, or a list of texts, each with its place.
///
/// # Errors
/// The value that is neither.
pub fn texts(node: &Node) -> Result<Vec<(String, Place)>, &Node> {
    fn one(node: &Node) -> Result<(String, Place), &Node> {
        match &node.value {
            Value::Text(text) => Ok((text.clone(), node.place.clone())),
            _ => Err(node),
        }
    }
    match &node.value {
        Value::List(items) => items.iter().map(one).collect(),
        _ => one(node).map(|text| vec![text]),
    }
}

/// The problem for [`texts`].
#[must_use]
pub fn not_texts(node: &Node, key: &str, example: &str) -> Problem {
    let found = kind(&node.value);
    Problem::new(Code::E023, &node.place)
        .with("key", key)
        .with("want_zh", "加引号的文字，或这样的列表")
        .with("want_en", "a text in quotation marks or a list of them")
        .with("found_zh", found.zh)
        .with("found_en", found.en)
        .with("example", example)
}

/// What a value is, in words.
#[must_use]
pub const fn kind(value: &Value) -> Words {
    match value {
        Value::Text(_) => Words::new("文字", "a text"),
        Value::Number(..) => Words::new("数字", "a number"),
        Value::Flag(_) => Words::new("true 或 false", "true or false"),
        Value::Day(_) => Words::new("日期", "a date"),
        Value::Other(_) => Words::new("别的值", "something else"),
        Value::List(_) => Words::new("列表", "a list"),
        Value::Table(_) => Words::new("表", "a table"),
    }
}
