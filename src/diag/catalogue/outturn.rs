//! Problems of the observed outturns a run is compared with.

codes! {
    E711 {
        title: ("测算里没有叫 {name} 的{level}项目", "the projection has no item of a {level_en} called {name}"),
        label: ("是否想写 {nearest}？", "did you mean {nearest}?"),
        cause: ("可写{kinds}，如 {known}", "an item is {kinds_en}, such as {known}"),
        remedy: ("改成其中之一；测算里没有对应数的，移到“备注”", "use one of these; what the projection does not have belongs into a note"),
    }
    E712 {
        title: ("{item} 没有写口径", "the scope of {item} is not written"),
        cause: ("同一项收入，总额、地方部分、镇得、县得各不相同，不能默认", "gross, local part, town's and county's part of a source differ; none is assumed"),
        remedy: ("加“口径”一列，或写成 {item}（地方部分）；口径可写：{known}", "add a column scope, or write {item} (local); scopes: {known}"),
    }
    E713 {
        title: ("{item} 是汇总数，不分口径", "{item} is a total and has no scope"),
        label: ("这里写了 {scope}", "{scope} stands here"),
        remedy: ("口径一格留空；要比某一级所得，写收入的名称", "leave the scope empty; to compare what one level gets, name a source"),
    }
    E714 {
        title: ("{who} {year} 年的 {item} 写了两次", "{item} of {who} in {year} is written twice"),
        label: ("第二次", "second time"),
        remedy: ("只留一个", "keep one of them"),
    }
    E715 {
        title: ("没有一个数可以比较", "there is no figure to compare"),
        cause: ("测算期是 {first}—{last} 年，{towns} 个镇", "the horizon is {first}–{last}, with {towns} towns"),
        remedy: ("检查年份和数额两列；或改测算期", "see to the years and amounts, or change the horizon"),
    }
    E716 {
        title: ("这一行没有写镇，也没有写县", "this row names neither town nor county"),
        remedy: ("填镇名；全县的数镇名留空，填县名", "name the town; for a figure of the whole county leave the town empty and name the county"),
    }
    E717 {
        title: ("{file} 里没有工作表 {name}", "{file} has no worksheet {name}"),
        label: ("是否想写 {nearest}？", "did you mean {nearest}?"),
        cause: ("有：{found}", "there are: {found}"),
        remedy: ("改 --sheet；不写 --sheet 就读第一个工作表", "correct --sheet; without it the first worksheet is read"),
    }
    E718 {
        title: ("读不了工作簿 {file}", "the workbook {file} cannot be read"),
        cause: ("{reason}", "{reason}"),
        remedy: ("在 Excel 或 WPS 中打开，另存为 .xlsx（不设密码）或 CSV", "open it and save it as .xlsx without a password, or as CSV"),
    }
    E719 {
        title: ("只能读 .csv 和 .xlsx：{file}", "only .csv and .xlsx are read: {file}"),
        remedy: ("在 Excel 或 WPS 中另存为 .xlsx 或 CSV", "save it as .xlsx or CSV"),
    }
    E720 {
        title: ("没有叫 {name} 的县", "there is no county called {name}"),
        label: ("是否想写 {nearest}？", "did you mean {nearest}?"),
        remedy: ("与 towns.csv 的“县”列写得一样：{known}", "write it as in the county column of towns.csv: {known}"),
    }
    W711 {
        title: ("{year} 年在测算期之外，这一行没有比较", "{year} lies outside the horizon; this row is not compared"),
        cause: ("测算期是 {first}—{last} 年", "the horizon is {first}–{last}"),
        remedy: ("改 first_year、last_year，或不必理会", "change first_year or last_year, or ignore this"),
    }
    W712 {
        title: ("数额是空的，这一行没有比较", "the amount is empty; this row is not compared"),
        remedy: ("填数；确实没有就填 0", "fill it in; if there was none, write 0"),
    }
    W713 {
        title: ("方案没有算 {item}，这一行没有比较", "the scenario does not compute {item}; this row is not compared"),
        cause: ("县级账要写 [county_account] 才有", "a county's account needs [county_account]"),
        remedy: ("补写 [county_account]，或不必理会", "add [county_account], or ignore this"),
    }
}
