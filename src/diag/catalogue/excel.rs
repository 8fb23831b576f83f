//! Problems of workbooks and tables as people keep them, of the form to fill in and of tax offices' tables.

codes! {
    E771 {
        title: ("{file} 里有几个工作表都像要找的表：{found}", "several worksheets of {file} have the headings of this table: {found}"),
        remedy: ("写明用哪一个：sheet = \"{example}\"（命令行用 --sheet）", "say which one: sheet = \"{example}\" (--sheet on the command line)"),
    }
    E772 {
        title: ("这一格是错误值 {text}", "this cell holds the error {text}"),
        cause: ("公式算不出来：引用的格被删了、除以零或查不到", "its formula cannot be computed: a deleted cell, a division by zero, nothing found"),
        remedy: ("在 Excel 里改好公式，或填上数", "mend the formula in the spreadsheet, or type the number"),
    }
    E773 {
        title: ("这一格有公式，没有算出的值", "this cell has a formula, but no value computed from it"),
        cause: ("文件由别的程序写出后没有在 Excel 里算过，或公式互相引用绕成了圈", "the file was written by a program and never calculated, or formulas refer to each other in a circle"),
        remedy: ("用 Excel 或 WPS 打开，按 F9 重算，保存后再读", "open it in a spreadsheet, recalculate (F9), save, and read it again"),
    }
    E774 {
        title: ("不认得金额单位 {unit}", "the money unit {unit} is not known"),
        remedy: ("换算成元、万元或亿元，并改“单位：”", "convert to 元, 万元 or 亿元 and change what is said of the unit"),
    }
    E775 {
        title: ("{file} 不是 .xlsx 工作簿，是{kind}", "{file} is no .xlsx workbook but {kind}"),
        cause: ("改文件名的后缀不会改文件的格式", "another ending of the name does not change the format of a file"),
        remedy: ("用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”", "open it in a spreadsheet and save it as an Excel workbook (.xlsx)"),
    }
    E776 {
        title: ("{file} 设了打开密码", "{file} is protected by a password"),
        remedy: ("在 Excel 里去掉密码（文件—信息—保护工作簿），另存后再读", "take the password off in the spreadsheet (File, Info, Protect Workbook), save, and read it again"),
    }
    E782 {
        title: ("没有填{item}", "{item} is not filled in"),
        remedy: ("填上；没有的写 0，不知道的问清再填", "fill it in; write 0 for none, and ask rather than guess"),
    }
    E783 {
        title: ("{item}不能填“{text}”", "{item} cannot be {text}"),
        label: ("是否想写“{nearest}”？", "did you mean {nearest}?"),
        cause: ("可以填：{known}", "possible: {known}"),
        remedy: ("从下拉列表里选", "choose from the list of the cell"),
    }
    E784 {
        title: ("测算期不对：{first}—{last} 年", "the horizon is not right: {first}–{last}"),
        cause: ("从基年算起，1 到 60 年", "1 to 60 years from the base year"),
        remedy: ("改“测算到哪一年”", "correct the last year"),
    }
    E785 {
        title: ("没有找到要读的工作表", "no worksheet was found that can be read"),
        cause: ("有：{found}；要有填报表，或有“镇”一列和各税种的工作表，或分镇分税种入库表", "there are: {found}; needed is the form, a sheet with towns and taxes, or a table of collections"),
        remedy: ("fencheng new 文件夹 --template xlsx 写一份空白填报表，照它填", "fencheng new FOLDER --template xlsx writes an empty form to fill in"),
    }
    E786 {
        title: ("看不出这些收入是哪一年的", "the year of this revenue is not said"),
        remedy: ("在表题、工作表名或文件名里写年份，如“2024年各镇收入”", "write the year into the title, the worksheet's or the file's name"),
    }
    E787 {
        title: ("“{name}”里{what}{how}", "{what} {how} of {name}"),
        remedy: ("每类收入恰好一行；可加一行“其余收入”", "one row for each kind of revenue; a row for the rest takes what is left"),
    }
    E788 {
        title: ("入库表里没有整年的数，定不了基年", "the table has no whole year to begin from"),
        remedy: ("用含上年全年（12 个月）的表；不满一年的表用 fencheng run 方案 --outturn", "use a table with all twelve months of a year; for part of a year, fencheng run SCENARIO --outturn"),
    }
    E789 {
        title: ("{folder} 已经有了，不覆盖", "{folder} is there already and is not overwritten"),
        remedy: ("换一个文件夹名", "choose another name"),
    }
    W771 {
        title: ("有 {count} 行不是表里的内容，没有读：{rows}", "{count} rows are not read: {rows}"),
        cause: ("合计、小计、栏次、示例和表下的注不算一行；合计与各行核对过", "totals, column numbers, examples and notes are no rows of the table; totals were checked against the rows"),
        remedy: ("不必改；若确是一个镇或项目，换个名称", "nothing need be done; if it is a town or a project, give it another name"),
    }
    W772 {
        title: ("合计与各行之和不符：“{column}”写的是 {text}，各行之和是 {sum}", "the total of {column} is {text}, but its rows add up to {sum}"),
        cause: ("测算用各行的数；可能漏了行、改了数没有重算，或四舍五入", "the rows are what is used; a row may be missing, a figure changed since, or rounding"),
        remedy: ("核对这一列", "check the column"),
    }
    E777 {
        title: ("看不出这张表是哪种口径", "the table does not say the scope of its amounts"),
        cause: ("总收入口径含中央、省、市的部分，一般公共预算口径只有县镇的部分，相差可达一倍，不能默认", "gross amounts hold the parts of all levels, local ones only what county and town keep: none is assumed"),
        remedy: ("在表题写明，如“分镇分税种入库表（总收入口径）”；或加 --scope gross / --scope local", "say it in the title of the table, or add --scope gross or --scope local"),
    }
    E778 {
        title: ("看不出这个数是哪一年的", "the year of this amount is not said"),
        remedy: ("在表题、列名写年份，如“2016年1-9月”；或加“年份”一列", "write the year into the title or the headings, or add a column of years"),
    }
    E779 {
        title: ("{town} {year} 年的{item}缺 {month} 月", "{item} of {town} in {year} lacks month {month}"),
        cause: ("要从 1 月起连续，才知道累计是多少", "months must begin in January and have no hole"),
        remedy: ("补上这个月；没有收入就填 0", "add the month; 0 if nothing came in"),
    }
    E780 {
        title: ("{town} {year} 年的{item}换不成总额", "{item} of {town} in {year} cannot be converted to gross"),
        cause: ("按方案，这项收入县镇没有留成，从地方部分推不出总额", "under the scenario nothing of it is left to county and town, so the local part does not tell the whole"),
        remedy: ("用总收入口径的表；或改上级分成", "use a table of gross amounts, or mend the shares of the levels above"),
    }
    E781 {
        title: ("这不是分镇分税种的入库表", "this is no table of collections by town and tax"),
        cause: ("要有镇一列，税种在列名或“税种”一列，年份和月份在表题或列名", "it needs a column of towns, taxes in headings or a column, years and months in the title or headings"),
        remedy: ("换一张表，或加 --sheet 指明工作表；格式见 docs/excel.zh.md", "name another table or worksheet (--sheet); see docs/excel.md"),
    }
    W773 {
        title: ("不认得这些列或税种，没有读：{names}", "these columns or taxes are not known and not read: {names}"),
        remedy: ("是税种就改成通用名称或方案里的名称；不是就不必理会", "if they are taxes, use the usual names or those of the scenario; else ignore this"),
    }
    W774 {
        title: ("这些行不属任何镇，没有读：{names}", "these rows belong to no town and are not read: {names}"),
        remedy: ("不必改", "nothing need be done"),
    }
    W775 {
        title: ("这些税全归中央，没有读：{names}", "these taxes are wholly the centre's and not read: {names}"),
        remedy: ("不必改", "nothing need be done"),
    }
    W776 {
        title: ("{year} 年只到 {months} 月，没有用（{count} 个数）", "{year} reaches only month {months} and is not used ({count} amounts)"),
        cause: ("回测和回放只比整年的数", "backtests and replays compare whole years"),
        remedy: ("要用不满一年的数：fencheng run 方案 --outturn 文件（滚动预计）", "to use part of a year: fencheng run SCENARIO --outturn FILE (rolling estimate)"),
    }
    W777 {
        title: ("{town} {year} 年的{item}，{month} 月累计 {amount} 万元，各月之和 {sum} 万元", "{item} of {town} in {year}: {amount} up to month {month}, but its months add up to {sum} (10,000 yuan)"),
        cause: ("用各月之和或更晚的累计；可能有退库或补录", "the latest figure is used; something may have been paid back or booked later"),
        remedy: ("核对", "check it"),
    }
    W778 {
        title: ("一般公共预算口径的数已按上级分成换算成总额", "local amounts were converted to gross by the shares of the levels above"),
        cause: ("测算从总额分起；换算用方案里当年的上级分成", "a projection shares out gross amounts; the scenario's shares of the year are used"),
        remedy: ("有总收入口径的表，用那张更准", "a table of gross amounts is more exact"),
    }
}
