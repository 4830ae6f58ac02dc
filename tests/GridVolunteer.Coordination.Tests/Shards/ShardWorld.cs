using System.Globalization;
using GridVolunteer.Coordination.Shards;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Coordination.Tests.Shards;

/// <summary>Volunteers around a shard: carries a schedule out, and has every answer checked.</summary>
internal sealed class ShardWorld
{
    private const int Healers = 12;
    private const int FirstHealer = 100;

    private readonly ShardSchedule _schedule;
    private readonly Dictionary<int, List<ShardGrant>> _held = [];
    private readonly Dictionary<int, string> _lastRequests = [];
    private readonly List<(int Volunteer, GrantReport Report)> _sent = [];
    private readonly ShardChecks _checks;
    private readonly int _scale;
    private (byte[] Bytes, int Records)? _snapshot;

    public ShardWorld(ShardSchedule schedule)
    {
        _schedule = schedule;
        _scale = Math.Max(1, schedule.Units / 30);
        var agreement = schedule.IsNumeric
            ? new AgreementRule(AgreementKind.Numeric, 0.5)
            : AgreementRule.Exact;
        Rig = new ShardRig(
            schedule.Units, schedule.Quorum, agreement, number: 1, isLastLevel: schedule.Units == 1);
        _checks = new ShardChecks(Rig);
    }

    public ShardRig Rig { get; }

    private long First => Rig.Plan.Shard.FirstUnit;

    /// <summary>Everything of the schedule, then the healing.</summary>
    public void Run()
    {
        for (var i = 0; i < _schedule.Steps.Count; i++)
        {
            Carry(_schedule.Steps[i] with { Amount = _schedule.Steps[i].Amount * _scale });
            _checks.AfterStep(isThorough: i % 7 == 0);
        }

        Heal();
    }

    // From now on everybody behaves: every unit must end. Mostly new volunteers come. With a quorum of one it
    // must end with one of the old ones alone, too, whatever it failed or lost before.
    private void Heal()
    {
        var isLonely = _schedule.Quorum == 1 && _schedule.Steps.Count % 2 == 0;
        for (var other = 0; other < 6; other++)
        {
            Held(other).Clear();
            Rig.Lose(other);
        }

        for (var round = 0; !Rig.Shard.IsClosed; round++)
        {
            Assert.True(round < 60, $"not finished after {round} healing rounds: {Rig.Status}");
            Reconcile(0, isAll: true);
            for (var healer = isLonely ? 0 : FirstHealer; healer < (isLonely ? 1 : FirstHealer + Healers); healer++)
            {
                Lease(healer, 7 * _scale, null);
                while (Held(healer).Count > 0)
                {
                    ReportHeld(healer, 0, 1000, isHonest: true);
                }
            }

            Rig.Pass(30);
            Rig.Tick();
            _checks.AfterStep(isThorough: false);
        }

        _checks.AfterStep(isThorough: true);
        _checks.AtEnd();
    }

    private void Carry(ShardStep step)
    {
        var (kind, volunteer, amount, salt) = step;
        switch (kind)
        {
            case ShardStepKind.Lease:
                Lease(volunteer, amount, null);
                break;
            case ShardStepKind.LeaseUnheard:
                Lease(volunteer, amount, null);
                Held(volunteer).RemoveAll(g => g.Grant.Sequence == _checks.LastSequence);
                break;
            case ShardStepKind.LeaseAgain when _lastRequests.TryGetValue(volunteer, out var request):
                Lease(volunteer, amount, request);
                break;
            case ShardStepKind.Report:
                ReportHeld(volunteer, salt, 1000, isHonest: salt % 5 > 0);
                break;
            case ShardStepKind.ReportPart:
                ReportHeld(volunteer, salt, amount, isHonest: salt % 5 > 0);
                break;
            case ShardStepKind.ReportAgain when _sent.Count > 0:
                var (sender, report) = _sent[salt % _sent.Count];
                Send(sender, report);
                break;
            case ShardStepKind.Fail when Pick(volunteer, salt) is { } grant:
                var unit = grant.Runs[0].Start + (salt % grant.Runs[0].Count);
                Send(volunteer, Failure(grant, unit));
                Shrink(volunteer, grant, new UnitRun(unit, 1));
                break;
            case ShardStepKind.HandBack when Pick(volunteer, salt) is { } grant:
                var back = new UnitRun(grant.Runs[^1].Start, Math.Min(amount, grant.Runs[^1].Count));
                Send(volunteer, new GrantReport { Grant = grant.Grant, Returned = [back] });
                Shrink(volunteer, grant, back);
                break;
            default:
                CarryAround(step);
                break;
        }
    }

    private void CarryAround(ShardStep step)
    {
        var (kind, volunteer, amount, salt) = step;
        switch (kind)
        {
            case ShardStepKind.Crash:
                Held(volunteer).Clear();
                Rig.Lose(volunteer);
                break;
            case ShardStepKind.Silence:
                Rig.Lose(volunteer);
                break;
            case ShardStepKind.Goodbye:
                Rig.Lose(volunteer, LossReason.Goodbye);
                break;
            case ShardStepKind.Reconcile:
                Reconcile(volunteer, isAll: salt % 2 == 0);
                break;
            case ShardStepKind.Pass:
                Rig.Pass(amount / 4.0 / _scale);
                Rig.Tick();
                break;
            case ShardStepKind.PassLong:
                Rig.Pass(75);
                Rig.Tick();
                break;
            case ShardStepKind.Forge:
                Forge(volunteer, salt);
                break;
            case ShardStepKind.Restart:
                Rig.Restart();
                break;
            case ShardStepKind.RestartFromSnapshot:
                RestartFromSnapshot();
                break;
        }
    }

