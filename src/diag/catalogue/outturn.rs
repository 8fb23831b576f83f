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
    E721 {
        title: ("没有一个数可以回放", "there is no figure to replay"),
        cause: ("回放用各镇各项收入的总额，如 {example}（总额）；汇总数、地方部分、镇得等推不出总额", "a replay takes gross amounts of sources by town, such as {example} (gross); totals and single levels' parts do not tell them"),
        remedy: ("补各项收入的总额；只想比较误差用 backtest", "add gross amounts of sources; to see errors only, use backtest"),
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
    W714 {
        title: ("{who} 的 {item} 不能回放", "{item} of {who} cannot be replayed"),
        cause: ("不是一项收入的总额，推不出各级怎么分", "it is no gross amount of a source: what each level gets of it cannot be told"),
        remedy: ("补该项收入的总额，或不必理会", "add the gross amount of the source, or ignore this"),
    }
    W715 {
        title: ("{item} 只有一部分决算数：{all} 个镇年中有 {seen} 个", "{item} is observed in part: {seen} of {all} towns and years"),
        cause: ("其余镇和年份仍用测算数，见 replay.csv", "the other towns and years keep the projection, see replay.csv"),
        remedy: ("补齐，或不必理会", "complete it, or ignore this"),
    }
}
