//! A scenario in words: sentences checked against the scenario as it is written, not against the program.

use fencheng::base::lang::Lang;
use fencheng::check::check;
use fencheng::load::{Request, load, variants};
use fencheng::scenario::Scenario;
use fencheng::speak::{Paragraph, diff, read, text};

fn scenario(variant: Option<&str>, set: &[&str]) -> Scenario {
    let set = set.iter().map(|s| (*s).to_owned()).collect();
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/mengyang");
    let loaded = load(&Request { scenario: folder, variants: fencheng::load::stack(variant), set });
    let (scenario, problems) = check("mengyang", &loaded);
    scenario.unwrap_or_else(|| panic!("{:?}", problems.iter().map(|p| p.code).collect::<Vec<_>>()))
}

fn says(paragraphs: &[Paragraph], sentence: &str) {
    let all: Vec<&String> = paragraphs.iter().flat_map(|p| &p.sentences).collect();
    assert!(all.iter().any(|s| *s == sentence), "not said: {sentence}\n{all:#?}");
}

#[test]
fn the_baseline_is_read_aloud_in_chinese() {
    let said = read(&scenario(None, &[]), Lang::Zh);
    for sentence in [
        "测算2012年至2030年，共19年；各项收入的基期是2012年。",
        "只有一个镇：濛阳镇（彭州市，重点镇，73,024人）。",
        "国内增值税：2012年2,600万元，每年增10%（按花源镇2011年收入结构类推，D级；假定，D级）。",
        // 1 − 75% = 25%, of which the province takes 35%: 16.25% is left; from May 2016 half of it all, so 32.5%.
        "国内增值税：中央75%，省得余额的35%，市不分，县镇留成16.25%；2016年5月1日起中央50%，省得余额的35%，市不分，县镇留成32.5%（国发〔1993〕85号，A级；川府发〔2000〕4号及后续文件，C级；假定，D级；国发〔2016〕26号、国发〔2019〕21号，B级）。",
        // 3,900 − 2,750 = 1,150.
        "各项税收和非税收入（共15项）按核定收支办法：核定收入3,900万元、支出2,750万元，定额上解1,150万元；超收部分镇得40%；短收县里不补（假定，D级）。",
        "国有土地使用权出让收入按比例分成：镇得30%（假定，D级）。",
        "合同价款当年70%、次年30%到账。",
        "镇级部分按进度：2012年3,600万元、2013年5,760万元、2014年7,920万元、2015年7,920万元、2016年6,120万元、2017年4,680万元。",
        "没有写期初结余，按零起步。",
    ] {
        says(&said, sentence);
    }
    let business_tax = said.iter().flat_map(|p| &p.sentences).find(|s| s.starts_with("营业税：2012年"));
    assert!(business_tax.is_some_and(|s| s.contains("自2016年5月1日起停征，税基按85%并入国内增值税")), "{business_tax:?}");
}

#[test]
fn the_baseline_is_read_aloud_in_english() {
    let said = read(&scenario(None, &[]), Lang::En);
    for sentence in [
        "The projection runs from 2012 to 2030, 19 years; revenue starts from the amounts of 2012.",
        "Corporate income tax and individual income tax: the centre 60%, the province 35% of the remainder, the city nothing, leaving county and town 26% of gross (国发〔2003〕26号, grade A; 川府发〔2000〕4号及后续文件, grade C; assumption, grade D).",
        "All tax and non-tax revenue (15 sources): under a contract, with approved revenue of 39.00 million yuan and approved spending of 27.50 million yuan; the town remits a fixed 11.50 million yuan; of the excess over approved revenue the town gets 40%; the county does not make up a shortfall (assumption, grade D).",
        "Farmland development money: 3,000 yuan per mu, held by the county (assumption, grade D).",
        "Opening balance: 20.00 million yuan (assumption, grade D).",
    ] {
        says(&said, sentence);
    }
}

#[test]
fn no_word_of_the_file_format_is_spoken() {
    let variants = variants(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/mengyang"));
    assert!(!variants.is_empty());
    for variant in std::iter::once(None).chain(variants.iter().map(|v| Some(v.as_str()))) {
        let scenario = scenario(variant, &[]);
        for lang in [Lang::Zh, Lang::En] {
            let said = text(&read(&scenario, lang));
            assert!(!said.contains('_') && !said.contains("…") && !said.contains("  （"), "{variant:?}: {said}");
            // Chinese sentences hold no English word at all, except in the grades.
            let words = said.split(|c: char| !c.is_ascii_alphabetic()).filter(|w| w.len() > 1).count();
            assert!(lang == Lang::En || words == 0, "{variant:?}: {said}");
        }
    }
}

#[test]
fn the_reform_is_told_as_a_change_of_agreement() {
    let (old, new) = (scenario(None, &[]), scenario(Some("pilot-reform"), &[]));
    let said = diff(&old, &new, Lang::Zh);
    assert_eq!(said[0], "濛阳镇2013年起由普通镇体制改为试点镇体制。");
    assert_eq!(said[1], "新增体制——试点镇体制：濛阳镇2013年至2030年执行（湖南编制网2017-07-30，A级）。");
    assert_eq!(said[2], "试点镇体制·各项税收和非税收入（共15项）按比例分成：镇得80%（假定，D级）。");
    assert!(said[3].starts_with("试点镇体制·国有土地使用权出让收入按比例分成：镇得100%；土地各项计提也由镇管理"), "{}", said[3]);
    assert!(said[5].starts_with("新增：下放事权（运转）：每镇2012年零，2013年150万元，每次以后每年增7%；由镇支付"), "{}", said[5]);
    assert_eq!(said.len(), 6);
    assert_eq!(diff(&old, &new, Lang::En)[0], "From 2013 on 濛阳镇 is under the pilot-town agreement instead of the ordinary-town agreement.");
    // The way back takes it all away again.
    let back = diff(&new, &old, Lang::Zh);
    assert_eq!(back[0], "濛阳镇2013年起由试点镇体制改为普通镇体制。");
    assert_eq!(back.iter().filter(|s| s.starts_with("取消：")).count(), 5, "{back:#?}");
}

#[test]
fn a_changed_value_is_told_by_its_name() {
    let old = scenario(None, &[]);
    assert_eq!(diff(&old, &scenario(None, &[]), Lang::Zh), Vec::<String>::new());
    let told = |set: &str| diff(&old, &scenario(None, &[set]), Lang::Zh);
    assert_eq!(told("agreement.ordinary.tax.excess_share=60%"), ["普通镇体制·各项税收和非税收入（共15项）·超收部分镇级比例 s：由40%改为60%（--set，D级）。"]);
    assert_eq!(told("source.vat.grows_by=8%"), ["国内增值税·每年增长率：由10%改为8%（--set，D级）。"]);
    assert_eq!(told("agreement.ordinary.land.share@2018=60%"), ["普通镇体制·国有土地使用权出让收入·镇级分成比例：由30%改为1950年起30%、2018年起60%（假定，D级；--set，D级）。"]);
    // What is no value of its own shows in the sentence.
    let loss = told("source.land.loss=town");
    assert!(matches!(&loss[..], [one] if one.contains("由县负担") && one.contains("现为") && one.contains("由镇负担")), "{loss:?}");
}