    private void Lease(int volunteer, int unitsMax, string? request)
    {
        var asked = Rig.Request(unitsMax, 0.1, request);
        var before = Rig.Journal.Count;
        var grant =
            Rig.Do(t => Rig.Shard.Exchange(new ShardExchange(ShardRig.Peer(volunteer), [], asked), t)).Grant;
        if (grant is null)
        {
            return;
        }

        if (Rig.Journal.Count > before)
        {
            _checks.Granted(volunteer, grant, unitsMax);
            _lastRequests[volunteer] = asked.RequestId;
            Held(volunteer).Add(grant);
        }
        else
        {
            _checks.GrantedAgain(volunteer, grant);
        }
    }

    private void ReportHeld(int volunteer, int salt, int unitsMax, bool isHonest)
    {
        if (Pick(volunteer, salt) is not { } grant)
        {
            return;
        }

        var runs = new List<UnitRun>();
        foreach (var run in grant.Runs)
        {
            if (unitsMax > 0)
            {
                runs.Add(run with { Count = Math.Min(run.Count, unitsMax) });
                unitsMax -= run.Count;
            }
        }

        var results = runs.SelectMany(ShardRig.Units).Select(
            u => ShardRig.Result(Result(volunteer, u, isHonest)));
        Send(volunteer, new GrantReport { Grant = grant.Grant, Runs = runs, Results = ShardRig.Pack(results) });
        runs.ForEach(r => Shrink(volunteer, grant, r));
    }

    private string Result(int volunteer, long unit, bool isHonest)
    {
        var noise = _schedule.IsNumeric ? volunteer % 7 / 20.0 : 0;
        var value = unit + noise + (isHonest ? 0 : 1000 * (volunteer + 1));
        return string.Create(CultureInfo.InvariantCulture, $"{{\"unit\":{unit},\"value\":{value}}}");
    }

    private void Send(int volunteer, GrantReport report)
    {
        _sent.Add((volunteer, report));
        var outcome = Rig.Report(volunteer, report);
        Assert.Null(outcome.Refusal);
        _checks.Reported(volunteer, report, outcome);
    }

    private void Reconcile(int volunteer, bool isAll)
    {
        var held = Held(volunteer).Select(g => g.Grant.Sequence).ToArray();
        var dropped =
            _checks.Outstanding(volunteer).Except(held).Where((_, i) => isAll || i % 2 == 0).ToArray();
        var answer = Rig.Reconcile(volunteer, held, dropped);
        _checks.Reconciled(volunteer, held, dropped, answer);
        Held(volunteer).RemoveAll(g => answer.Void.Contains(g.Grant.Sequence));
    }

    private void Forge(int volunteer, int salt)
    {
        var before = Rig.Snapshot();
        var isClosed = Rig.Shard.IsClosed;
        var victim = Held((volunteer + 1) % 6).LastOrDefault();
        var report = (salt % 4) switch
        {
            0 when victim is not null => Failure(victim, victim.Runs[0].Start),
            1 => new GrantReport { Grant = new GrantId(Rig.Plan.Shard, 1_000_000), Runs = [new UnitRun(First, 1)] },
            2 when Held(volunteer).LastOrDefault() is { } mine => new GrantReport
            {
                Grant = mine.Grant,
                Runs = mine.Runs,
                Results = new byte[] { 200 },
            },
            _ => new GrantReport { Grant = new GrantId(new ShardId(new JobId(9), 0, 0), 1) },
        };
        var outcome = Rig.Report(volunteer, report);

        // Whose a grant was is forgotten with its last copy; a failure under it then is old news, and not
        // refused.
        Assert.True(outcome.Refusal is not null || isClosed || report.Failures.Count > 0, $"took in a forgery: {outcome}");
        Assert.Equal(0, outcome.Accepted);
        Assert.Equal(before, Rig.Snapshot());
    }

    private void RestartFromSnapshot()
    {
        if (_snapshot is { } snapshot)
        {
            Rig.Shard = Rig.Replay(snapshot.Bytes, snapshot.Records);
            Rig.Do(turn =>
            {
                Rig.Shard.Recovered(turn);
                return 0;
            });
        }

        _snapshot = (Rig.Snapshot(), Rig.Journal.Count);
    }

    private static GrantReport Failure(ShardGrant grant, long unit) => new()
    {
        Grant = grant.Grant,
        Failures = [new UnitFailure(unit, UnitFailureKind.Threw, "broken")],
    };

    private List<ShardGrant> Held(int volunteer) =>
        _held.TryGetValue(volunteer, out var held) ? held : _held[volunteer] = [];

    private ShardGrant? Pick(int volunteer, int salt) =>
        Held(volunteer) is { Count: > 0 } held ? held[salt % held.Count] : null;

    // The volunteer is through with these units.
    private void Shrink(int volunteer, ShardGrant grant, UnitRun done)
    {
        var at = Held(volunteer).FindIndex(g => g.Grant == grant.Grant);
        var rest = new List<UnitRun>();
        foreach (var run in Held(volunteer)[at].Runs)
        {
            foreach (var unit in ShardRig.Units(run).Where(u => u < done.Start || u >= done.End))
            {
                if (rest.Count > 0 && rest[^1].End == unit)
                {
                    rest[^1] = rest[^1] with { Count = rest[^1].Count + 1 };
                }
                else
                {
                    rest.Add(new UnitRun(unit, 1));
                }
            }
        }

        if (rest.Count == 0)
        {
            Held(volunteer).RemoveAt(at);
        }
        else
        {
            Held(volunteer)[at] = Held(volunteer)[at] with { Runs = rest };
        }
    }
}
