//! Problems of reading: files, encoding, TOML and CSV syntax, inclusion, overlays, `--set`.

codes! {
    E001 {
        title: ("找不到 {file}", "cannot find {file}"),
        cause: ("当前位置是 {folder}", "the program was started in {folder}"),
        remedy: ("检查路径与文件名", "check the path and the file name"),
    }
    E002 {
        title: ("无法读取 {file}", "cannot read {file}"),
        cause: ("{reason}", "{reason}"),
        remedy: ("检查文件是否被别的程序占用、是否有读取权限", "see whether another program holds the file and whether you may read it"),
    }
    E003 {
        title: ("{file} 太大：超过 {limit} MiB", "{file} is too large: more than {limit} MiB"),
        remedy: ("检查是否误放了别的文件；或拆成几个文件", "see whether it is the right file; or split it"),
    }
    E004 {
        title: ("文件中有空字节（NUL）", "the file contains NUL bytes"),
        label: ("从这里起", "from here on"),
        cause: ("多半是 Excel 工作簿、损坏的文件，或没有字节顺序标记的 UTF-16", "most likely an Excel workbook, a damaged file, or UTF-16 without a byte order mark"),
        remedy: ("另存为 UTF-8 编码的文本", "save it again as UTF-8 text"),
    }
    E005 {
        title: ("{file} 的文字编码无法识别", "the text encoding of {file} is not known"),
        cause: ("既不是 UTF-8，也不是 GB18030（GBK）；第 {line} 行起不能解码", "neither UTF-8 nor GB18030 (GBK); it cannot be decoded from line {line} on"),
        remedy: ("用记事本或 Excel 另存为 UTF-8", "save it as UTF-8"),
    }
    E006 {
        title: ("文件夹 {folder} 里没有 scenario.toml", "the folder {folder} has no scenario.toml"),
        label: ("这里的文件：{found}", "files here: {found}"),
        remedy: ("指向有 scenario.toml 的文件夹；没有就复制一个现成的，如 scenarios/mengyang", "point at a folder with a scenario.toml; to make one copy one there is, such as scenarios/mengyang"),
    }
    E007 {
        title: ("include 绕成了圈：{chain}", "includes go in a circle: {chain}"),
        label: ("又回到这里", "leads back"),
        remedy: ("去掉其中一处 include", "take one of these includes out"),
    }
    E008 {
        title: ("include 套了超过 {limit} 层", "includes are nested more than {limit} deep"),
        remedy: ("把规则文件直接列在 scenario.include 里", "list the rule files in scenario.include"),
    }
    E009 {
        title: ("找不到要引入的规则 {name}", "cannot find the included rules {name}"),
        label: ("{hint}", "{hint}"),
        cause: ("程序自带的规则有：{builtin}", "rules that come with the program: {builtin}"),
        remedy: ("写自带规则的名字，或从本文件出发的路径，如 \"../rules/county.toml\"", "write the name of one of them, or a path from this file such as \"../rules/county.toml\""),
    }
    E010 {
        title: ("{zh}", "{en}"),
        label: ("{label_zh}", "{label_en}"),
        remedy: ("{remedy_zh}", "{remedy_en}"),
    }
    E011 {
        title: ("{key} 写了两次", "{key} is written twice"),
        label: ("第二次", "second time"),
        cause: ("同一个键在一个表里只能出现一次，否则不知道用哪个值", "a key may stand only once in a table, else nobody knows which value holds"),
        remedy: ("删去一处；若是两张表，合成一张", "remove one of them; if these are two tables, make them one"),
    }
    E012 {
        title: ("括号或表嵌套太深", "brackets or tables are nested too deep"),
        label: ("超过 {limit} 层", "more than {limit} levels"),
        remedy: ("规则文件用不到这么深的嵌套，检查是否多了括号", "no rule needs this; look for stray brackets"),
    }
    E013 {
        title: ("引号是全角的", "the quotation mark is full-width"),
        label: ("换成半角 {ascii}", "use an ASCII {ascii}"),
        remedy: ("{fixed}", "{fixed}"),
    }
    E014 {
        title: ("标点是全角的：{mark}", "the punctuation is full-width: {mark}"),
        label: ("换成半角 {ascii}", "use an ASCII {ascii}"),
        remedy: ("{fixed}", "{fixed}"),
    }
    E015 {
        title: ("中文键名要加引号", "a Chinese key needs quotation marks"),
        label: ("写成 \"{key}\"", "write \"{key}\""),
        cause: ("TOML 里不加引号的键只能用字母、数字、_ 和 -", "an unquoted TOML key may hold only letters, digits, _ and -"),
        remedy: ("写成 \"{key}\"，或用英文键名", "write \"{key}\", or use the English key"),
    }
    E016 {
        title: ("不用 [[{key}]] 这种没有名字的表", "[[{key}]], a table without a name, is not used here"),
        cause: ("每张表都要有名字，这样每个值才有一条路径，可以被覆盖、引用和解释", "every table has a name, so that every value has one path for overlays, messages and explain"),
        remedy: ("写成 [{key}.名字]，名字用英文或加引号", "write [{key}.name]"),
    }
    E017 {
        title: ("文字要加引号", "text needs quotation marks"),
        label: ("没有引号", "not quoted"),
        remedy: ("写成 \"{text}\"", "write \"{text}\""),
    }
    E018 {
        title: ("引号没有合上", "the quotation mark is not closed"),
        label: ("从这里开始", "opened here"),
        remedy: ("在这一行末尾补上 \"", "close it with \" on the same line"),
    }
    E019 {
        title: ("{key} 已经是一个值，不能再当作表", "{key} already is a value and cannot be a table as well"),
        label: ("又当作表", "used as a table"),
        remedy: ("按年变动的，起初的值也写年份：{key} = { 2012 = …, 2016 = … }", "if it changes by year, date the first value too: {key} = { 2012 = …, 2016 = … }"),
    }
    E020 {
        title: ("表格 {file} 不在情景文件夹里", "the table {file} lies outside the scenario folder"),
        cause: ("情景文件夹要完整，拷到别处也能算；所以表格不能用 ..、绝对路径或指向外面的链接", "a scenario folder is complete and can be copied; so tables use no .., no absolute path and no link that leads out"),
        remedy: ("把文件拷进情景文件夹，只写文件名", "copy the file into the scenario folder and give only its name"),
    }
    E021 {
        title: ("只能读 .xlsx 的工作簿：{file}", "of workbooks only .xlsx is read: {file}"),
        remedy: ("在 Excel 或 WPS 中另存为“Excel 工作簿（.xlsx）”，写 file = \"{xlsx}\"", "save it as an Excel workbook (.xlsx) and write file = \"{xlsx}\""),
    }
    E022 {
        title: ("表格只能是 .csv 或 .xlsx 文件：{file}", "a table must be a .csv or .xlsx file: {file}"),
        remedy: ("另存为 .xlsx 或 CSV，并改 file = 后面的文件名", "save it as .xlsx or CSV and change the name behind file ="),
    }
    E023 {
        title: ("{key} 应是{want_zh}", "{key} must be {want_en}"),
        label: ("读到的是{found_zh}", "found {found_en}"),
        remedy: ("{example}", "{example}"),
    }
    E024 {
        title: ("{file} 里有表头 [{found}]，这里要的是 [{wanted}]", "{file} has the head [{found}]; [{wanted}] is needed here"),
        cause: ("表头说明文件是什么：情景、方案还是规则", "the head says what a file is: a scenario, a variant or rules"),
        remedy: ("引入规则文件，或把表头改成 [{wanted}]", "name another file, or change the head to [{wanted}]"),
    }
    E025 {
        title: ("找不到表格 {file}", "cannot find the table {file}"),
        label: ("是否想写 \"{nearest}\"？", "did you mean \"{nearest}\"?"),
        remedy: ("改正文件名，或把表格放进情景文件夹", "correct the name, or put the table into the scenario folder"),
    }
    E026 {
        title: ("一个文件里的表超过 {limit} 张", "more than {limit} tables in one file"),
        remedy: ("检查是否误放了别的文件；或拆成几个规则文件", "see whether it is the right file; or split it into several rule files"),
    }
    E030 {
        title: ("表格 {file} 是空的", "the table {file} is empty"),
        cause: ("第一行是列名，下面每行一条", "the first line holds the headings, each line below one row"),
        remedy: ("补上列名和至少一行", "add headings and at least one row"),
    }
    E031 {
        title: ("列名 {heading} 出现两次", "the heading {heading} stands twice"),
        label: ("第二次", "second time"),
        remedy: ("给其中一列改名，或删去一列", "rename or remove one of the columns"),
    }
    E032 {
        title: ("这一行有 {cells} 格，列名只有 {headings} 个", "this row has {cells} cells, but there are {headings} headings"),
        label: ("多出来的", "one too many"),
        cause: ("多半是数字里的千分位逗号没有加引号，或名称里有逗号", "most likely a thousands separator or a name with a comma in it, without quotation marks"),
        remedy: ("把含逗号的格子放进引号：\"1,234\"", "put cells with a comma in quotation marks: \"1,234\""),
    }
    E033 {
        title: ("表格里的引号没有合上", "a quotation mark in the table is not closed"),
        label: ("从这里开始", "opened here"),
        remedy: ("补上另一个引号；格子里的引号要写两遍 \"\"", "close it; a quotation mark inside a cell is written twice \"\""),
    }
    E034 {
        title: ("引号合上以后还有文字", "text follows a closing quotation mark"),
        label: ("到这里应当是下一格", "the next cell should begin here"),
        remedy: ("格子里的引号要写两遍 \"\"", "a quotation mark inside a cell is written twice \"\""),
    }
    E035 {
        title: ("第 {column} 列有内容，但没有列名", "column {column} has contents but no heading"),
        label: ("没有列名", "no heading"),
        remedy: ("补上列名，或清空这一列", "give it a heading, or clear the column"),
    }
    E036 {
        title: ("表格太大：最多 {columns} 列、{cells} 格", "the table is too large: at most {columns} columns and {cells} cells"),
        remedy: ("检查是否误放了别的文件", "see whether it is the right file"),
    }
    E120 {
        title: ("remove 里的 {path} 不存在", "remove names {path}, which does not exist"),
        label: ("是否想写 {nearest}？", "did you mean {nearest}?"),
        cause: ("remove 只能去掉情景和规则里已有的内容", "remove takes out what the scenario and its rules have"),
        remedy: ("改正路径，或删去这一项", "correct the path, or drop it"),
    }
    E121 {
        title: ("看不懂 --set {text}", "cannot read --set {text}"),
        cause: ("{zh}", "{en}"),
        remedy: ("写成 路径=值 或 路径@年=值，例如 --set agreement.pilot.tax.share@2018=60%", "write PATH=VALUE or PATH@YEAR=VALUE, for instance --set agreement.pilot.tax.share@2018=60%"),
    }
    E122 {
        title: ("--set 的路径 {path} 不存在", "the path {path} of --set does not exist"),
        label: ("是否想写 {nearest}？", "did you mean {nearest}?"),
        cause: ("{parent} 之下有：{children}", "{parent} has: {children}"),
        remedy: ("路径就是文件里的表名和键名，用点连接", "a path is the names of tables and keys in the file, joined by dots"),
    }
    E123 {
        title: ("没有叫 {name} 的方案", "there is no variant {name}"),
        label: ("是否想写 {nearest}？", "did you mean {nearest}?"),
        cause: ("variants 文件夹里有：{found}", "the folder variants has: {found}"),
        remedy: ("写 variants 文件夹里的文件名，不带 .toml", "give the name of a file in the folder variants, without .toml"),
    }
    W011 {
        title: ("花括号里换了行或以逗号结尾", "a line break or a last comma inside { }"),
        label: ("这张表", "this table"),
        cause: ("这里能读，但只有 TOML 1.1 允许，许多别的程序读不了", "read here, but allowed only since TOML 1.1: many other programs cannot read it"),
        remedy: ("写在一行，或写成 [表名] 下的几行", "write it on one line, or as lines under a [table]"),
    }
    W024 {
        title: ("{file} 没有表头 [{wanted}]", "{file} has no head [{wanted}]"),
        cause: ("表头说明文件是什么，其中的 source、grade、verified 管整个文件", "the head says what a file is; its source, grade and verified cover the whole file"),
        remedy: ("在文件开头写 [{wanted}] 和 name = \"…\"", "begin the file with [{wanted}] and name = \"…\""),
    }
}
