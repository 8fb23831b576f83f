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
    E746 {
        title: ("{cell} 指的有 {count} 行，一次最多讲 {most} 行", "{cell} points at {count} rows, at most {most} are told at a time"),
        remedy: ("加 --town、--year，或写行号（表头是第 1 行）", "add --town or --year, or name the line (the heading is line 1)"),
    }
    E747 {
        title: ("{cell} 这一行 {variant} 里没有", "{variant} has no row {cell}"),
        remedy: ("两个方案都有的行才能比", "a row can be compared where both variants have it"),
    }
    E748 {
        title: ("explain 一次讲一个方案，不能写 {count} 个 --variant", "explain tells of one variant at a time, not of {count}"),
        remedy: ("写一个 --variant；两个方案相差在哪里用 --against", "name one --variant; --against tells where two differ"),
    }
}
