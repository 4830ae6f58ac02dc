using System.Text.Json;
using GridVolunteer.Coordination.Entities;
using GridVolunteer.Coordination.Shards;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;
using GridVolunteer.Protocol.Packing;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Coordination.Tests.Shards;

/// <summary>
/// What must hold whatever happens, from what volunteers saw and said alone: no unit lost, none accepted
/// twice, counters that add up, no two replicas on one volunteer, canonical results that enough volunteers
/// agree on, a state that a replay gives again byte for byte, and one end.
/// </summary>
internal sealed class ShardChecks(ShardRig rig)
{
    // Copies that a volunteer was granted and that nobody has heard of, by grant.
    private readonly Dictionary<int, Dictionary<long, HashSet<long>>> _outstanding = [];
    private readonly Dictionary<long, ShardGrant> _grants = [];
    private readonly Dictionary<long, Dictionary<int, string>> _results = [];
    private readonly Dictionary<long, List<int>> _failures = [];
    private Dictionary<long, string> _canonical = [];
    private long _accepted;

    public long LastSequence { get; private set; }

    public IEnumerable<long> Outstanding(int volunteer) =>
        Of(volunteer).Where(g => g.Value.Count > 0).Select(g => g.Key);

    public void Granted(int volunteer, ShardGrant grant, int unitsMax)
    {
        Assert.Equal(LastSequence + 1, grant.Grant.Sequence);
        LastSequence = grant.Grant.Sequence;
        _grants.Add(LastSequence, grant);
        var units = grant.Runs.SelectMany(ShardRig.Units).ToArray();
        Assert.InRange(units.Length, 1, unitsMax);
        Assert.Equal(units.Distinct().Order(), units);
        foreach (var unit in units)
        {
            Assert.False(_canonical.ContainsKey(unit), $"unit {unit} is valid already");
            Assert.DoesNotContain(Of(volunteer).Values, g => g.Contains(unit));
            Assert.False(
                _results.TryGetValue(unit, out var results) && results.ContainsKey(volunteer),
                $"volunteer {volunteer} has a result of unit {unit} in already");
        }

        Of(volunteer).Add(LastSequence, [.. units]);
    }

    public void GrantedAgain(int volunteer, ShardGrant grant)
    {
        Assert.Contains(grant.Grant.Sequence, Of(volunteer).Keys);
        Assert.Equal(_grants[grant.Grant.Sequence].Runs, grant.Runs);
    }

    public void Reported(int volunteer, GrantReport report, ReportOutcome outcome)
    {
        var units = report.Runs.SelectMany(ShardRig.Units).ToArray();
        Assert.Equal(units.Length, outcome.Accepted + outcome.Ignored);
        _accepted += outcome.Accepted;
        var copies = Of(volunteer)[report.Grant.Sequence];
        var results = new PackedResultsReader(report.Results.Span);
        foreach (var unit in units)
        {
            Assert.True(results.TryRead(out var result));
            copies.Remove(unit);
            if (!_results.TryGetValue(unit, out var known))
            {
                _results.Add(unit, known = []);
            }

            known.TryAdd(volunteer, System.Text.Encoding.UTF8.GetString(result.Bytes));
        }

        foreach (var failure in report.Failures)
        {
            if (!_failures.TryGetValue(failure.Unit, out var known))
            {
                _failures.Add(failure.Unit, known = []);
            }

            if (copies.Remove(failure.Unit))
            {
                known.Add(volunteer);
            }
        }

        copies.ExceptWith(report.Returned.SelectMany(ShardRig.Units));
    }

    public void Reconciled(int volunteer, long[] held, long[] dropped, ReconcileAnswer answer)
    {
        Assert.Empty(answer.Void.Except(held));
        foreach (var sequence in dropped.Concat(answer.Void))
        {
            Of(volunteer).GetValueOrDefault(sequence)?.Clear();
        }

        Assert.All(answer.Others, o => Assert.Contains(o, Of(volunteer).Keys));
        Assert.Empty(answer.Others.Intersect(held.Concat(dropped)));
    }

