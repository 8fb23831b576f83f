//! The TOML reader's own words in Chinese, with a remedy.

/// What a message of the reader means: its beginning, in Chinese, in English, remedy in both.
type Meaning = (&'static str, &'static str, &'static str, &'static str, &'static str);

const MEANINGS: &[Meaning] = &[
    ("unclosed table", "表头的方括号没有合上", "the bracket of a table head is not closed", "补上 ]", "add ]"),
    ("unclosed array table", "表头的方括号没有合上", "the bracket of a table head is not closed", "写成 [名字]", "write [name]"),
    ("unclosed array", "列表的方括号没有合上", "the bracket of a list is not closed", "补上 ]", "add ]"),
    ("unclosed inline table", "花括号没有合上", "a brace is not closed", "补上 }", "add }"),
    ("key with no value", "只有键，没有值", "a key without a value", "写成 键 = 值；说明文字前加 #", "write key = value; begin a remark with #"),
    ("missing value", "等号后面没有值", "no value after =", "在 = 后写上值", "write a value after ="),
    ("extra `=`", "等号多了一个", "one = too many", "去掉一个 =", "remove one ="),
    ("extra comma", "逗号多了一个", "one comma too many", "去掉多余的逗号", "remove it"),
    ("missing comma", "两项之间缺逗号", "a comma is missing between two items", "在两项之间加半角逗号", "put a comma between them"),
    ("missing assignment", "键与值之间缺等号", "an = is missing between key and value", "写成 键 = 值", "write key = value"),
    ("missing key", "等号前面没有键", "no key before =", "在 = 前写上键名", "write a key before ="),
    (
        "unexpected key or value",
        "值后面还有别的文字",
        "something follows the value",
        "另起一行；说明文字前加 #；带单位的值加引号，如 \"60%\"",
        "begin a new line; begin a remark with #; quote values with a unit, such as \"60%\"",
    ),
    ("unexpected leading zero", "数字不能以 0 开头", "a number must not begin with 0", "去掉前面的 0；编号请加引号", "drop the zero; quote it if it is a code"),
    ("`_` may only", "下划线只能放在数字之间", "_ may only stand between digits", "去掉多余的下划线", "remove the stray _"),
    ("redundant numeric sign", "正负号多了一个", "one sign too many", "只留一个", "keep one"),
    ("unexpected sign", "正负号的位置不对", "the sign is misplaced", "放在数字最前面", "put it in front of the number"),
    ("invalid unquoted key", "键名里有不能用的字符", "the key has a character that needs quotation marks", "键名加引号，如 \"键名\" = …", "quote the key: \"key\" = …"),
    ("invalid key", "键名不对", "this is no key", "写成 键 = 值；特殊字符的键名加引号", "write key = value; quote unusual keys"),
    ("invalid basic string", "文字里有不能用的写法", "the text has something it must not have", "反斜杠要写两遍 \\\\；或用单引号 '…'", "write a backslash twice \\\\, or use '…'"),
    ("invalid literal string", "文字里有不能用的字符", "the text has a character it must not have", "改用双引号 \"…\"", "use \"…\""),
    ("invalid escape", "反斜杠后面的写法不对", "an unknown escape after a backslash", "反斜杠要写两遍 \\\\；或用单引号 '…'", "write a backslash twice \\\\, or use '…'"),
    ("missing escaped value", "反斜杠后面的写法不对", "an unknown escape after a backslash", "反斜杠要写两遍 \\\\；或用单引号 '…'", "write a backslash twice \\\\, or use '…'"),
    ("invalid boolean", "是与否要写 true 或 false", "yes and no are written true and false", "写 true 或 false（小写）", "write true or false in small letters"),
    ("invalid integer", "这个数字读不懂", "this number cannot be read", "写成 1200；带单位的值加引号", "write 1200; quote values with a unit"),
    ("invalid floating-point", "这个数字读不懂", "this number cannot be read", "写成 0.35；带单位的值加引号，如 \"35%\"", "write 0.35; quote values with a unit, such as \"35%\""),
    ("invalid date-time", "日期读不懂", "this date cannot be read", "写成 2016-05-01", "write 2016-05-01"),
    ("invalid datetime", "日期读不懂", "this date cannot be read", "写成 2016-05-01", "write 2016-05-01"),
    ("invalid comment", "说明文字里有控制字符", "a remark has control characters", "删去看不见的字符", "remove invisible characters"),
    ("invalid inline table", "花括号里的写法不对", "what stands in { } is not key = value", "写成 { 键 = 值, 键 = 值 }", "write { key = value, key = value }"),
    ("unexpected `=` in array", "列表里不能有等号", "a list has no =", "用 { 键 = 值 }，或去掉 =", "use { key = value }, or drop the ="),
    ("unexpected content", "这里不该有别的文字", "nothing should stand here", "另起一行；说明文字前加 #", "begin a new line; begin a remark with #"),
    ("missing opening quote", "缺开头的引号", "the opening quotation mark is missing", "补上 \"", "add \""),
];

/// Fills the holes of E010 for a message of the reader. A message without an entry keeps its words for English readers.
pub fn of(message: &str) -> Vec<(&'static str, String)> {
    match MEANINGS.iter().find(|(start, ..)| message.starts_with(start)) {
        Some((_, zh, en, remedy_zh, remedy_en)) => {
            let pairs = [("zh", zh), ("en", en), ("remedy_zh", remedy_zh), ("remedy_en", remedy_en)];
            pairs.into_iter().map(|(name, words)| (name, (*words).to_owned())).collect()
        }
        None => {
            let (zh, remedy_zh) = ("这里不合 TOML 的写法", "检查这一行的引号、括号和等号；说明文字前加 #");
            let (en, remedy_en) = ("this is not TOML", "check quotation marks, brackets and = of this line; begin a remark with #");
            let pairs = [("zh", zh), ("en", en), ("remedy_zh", remedy_zh), ("remedy_en", remedy_en), ("label_en", message)];
            pairs.into_iter().map(|(name, words)| (name, words.to_owned())).collect()
        }
    }
}
