//! What is wrong with results that were written before.

codes! {
    E751 {
        title: ("{folder} 不是本程序的结果：{reason}", "{folder} is no result of this program: {reason}"),
        remedy: ("写出 run、compare、backtest、sweep、merge、solve、sensitivity 或 discover 的结果文件夹，或 pack 打成的 .zip", "name the folder of a run, compare, backtest, sweep, merge, solve, sensitivity or discover, or a .zip made by pack"),
    }
    E752 {
        title: ("{file} 不能解开：{reason}", "{file} cannot be unpacked: {reason}"),
        remedy: ("用 fencheng pack 重新打包", "pack it again with fencheng pack"),
    }
    E753 {
        title: ("{folder} 的文件与 run.json 不符，没有打包：{files}", "the files of {folder} are not those of its run.json, nothing was packed: {files}"),
        remedy: ("fencheng verify {folder} 列出不符之处；重算后再打包", "fencheng verify {folder} lists what differs; compute it again and pack that"),
    }
    E754 {
        title: ("{folder} 的文件在写出以后被改过：{files}", "files of {folder} were changed after they were written: {files}"),
        cause: ("结果的每个文件都在 run.json 里记有摘要", "run.json holds the digest of every file of a result"),
        remedy: ("恢复原文件，或重算这个结果", "restore the files, or compute the result again"),
    }
    W741 {
        title: ("{folder} 没有重算：{reason}", "{folder} was not computed anew: {reason}"),
        cause: ("文件与摘要相符只说明写出以后没有改过；数对不对要重算才知道", "files that have their digests were not changed since; whether the numbers are right only shows when they are computed anew"),
        remedy: ("向给您结果的人要原件，或用 --scenario 指明方案、自己重算一遍", "ask for the original, or compute it yourself from the scenario"),
    }
    E755 {
        title: ("{path} {year} 年被抽成了它不能取的值", "a draw makes {path} in {year} what it cannot be"),
        cause: ("抽样乘以或加到这个数上以后，比例超出 0%—100%，或金额成了负数等", "times or plus the draw a share leaves 0 % to 100 %, an amount becomes negative, or the like"),
        remedy: ("把分布收窄，或用不会越界的分布（lognormal、triangular、uniform）", "narrow the distribution, or use one that stays within (lognormal, triangular, uniform)"),
    }
}
