//! Problems of studies: what is swept, how points are chosen, unfinished and joined results.

codes! {
    E731 {
        title: ("{what}：{why}", "{what}: {why}"),
        cause: ("研究的取值、分布或要求写得不对", "values, a distribution or a requirement of the study are not as they must be"),
        remedy: ("改方案里的 [lever]、[uncertain]，或命令行的 --lever、--uncertain；写法见 fencheng sweep --help", "correct [lever] or [uncertain] of the scenario, or --lever and --uncertain; fencheng sweep --help shows how they are written"),
    }
    E732 {
        title: ("{what}：{why}", "{what}: {why}"),
        cause: ("这样取不出点", "no points can be chosen like this"),
        remedy: ("改 design、points、step 或相关系数", "change the design, the number of points, a step or the correlations"),
    }
    E733 {
        title: ("{what}：{why}", "{what}: {why}"),
        cause: ("没有算完的扫描按块保存，只能由同一项研究接着算；各分片也要出自同一项研究", "an unfinished sweep is kept in whole chunks, which only the same study may take over; shards are of one study too"),
        remedy: ("--resume 接着算，--replace 重来；分片用同样的方案和参数重算", "go on with --resume, or start anew with --replace; compute shards with the same scenario and arguments"),
    }
    E734 {
        title: ("{what}：{why}", "{what}: {why}"),
        cause: ("名称要与方案或程序所有的一致", "names are those of the scenario or of the program"),
        remedy: ("从列出的里面选一个", "choose one of those listed"),
    }
    E735 {
        title: ("{what}：{why}", "{what}: {why}"),
        cause: ("要求由指标、比较、界限和（可选的）年份组成", "a requirement is a measure, a comparison, a bound and perhaps a year"),
        remedy: ("写成 --require \"coverage>=100%@2020\"，或在 [solve] 里写 require.coverage = { at_least = \"100%\", by = 2020 }", "write --require \"coverage>=100%@2020\", or require.coverage = { at_least = \"100%\", by = 2020 } in [solve]"),
    }
    E736 {
        title: ("{what}：{why}", "{what}: {why}"),
        cause: ("敏感性和情景发现要每个点都算得出，少了几个点结论就偏了", "sensitivity and discovery need every point: without some of them the conclusion leans"),
        remedy: ("缩小取值范围或改分布，使每个点都成立；用 fencheng run --set 重算那一点可看原因", "narrow the range or the distribution until every point can be computed; run one of them with --set to see why"),
    }
    E737 {
        title: ("{folder} 正由另一项扫描写入", "{folder} is being written by another sweep"),
        cause: ("两项扫描同时写一个文件夹，会互相覆盖", "two sweeps that write one folder would overwrite each other"),
        remedy: ("等它算完，或换一个 --out；它若已被中止，再运行一次即可（锁随程序结束而解）", "wait until it is done, or choose another --out; if it was stopped, just run again: the lock ends with the program"),
    }
    E745 {
        title: ("输出位置就是分片 {folder}，或者一个在另一个里面", "the output is the shard {folder}, or one lies in the other"),
        cause: ("合并写成以后会替掉分片，分片就没有了", "the whole would take the place of the shard, which would be gone"),
        remedy: ("换一个 --out", "choose another --out"),
    }
    E738 {
        title: ("{what}：{why}", "{what}: {why}"),
        cause: ("情景发现只能用扫描留下的点和指标", "a discovery can only use the points and measures a sweep kept"),
        remedy: ("用 --keep 留下所要的指标重扫一遍，或去掉 --from 另取点", "sweep again with --keep and the measure, or leave --from out to draw new points"),
    }
}
