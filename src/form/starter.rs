//! A small complete scenario to start from: every part once, each line with a remark.

use crate::base::lang::Lang;

/// The files: path within the folder, and contents.
#[must_use]
pub fn starter(lang: Lang) -> Vec<(String, Vec<u8>)> {
    let texts: [(&str, &str); 4] = match lang {
        Lang::Zh => [
            ("scenario.toml", include_str!("starter/zh.toml")),
            ("variants/reform.toml", include_str!("starter/reform.zh.toml")),
            ("towns.csv", "镇,县,人口,编制,增值税,其他地方税,土地净收益\n城关镇,示例县,42000,80,2400,1800,1500\n河东镇,示例县,18000,45,700,600,400\n"),
            (
                "projects.csv",
                "编号,项目名称,镇,类别,总投资,其中：上级专项,开工年,工期（年）,优先级,可用资金\nP1,场镇道路改造,城关镇,道路,2400,600,2025,2,2,基金、一般预算\nP2,中心小学扩建,河东镇,教育,900,300,2026,2,1,基金、一般预算\n",
            ),
        ],
        Lang::En => [
            ("scenario.toml", include_str!("starter/en.toml")),
            ("variants/reform.toml", include_str!("starter/reform.en.toml")),
            ("towns.csv", "town,county,population,staff,vat,local_taxes,land\nGate Town,Example County,42000,80,2400,1800,1500\nEast River,Example County,18000,45,700,600,400\n"),
            (
                "projects.csv",
                "id,name,town,class,cost,upper,start,years,priority,books\nP1,Main road,Gate Town,roads,2400,600,2025,2,2,fund/general\nP2,Primary school,East River,schools,900,300,2026,2,1,fund/general\n",
            ),
        ],
    };
    let marked = |name: &str, text: &str| if name.ends_with(".csv") { format!("\u{feff}{}", text.replace('\n', "\r\n")) } else { text.to_owned() };
    texts.into_iter().map(|(name, text)| (name.to_owned(), marked(name, text).into_bytes())).collect()
}
