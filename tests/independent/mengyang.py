#!/usr/bin/env python3
"""An independent calculation of the Mengyang scenario 濛阳镇方案的独立计算.

This program was written from docs/model.md and the scenario files alone. It shares no code with the crate and is the
"paper" against which the tests compare. It reads scenarios/rules/*.toml and scenarios/mengyang, computes one town year
by year in whole fen (Python integers and fractions; growth indices in doubles, as docs/model.md section 1 asks) and
prints one line per year and item:

    variant,year,item,amount        amounts in fen 分

    python3 mengyang.py                        baseline to standard output
    python3 mengyang.py pilot-reform           one variant
    python3 mengyang.py --summary all          a table for people, every variant, in 万元
    python3 mengyang.py --write                writes mengyang-<variant>.csv beside this file for the two kept variants

Only the standard library is used (Python 3.11 or later). What it does not understand it refuses; it guesses nothing.

Readings of docs/model.md where the page leaves a choice are marked "Reading:" at the place and listed in README.md.
"""

import argparse
import calendar
import csv
import datetime
import math
import re
import sys
import tomllib
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

HERE = Path(__file__).resolve().parent
SCENARIOS = HERE.parent.parent / "scenarios"
KEPT = ["baseline", "pilot-reform"]  # variants whose results are kept as files

SQUARE_METRES_PER_MU = Fraction(66667, 100)
CLASSES = ["wages", "operation", "livelihood", "debt", "other"]
FUNDING = ["社会投资", "上级专项", "县级", "债券", "土地前期开发", "镇级"]


# ---- 1. Numbers 数 --------------------------------------------------------------------------------------------------

def R(x):
    """Exact 四舍五入, half away from zero, of an int or Fraction."""
    x = Fraction(x)
    whole = math.floor(abs(x) + Fraction(1, 2))
    return whole if x >= 0 else -whole


def R_double(x):
    """四舍五入 of a double, half away from zero."""
    whole = math.floor(abs(x) + 0.5)
    return whole if x >= 0 else -whole


def R_index(amount, index):
    """An amount times an index: floor of the double product plus one half."""
    return math.floor(float(amount) * index + 0.5)


def take(rate, base, left):
    """min(R(base x rate), what is left); a negative base (a refund) by magnitude."""
    wanted = R(base * rate)
    return min(wanted, left) if base >= 0 else max(wanted, left)


def six_decimals(x):
    return Fraction(R(x * 10**6), 10**6)


def factor(growth):
    """A growth factor: decimals, rounded to 9, then the nearest double."""
    exact = Decimal(1) + Decimal(growth.numerator) / Decimal(growth.denominator)
    return float(exact.quantize(Decimal("0.000000001"), ROUND_HALF_UP))


# ---- 2. Written values 值的写法 --------------------------------------------------------------------------------------

UNITS = {"元": 100, "万元": 10**6, "亿元": 10**10}  # in fen
DATE = re.compile(r"\d{4}(-\d\d-\d\d)?$")
ABOUT = {"source", "grade", "verified", "note", "name"}  # words about a value, not part of it


def number(text):
    return Fraction(text.replace(",", "").replace("，", ""))


def ratio(raw):
    if isinstance(raw, str):
        if not raw.endswith("%"):
            raise ValueError(f"not a ratio: {raw!r}")
        return number(raw[:-1]) / 100
    value = Fraction(str(raw))
    if abs(value) > 1:
        raise ValueError(f"{raw!r}: write ratios with a % sign")
    return value


def money(raw, unit="万元"):
    """Whole fen; of a price (万元/亩, 元/平方米), whole fen per unit."""
    if isinstance(raw, str):
        found = re.fullmatch(r"(-?[\d.,，]+)(元|万元|亿元)(/亩|/平方米)?", raw)
        if not found:
            raise ValueError(f"not money: {raw!r}")
        value = number(found[1]) * UNITS[found[2]]
    else:
        value = Fraction(str(raw)) * UNITS[unit]
    if value.denominator != 1:
        raise ValueError(f"{raw!r} is not a whole number of fen")
    return int(value)


def area(raw):
    """Whole hundredths of a mu."""
    if not raw.endswith("亩"):
        raise ValueError(f"not an area: {raw!r}")
    value = number(raw[:-1]) * 100
    if value.denominator != 1:
        raise ValueError(f"{raw!r} is finer than 0.01 亩")
    return int(value)


def unwrap(node):
    """{ value = …, source = … } is the value it holds."""
    return node["value"] if isinstance(node, dict) and "value" in node else node


def is_dated(node):
    return isinstance(node, dict) and any(DATE.match(key) for key in node)


def as_date(key):
    return datetime.date(int(key), 1, 1) if len(key) == 4 else datetime.date.fromisoformat(key)


