//! What can be wrong with a study itself: sentences for the command line.

use super::math::Fault;
use crate::base::lang::Lang;
use crate::diag::{Code, Problems};

/// Why a study cannot be done.
#[derive(Debug)]
pub enum Wrong {
    /// The scenario, or a value laid over it, is wrong.
    Scenario(Box<Problems>),
    /// The study says something that cannot be.
    Said {
        /// Which kind of mistake.
        code: Code,
        /// What it is about: the key or text.
        what: String,
        /// 中文
        zh: String,
        /// English
        en: String,
    },
}

impl Wrong {
    /// A mistake in what is swept, in both languages.
    #[must_use]
    pub fn said(what: &str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::coded(Code::E731, what, zh, en)
    }

    /// A mistake of another kind.
    #[must_use]
    pub fn coded(code: Code, what: &str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Said { code, what: what.to_owned(), zh: zh.into(), en: en.into() }
    }

    /// What the mathematics refuses, about an input.
    #[must_use]
    pub fn of(what: &str, fault: Fault) -> Self {
        let zh = match fault {
            Fault::Empty(_) => "没有可取的值".to_owned(),
            Fault::StepMissesHigh { .. } => "步长走不到最高值".to_owned(),
            Fault::TooMany(_) => "点数太多".to_owned(),
            Fault::NotPositiveDefinite { .. } | Fault::Asymmetric { .. } => "这组相关系数互相矛盾".to_owned(),
            _ => "参数超出允许范围".to_owned(),
        };
        Self::coded(Code::E732, what, zh, fault.to_string())
    }

    /// The code of a study's own mistake and the arguments of its message; `None` for what the scenario's own problems say.
    #[must_use]
    pub fn message(&self, lang: Lang) -> Option<(Code, [(&'static str, String); 2])> {
        match self {
            Self::Scenario(_) => None,
            Self::Said { code, what, zh, en } => Some((*code, [("what", what.clone()), ("why", if lang == Lang::Zh { zh.clone() } else { en.clone() })])),
        }
    }
}

impl From<Problems> for Wrong {
    fn from(problems: Problems) -> Self {
        Self::Scenario(Box::new(problems))
    }
}
