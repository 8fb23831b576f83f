//! Problems found by the check of a scenario: keys, values, sharing, coverage, totals.

codes! {
    E101 {
        title: ("不认识的键 {key}", "unknown key {key}"),
        label: ("是否想写 {nearest}？", "did you mean {nearest}?"),
        cause: ("{table} 里可以写：{known}", "{table} may hold: {known}"),
        remedy: ("改正键名，或删去", "correct the key or remove it"),
    }
    E102 {
        title: ("缺少 {key}", "{key} is missing"),
        label: ("{what}", "{what}"),
        remedy: ("在 {table} 里补写 {key}", "add {key} to {table}"),
    }
    E103 {
        title: ("{key} 的写法不对：要{expected}", "{key} is not written as it must be: {expected_en} expected"),
        label: ("读到的是{found}", "found {found_en}"),
        remedy: ("例如 {example}", "for example {example}"),
    }
    E104 {
        title: ("没有叫 {name} 的{kind}", "there is no {kind_en} called {name}"),
        label: ("是否想写 {nearest}？", "did you mean {nearest}?"),
        cause: ("新{kind}须先写 {needed}；这里没有，多半是笔误", "a new {kind_en} needs {needed} first; here they are missing, most likely a slip"),
        remedy: ("改成已有的名字，或补齐 {needed}", "use an existing name, or complete {needed}"),
    }
    E105 {
        title: ("没有叫 {name} 的收入或计提", "there is no source or set-aside called {name}"),
        label: ("是否想写 {nearest}？", "did you mean {nearest}?"),
        remedy: ("写 [source.…] 的英文键、[group] 里的组名，或先定义它", "use the key of a [source.…], a name of [group], or define it first"),
    }
    E106 {
        title: ("没有叫 {name} 的镇", "there is no town called {name}"),
        label: ("是否想写 {nearest}？", "did you mean {nearest}?"),
        remedy: ("与 towns.csv 的“镇”列写得一样", "write it as in the town column of towns.csv"),
    }
    E107 {
        title: ("{key} 不能是 {name}", "{key} cannot be {name}"),
        label: ("是否想写 {nearest}？", "did you mean {nearest}?"),
        remedy: ("可写：{known}", "one of: {known}"),
    }
    E108 {
        title: ("没有叫 {name} 的增长因素", "there is no driver called {name}"),
        label: ("是否想写 {nearest}？", "did you mean {nearest}?"),
        remedy: ("先写 [driver.{name}]，或改用已有的", "write [driver.{name}] first, or use one there is"),
    }
    E109 {
        title: ("{tables} 没有“{name}”这一列", "there is no column “{name}” in {tables}"),
        label: ("是否想写 {nearest}？", "did you mean {nearest}?"),
        remedy: ("列名须与表头一致；表头有：{known}", "use a heading of the table: {known}"),
    }
    E110 {
        title: ("{name} 出现两次", "{name} appears twice"),
        label: ("第二次", "second time"),
        remedy: ("每行一个，编号不重复", "one row each, no id twice"),
    }
    E112 {
        title: ("体制里没有可以指的部分 {name}", "the agreement has no part to point at called {name}"),
        label: ("是否想写 {nearest}？", "did you mean {nearest}?"),
        remedy: ("写 \"kept.<部分>\"（镇级所得）或 \"over.<部分>\"（超基数分成）", "write \"kept.<part>\" (what the town keeps) or \"over.<part>\" (its share above the base)"),
    }
    E113 {
        title: ("{source}在体制“{agreement}”里分了两次", "{source} is shared twice in “{agreement}”"),
        label: ("又在这里", "again here"),
        remedy: ("每项收入只能归一个部分", "every source belongs to exactly one part"),
    }
    E114 {
        title: ("体制“{agreement}”没有说{sources}怎么分", "“{agreement}” does not say how {sources} are shared"),
        cause: ("比例不默认：没写不等于 0，也不等于全留", "shares are never defaulted: not written is neither nothing nor all"),
        remedy: ("补一个部分，例如 form = \"full\" 或 form = \"none\"", "add a part, for example form = \"full\" or form = \"none\""),
    }
    E115 {
        title: ("没有写{party}分{source}的多少", "the {party} share of {source} is not written"),
        cause: ("比例不默认：没写不等于不分", "shares are never defaulted: not written is not nothing"),
        remedy: ("在 {table} 里补写 {id} = \"…%\"，不分的写 \"0%\"；或写 other = \"0%\" 管其余各项", "add {id} = \"…%\" to {table}, \"0%\" for nothing; or other = \"0%\" for all the rest"),
    }
    E116 {
        title: ("没有县级专项叫 {name}", "there is no earmark called {name}"),
        label: ("是否想写 {nearest}？", "did you mean {nearest}?"),
        remedy: ("先写 [earmark.{name}]", "write [earmark.{name}] first"),
    }
    E117 {
        title: ("这几项互相依赖：{chain}", "these depend on each other in a circle: {chain}"),
        remedy: ("一项不能以自己为依据", "nothing can rest on itself"),
    }
    E118 {
        title: ("{path} 只写了一个数，towns.csv 里有 {count} 个县", "{path} is one value; the town table has {count} counties"),
        remedy: ("按列取，每县一个数：{ column = \"列名\" }；或去掉 [county_account]", "take it from a column with a value for each county: { column = \"heading\" }, or leave [county_account] out"),
    }
    E119 {
        title: ("叫 {name} 的镇不止一个：{ids}", "more than one town is called {name}: {ids}"),
        label: ("说的是哪个县的？", "which county's?"),
        remedy: ("写明县名，例如 {example}", "name the county as well, for example {example}"),
    }
    E124 {
        title: ("{county}的 {path} 各镇写得不一样：{first}与{second}", "{path} differs within {county}: {first} and {second}"),
        cause: ("县级的数每县只有一个，取该县第一个镇那一行", "a county has one value, that of its first town's row"),
        remedy: ("同一个县的各镇写同一个数", "write the same value for all towns of a county"),
    }
    E125 {
        title: ("{key} 只与 {with} 同用，这里没有作用", "{key} is only used with {with} and has no effect here"),
        remedy: ("删去它，或写 {with}", "remove it, or write {with}"),
    }
    E126 {
        title: ("{key} 与 {other} 是同一个镇：{name}", "{key} is the same town as {other}: {name}"),
        remedy: ("写两个不同的镇", "name two different towns"),
    }
    E201 {
        title: ("{key} 不是一个数：{text}", "{key} is not a number: {text}"),
        cause: ("要普通的数，单位写在后面；不用 1e9、括号、空格，千分位逗号每三位一个", "a plain number is wanted, its unit behind it; no 1e9, brackets or blanks, thousands separators every three digits"),
        remedy: ("写成 {example}", "write {example}"),
    }
    E202 {
        title: ("{key} 的单位不对：{text}", "{key} has the wrong unit: {text}"),
        label: ("这里要{expected}", "{expected_en} expected"),
        remedy: ("写成 {example}", "write {example}"),
    }
    E203 {
        title: ("{key} 的金额不能是 {text}", "{key} cannot be the amount {text}"),
        cause: ("金额须是整分，且小于 10 万亿元", "amounts are whole fen, below 10 trillion yuan"),
        remedy: ("检查小数位数和单位", "check decimals and unit"),
    }
    E204 {
        title: ("{key} 的小数位太多，或数太大：{text}", "{key} has too many decimals, or is too large: {text}"),
        cause: ("比例算到 0.0001%，面积算到 0.01 亩；面积不超过 100 亿亩", "shares go down to 0.0001 %, areas to 0.01 mu; no area exceeds 10 billion mu"),
        remedy: ("四舍五入到这么多位", "round it to as many decimals"),
    }
    E205 {
        title: ("{key} 不能为负：{text}", "{key} cannot be negative: {text}"),
        remedy: ("方向由“谁付给谁”表示，不用负号；退税写 refunds", "who pays whom says the direction, not a minus; write refunds for refunds"),
    }
    E206 {
        title: ("日期或年份不对：{text}", "not a date or year: {text}"),
        cause: ("年份在 1950 到 2150 之间；月、日各写两位，且确有这一天", "years lie between 1950 and 2150; month and day have two digits each, and the day must exist"),
        remedy: ("写 2016 或 2016-05-01", "write 2016 or 2016-05-01"),
    }
    E207 {
        title: ("{key} 应在 0% 与 100% 之间", "{key} must lie between 0 % and 100 %"),
        label: ("读作 {read}", "read as {read}"),
        cause: ("这是比例；不带 % 的数按倍数读，0.8 是 80%，80 是 8000%", "this is a share; a number without % is a multiple: 0.8 is 80 %, 80 is 8000 %"),
        remedy: ("{fix}", "{fix}"),
    }
    E208 {
        title: ("{key} 的增长率或费率超出范围", "{key} is out of range for a growth or a rate"),
        label: ("读作 {read}", "read as {read}"),
        cause: ("应大于 -100%、不超过 1000%；不带 % 的数按倍数读，0.08 是 8%，8 是 800%", "it lies above -100 % and goes up to 1000 %; a number without % is a multiple: 0.08 is 8 %, 8 is 800 %"),
        remedy: ("{fix}", "{fix}"),
    }
    E209 {
        title: ("年份的先后不对：{what}", "years are in the wrong order: {what}"),
        remedy: ("{fix}", "{fix}"),
    }
    E210 {
        title: ("各份合计是 {sum}，应为 100%", "the shares add up to {sum}, not 100 %"),
        remedy: ("改到合计 100%", "make them add up to 100 %"),
    }
    E211 {
        title: ("format = {found}，本程序只认 format = 1", "format = {found}; this program knows format = 1"),
        remedy: ("换用更新的版本，或把方案改到 format = 1", "use a newer version, or bring the scenario to format = 1"),
    }
    E212 {
        title: ("{key} 应{range}：{text}", "{key} must be {range}: {text}"),
        remedy: ("改成这个范围里的数", "write a number within this range"),
    }
    E301 {
        title: ("{town} {year} 年同时有两个体制：{first}、{second}", "{town} has two agreements in {year}: {first}, {second}"),
        label: ("与另一个同年起", "starts in the same year as the other"),
        remedy: ("改其中一个的 towns 或 from", "change towns or from of one of them"),
    }
    E302 {
        title: ("{town} {year} 年没有体制", "{town} has no agreement in {year}"),
        cause: ("各体制的适用镇、起止年都不含它", "no agreement's towns and years include it"),
        remedy: ("让一个体制 towns = \"all\"、from = {year}", "let one agreement say towns = \"all\", from = {year}"),
    }
    E303 {
        title: ("封顶低于保底：{path}", "the cap lies below the floor: {path}"),
        cause: ("先保底、后封顶；封顶更低，保底就落空", "the floor comes first, then the cap: below the floor it would undo it"),
        remedy: ("改正两数之一", "correct one of the two"),
    }
    E304 {
        title: ("分档的起点不对：{what}", "the tiers do not start where they must: {what}"),
        cause: ("第一档不写起点；以后各档写 above 或 above_base，逐档升高；above_base 须有 base", "the first tier has no start; the others write above or above_base, rising; above_base needs a base"),
        remedy: ("例如 tier.first = { share = \"50%\" }，tier.second = { above = \"1,000万元\", share = \"40%\" }", "for example tier.first = { share = \"50%\" }, tier.second = { above = \"1,000万元\", share = \"40%\" }"),
    }
    E305 {
        title: ("{path} 的基数要用 {year} 年的数，没有写", "the base of {path} needs the amount of {year}, which is not written"),
        remedy: ("在 history 里补 {year} = 当年地方留成部分；或改基数的写法", "add {year} = the local part of that year to history; or define the base otherwise"),
    }
    E306 {
        title: ("{one} 与 {other} 须写且只写一个", "write exactly one of {one} and {other}"),
        remedy: ("删去一个，或补一个", "remove one, or add one"),
    }
    E307 {
        title: ("分期到账最多两年", "at most two instalments"),
        remedy: ("例如 instalments = [\"70%\", \"30%\"]", "for example instalments = [\"70%\", \"30%\"]"),
    }
    E308 {
        title: ("接续体制 {name} 不存在", "the successor {name} does not exist"),
        label: ("是否想写 {nearest}？", "did you mean {nearest}?"),
        remedy: ("写一个已有的体制", "name an agreement there is"),
    }
    E309 {
        title: ("{path} 的起始年要从 towns.csv 的“批次”列取，{town}没有", "{path} starts with the cohort, and {town} has none"),
        remedy: ("在“批次”列填年份，或写 from = 年份", "fill in the cohort column, or write from = a year"),
    }
    E311 {
        title: ("分给各级的比例合计 {sum}，超过总额", "the shares of all levels add up to {sum}, more than there is"),
        label: ("占总额 {share}，上级分成之后只剩总额的 {left}", "{share} of gross, while the upper levels leave {left}"),
        cause: ("{town} {year} 年，{path}", "{town}, {year}, {path}"),
        remedy: ("按原文县、镇之比折成占地方留成的比例，去掉 share_of = \"gross\"；例如 75:7:18 折成 18÷(7+18) = 72%", "restate it as a share of the local part by the notice's own ratio of county to town, without share_of = \"gross\": 75:7:18 becomes 18÷(7+18) = 72 %"),
    }
    E312 {
        title: ("{source}：上级分走总额的 {sum}，超过 100%", "{source}: the upper levels take {sum} of gross, more than there is"),
        label: ("到这一级就不够分了", "at this level nothing is left"),
        cause: ("{year} 年：{parts}", "{year}: {parts}"),
        remedy: ("这一级若占上级分后的余额，写 of = \"remainder\"；否则改小比例", "if this level shares what the ones above leave, write of = \"remainder\"; else lower a share"),
    }
    E401 {
        title: ("{path} 从 {first} 起才有数，{year} 年没有", "{path} starts in {first} and has no value for {year}"),
        cause: ("测算到 {town} {year} 年要用它", "it is needed for {town} in {year}"),
        remedy: ("补写更早的数；确实没有就明写 0", "write an earlier value; if there was none, write 0"),
    }
    E402 {
        title: ("{town}的 {path} 是空的", "{path} is empty for {town}"),
        remedy: ("在表里填数；确实没有就填 0", "fill in the table; if there is none, write 0"),
    }
    E403 {
        title: ("{path} 在 towns.csv 里没有对应的列", "{path} has no column in towns.csv"),
        label: ("表头里有相近的“{nearest}”", "there is a similar heading “{nearest}”"),
        cause: ("找过：{tried}", "looked for: {tried}"),
        remedy: ("加一列（列名用收入名称），或写 base = 金额", "add a column (headed by the source's name), or write base = an amount"),
    }
    E404 {
        title: ("{path} 从 {first} 年起随增长因素递增，而增长因素从 base_year 的下一年起才算", "{path} grows with a driver from {first}, but drivers count from the year after base_year"),
        cause: ("测算 {town} {year} 年要用它", "it is needed for {town} in {year}"),
        remedy: ("写 base_year 当年或以后的数，或改用 grows_by", "write the value of base_year or later, or use grows_by"),
    }
    E501 {
        title: ("行数与控制数不符：{found} 行，应为 {expected} 行", "the number of rows does not match: {found}, expected {expected}"),
        remedy: ("增减行，或改 expect", "add or remove rows, or change expect"),
    }
    E502 {
        title: ("合计与控制数不符：{found}，应为 {expected}（{difference}）", "the total does not match: {found}, expected {expected} ({difference})"),
        remedy: ("改正表中的数；若控制数有变，改 expect", "correct the table; if the control total changed, change expect"),
    }
    E503 {
        title: ("{project}的资金来源合计 {found}，不等于总投资 {expected}", "the funding of {project} adds up to {found}, not its cost {expected}"),
        label: ("总投资", "cost"),
        remedy: ("改到相等；镇级一列可留空，由总投资减其余得出", "make them equal; the town's column may stay empty and takes the rest"),
    }
    E504 {
        title: ("{project}的{key}不对：{text}", "{project}: {key_en} is not right: {text}"),
        remedy: ("写成 {example}", "write {example}"),
    }
    E505 {
        title: ("{file} 缺少“{column}”列", "{file} has no column “{column}”"),
        cause: ("表头有：{known}", "headings: {known}"),
        remedy: ("补上这一列", "add the column"),
    }
    E506 {
        title: ("县的表格里没有{county}", "the table of counties has no row for {county}"),
        cause: ("镇表里的{town}属于这个县", "{town} of the town table belongs to it"),
        remedy: ("补一行，或改正县名", "add a row, or mend the name"),
    }
    E601 {
        title: ("{lane} 在 {town} {year} 年超过 10 万亿元或不是数", "{lane} passes 10 trillion yuan or is no number for {town} in {year}"),
        remedy: ("检查增长率和单位", "check growth rates and units"),
    }
    E602 {
        title: ("{what} 在 {town} {year} 年分不平：差 {difference} 分", "{what} does not close for {town} in {year}: {difference} fen"),
        remedy: ("这是程序的错，请报告", "this is a bug of the program, please report it"),
    }
    E603 {
        title: ("方案太大：{what}", "the scenario is too large: {what}"),
        remedy: ("减少镇数或年数", "fewer towns or years"),
    }
    E604 {
        title: ("{pool}（{county}）{year} 年资金不够保底，缺 {missing} 元", "{pool} ({county}) cannot pay its floors in {year}: {missing} yuan is missing"),
        cause: ("各镇保底（floor）合计大于资金总额（amount）", "the floors of its towns add up to more than its amount"),
        remedy: ("增加 amount，或降低 floor", "raise amount, or lower floor"),
    }
    E701 {
        title: ("{option} 的写法不对：{text}", "{option} is not written as it must be: {text}"),
        remedy: ("例如 {example}", "for example {example}"),
    }
    E702 {
        title: ("输出位置已有东西：{folder}", "there is something at the output already: {folder}"),
        remedy: ("换一个 --out，或加 --replace", "choose another --out, or add --replace"),
    }
    E703 {
        title: ("写不出 {file}：{reason}", "cannot write {file}: {reason}"),
        remedy: ("检查磁盘空间和权限；没有写完的结果已删去", "check space and permissions; nothing half-written was left"),
    }
    E704 {
        title: ("{folder} 不是本程序的输出，不能替换", "{folder} was not written by this program and is not replaced"),
        remedy: ("换一个 --out", "choose another --out"),
    }
    E705 {
        title: ("没有可比的方案", "there is nothing to compare"),
        cause: ("比较对象之外没有别的方案", "no variant is named beside the baseline, and there is none in variants/"),
        remedy: ("加 --variant 名称；fencheng list 列出有哪些", "add --variant NAME; fencheng list shows what there is"),
    }
    E791 {
        title: ("没有这种图：{text}", "there is no such picture: {text}"),
        remedy: ("可用：{known}；all 为全部", "there are {known}; all draws every one"),
    }
    E792 {
        title: ("{picture}图没有可画的：{reason}", "there is nothing to draw for the picture {picture}: {reason}"),
        remedy: ("去掉 --picture {picture}，或用 --picture all 只画有内容的图", "leave out --picture {picture}, or take --picture all, which draws what there is"),
    }
    W201 {
        title: ("{path} 的 {date} 在测算期之后，不起作用", "{path}: {date} lies after the horizon and has no effect"),
        remedy: ("延长 last_year，或不必理会", "extend last_year, or ignore this"),
    }
    W202 {
        title: ("{file} 的规则核实到 {verified}，测算到 {last} 年", "the rules of {file} were verified up to {verified}; the projection runs to {last}"),
        remedy: ("以后各年按现行规则外推", "later years assume that today's rules stay"),
    }
    W203 {
        title: ("“{column}”这一列没有用到", "the column “{column}” is not used"),
        remedy: ("不必理会；若应是某项收入，列名须与收入名称一致", "ignore it; if it should be a source, head it with the source's name"),
    }
    W204 {
        title: ("{count} 个数没有写依据等级，按 D 级（假定）计", "{count} values have no grade and count as D (assumption)"),
        label: ("第一个", "the first"),
        remedy: ("补写 grade 和 source", "write grade and source"),
    }
    W205 {
        title: ("{project}的{years}年在测算期外，镇级 {amount} 没有算进去", "{project}: {years} lies outside the horizon; {amount} of the town's part is left out"),
        remedy: ("延长测算期，或不必理会", "extend the horizon, or ignore this"),
    }
    W206 {
        title: ("{path} 的各镇没有{classes}类项目，这笔钱用不上", "the towns of {path} have no project of class {classes}: its money cannot be used"),
        label: ("是否想写 {nearest}？", "did you mean {nearest}?"),
        cause: ("这些镇的项目有这几类：{known}", "their projects are of class {known}"),
        remedy: ("改正 classes，或在项目表里补上这类项目", "correct classes, or add such projects to the table"),
    }
}