def dated_entries(node):
    return sorted((as_date(key), unwrap(value)) for key, value in node.items() if DATE.match(key))


def entry_of_year(node, year):
    """(start year or None, raw value) of the entry in force at the end of a year."""
    if not is_dated(node):
        return None, unwrap(node)
    in_force = [entry for entry in dated_entries(node) if entry[0].year <= year]
    if not in_force:
        raise ValueError(f"{year}: asked before the first date of {node!r}")
    return in_force[-1][0].year, in_force[-1][1]


def ratio_of_year(node, year, first_month=1):
    """A ratio of a year; a change within the year weighted over the months first_month..12."""
    if not is_dated(node):
        return ratio(unwrap(node))
    start = datetime.date(year, first_month, 1)
    end = datetime.date(year, 12, 31)
    entries = dated_entries(node)
    before = [entry for entry in entries if entry[0] <= start]
    if not before:
        raise ValueError(f"{year}: asked before the first date of {node!r}")
    spans = [(start, before[-1][1])] + [entry for entry in entries if start < entry[0] <= end]
    if len(spans) == 1:
        return ratio(spans[0][1])
    by_month = all(date.day == 1 for date, _ in spans)
    total, weighted = 0, Fraction(0)
    for position, (date, value) in enumerate(spans):
        if by_month:
            until = spans[position + 1][0].month if position + 1 < len(spans) else 13
            weight = until - date.month
        else:
            until = spans[position + 1][0] if position + 1 < len(spans) else datetime.date(year + 1, 1, 1)
            weight = (until - date).days
        total += weight
        weighted += weight * ratio(value)
    return six_decimals(weighted / total)


# ---- 3. Files and overlays 文件与叠加 --------------------------------------------------------------------------------

def read_toml(path):
    with open(path, "rb") as file:
        return tomllib.load(file)


