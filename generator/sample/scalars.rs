//! Numbers, texts and listed values.

use crate::document::Number;
use crate::model::{Constraints, Enumeration, IntegerFormat, Node, Scalar};
use crate::pattern::Pattern;

use super::draw::{Sampler, bound};
use super::format;

/// Longer texts are not made up.
const MAX_LENGTH: usize = 10_000;

/// How many texts of a pattern are looked at.
const MAX_TEXTS: usize = 64;

impl Sampler<'_> {
    pub(super) fn listed(&self, list: &Enumeration, shown: Option<&Node>) -> Option<Node> {
        if let Some(scalar) = shown.and_then(Scalar::of) {
            let is_listed = list.values.iter().any(|value| value.wire == scalar);
            if is_listed || (list.open && scalar.as_str().is_some_and(|it| self.carrier.holds(it)))
            {
                return shown.cloned();
            }
        }
        let values = list.values.len().max(1);
        let picked = list.values.get(self.turn % values)?;
        Some(match &picked.wire {
            Scalar::Bool(value) => Node::Bool(*value),
            Scalar::Number(number) => Node::Number(*number),
            Scalar::String(text) => Node::String(text.clone()),
        })
    }

    pub(super) fn integer(
        &self,
        constraints: &Constraints,
        format: IntegerFormat,
        shown: Option<&Node>,
    ) -> Option<Node> {
        let range = Range::of(constraints);
        if let Some(Node::Number(number)) = shown
            && format.holds(*number)
            && range.holds(number.as_f64())
        {
            return Some(Node::Number(*number));
        }
        let (least, most) = match format {
            IntegerFormat::I8 => (-128, 127),
            IntegerFormat::I16 => (-32_768, 32_767),
            IntegerFormat::I32 => (i128::from(i32::MIN), i128::from(i32::MAX)),
            IntegerFormat::I64 => (i128::from(i64::MIN), i128::from(i64::MAX)),
            IntegerFormat::U8 => (0, 255),
            IntegerFormat::U16 => (0, 65_535),
            IntegerFormat::U32 => (0, i128::from(u32::MAX)),
            IntegerFormat::U64 => (0, i128::from(u64::MAX)),
        };
        let (low, high) = range.whole();
        let (low, high) = (low.max(least), high.min(most));
        let step = match range.step {
            Some(step) if step.fract() == 0.0 && step >= 1.0 => truncated(step),
            // A tenth of it is a whole number at times: what is whole anyway is tried.
            _ => 1,
        };
        let start = 1_i128.clamp(low, high.max(low));
        let turned = start + i128::try_from(self.turn).ok()? * step;
        let up = |from: i128| from + (step - from.rem_euclid(step)) % step;
        let value = [up(turned), up(start), up(low)]
            .into_iter()
            .find(|value| (low..=high).contains(value));
        let number = Number::from_i128(value?);
        range.holds(number.as_f64()).then_some(Node::Number(number))
    }

    pub(super) fn number(&self, constraints: &Constraints, shown: Option<&Node>) -> Option<Node> {
        let range = Range::of(constraints);
        if let Some(Node::Number(number)) = shown
            && range.holds(number.as_f64())
        {
            return Some(Node::Number(*number));
        }
        #[expect(clippy::cast_precision_loss, reason = "a few turns")]
        let turn = self.turn as f64;
        let step = range.step.filter(|step| *step > 0.0);
        let between = match (range.low, range.high) {
            (Some((low, _)), Some((high, _))) => low + (high - low) / 2.0,
            (Some((low, _)), None) => low + 1.0,
            (None, Some((high, _))) => high - 1.0,
            (None, None) => 1.5,
        };
        let stepped = step.map(|step| (between / step).ceil() * step);
        let candidates = [
            1.5 + turn,
            1.0 + turn,
            stepped.unwrap_or(between),
            step.map_or(between, |step| step * (1.0 + turn)),
            between,
            range.low.map_or(0.0, |(low, _)| low),
            range.high.map_or(0.0, |(high, _)| high),
            0.0,
        ];
        let found = candidates.into_iter().find(|value| range.holds(*value))?;
        let number = if found.fract() == 0.0 && found.abs() < 1e15 {
            Number::from_i128(truncated(found))
        } else {
            Number::Float(found)
        };
        Some(Node::Number(number))
    }

    pub(super) fn text(
        &mut self,
        constraints: &Constraints,
        format: Option<&str>,
        shown: Option<&Node>,
    ) -> Option<Node> {
        if let Some(Node::String(text)) = shown
            && self.carrier.holds(text)
            && self.is_text(constraints, format, text)
        {
            return Some(Node::String(text.clone()));
        }
        let least = bound(constraints.min_length).unwrap_or(0);
        let most = bound(constraints.max_length).unwrap_or(usize::MAX);
        if least > MAX_LENGTH {
            return None;
        }
        let turn = self.turn;
        let mut candidates: Vec<String> = format
            .and_then(|format| format::text(format, turn))
            .into_iter()
            .collect();
        for pattern in &constraints.patterns {
            candidates.extend(self.texts_of(pattern, turn).iter().cloned());
        }
        candidates.push(plain(turn, least, most));
        let found = candidates
            .into_iter()
            .find(|text| self.carrier.holds(text) && self.is_text(constraints, format, text));
        found.map(Node::String)
    }

    fn texts_of(&mut self, pattern: &Pattern, turn: usize) -> &[String] {
        self.texts
            .entry((pattern.clone(), turn))
            .or_insert_with(|| pattern.texts(turn).take(MAX_TEXTS).collect())
    }

    pub(super) fn is_text(
        &mut self,
        constraints: &Constraints,
        format: Option<&str>,
        text: &str,
    ) -> bool {
        let length = text.chars().count();
        bound(constraints.min_length).is_none_or(|least| length >= least)
            && bound(constraints.max_length).is_none_or(|most| length <= most)
            && format.is_none_or(|format| format::holds(format, text))
            && constraints
                .patterns
                .iter()
                .all(|pattern| self.matches(pattern, text))
    }

    pub(super) fn matches(&mut self, pattern: &Pattern, text: &str) -> bool {
        let matcher = self
            .matchers
            .entry(pattern.clone())
            .or_insert_with(|| pattern.matcher());
        matcher(text)
    }
}

