//! Functional classes 功能分类 of spending, and which of them are public services.

use crate::base::lang::Words;
use crate::rules::{
    field::{Field, Kind, optional},
    speak::Speak,
    values::Values,
};

/// What money is spent on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Function {
    /// 教育
    Education,
    /// 卫生健康
    Health,
    /// 社会保障和就业
    SocialSecurity,
    /// 文化旅游体育与传媒
    CultureSport,
    /// 公共安全
    PublicSecurity,
    /// 一般公共服务
    GeneralServices,
    /// 城乡社区
    UrbanRural,
    /// 农林水
    Agriculture,
    /// 交通运输
    Transport,
    /// 节能环保
    Environment,
    /// 其他
    Other,
}

impl Function {
    /// In the order of [`Self::KEYS`].
    pub const ALL: [Self; 11] = [
        Self::Education,
        Self::Health,
        Self::SocialSecurity,
        Self::CultureSport,
        Self::PublicSecurity,
        Self::GeneralServices,
        Self::UrbanRural,
        Self::Agriculture,
        Self::Transport,
        Self::Environment,
        Self::Other,
    ];
    /// The words behind `function =`.
    pub const KEYS: &'static [&'static str] = &[
        "education",
        "health",
        "social_security",
        "culture_sport",
        "public_security",
        "general_services",
        "urban_rural",
        "agriculture",
        "transport",
        "environment",
        "other",
    ];
    const WORDS: [Words; 11] = [
        Words::new("教育", "education"),
        Words::new("卫生健康", "health"),
        Words::new("社会保障和就业", "social security and employment"),
        Words::new("文化旅游体育与传媒", "culture, tourism, sport and media"),
        Words::new("公共安全", "public security"),
        Words::new("一般公共服务", "general public services"),
        Words::new("城乡社区", "urban and rural communities"),
        Words::new("农林水", "agriculture, forestry and water"),
        Words::new("交通运输", "transport"),
        Words::new("节能环保", "environment"),
        Words::new("其他", "other"),
    ];

    /// The word behind `function =`.
    #[must_use]
    pub const fn key(self) -> &'static str {
        Self::KEYS[self as usize]
    }

    /// Its name.
    #[must_use]
    pub const fn words(self) -> Words {
        Self::WORDS[self as usize]
    }

    /// From its word.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|f| f.key() == key)
    }
}

/// Keys of `[public_services]`.
pub const PUBLIC_SERVICES: &[Field] = &[
    optional("functions", Kind::Texts, "哪些功能分类算公共服务", "functions that count as public services"),
    optional("classes", Kind::Texts, "哪些类别的项目算公共服务", "project classes that count as public services"),
];

/// Which spending counts as public services 公共服务.
#[derive(Clone, Debug, Default)]
pub struct PublicServices {
    /// Functions of recurrent lines, as they are written.
    functions: Vec<String>,
    /// Classes of projects.
    pub classes: Vec<String>,
}

impl PublicServices {
    /// Takes the lists.
    pub fn read(values: &mut Values) -> Self {
        Self { functions: values.texts("functions").unwrap_or_default(), classes: values.texts("classes").unwrap_or_default() }
    }

    /// What stands among the functions and is none.
    pub fn unknown(&self) -> impl Iterator<Item = &str> {
        self.functions.iter().map(String::as_str).filter(|f| Function::parse(f).is_none())
    }

    /// Whether a function is one of them.
    #[must_use]
    pub fn has(&self, function: Function) -> bool {
        self.functions.iter().any(|f| f == function.key())
    }

    /// The rule in words.
    #[must_use]
    pub fn sentence(&self, speak: &Speak<'_>) -> String {
        let functions: Vec<&str> = Function::ALL.into_iter().filter(|f| self.has(*f)).map(|f| f.words().get(speak.lang)).collect();
        let recurrent = (!functions.is_empty()).then(|| speak.pick(format!("{}支出", speak.list(&functions)), format!("spending on {}", speak.list(&functions))));
        let projects =
            (!self.classes.is_empty()).then(|| speak.pick(format!("{}类项目", speak.list(&self.classes)), format!("projects of the classes {}", speak.list(&self.classes))));
        let both: Vec<String> = recurrent.into_iter().chain(projects).collect();
        speak.clauses(&both)
    }
}
