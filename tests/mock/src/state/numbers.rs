//! The account's phone numbers, their settings, and bulk updates of these settings.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::message::ORGANIZATION;
use crate::api::{Inputs, Problem, Problems, Refusal, code, shown, wrong};
use crate::moment::Moment;
use crate::random::Random;
use crate::records::{Record, Records};
use crate::senders::is_e164;
use crate::settings::Settings;

/// What a sender belongs to that belongs to no other profile.
pub(super) const DEFAULT_PROFILE: &str = "a4b0c9d8-1e2f-4a3b-8c5d-6e7f80912a3b";

/// The sender of the first profile without numbers. Each further one has the next number that is free.
const FIRST_POOL_NUMBER: u64 = 13_125_550_100;

#[derive(Debug)]
struct Number {
    id: String,
    phone_number: String,
    is_mobile: bool,
    profile: Option<String>,
    /// When somebody gave it this profile, or took it off.
    assigned_at: Option<Moment>,
    product: String,
    tags: Vec<String>,
    created_at: Moment,
    updated_at: Moment,
}

/// A bulk update.
#[derive(Debug)]
struct Order {
    id: String,
    numbers: Vec<String>,
    profile: String,
    is_done: bool,
    /// Those of the numbers that could not be updated.
    failed: Vec<String>,
}

/// The numbers and the orders to update them.
#[derive(Debug)]
pub(super) struct Numbers {
    numbers: Records<Number>,
    orders: Records<Order>,
}

impl Numbers {
    pub(super) fn new(settings: &Settings, random: &mut Random, now: Moment) -> Self {
        let mut numbers = Self {
            numbers: Records::new(settings.records),
            orders: Records::new(settings.records),
        };
        let mobile = settings
            .mobile_phone_numbers
            .iter()
            .map(|number| (number, true));
        let others = settings.phone_numbers.iter().map(|number| (number, false));
        for (number, is_mobile) in others.chain(mobile) {
            numbers.add(number, is_mobile, DEFAULT_PROFILE, random, now);
        }
        numbers.numbers.keep();
        numbers
    }

    /// The messaging profile that a sender belongs to. One without a profile, or that is not known, belongs to the default one.
    pub(super) fn profile_of(&self, sender: &str) -> String {
        let known = self.number(sender);
        let profile = known.and_then(|number| number.profile.as_deref());
        profile.unwrap_or(DEFAULT_PROFILE).to_owned()
    }

    /// Whether somebody has given the number its profile after this moment.
    pub(super) fn was_assigned_after(&self, number: &str, moment: Moment) -> bool {
        let assigned_at = self.number(number).and_then(|number| number.assigned_at);
        assigned_at.is_some_and(|at| at > moment)
    }

    /// Makes a sender a number of the account, with this profile, if it is not one yet. Whether it is a new one.
    pub(super) fn know(
        &mut self,
        sender: &str,
        profile: &str,
        random: &mut Random,
        now: Moment,
    ) -> bool {
        let is_new = self.number(sender).is_none() && sender.starts_with('+');
        if is_new {
            self.add(sender, false, profile, random, now);
        }
        is_new
    }

    fn number(&self, phone_number: &str) -> Option<&Number> {
        let mut numbers = self.numbers.iter();
        numbers.find(|one| one.phone_number == phone_number)
    }

    /// The sender that Telnyx would pick of a profile's numbers.
    pub(super) fn of_pool(&self, profile: &str) -> String {
        let mut numbers = self.numbers.iter();
        let number = numbers.find(|one| one.profile.as_deref() == Some(profile));
        number.map_or_else(|| self.free_number(), |one| one.phone_number.clone())
    }

    fn free_number(&self) -> String {
        let numbers = self.numbers.iter();
        let taken: HashSet<&str> = numbers.map(|one| one.phone_number.as_str()).collect();
        let numbers = FIRST_POOL_NUMBER..;
        let mut free = numbers
            .map(|number| format!("+{number}"))
            .filter(|number| !taken.contains(number.as_str()));
        free.next().unwrap_or_default()
    }

    /// The settings of a number, by its id or the number itself.
    pub(super) fn retrieve(&self, id: &str, is_mobile: bool) -> Result<Value, Refusal> {
        self.find(id, is_mobile).map(Number::to_json)
    }

    fn find(&self, id: &str, is_mobile: bool) -> Result<&Number, Refusal> {
        let mut numbers = self.numbers.iter().filter(|one| one.is_mobile == is_mobile);
        let number = numbers.find(|one| one.id == id || one.phone_number == id);
        number.ok_or_else(|| Refusal::not_found("phone number", id))
    }

