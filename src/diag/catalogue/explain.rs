//! Problems of questions put to `explain`.

codes! {
    E741 {
        title: ("没有叫 {name} 的镇，或不止一个", "there is no town called {name}, or more than one"),
        remedy: ("写镇名，重名时写 县/镇：{known}", "name a town, as county/town where two share a name: {known}"),
    }
    E742 {
        title: ("{year} 年在测算期之外", "{year} lies outside the horizon"),
        remedy: ("写 {first} 到 {last} 之间的年份", "ask for a year from {first} to {last}"),
    }
    E743 {
        title: ("没有叫 {name} 的项目", "there is no item called {name}"),
        remedy: ("可写汇总表的列、收入项目或算式的路径：{known}", "an item is a column of the summary, a source, or the path of a formula: {known}"),
    }
    E744 {
        title: ("{cell} 这一格没有算式可讲", "the cell {cell} has no formula to tell"),
        remedy: ("写成 表:列，可写：{known}", "write table:column; there are: {known}"),
    }
}
