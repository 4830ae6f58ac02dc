using GridVolunteer.Coordination.Tests.Brokering;
using GridVolunteer.Coordination.Volunteers;
using GridVolunteer.Protocol.Agents;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Coordination.Tests.Volunteers;

/// <summary>
/// An agent, its volunteer entity and two shards, with every message between them a step of its own that can
/// be late: the shard grants, the entity hears of it, the agent gets the answer; a heartbeat is written,
/// taken, compared, answered. Agent and coordinator can crash. The agent keeps to its part: one request for
/// work at a time, repeated until answered.
/// </summary>
internal sealed partial class VolunteerOnTheNetwork
{
    private const int UnitsPerGrant = 3;

    private readonly ShardOfGrants[] _shards =
        [new(new ShardId(new JobId(1), 0, 0)), new(new ShardId(new JobId(1), 0, 1))];

    private readonly List<(Heartbeat Beat, DateTimeOffset At)> _beats = [];
    private readonly List<ReconcileDuty> _duties = [];

    // The agent: grants with the units it has yet to report, and its open request.
    private readonly SortedDictionary<GrantId, int> _held = new(Comparer<GrantId>.Create(
        (a, b) => (a.Shard.Number, a.Sequence).CompareTo((b.Shard.Number, b.Sequence))));

    private string? _lastRequestId;
    private WorkRequest? _open;
    private DateTimeOffset _openedAt;

    // Between them: an exchange that shards have served and the entity has not heard of, and an answer on
    // its way.
    private ExchangeRecord? _served;
    private WorkAnswer? _answer;
    private int _requests;

    private Volunteer _volunteer = new(Hints.Peer(1), Options);

    public static VolunteerOptions Options { get; } = new();

    public DateTimeOffset Now { get; private set; } = Hints.Now;

    public IReadOnlyList<ShardOfGrants> Shards => _shards;

    public Volunteer Volunteer => _volunteer;

    public IEnumerable<long> HeldOf(ShardOfGrants shard) =>
        _held.Keys.Where(g => g.Shard == shard.Id).Select(g => g.Sequence);

    public void Step(uint random)
    {
        var choice = (int)((random >> 8) & 0xFFFF);
        switch (random % 24)
        {
            case < 4:
                Ask(choice);
                break;
            case < 7:
                Serve(choice);
                break;
            case < 9:
                End();
                break;
            case < 11:
                Receive();
                break;
            case 11:
                _answer = null; // Lost on the way; the agent asks again.
                break;
            case < 15:
                WriteBeat();
                break;
            case < 18 when _beats.Count > 0:
                TakeBeat(choice % _beats.Count);
                break;
            case < 20 when _duties.Count > 0:
                Compare(choice % _duties.Count);
                break;
            case 20:
                Pass(TimeSpan.FromSeconds(choice % 20));
                break;
            case 21 when _held.Count > 0:
                var grant = _held.Keys.ElementAt(choice % _held.Count);
                Find(grant.Shard).Void(grant.Sequence);
                break;
            case 22 when choice % 8 == 0:
                CrashAgent(choice);
                break;
            case 23 when choice % 8 == 0:
                CrashCoordinator();
                break;
        }
    }

    /// <summary>
    /// No more faults: the agent's request is answered, it hands in again what was not acknowledged before it
    /// crashed, and then it only beats, for long enough to settle everything.
    /// </summary>
    public void Settle()
    {
        _beats.Clear();
        FinishRequest();
        Ask([.. _unacknowledged.Where(_held.ContainsKey).Select(g => Report(g, _held[g]))]);
        FinishRequest();
        CompareAll();
        for (var i = 0; i < 7; i++)
        {
            Beat();
            Pass(Options.HeartbeatInterval);
        }
    }

    /// <summary>A heartbeat that goes through at once.</summary>
    public void Beat()
    {
        WriteBeat();
        TakeBeat(_beats.Count - 1);
        CompareAll();
    }

    public void Pass(TimeSpan time)
    {
        // What the entity rests on: neither a heartbeat nor an answer, repeated until it arrives, takes half
        // the limit.
        if (_open is not null && Now + time - _openedAt > Options.HeartbeatLimit / 2)
        {
            FinishRequest();
        }

        Now += time;
        _beats.RemoveAll(b => Now - b.At > Options.HeartbeatLimit / 2);
        Carry(_volunteer.Tick(Now));
    }

    private void FinishRequest()
    {
        // What was served before belongs perhaps to a request that the agent forgot.
        End();
        Receive();
        if (_open is not null)
        {
            Serve(0);
            End();
            Receive();
        }
    }

    /// <summary>Grants that the agent has or that its open request will still bring it.</summary>
    private HashSet<GrantId> Owned()
    {
        var owned = _held.Keys.ToHashSet();
        owned.UnionWith(_openGrants);
        return owned;
    }

    private void Carry(VolunteerOutcome outcome)
    {
        foreach (var duty in outcome.Duties)
        {
            switch (duty)
            {
                case LoseDuty loss:
                    Assert.NotEqual(VolunteerState.Alive, _volunteer.State);
                    Find(loss.Shard).Lose();
                    break;
                case ReconcileDuty compare:
                    _duties.Add(compare);
                    break;
            }
        }
    }

    private void CompareAll()
    {
        while (_duties.Count > 0)
        {
            Compare(0);
        }
    }

    private void Compare(int index)
    {
        var duty = _duties[index];
        _duties.RemoveAt(index);
        var owned = Owned();
        Assert.DoesNotContain(duty.Dropped, sequence => owned.Contains(new GrantId(duty.Shard, sequence)));
        var answer = Find(duty.Shard).Reconcile(duty.Held, duty.Dropped);
        foreach (var grant in _volunteer.Reconciled(duty, answer, Now))
        {
            _held.Remove(grant);
        }
    }

    private ShardOfGrants Find(ShardId shard) => _shards.Single(s => s.Id == shard);
}
