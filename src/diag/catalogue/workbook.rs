//! Problems of the workbook.

codes! {
    E761 {
        title: ("--audit：没有叫 {name} 的镇", "--audit: there is no town called {name}"),
        remedy: ("写镇名，重名时写 县/镇，如 {known}；几个镇用逗号隔开", "name a town, as county/town where two share a name, such as {known}; several with commas between"),
    }
    E762 {
        title: ("工作簿写不出来：{reason}", "the workbook cannot be made: {reason}"),
        remedy: ("少写几个 --audit 的镇，或用 --towns 减少显示的镇；表仍可用 --format csv 写出", "ask for fewer towns by --audit or --towns; --format csv writes the tables all the same"),
    }
}