    pub(super) fn change(
        &mut self,
        id: &str,
        inputs: &Inputs,
        now: Moment,
    ) -> Result<Value, Refusal> {
        let id = &self.find(id, false)?.id.clone();
        if let Some(profile) = inputs.text("messaging_profile_id") {
            self.set_profile(id, profile, now);
        }
        if let Some(number) = self.numbers.get_mut(id) {
            if let Some(product) = inputs.text("messaging_product") {
                number.product = product.to_owned();
            }
            if inputs.body.get("tags").is_some_and(Value::is_array) {
                number.tags = inputs.texts("tags");
            }
            number.updated_at = now;
        }
        let _ = self.numbers.weigh(id);
        self.retrieve(id, false)
    }

    pub(super) fn list(&self, inputs: &Inputs, is_mobile: bool) -> Vec<Value> {
        let wanted = |name: &str| inputs.query.get(name).map(String::as_str);
        let mut numbers: Vec<&Number> = self
            .numbers
            .iter()
            .filter(|one| one.is_mobile == is_mobile)
            .filter(|one| {
                let number = &one.phone_number;
                wanted("filter[messaging_profile_id]")
                    .is_none_or(|id| one.profile.as_deref() == Some(id))
                    && wanted("filter[phone_number]")
                        .is_none_or(|list| list.split(',').any(|wanted| wanted == number))
                    && wanted("filter[phone_number][contains]")
                        .is_none_or(|part| number.contains(part))
                    && wanted("filter[type]").is_none_or(|kind| one.kind() == kind)
            })
            .collect();
        if let Some(order) = wanted("sort[phone_number]") {
            numbers.sort_by(|one, other| one.phone_number.cmp(&other.phone_number));
            if order == "desc" {
                numbers.reverse();
            }
        }
        numbers.into_iter().map(Number::to_json).collect()
    }

    /// Opens an order. Gives its id.
    pub(super) fn order(
        &mut self,
        inputs: &Inputs,
        random: &mut Random,
        now: Moment,
    ) -> Result<String, Refusal> {
        let numbers = inputs.texts("numbers");
        let mut problems = Problems::default();
        for (index, number) in numbers.iter().enumerate() {
            if !is_e164(number) {
                let detail = format!("`{}` is not a phone number in E.164.", shown(number));
                let problem = Problem::new(code::INVALID_PHONE_NUMBER, detail);
                problems.push(problem.at(format!("/numbers/{index}")));
            }
        }
        problems.refuse()?;
        if !self.orders.has_room() {
            return Err(wrong(
                "All bulk updates that the mock keeps are pending; see --records.",
            ));
        }
        for number in &numbers {
            self.know(number, DEFAULT_PROFILE, random, now);
        }
        let order = Order {
            id: random.uuid(),
            numbers,
            profile: inputs
                .text("messaging_profile_id")
                .unwrap_or_default()
                .to_owned(),
            is_done: false,
            failed: Vec::new(),
        };
        let id = order.id.clone();
        let _ = self.orders.push(id.clone(), order);
        Ok(id)
    }

    /// Takes the numbers of a deleted profile off it.
    pub(super) fn release(&mut self, profile: &str, now: Moment) {
        let numbers = self.numbers.iter();
        let of_profile = numbers.filter(|one| one.profile.as_deref() == Some(profile));
        let ids: Vec<String> = of_profile.map(|one| one.id.clone()).collect();
        for id in ids {
            self.set_profile(&id, "", now);
        }
    }

    /// Assigns the phone numbers of an order to its profile, unless the profile was deleted meanwhile.
    pub(super) fn update(
        &mut self,
        order_id: &str,
        is_deleted: impl Fn(&str) -> bool,
        now: Moment,
    ) {
        let Some(order) = self.orders.get_mut(order_id) else {
            return;
        };
        order.is_done = true;
        let (numbers, profile) = (order.numbers.clone(), order.profile.clone());
        let (mut updated, mut failed) = (Vec::new(), Vec::new());
        for number in numbers {
            // A number is not there any more if there were too many others since.
            let id = self.number(&number).map(|one| one.id.clone());
            match id.filter(|_| !is_deleted(&profile)) {
                Some(id) => {
                    self.set_profile(&id, &profile, now);
                    updated.push(number);
                }
                None => failed.push(number),
            }
        }
        if let Some(order) = self.orders.get_mut(order_id) {
            order.numbers = updated;
            order.failed = failed;
        }
    }