/// A text of any characters, as long as it has to be.
fn plain(turn: usize, least: usize, most: usize) -> String {
    let mut text = match turn {
        0 => "text".to_owned(),
        _ => format!("text{turn}"),
    };
    while text.len() < least {
        text.push_str("-text");
    }
    if text.len() > most && turn > 0 {
        text = format!("{turn:0>most$.most$}", most = most.min(6));
    }
    text.truncate(most);
    text
}

/// Where a number may lie.
struct Range {
    /// The least, and whether it is one itself.
    low: Option<(f64, bool)>,
    high: Option<(f64, bool)>,
    step: Option<f64>,
}

impl Range {
    fn of(constraints: &Constraints) -> Self {
        let low = |number: Option<Number>, itself| number.map(|it| (it.as_f64(), itself));
        let lows = [
            low(constraints.minimum, true),
            low(constraints.exclusive_minimum, false),
        ];
        let highs = [
            low(constraints.maximum, true),
            low(constraints.exclusive_maximum, false),
        ];
        Self {
            low: lows
                .into_iter()
                .flatten()
                .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))),
            high: highs
                .into_iter()
                .flatten()
                .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1))),
            step: constraints.multiple_of.map(Number::as_f64),
        }
    }

    fn holds(&self, value: f64) -> bool {
        let above = self
            .low
            .is_none_or(|(low, itself)| value > low || (itself && value >= low));
        let below = self
            .high
            .is_none_or(|(high, itself)| value < high || (itself && value <= high));
        let stepped = self.step.is_none_or(|step| {
            let steps = value / step;
            step <= 0.0 || (steps - steps.round()).abs() < 1e-9
        });
        above && below && stepped && value.is_finite()
    }

    /// The least and greatest whole number in it.
    fn whole(&self) -> (i128, i128) {
        let low = self.low.map_or(i128::from(i64::MIN), |(low, itself)| {
            let up = low.ceil();
            truncated(up) + i128::from(!itself && up <= low)
        });
        let high = self.high.map_or(i128::from(u64::MAX), |(high, itself)| {
            let down = high.floor();
            truncated(down) - i128::from(!itself && down >= high)
        });
        (low, high)
    }
}

#[expect(clippy::cast_possible_truncation, reason = "casts keep to the range")]
fn truncated(value: f64) -> i128 {
    value.clamp(-1e20, 1e20) as i128
}