def read_csv(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def merge(base, over):
    """Tables merge; dated values splice from the overlay's first date on; anything else is replaced."""
    if not isinstance(base, dict) or not isinstance(over, dict):
        return over
    if "value" in base or "value" in over:
        return over
    merged = dict(base)
    if is_dated(base) and is_dated(over):
        first = min(as_date(key) for key in over if DATE.match(key))
        merged = {key: value for key, value in base.items() if not DATE.match(key) or as_date(key) < first}
        return {**merged, **over}
    for key, value in over.items():
        merged[key] = merge(base[key], value) if key in base else value
    return merged


def remove(tree, path):
    *tables, last = path.split(".")
    for key in tables:
        tree = tree[key]
    del tree[last]


def load(variant):
    scenario = read_toml(SCENARIOS / "mengyang" / "scenario.toml")
    tree = {}
    for name in scenario["scenario"]["include"]:
        rules = read_toml(SCENARIOS / "rules" / f"{name}.toml")
        del rules["rules"]
        tree = merge(tree, rules)
    tree = merge(tree, scenario)
    if variant != "baseline":
        over = read_toml(SCENARIOS / "mengyang" / "variants" / f"{variant}.toml")
        for path in over.pop("remove", []):
            remove(tree, path)
        del over["variant"]
        tree = merge(tree, over)
    return tree


# ---- 4. The calculation 计算 ----------------------------------------------------------------------------------------

class Town:
    """One town, one variant. `lines` collects every figure as (year, item, fen)."""

    def __init__(self, variant):
        self.variant = variant
        self.tree = load(variant)
        head = self.tree["scenario"]
        self.unit = head["money_unit"]
        self.base_year = head["base_year"]
        self.years = list(range(head["first_year"], head["last_year"] + 1))
        rows = read_csv(SCENARIOS / "mengyang" / self.tree["towns"]["file"])
        if len(rows) != 1:
            raise ValueError("this calculation covers exactly one town")
        self.row = rows[0]
        self.projects = read_csv(SCENARIOS / "mengyang" / self.tree["projects"]["file"])
        self.check_projects()
        self.lines = []
        self.local = {}  # (source, year) -> local part; for land: shareable
        self.gross = {}

    def check_projects(self):
        expect = self.tree["projects"]["expect"]
        total = 0
        for project in self.projects:
            parts = sum(int(project[f"其中：{name}（万元）"]) for name in FUNDING)
            if parts != int(project["总投资（万元）"]):
                raise ValueError(f"{project['编号']}: the funding does not add up to the total")
            total += parts
        if len(self.projects) != expect["rows"] or total * UNITS["万元"] != money(expect["cost"]):
            raise ValueError("the projects do not add up to the control total")
        if self.tree["projects"]["mode"] != "unconstrained":
            raise ValueError("only mode = \"unconstrained\" is covered")

    def note(self, year, item, amount):
        self.lines.append((year, item, amount))
        return amount

    # -- growth --

    def growth(self, node, year):
        """The growth of one year written on a value: grows_by or grows_with."""
        if "grows_by" in node:
            return ratio(entry_of_year(node["grows_by"], year)[1])
        if "grows_with" in node:
            driver = self.tree["driver"][node["grows_with"]]
            elasticity = Fraction(str(unwrap(node.get("elasticity", 1))))
            return elasticity * ratio(entry_of_year(driver, year)[1])
        return Fraction(0)

    def index(self, node, start, year):
        product = 1.0
        for each in range(start + 1, year + 1):
            product *= factor(self.growth(node, each))
        return product

    def amount(self, node, year):
        """A dated, possibly growing amount or unit cost: one rounding, never chained."""
        start, raw = entry_of_year(node, year)
        if isinstance(raw, dict):
            if set(raw) - ABOUT == {"column"}:
                return money(Fraction(self.row[raw["column"]]), self.unit)
            raise ValueError(f"amount not understood: {raw!r}")
        value = money(raw, self.unit)
        if isinstance(node, dict) and ("grows_by" in node or "grows_with" in node):
            return R_index(value, self.index(node, start, year))
        return value

    # -- driven and derived sources, upper split --

    def components(self, name, year):
        """The parts of a source's gross, each with the first month in which it exists this year."""
        source = self.tree["source"][name]
        if source["kind"] == "driven":
            parts = [(self.driven(source, year), 1)]
            for other in self.tree["source"].values():
                if other.get("becomes") == name:
                    until = unwrap(other["until"])
                    if year >= until.year:
                        whole = self.driven_whole(other, year)
                        kept = self.driven(other, year)
                        first = until.month + 1 if year == until.year else 1
                        parts.append((R((whole - kept) * ratio(unwrap(other["becomes_at"]))), first))
            return parts
        if source["kind"] == "derived":
            base = sum(part for on in source["on"] for part, _ in self.components(on, year))
            return [(R(base * ratio_of_year(source["rate"], year)), 1)]
        raise ValueError(f"{name}: kind {source['kind']} has no components")

    def driven_whole(self, source, year):
        base = money(Fraction(self.row[source["name"]]), self.unit)
        return R_index(base, self.index(source, self.base_year, year))

    def driven(self, source, year):
        whole = self.driven_whole(source, year)
        if "until" not in source:
            return whole
        until = unwrap(source["until"])
        if until.day != calendar.monthrange(until.year, until.month)[1]:
            raise ValueError("only the end of a month is covered")
        if year < until.year:
            return whole
        return R(Fraction(whole * until.month, 12)) if year == until.year else 0

    def split_upper(self, name, year):
        """Central, province and city take in this order; the rest is the local part."""
        taken = {"central": 0, "province": 0, "city": 0}
        gross = local = 0
        for amount, first_month in self.components(name, year):
            left = amount
            for party in taken:
                table = self.tree["upper"][party]
                rate = ratio_of_year(table.get(name, table["other"]), year, first_month)
                part = take(rate, amount if table["of"] == "gross" else left, left)
                taken[party] += part
                left -= part
            gross += amount
            local += left
        self.note(year, f"{name}.gross", gross)
        for party, part in taken.items():
            self.note(year, f"{name}.{party}", part)
        self.note(year, f"{name}.local", local)
        self.gross[name, year] = gross
        self.local[name, year] = local

    # -- land chain --

    def land(self):
        land = self.tree["source"]["land"]
        opening = land["opening"]
        shares = [ratio(raw) for raw in land["instalments"]]
        if len(shares) != 2 or sum(shares) != 1:
            raise ValueError("two instalments are covered")
        per_mu = [name for name, cost in land["cost"].items() if "per_mu" in cost]
        before = {name: money(opening["cost"][name], self.unit) for name in per_mu}
        before["contract"] = money(opening["contracts"], self.unit)
        self.sold = {self.years[0] - 1: {use: area(raw) for use, raw in opening["area"].items()}}
        bank = area(unwrap(land["bank"]))

        def recognised(this_year, last_year):
            return R(shares[0] * this_year) + last_year - R(shares[0] * last_year)

        for year in self.years:
            # What is sold: the plan, the quota for its share of new land, the bank.
            quota = area(entry_of_year(land["quota"], year)[1]) if "quota" in land else None
            sold, new = {}, {}
            for use, terms in land["use"].items():
                wanted = area(entry_of_year(terms["area"], year)[1])
                share = ratio(unwrap(terms["new"]))
                wanted = min(wanted, bank)
                if quota is not None and share > 0:
                    wanted = min(wanted, math.floor(quota / share))
                new[use] = R(wanted * share)
                if quota is not None:
                    quota -= new[use]
                bank -= wanted
                sold[use] = wanted
            self.sold[year] = sold
            now = {"contract": sum(R(Fraction(sold[use] * self.amount(terms["price"], year), 100))
                                   for use, terms in land["use"].items())}
            for name in per_mu:
                unit = self.amount(land["cost"][name]["per_mu"], year)
                now[name] = sum(R(Fraction(sold[use] * unit, 100)) for use in sold)
            self.note(year, "land.contract", now["contract"])
            cash = self.note(year, "land.cash", recognised(now["contract"], before["contract"]))

            # From cash to the base of the set-asides.
            costs = 0
            for name, cost in land["cost"].items():
                if name in per_mu:
                    part = recognised(now[name], before[name])
                else:
                    part = R(ratio_of_year(cost["share"], year) * cash)
                costs += self.note(year, f"land.cost.{name}", part)
            new_area = Fraction(sum(new.values()), 100)
            fee_rate = self.amount(land["new_land_fee"]["rate"], year)
            new_fee = self.note(year, "land.new_land_fee", R(new_area * SQUARE_METRES_PER_MU * fee_rate))
            central = R(new_fee * ratio_of_year(land["new_land_fee"]["central"], year))
            self.note(year, "land.new_land_fee.central", central)
            self.note(year, "land.new_land_fee.local", new_fee - central)
            all_area = Fraction(sum(sold.values()), 100)
            farmland = R(all_area * self.amount(land["farmland_development"]["per_mu"], year))
            self.note(year, "land.farmland_development", farmland)
            left = cash - costs - new_fee - farmland
            base = self.note(year, "land.base", max(0, left))
            self.note(year, "land.loss", max(0, -left))

            # Set-asides in file order, then the agriculture top-up, then dues; each a Take from what is left.
            left = base
            bases = {"net": base, "cash": cash}
            put_aside = {}

            def take_all(kind, left):
                for name, rule in land[kind].items():
                    of = bases.get(rule["of"], left)
                    part = take(ratio_of_year(rule["rate"], year), of, left)
                    left -= self.note(year, f"land.{kind}.{name}", part)
                    put_aside[kind, name] = part
                return left

            left = take_all("setaside", left)
            if "agriculture" in land:
                rule = land["agriculture"]
                target = max(R(base * ratio_of_year(rule["net"], year)), R(cash * ratio_of_year(rule["gross"], year)))
                counted = sum(put_aside["setaside", name] for name in rule["counts"])
                top_up = min(max(0, target - counted), left)
                left -= self.note(year, "land.agriculture", top_up)
            left = take_all("due", left)
            self.note(year, "land.shareable", left)
            self.local["land", year] = left
            self.gross["land", year] = cash
            before = now

    def held(self, year, held_by_town):
        """Set-asides by (earmark, holder, amount). Reading: only set-asides and the agriculture top-up follow
        setasides = "town"; the new-land fee and the farm-land development fund keep their holder."""
        land = self.tree["source"]["land"]
        rules = [(f"land.setaside.{name}", rule) for name, rule in land["setaside"].items()]
        if "agriculture" in land:
            rules.append(("land.agriculture", land["agriculture"]))
        amounts = {item: amount for each, item, amount in self.lines if each == year}
        return [(rule["earmark"], "town" if held_by_town else rule["holder"], amounts[item]) for item, rule in rules]

    # -- infrastructure fee --

    def fee(self):
        fee = self.tree["source"]["fee"]
        uses = self.tree["source"]["land"]["use"]
        built_share = [ratio(raw) for raw in fee["build_out"]]
        if sum(built_share) != 1:
            raise ValueError("build_out must add up to 100 %")
        per_mu = SQUARE_METRES_PER_MU * Fraction(str(fee["plot_ratio"])) * (1 - ratio(unwrap(fee["exempt"])))
        floor = {year: sum(R(Fraction(sold.get(use, 0), 100) * per_mu) for use, terms in uses.items() if terms["builds"])
                 for year, sold in self.sold.items()}
        for year in self.years:
            built = 0
            for lag, share in enumerate(built_share):
                contracted = floor.get(year - lag)
                if contracted is None:
                    if share:
                        raise ValueError("the fee's lag reaches before the opening year")
                elif lag + 1 < len(built_share):
                    built += R(contracted * share)
                else:
                    built += contracted - sum(R(contracted * other) for other in built_share[:-1])
            amount = built * self.amount(fee["rate"], year)
            self.note(year, "fee.gross", amount)
            self.note(year, "fee.local", amount)
            self.gross["fee", year] = self.local["fee", year] = amount

    # -- agreements --

    def applies(self, towns):
        if towns == "all":
            return True
        if isinstance(towns, list):
            return self.row["镇"] in towns
        raise ValueError(f"selection not covered: {towns!r}")

    def agreement_of(self, year):
        fits = []
        for name, agreement in self.tree["agreement"].items():
            if {"until", "term", "successor"} & set(agreement):
                raise ValueError("terms are not covered")
            if self.applies(agreement["towns"]) and agreement["from"] <= year:
                fits.append((agreement["from"], name))
        fits.sort()
        if not fits or (len(fits) > 1 and fits[-1][0] == fits[-2][0]):
            raise ValueError(f"{year}: no agreement, or two that start in the same year")
        return fits[-1][1]

    def basket(self, part):
        names = part["of"] if isinstance(part["of"], list) else [part["of"]]
        out = []
        for name in names:
            out += self.tree["group"].get(name, [name])
        return out

    def local_of(self, part, year):
        """X of a year; before the first year from the written history."""
        if year < self.years[0]:
            return money(part["history"][str(year)], self.unit)
        return sum(self.local[source, year] for source in self.basket(part))

    def base_of(self, agreement, part, year):
        node = unwrap(part["base"])
        if isinstance(node, dict) and "year" in node:
            base = self.local_of(part, node["year"])
        elif isinstance(node, dict) and "mean_of" in node:
            count = node["mean_of"]
            start = year if node.get("rolling") else agreement["from"]
            base = R(Fraction(sum(self.local_of(part, start - back) for back in range(1, count + 1)), count))
        else:
            return self.amount(node, year)
        if {"grows_by", "grows_with"} & (set(part) | set(node)):
            raise ValueError("a growing base is not covered")
        return base

    def share(self, agreement, part, year):
        """(S before options, over-base share) of a sharing part."""
        form = part["form"]
        X = self.local_of(part, year)
        if form == "full":
            return X, None
        if form == "none":
            return 0, None
        if form == "ratio":
            rate = ratio_of_year(part["share"], year)
            if part.get("share_of") == "gross":
                return take(rate, sum(self.gross[source, year] for source in self.basket(part)), X), None
            return R(X * rate), None
        if form == "base_and_increment":
            b = self.base_of(agreement, part, year)
            below, above = (ratio_of_year(part[key], year) for key in ("below_base", "above_base"))
            self.note(year, "agreement.base", b)
            if X >= b:
                return R(below * b) + R(above * (X - b)), R(above * (X - b))
            if part["shortfall"] == "shared":
                return R(below * X), 0
            if part["shortfall"] == "county":
                return R(below * b), 0
            short = R(below * b) - (b - X)
            return (max(0, short) if X >= 0 else short), 0
        if form == "contract":
            R0 = self.amount(part["revenue_base"], year)
            s, p = (ratio_of_year(part[key], year) for key in ("excess_share", "shortfall_share"))
            S = X - R((1 - s) * max(0, X - R0)) + R(p * max(0, R0 - X))
            return S, R(s * max(0, X - R0))
        if form == "tiers":
            b = self.base_of(agreement, part, year) if "base" in part else None
            rungs = []
            for position, rung in enumerate(part["tier"].values()):
                if "above_base" in rung:
                    # Reading: a threshold "10 % above the base" is R(base x 1.1).
                    threshold = R(b * (1 + ratio(unwrap(rung["above_base"]))))
                else:
                    threshold = money(unwrap(rung["above"]), self.unit) if position else 0
                rungs.append((threshold, ratio_of_year(rung["share"], year)))
            if part.get("whole_amount"):
                return R(X * [r for threshold, r in rungs if X > threshold or threshold == 0][-1]), None
            if X < 0:
                return R(X * rungs[0][1]), None
            total = 0
            for position, (threshold, rate) in enumerate(rungs):
                upper = min(X, rungs[position + 1][0]) if position + 1 < len(rungs) else X
                total += R(rate * max(0, upper - threshold))
            return total, None
        raise ValueError(f"form {form} is not covered")

    def settle(self, year):
        """All parts of the agreement in force: what the town is entitled to by book, the county's receipts."""
        name = self.agreement_of(year)
        agreement = self.tree["agreement"][name]
        parts = {key: part for key, part in agreement.items() if isinstance(part, dict)}
        for part in parts.values():
            unknown = {"floor", "cap", "guarantee", "advance", "opening_receivable"} & set(part)
            if unknown:
                raise ValueError(f"options not covered: {unknown}")
        sharing = {key: part for key, part in parts.items() if part["form"] not in ("quota", "quota_up", "levy")}
        sources = [source for part in sharing.values() for source in self.basket(part)]
        if sorted(sources) != sorted(self.tree["source"]):
            raise ValueError(f"{name}: every source must be in exactly one sharing part")

        entitled, over, town_keeps_setasides = {}, {}, False
        result = {"general": 0, "fund": 0, "county": 0, "earmarked": {}}
        for key, part in sharing.items():
            X = self.local_of(part, year)
            S, over[key] = self.share(agreement, part, year)
            K = min(S, X) if X >= 0 else S
            payment = S - K if X >= 0 else 0
            self.note(year, f"agreement.{key}.local", X)
            self.note(year, f"agreement.{key}.town", S)
            self.note(year, f"agreement.{key}.county", X - K)
            self.note(year, f"agreement.{key}.payment", payment)
            self.attribute(year, self.basket(part), X, K)
            result["county"] += X - K - payment
            entitled[key] = S
            if unwrap(part.get("setasides")) == "town":
                town_keeps_setasides = True

        # Remittances: a contract's own quota first, then the remitting parts in file order.
        remitted = dict.fromkeys(sharing, 0)
        for key, part in sharing.items():
            if part["form"] == "contract":
                R0, E0 = self.amount(part["revenue_base"], year), self.amount(part["spending_base"], year)
                subsidy = self.note(year, f"agreement.{key}.subsidy", max(0, E0 - R0))
                result["general"] += subsidy
                result["county"] -= subsidy
                result["county"] += self.remit(year, key, max(0, R0 - E0), entitled, remitted, key)
        for key, part in parts.items():
            if key in sharing:
                continue
            kind, target = part["of"].split(".")
            if part["form"] == "quota":
                if "subsidy" in part:
                    subsidy = self.note(year, f"agreement.{key}.subsidy", self.amount(part["subsidy"], year))
                    result["general"] += subsidy
                    result["county"] -= subsidy
                else:
                    due = self.amount(part["remit"], year)
                    result["county"] += self.remit(year, key, due, entitled, remitted, target)
            elif part["form"] == "quota_up":
                due = self.rising_quota(agreement, key, part, sharing[target], year)
                result["county"] += self.remit(year, key, due, entitled, remitted, target)
            elif part["form"] == "levy":
                Y = over[target] if kind == "over" else entitled[target]
                excess = max(0, Y - self.amount(part["above"], year))
                levy = min(R(excess * ratio_of_year(part["rate"], year)), max(0, entitled[target] - remitted[target]))
                self.note(year, f"agreement.{key}.paid", levy)
                remitted[target] += levy
                result["county"] += levy
                if "rest_earmark" in part:
                    rest = self.note(year, f"agreement.{key}.earmarked", excess - levy)
                    remitted[target] += rest
                    result["earmarked"][part["rest_earmark"]] = rest
        for key, part in sharing.items():
            net = self.note(year, f"agreement.{key}.net", entitled[key] - remitted[key])
            books = {self.book(source, year) for source in self.basket(part)}
            if len(books) != 1:
                raise ValueError(f"{key}: a basket of one book only is covered")
            result[books.pop()] += net

        for earmark, holder, amount in self.held(year, town_keeps_setasides):
            if holder == "town":
                result["earmarked"][earmark] = result["earmarked"].get(earmark, 0) + amount
            elif holder == "county":
                result["county"] += amount
        return result

    def book(self, source, year):
        return entry_of_year(self.tree["source"][source]["book"], year)[1]

    def attribute(self, year, basket, X, K):
        """The town's kept part by source, in doubles; the last source gets the rest."""
        given = 0
        for position, source in enumerate(basket):
            if X == 0:
                part = 0
            elif position + 1 < len(basket):
                part = R_double(float(self.local[source, year]) * float(K) / float(X))
            else:
                part = K - given
            given += part
            self.note(year, f"{source}.town", part)

    def remit(self, year, key, due, entitled, remitted, target):
        due += self.arrears.get(key, 0)
        paid = min(due, max(0, entitled[target] - remitted[target]))
        remitted[target] += paid
        self.arrears[key] = due - paid
        self.note(year, f"agreement.{key}.due", due)
        self.note(year, f"agreement.{key}.paid", paid)
        self.note(year, f"agreement.{key}.arrears", due - paid)
        return paid

    def rising_quota(self, agreement, key, part, target, year):
        first = self.amount(part["quota"], year)
        if key not in self.quota_before:
            quota = first
        elif part["grows_with"] == "own_revenue":
            quota = self.quota_before[key]
            last = self.local_of(target, year - 1)
            if last > 0:
                quota = R_double(float(quota) * float(self.local_of(target, year)) / float(last))
        else:
            quota = R_index(self.quota_before[key], factor(self.growth(part, year)))
        if part.get("never_below_base"):
            quota = max(first, quota)
        self.quota_before[key] = quota
        return quota

    # -- spending and projects --

    def recurrent(self, year, finished):
        """Recurrent lines the town pays: (class, name, amount)."""
        out = []
        for name, line in self.tree["spending"].items():
            if line.get("paid_by", "town") != "town" or not self.applies(line.get("towns", "all")):
                continue
            if "per" in line:
                column = {"staff": "编制", "population": "人口"}.get(line["per"], line["per"])
                amount = R(Fraction(self.row[column]) * self.amount(line["cost"], year))
            else:
                amount = self.amount(line["amount"], year)
            out.append((line["class"], name, self.note(year, f"spending.{name}", amount)))
        # Reading: upkeep is a line of class "other", its base the project's whole investment.
        upkeep = sum(R(money(Fraction(project["总投资（万元）"])) * ratio(project["管护费率"]))
                     for project, finish in finished if finish < year)
        out.append(("other", "upkeep", self.note(year, "spending.upkeep", upkeep)))
        return sorted(out, key=lambda line: CLASSES.index(line[0]))

    def schedule(self, project):
        cost = money(Fraction(project["其中：镇级（万元）"]))
        years = int(project["工期（年）"])
        if project["进度"]:
            shares = [ratio(raw) for raw in project["进度"].split("/")]
        else:
            shares = [six_decimals(Fraction(1, years))] * years
        if len(shares) != years:
            raise ValueError(f"{project['编号']}: the profile does not fit the duration")
        amounts = [R(cost * share) for share in shares[:-1]]
        amounts.append(cost - sum(amounts))
        return {int(project["开工年"]) + position: amount for position, amount in enumerate(amounts)}

    def pay_projects(self, year, plans, purse, earmarks):
        """The three passes; purse holds general and fund money, earmarks the special money."""
        order = sorted(range(len(self.projects)), key=lambda position: (int(self.projects[position]["优先级"]), position))
        due = {position: plans[position].get(year, 0) for position in order}
        paid = {"earmark": 0, "general": 0, "fund": 0}

        def pay(position, money_left, kind):
            part = min(due[position], max(0, money_left))
            due[position] -= part
            paid[kind] += part
            return part

        for name in earmarks:  # Reading: earmark by earmark, in the order in which the rules declare them
            for position in order:
                if self.projects[position]["类别"] in self.tree["earmark"][name]["classes"]:
                    earmarks[name] -= pay(position, earmarks[name], "earmark")
        books = {"一般预算": ["general"], "基金": ["fund"], "基金、一般预算": ["fund", "general"]}
        for width in (1, 2):
            for position in order:
                eligible = books[self.projects[position]["可用资金"]]
                if len(eligible) == width:
                    for book in eligible:
                        purse[book] -= pay(position, purse[book], book)
        return paid, sum(due.values())

    # -- the years --

    def run(self):
        self.arrears, self.quota_before = {}, {}
        for year in self.years:
            for name, source in self.tree["source"].items():
                if source["kind"] in ("driven", "derived"):
                    self.split_upper(name, year)
        self.land()
        self.fee()
        plans = [self.schedule(project) for project in self.projects]
        finished = [(project, max(plan)) for project, plan in zip(self.projects, plans)]
        purse = {"general": 0, "fund": 0}
        earmarks = {name: 0 for name in self.tree["earmark"]}
        account = self.tree["county_account"]
        county_balance = money(unwrap(account["opening_balance"]), self.unit)
        for year in self.years:
            settled = self.settle(year)
            general, fund, county = settled["general"], settled["fund"], settled["county"]
            for name, transfer in self.tree.get("transfer", {}).items():
                if transfer["form"] != "fixed" or "earmark" in transfer or not self.applies(transfer["towns"]):
                    raise ValueError(f"transfer {name} is not covered")
                amount = self.note(year, f"transfer.{name}", self.amount(transfer["amount"], year))
                if transfer["book"] == "general":
                    general += amount
                else:
                    fund += amount
                if transfer["payer"] == "county":
                    county -= amount
            amounts = {item: amount for each, item, amount in self.lines if each == year}
            # Reading: a land loss the county bears lowers its resources.
            if unwrap(self.tree["source"]["land"]["loss"]) == "town":
                fund -= amounts["land.loss"]
            else:
                county -= amounts["land.loss"]
            for item in ("new_land_fee", "farmland_development"):
                if self.tree["source"]["land"][item]["holder"] != "county":
                    raise ValueError(f"{item}: only the county as holder is covered")
            county += amounts["land.new_land_fee.local"] + amounts["land.farmland_development"]

            self.note(year, "retained.general", general)
            self.note(year, "retained.fund", fund)
            self.note(year, "retained", general + fund)
            for name, amount in settled["earmarked"].items():
                earmarks[name] += self.note(year, f"earmark.{name}.received", amount)

            # Recurrent spending from general money, by class.
            purse["general"] += general
            purse["fund"] += fund
            wanted = met = 0
            for _, name, amount in self.recurrent(year, finished):
                part = min(amount, max(0, purse["general"]))
                purse["general"] -= part
                self.note(year, f"spending.{name}.unpaid", amount - part)
                wanted += amount
                met += part
            self.note(year, "recurrent", wanted)
            self.note(year, "recurrent.paid", met)
            self.note(year, "available", purse["general"] + purse["fund"])

            planned = sum(plan.get(year, 0) for plan in plans)
            paid, gap = self.pay_projects(year, plans, purse, earmarks)
            self.note(year, "planned", planned)
            for kind, amount in paid.items():
                self.note(year, f"paid.{kind}", amount)
            self.note(year, "paid", planned - gap)
            self.note(year, "gap", gap)
            self.note(year, "balance.general", purse["general"])
            self.note(year, "balance.fund", purse["fund"])
            for name, amount in earmarks.items():
                self.note(year, f"balance.earmark.{name}", amount)

            # The county's own account.
            own, needs, debt, other = (self.amount(account[key], year) for key in
                                       ("own_revenue", "three_guarantees", "debt_service", "other_spending"))
            self.note(year, "county.from_town", county)
            resources = self.note(year, "county.resources", own + county)
            self.note(year, "county.three_guarantees", needs)
            county_balance += resources - needs - debt - other
            self.note(year, "county.balance", county_balance)
        self.close_the_books()
        return self

    def close_the_books(self):
        """Every source is handed out completely, to the fen."""
        by = {(year, item): amount for year, item, amount in self.lines}
        for year in self.years:
            for name, source in self.tree["source"].items():
                if source["kind"] in ("driven", "derived"):
                    parts = sum(by[year, f"{name}.{party}"] for party in ("central", "province", "city", "local"))
                    assert by[year, f"{name}.gross"] == parts, (year, name)
            out = sum(amount for (each, item), amount in by.items() if each == year and (
                item in ("land.new_land_fee", "land.farmland_development", "land.agriculture", "land.shareable")
                or item.startswith(("land.cost.", "land.setaside.", "land.due."))))
            assert by[year, "land.cash"] + by[year, "land.loss"] == out, year
            agreement = self.tree["agreement"][self.agreement_of(year)]
            for key, part in agreement.items():
                if (year, f"agreement.{key}.local") in by:
                    kept = sum(by[year, f"{source}.town"] for source in self.basket(part))
                    assert by[year, f"agreement.{key}.local"] == kept + by[year, f"agreement.{key}.county"], (year, key)
            assert by[year, "planned"] == by[year, "paid"] + by[year, "gap"], year
            paid = sum(by[year, f"paid.{kind}"] for kind in ("earmark", "general", "fund"))
            assert by[year, "paid"] == paid, year


# ---- 5. Output 输出 -------------------------------------------------------------------------------------------------

def variants():
    return ["baseline"] + sorted(path.stem for path in (SCENARIOS / "mengyang" / "variants").glob("*.toml"))


def write_csv(file, town):
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["variant", "year", "item", "amount"])
    for year, item, amount in sorted(town.lines, key=lambda line: line[0]):
        writer.writerow([town.variant, year, item, amount])


