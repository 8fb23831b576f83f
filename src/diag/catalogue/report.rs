//! What is wrong with results a report is to be made of.

codes! {
    E811 {
        title: ("{folder} 的文件与 run.json 不符，没有写报告：{files}", "the files of {folder} are not those of its run.json, no report was written: {files}"),
        cause: ("报告由结果文件夹里的输入重算而来，须与当时的结果一致", "a report is computed anew from the inputs of the result and must say what the result says"),
        remedy: ("fencheng verify {folder} 列出不符之处；用 run 或 compare 重算后再写报告", "fencheng verify {folder} lists what differs; compute it again with run or compare and report that"),
    }
    E812 {
        title: ("{folder} 是 {command} 的结果，没有报告", "{folder} is a result of {command}, of which there is no report"),
        remedy: ("报告讲 run 和 compare 的结果：fencheng run 方案 --variant all --report", "reports tell results of run and compare: fencheng run SCENARIO --variant all --report"),
    }
    E813 {
        title: ("{file} 已经存在", "{file} is there already"),
        remedy: ("换一个 --out，或加 --replace", "choose another --out, or add --replace"),
    }
    E814 {
        title: ("{folder} 由 {version} 版写出，这一版算出的不同：{files}", "{folder} was written by version {version}; this one computes otherwise: {files}"),
        remedy: ("用这一版重新 run 或 compare，再写报告；或用 {version} 版写报告", "run or compare again with this version and report that, or report it with version {version}"),
    }
    E815 {
        title: ("本程序编译时未带 PDF", "this program was built without PDF"),
        remedy: ("用 --features pdf 重新编译；或打开 report.html，在浏览器里“打印”为 PDF", "build it with --features pdf; or open report.html and print it to PDF"),
    }
}