    public void AfterStep(bool isThorough)
    {
        var s = rig.Status;
        Assert.Equal(s.UnitCount, s.Fresh + s.Running + s.Returned + s.Pending + s.Validated + s.Failed);
        Assert.All(new[] { s.Fresh, s.Running, s.Returned, s.Pending, s.Validated, s.Failed }, n => Assert.True(n >= 0));
        Assert.InRange(s.Reassigned, 0, s.Validated);
        Assert.Equal(s.Validated + s.Failed == s.UnitCount, s.IsClosed);
        Assert.True(
            rig.Plan.Quorum > 1 || _accepted == s.Validated, $"{_accepted} accepted, {s.Validated} valid");
        if (isThorough)
        {
            CheckCanonical(s.Validated);
            CheckReplay();
        }
    }

    public void AtEnd()
    {
        var s = rig.Status;
        Assert.Equal((s.UnitCount, 0L), (s.Validated + s.Failed, s.CopiesWanted));
        var summary =
            Assert.Single(rig.Notices.OfType<ShardClosedNotice>().DistinctBy(n => n.Summary)).Summary;
        Assert.Equal(
            (s.Validated, s.Failed, s.Reassigned), (summary.Validated, summary.Failed, summary.Reassigned));
        Assert.Single(rig.Journal, r => r[0] == 7);
        CheckFailed(s.Failed);
        Assert.Equal(_canonical.Keys.Order(), Units("validated"));
        Assert.Equal(s.Reassigned, Units("reassigned").Count());
        Assert.Equal(rig.Plan.IsLastLevel && s.Validated == 1, summary.Output is not null);
    }

    private IEnumerable<long> Units(string kind) =>
        rig.Events.Where(e => e.Kind == kind).SelectMany(e => e.Runs).SelectMany(ShardRig.Units).Order();

    private void CheckFailed(int count)
    {
        var all = new UnitRun(rig.Plan.Shard.FirstUnit, rig.Plan.UnitCount);
        var failed = rig.Do(t => rig.Shard.Failed(all, t)).SelectMany(ShardRig.Units).ToArray();
        Assert.Equal(count, failed.Length);
        foreach (var unit in failed)
        {
            var failures = _failures.GetValueOrDefault(unit) ?? [];
            var tried =
                failures.Concat(_results.GetValueOrDefault(unit)?.Keys.ToList() ?? []).Distinct().Count();
            Assert.True(
                failures.Distinct().Count() >= rig.Plan.FailuresMax
                || failures.Count >= RetryRules.AttemptsMax
                || tried >= RetryRules.VolunteersMax(rig.Plan),
                $"unit {unit} failed for good too early");
            Assert.False(_canonical.ContainsKey(unit));
            Assert.Contains(rig.Do(rig.Shard.Failures), f => f.Unit == unit && f.Final);
        }
    }

    private void CheckCanonical(int validated)
    {
        var canonical = rig.Canonical();
        Assert.Equal(validated, canonical.Count);
        Assert.All(_canonical, before => Assert.Equal(before.Value, canonical[before.Key]));
        _canonical = canonical;
        foreach (var (unit, result) in canonical)
        {
            Assert.Contains(result, _results[unit].Values);
            var agreeing = _results[unit].Values.Count(r => Agree(r, result));
            Assert.True(agreeing >= rig.Plan.Quorum, $"unit {unit}: {agreeing} volunteers agree with what is canonical");
        }
    }

    private bool Agree(string a, string b) =>
        rig.Plan is { Quorum: > 1, Agreement.Kind: AgreementKind.Numeric }
        ? Math.Abs(Value(a) - Value(b)) <= rig.Plan.Agreement.AbsoluteTolerance
        : a == b;

    private static double Value(string result) =>
        JsonDocument.Parse(result).RootElement.GetProperty("value").GetDouble();

    private void CheckReplay()
    {
        var live = rig.Snapshot();
        Assert.Equal(live, ShardRig.Snapshot(rig.Replay()));
        Assert.Equal(live, ShardRig.Snapshot(rig.Replay(live, rig.Journal.Count)));
    }

    private Dictionary<long, HashSet<long>> Of(int volunteer) =>
        _outstanding.TryGetValue(volunteer, out var grants) ? grants : _outstanding[volunteer] = [];
}