def summary(town):
    by = {(year, item): amount for year, item, amount in town.lines}
    wan = UNITS["万元"]
    columns = ["retained.general", "retained.fund", "recurrent", "available", "planned", "paid", "gap",
               "balance.general", "balance.fund"]
    print(f"\n{town.variant} (万元)")
    print("year " + " ".join(f"{column.replace('retained', 'ret').replace('balance', 'bal'):>11}" for column in columns)
          + "  county cover")
    for year in town.years:
        cover = by[year, "county.resources"] / by[year, "county.three_guarantees"]
        print(year, " ".join(f"{by[year, column] / wan:11,.1f}" for column in columns), f" {cover:.1%}")
    planned = sum(by[year, "planned"] for year in town.years)
    gap = sum(by[year, "gap"] for year in town.years)
    print(f"coverage {1 - gap / planned:.2%}   gap {gap / UNITS['亿元']:.4f} 亿元")


def main():
    parser = argparse.ArgumentParser(description="Independent calculation of the Mengyang scenario")
    parser.add_argument("variant", nargs="?", default="baseline", help="a variant's name, baseline, or all")
    parser.add_argument("--summary", action="store_true", help="a short table in 万元 instead of the CSV")
    parser.add_argument("--write", action="store_true", help="write the kept results beside this file")
    options = parser.parse_args()
    if options.write:
        for variant in KEPT:
            with open(HERE / f"mengyang-{variant}.csv", "w", encoding="utf-8", newline="") as file:
                write_csv(file, Town(variant).run())
        return
    for variant in variants() if options.variant == "all" else [options.variant]:
        town = Town(variant).run()
        if options.summary:
            summary(town)
        else:
            write_csv(sys.stdout, town)


if __name__ == "__main__":
    main()
