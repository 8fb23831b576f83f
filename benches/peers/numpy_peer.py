"""The scenario of the peers in vectorised NumPy: arrays of points x towns, a loop over the years only, one thread.

    numpy_peer.py INPUTS.json [--serve]

Prints one line of JSON: the totals of every point (full evaluation, and shares only), the best batch of points and its median
nanoseconds per town-year. With --serve it then reads `full` or `shares` line by line, runs that once more and prints its time,
so that the repetitions of all peers can take turns.
"""

import os

# Before NumPy is loaded.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"):
    os.environ[name] = "1"

import json
import statistics
import sys
import time

import numpy as np

BATCHES = (1, 2, 4, 8, 16, 32, 64, 128, 256)
TRIALS = 5
FIELDS = ("planned", "paid", "gap", "general", "fund", "guarantees_unpaid")


def rounded(x):
    """floor(x + 1/2) in place; amounts are never negative here."""
    np.add(x, 0.5, out=x)
    return np.floor(x, out=x)


def coefficient(millionths):
    """A ratio as it is multiplied by: a decimal nudged up, so that halves are halves."""
    ratio = np.asarray(millionths, dtype=np.float64) / 1e6
    return np.where(ratio == np.floor(ratio), ratio, ratio * (1.0 + 2.0**-51))


class Inputs:
    def __init__(self, data):
        for name, value in data.items():
            setattr(self, name, np.array(value) if isinstance(value, list) else value)
        self.points = np.array(data["points"], dtype=np.int64)


class Work:
    """Buffers for a batch of points, used again for every batch."""

    def __init__(self, inputs, batch):
        shape = (batch, inputs.lanes)
        self.scaled = np.empty((len(inputs.bases), *shape))
        # One for each step that reads another's result; fewer than this would mean copies.
        self.local, self.gross, self.tax, self.kept, self.high = (np.empty(shape) for _ in range(5))
        self.general, self.fund = np.empty(shape), np.empty(shape)
        self.sums = np.empty((4, *shape))


def taxes(inputs, work, y):
    """Local part of all taxes of a year, into work.local."""
    i, local, gross, tax = inputs, work.local, work.gross, work.tax
    local.fill(0.0)
    for n, base in enumerate(work.scaled):
        np.multiply(base, i.index[y, n], out=gross)
        rounded(gross)
        if n == 0:
            # What is derived from it, before any level takes its share.
            np.multiply(gross, i.umct[0], out=tax)
            np.add(local, rounded(tax), out=local)
            np.multiply(tax, i.umct[1], out=tax)
            np.subtract(local, rounded(tax), out=local)
        for rate in (i.vat_central[y] if n == 0 else i.central[n], i.province[n], i.city[n]):
            if rate > 0.0:
                np.multiply(gross, rate, out=tax)
                np.subtract(gross, rounded(tax), out=gross)
        np.add(local, gross, out=local)
    return local


def tiers(inputs, work, y, x):
    """What is kept of the lower tiers into work.kept, what reaches the top one into work.high."""
    a, b, c = inputs.thresholds[y]
    kept, high = work.kept, work.high
    np.minimum(x, a, out=kept)
    np.multiply(kept, inputs.tiers[0], out=kept)
    rounded(kept)
    for low, up, rate in ((a, b, inputs.tiers[1]), (b, c, inputs.tiers[2])):
        np.minimum(x, up, out=high)
        np.subtract(high, low, out=high)
        np.maximum(high, 0.0, out=high)
        np.multiply(high, rate, out=high)
        np.add(kept, rounded(high), out=kept)
    np.subtract(x, c, out=high)
    np.maximum(high, 0.0, out=high)
    return kept, high


def pool(inputs, y, kept, out):
    """Every town's share of its county's pool."""
    np.subtract(inputs.need[y], kept, out=out)
    np.maximum(out, 0.0, out=out)
    np.multiply(out, inputs.coefficient, out=out)
    rounded(out)
    by_county = out.reshape(len(out), -1, inputs.county)
    if (by_county.sum(axis=2) > inputs.pool[y]).any():
        raise SystemExit("a pool is too small: float64 alone cannot share it to the fen")
    return out


def take(wanted, pot, paid):
    """min(wanted, pot), taken out of the pot."""
    np.minimum(wanted, pot, out=paid)
    np.subtract(pot, paid, out=pot)
    return paid