    pub(super) fn retrieve_order(&self, id: &str) -> Result<Value, Refusal> {
        let order = self.orders.get(id);
        let order = order.ok_or_else(|| Refusal::not_found("bulk update", id))?;
        let (pending, success) = match order.is_done {
            true => (&[][..], &order.numbers[..]),
            false => (&order.numbers[..], &[][..]),
        };
        Ok(json!({
            "order_id": order.id,
            "record_type": "messaging_numbers_bulk_update",
            "pending": pending,
            "success": success,
            "failed": order.failed,
        }))
    }

    fn add(
        &mut self,
        phone_number: &str,
        is_mobile: bool,
        profile: &str,
        random: &mut Random,
        now: Moment,
    ) {
        // Telnyx's ids of numbers have 19 digits.
        let id = (1_000_000_000_000_000_000 + random.below(1_000_000_000_000_000_000)).to_string();
        let number = Number {
            id: id.clone(),
            phone_number: phone_number.to_owned(),
            is_mobile,
            profile: Some(profile.to_owned()),
            assigned_at: None,
            product: if is_mobile { "P2P" } else { "A2P" }.to_owned(),
            tags: Vec::new(),
            created_at: now,
            updated_at: now,
        };
        // A number is never under way.
        let _ = self.numbers.push(id, number);
    }

    /// An empty id takes the number off its profile.
    fn set_profile(&mut self, id: &str, profile: &str, now: Moment) {
        if let Some(number) = self.numbers.get_mut(id) {
            number.profile = (!profile.is_empty()).then(|| profile.to_owned());
            number.assigned_at = Some(now);
            number.updated_at = now;
        }
        let _ = self.numbers.weigh(id);
    }
}

impl Record for Number {
    fn weight(&self) -> usize {
        let profile = self.profile.as_deref().map_or(0, str::len);
        let tags: usize = self
            .tags
            .iter()
            .map(|tag| size_of::<String>() + tag.len())
            .sum();
        size_of::<Self>() + self.phone_number.len() + profile + tags
    }
}

impl Record for Order {
    fn weight(&self) -> usize {
        let numbers = self.numbers.iter().chain(&self.failed);
        let numbers: usize = numbers
            .map(|number| size_of::<String>() + number.len())
            .sum();
        size_of::<Self>() + self.profile.len() + numbers
    }

    fn is_under_way(&self) -> bool {
        !self.is_done
    }
}

impl Number {
    /// As the filter of a list calls it.
    fn kind(&self) -> &'static str {
        const TOLL_FREE: [&str; 7] = [
            "+1800", "+1833", "+1844", "+1855", "+1866", "+1877", "+1888",
        ];
        let is_toll_free = |number: &str| TOLL_FREE.iter().any(|start| number.starts_with(start));
        match self.phone_number.as_str() {
            number if is_toll_free(number) => "tollfree",
            number if number.len() < 8 => "shortcode",
            _ => "longcode",
        }
    }

    fn to_json(&self) -> Value {
        let features = json!({
            "domestic_two_way": true,
            "international_inbound": true,
            "international_outbound": true,
        });
        json!({
            "id": self.id,
            "record_type": "messaging_settings",
            "phone_number": self.phone_number,
            "country_code": "US",
            "type": if self.is_mobile { "longcode" } else { self.kind() },
            "messaging_profile_id": self.profile,
            "messaging_product": self.product,
            "eligible_messaging_products": ["A2P"],
            "traffic_type": self.product,
            "features": { "sms": features, "mms": null },
            "organization_id": ORGANIZATION,
            "tags": self.tags,
            "created_at": self.created_at.to_string(),
            "updated_at": self.updated_at.to_string(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_of_the_account_are_never_let_go() {
        let own = "+13125550000";
        let settings = Settings {
            records: 1,
            phone_numbers: vec![own.to_owned()],
            ..Settings::default()
        };
        let (mut random, now) = (Random::new(0), Moment::parse("2026-01-31T12:00:00Z"));
        let now = now.expect("a time");
        let mut numbers = Numbers::new(&settings, &mut random, now);
        for sender in ["+13125550001", "+13125550002"] {
            numbers.know(sender, DEFAULT_PROFILE, &mut random, now);
        }
        assert!(numbers.retrieve(own, false).is_ok());
        assert_eq!(numbers.list(&Inputs::default(), false).len(), 2);
    }
}
