using GridVolunteer.Coordination.Tests.Brokering;
using GridVolunteer.Coordination.Volunteers;
using GridVolunteer.Protocol.Agents;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Coordination.Tests.Volunteers;

/// <content>The single steps.</content>
internal sealed partial class VolunteerOnTheNetwork
{
    private readonly HashSet<GrantId> _openGrants = [];
    private readonly HashSet<GrantId> _unacknowledged = [];

    /// <summary>
    /// The agent asks for work and reports what it finished, unless a request of it is open.
    /// </summary>
    private void Ask(int choice)
    {
        if (_open is not null)
        {
            return;
        }

        var finished = _held.Where((_, i) => (choice >> i) % 2 == 1).Take(3);
        Ask([.. finished.Select(h => Report(h.Key, 1 + (choice % h.Value)))]);
    }

    private GrantReport Report(GrantId grant, int units) => new()
    {
        Grant = grant,
        Runs = [new UnitRun(UnitsPerGrant - _held[grant], units)],
        ComputeSeconds = 1,
    };

    private void Ask(GrantReport[] reports)
    {
        _open = new WorkRequest
        {
            RequestId = $"r{++_requests}",
            Reports = reports,
            Wanted = new WorkWanted { Seconds = 1 },
        };
        _openedAt = Now;
        _openGrants.Clear();
    }

    /// <summary>
    /// The open request reaches the coordinator, perhaps again: shards take its reports and grant.
    /// </summary>
    private void Serve(int choice)
    {
        if (_open is null || _served is not null || _answer is not null)
        {
            return;
        }

        var brief = _volunteer.Begin(_open.RequestId, Now);
        if (brief.Host is null)
        {
            Beat();
            brief = _volunteer.Begin(_open.RequestId, Now);
        }

        if (brief.Repeated is not null)
        {
            _answer = brief.Repeated;
            return;
        }

        foreach (var report in _open.Reports)
        {
            Find(report.Grant.Shard).Report(report.Grant.Sequence, report.Runs[0].Count);
        }

        // The same request finds the same grant: a shard keeps what it granted last to whom.
        var shard = _openGrants.Count > 0
            ? Find(_openGrants.First().Shard)
            : _shards[choice % _shards.Length];
        var grant = new GrantId(shard.Id, shard.Grant(_open.RequestId, UnitsPerGrant));
        var units = new UnitRun(0, UnitsPerGrant);
        _openGrants.Add(grant);
        _served = new ExchangeRecord(_open, new WorkAnswer
        {
            RequestId = _open.RequestId,
            Outcomes = [.. _open.Reports.Select(r => new ReportOutcome(r.Grant, r.Runs[0].Count, 0))],
            Grants = [new GrantOffer { Grant = grant, Runs = [units], DeadlineSeconds = 60 }],
        });
    }

    private void End()
    {
        if (_served is { } served)
        {
            Carry(_volunteer.End(served, Now));
            _answer = served.Answer;
            _served = null;
        }
    }

    /// <summary>
    /// The agent gets the answer to its open request; one to a request it forgot is nobody's.
    /// </summary>
    private void Receive()
    {
        if (_answer is { } answer && answer.RequestId == _open?.RequestId)
        {
            foreach (var report in _open.Reports)
            {
                if (_held.TryGetValue(report.Grant, out var left))
                {
                    _held[report.Grant] = left - report.Runs[0].Count;
                    _ = left - report.Runs[0].Count > 0 || _held.Remove(report.Grant);
                }
            }

            foreach (var offer in answer.Grants)
            {
                _held.TryAdd(offer.Grant, UnitsPerGrant);
            }

            _lastRequestId = answer.RequestId;
            _open = null;
            _openGrants.Clear();
        }

        _answer = null;
    }

    /// <summary>At most one heartbeat is late at a time.</summary>
    private void WriteBeat()
    {
        if (_beats.Count > 1)
        {
            _beats.RemoveAt(0);
        }

        var beat = new Heartbeat
        {
            Name = "box",
            Host = Hints.Host,
            Grants = [.. _held.Keys],
            LastRequestId = _lastRequestId,
        };
        _beats.Add((beat, Now));
    }

    private void TakeBeat(int index)
    {
        var beat = _beats[index].Beat;
        _beats.RemoveAt(index);

        // A heartbeat after this one carries out what this one found; its comparisons replace the older ones.
        _duties.Clear();
        Carry(_volunteer.Beat(beat, Now));
    }

    /// <summary>
    /// The agent starts anew, with some of its grants still on disk; whatever was under way to it is lost.
    /// </summary>
    private void CrashAgent(int choice)
    {
        foreach (var grant in _held.Keys.Where((_, i) => (choice >> (3 + i)) % 2 == 1).ToList())
        {
            _held.Remove(grant);
        }

        _unacknowledged.UnionWith(_open?.Reports.Select(r => r.Grant) ?? []);
        _lastRequestId = null;
        _open = null;
        _openGrants.Clear();
        _answer = null;
        _beats.Clear();
    }

    /// <summary>
    /// The coordinator starts anew: the entity is empty, and the shards that hold grants say whose.
    /// </summary>
    private void CrashCoordinator()
    {
        _served = null;
        _answer = null;
        _beats.Clear();
        _duties.Clear();
        _volunteer = new Volunteer(Hints.Peer(1), Options);
        foreach (var shard in _shards.Where(s => s.Live.Count > 0))
        {
            _volunteer.Expect(shard.Id, Now);
        }
    }
}