def spend(inputs, work, y, kept, land_share):
    """The year's money. Overwrites kept, high, gross, tax."""
    pooled = pool(inputs, y, kept, work.high)
    np.add(kept, pooled, out=kept)
    work.sums[0] += kept
    work.general += kept
    fund = np.multiply(inputs.land[y], land_share, out=work.high)
    np.add(rounded(fund), inputs.fee_kept[y], out=fund)
    work.sums[1] += fund
    work.fund += fund
    paid, open_ = work.gross, work.tax
    work.sums[3] -= take(inputs.guarantees[y], work.general, paid)
    take(inputs.other[y], work.general, paid)
    work.sums[2] += take(inputs.of_fund[y], work.fund, paid)
    work.sums[2] += take(inputs.of_general[y], work.general, paid)
    work.sums[2] += take(inputs.of_both[y], work.fund, paid)
    np.subtract(inputs.of_both[y], paid, out=open_)
    work.sums[2] += take(open_, work.general, paid)


def start(inputs, work):
    work.general[:] = inputs.general
    work.fund[:] = inputs.fund
    work.sums.fill(0.0)
    work.sums[3] += inputs.guarantees.sum(axis=0)


def totals(inputs, work):
    general, fund, paid, unpaid = work.sums.sum(axis=2)
    planned = np.full_like(paid, inputs.planned)
    return np.stack((planned, paid, planned - paid, general, fund, unpaid), axis=1)


def full(inputs, work, points):
    scale, top, land = coefficient(points).T[:, :, None]
    np.multiply(inputs.bases[:, None, :], scale, out=work.scaled)
    rounded(work.scaled)
    start(inputs, work)
    for y in range(inputs.years):
        kept, high = tiers(inputs, work, y, taxes(inputs, work, y))
        np.multiply(high, top, out=high)
        np.add(kept, rounded(high), out=kept)
        spend(inputs, work, y, kept, land)
    return totals(inputs, work)


def prepare(inputs):
    """All that no share changes: what is kept of the lower tiers, and what reaches the top one."""
    work = Work(inputs, 1)
    work.scaled[:] = inputs.bases[:, None, :]
    both = [tuple(x[0].copy() for x in tiers(inputs, work, y, taxes(inputs, work, y))) for y in range(inputs.years)]
    inputs.kept, inputs.high = (np.array(part) for part in zip(*both))


def shares(inputs, work, points):
    _, top, land = coefficient(points).T[:, :, None]
    start(inputs, work)
    kept = work.kept
    for y in range(inputs.years):
        np.multiply(inputs.high[y], top, out=kept)
        np.add(rounded(kept), inputs.kept[y], out=kept)
        spend(inputs, work, y, kept, land)
    return totals(inputs, work)


def run(inputs, evaluate, batch, work):
    """All points in batches: totals, and nanoseconds per town-year."""
    began = time.perf_counter_ns()
    found = [evaluate(inputs, work, inputs.points[at : at + batch]) for at in range(0, len(inputs.points), batch)]
    spent = time.perf_counter_ns() - began
    return np.concatenate(found), spent / (len(inputs.points) * inputs.towns * inputs.years)


def best(inputs, evaluate):
    """The fastest of the batch sizes that divide the points: its size, median time, totals."""
    trials = []
    for batch in (b for b in BATCHES if len(inputs.points) % b == 0):
        work = Work(inputs, batch)
        found = [run(inputs, evaluate, batch, work) for _ in range(TRIALS)]
        trials.append((statistics.median(ns for _, ns in found), batch, found[0][0]))
    return min(trials, key=lambda trial: trial[0])


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        inputs = Inputs(json.load(file))
    prepare(inputs)
    kinds, answer = {"full": full, "shares": shares}, {"numpy": np.__version__, "fields": FIELDS}
    chosen = {}
    for name, evaluate in kinds.items():
        ns, batch, found = best(inputs, evaluate)
        answer[name] = {"ns": ns, "batch": batch, "totals": found.astype(np.int64).tolist()}
        chosen[name] = (evaluate, batch, Work(inputs, batch))
    print(json.dumps(answer), flush=True)
    if "--serve" in sys.argv:
        for line in sys.stdin:
            print(run(inputs, *chosen[line.strip()])[1], flush=True)


if __name__ == "__main__":
    main()
