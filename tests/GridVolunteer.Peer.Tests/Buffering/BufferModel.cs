using GridVolunteer.Peer.Buffering;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Peer.Tests.Buffering;

/// <summary>
/// Drives a buffer by random steps beside a model that keeps one word for each unit, and compares the two
/// after each step.
/// </summary>
internal sealed class BufferModel
{
    private const int JobsMax = 3;

    private readonly WorkBuffer _buffer = new(new BufferPolicy { Threads = 2, BatchUnitsMax = 8 });
    private readonly Dictionary<(GrantId Grant, long Unit), string> _units = [];
    private readonly List<UnitBatch> _batches = [];
    private readonly Dictionary<int, int> _done = [];
    private readonly HashSet<GrantId> _void = [];
    private long _sequence;
    private TimeSpan _now;

    public void Step(int step)
    {
        var choice = Math.Abs(step / 16);
        _now += TimeSpan.FromMilliseconds(choice % 700);
        switch (Math.Abs(step) % 16)
        {
            case 0 or 1:
                Add(choice);
                break;
            case 2 or 3 or 4 or 5:
                Take(choice);
                break;
            case 6 or 7 or 8:
                Finish(choice);
                break;
            case 9:
                GiveUp(choice);
                break;
            case 10 or 11:
                Acknowledge(choice);
                break;
            case 12:
                Void(choice);
                break;
            case 13:
                Cut(choice);
                break;
            case 14:
                Fail(choice);
                break;
            default:
                _buffer.Ready(new JobId(1 + (choice % JobsMax)));
                break;
        }

        Check();
    }

    /// <summary>Lets everything that waits be computed and acknowledged: nothing may be left.</summary>
    public void Heal()
    {
        for (var job = 1; job <= JobsMax; job++)
        {
            _buffer.Ready(new JobId(job));
        }

        for (var i = _batches.Count - 1; i >= 0; i--)
        {
            GiveUp(i);
        }

        while (_buffer.Take(null, urgentOnly: false, _now) is { } batch)
        {
            Note(batch);
            FinishUnits(_batches.Count - 1, batch.Count);
        }

        foreach (var grant in _units.Keys.Select(k => k.Grant).Distinct().ToList())
        {
            AcknowledgeAll(grant);
        }

        Check();
        Assert.Empty(_buffer.Held);
        Assert.Equal((0, 0, 0), (_buffer.Waiting, _buffer.Running, _buffer.Unacknowledged));
        Assert.All(
            _units.Where(u => !_void.Contains(u.Key.Grant)), u => Assert.Equal("acknowledged", u.Value));
    }

    private void Add(int choice)
    {
        var grant = Offers.Grant(1 + (choice % JobsMax), ++_sequence);
        var first = choice % 50;
        UnitRun[] runs = [new(first, 1 + (choice % 9)), new(first + 20, 1 + (choice % 5))];
        var units = runs.SelectMany(UnitRuns.UnitsOf).ToList();
        var offer = Offers.Of(grant, runs) with { Inputs = Offers.Inputs(units), Urgent = choice % 7 == 0 };
        Assert.True(_buffer.Add(offer, unitSecondsGuess: 1, _now));
        Assert.False(_buffer.Add(offer, unitSecondsGuess: 1, _now));
        units.ForEach(u => _units.Add((grant, u), "waiting"));
    }

    private void Take(int choice)
    {
        var urgentOnly = choice % 5 == 0;
        if (_buffer.Take(new JobId(1 + (choice % JobsMax)), urgentOnly, _now) is { } batch)
        {
            Assert.True(!urgentOnly || batch.Urgent);
            Note(batch);
        }
    }

    private void Note(UnitBatch batch)
    {
        Assert.InRange(batch.Count, 1, 8);
        Assert.Equal(batch.Count, batch.Runs.Sum(r => r.Count));
        var units = Enumerable.Range(0, batch.Count).Select(batch.UnitAt).ToList();
        Assert.Equal(units.Order(), units);
        Assert.Equal(Offers.Inputs(units).ToArray(), batch.Inputs.ToArray());
        foreach (var unit in units)
        {
            Assert.Equal("waiting", _units[(batch.Grant, unit)]);
            _units[(batch.Grant, unit)] = "running";
        }

        _batches.Add(batch);
        _done[batch.Id] = 0;
    }

    private void Finish(int choice)
    {
        if (_batches.Count > 0)
        {
            var index = choice % _batches.Count;
            FinishUnits(index, 1 + (choice % (_batches[index].Count - _done[_batches[index].Id])));
        }
    }

    private void FinishUnits(int index, int count)
    {
        var batch = _batches[index];
        var done = _done[batch.Id];
        Assert.True(_buffer.Finish(batch.Id, count, 0.01 * count, _now));
        for (var i = done; i < done + count; i++)
        {
            _units[(batch.Grant, batch.UnitAt(i))] = "unacknowledged";
        }

        _done[batch.Id] = done + count;
        if (done + count == batch.Count)
        {
            _batches.RemoveAt(index);
            Assert.False(_buffer.Finish(batch.Id, 1, null, _now));
        }
    }

    private void GiveUp(int choice)
    {
        if (_batches.Count > 0)
        {
            var batch = _batches[choice % _batches.Count];
            _batches.Remove(batch);
            _buffer.GiveUp(batch.Id, suspect: choice % 2 == 0);
            for (var i = _done[batch.Id]; i < batch.Count; i++)
            {
                _units[(batch.Grant, batch.UnitAt(i))] = _void.Contains(batch.Grant) ? "gone" : "waiting";
            }
        }
    }

    private void Cut(int choice)
    {
        if (_batches.FindIndex(b => _done[b.Id] == 0) is var index and >= 0)
        {
            var batch = _batches[index];
            var kept = 1 + (choice % batch.Count);
            var cut = _buffer.Cut(batch, kept, _now);
            Assert.Equal(kept, cut.Count);
            for (var i = kept; i < batch.Count; i++)
            {
                _units[(batch.Grant, batch.UnitAt(i))] = _void.Contains(batch.Grant) ? "gone" : "waiting";
            }

            _batches[index] = cut;
        }
    }

    private void Acknowledge(int choice)
    {
        var grants =
            _units.Where(u => u.Value == "unacknowledged").Select(u => u.Key.Grant).Distinct().ToList();
        if (grants.Count > 0)
        {
            AcknowledgeAll(grants[choice % grants.Count]);
        }
    }

    private void AcknowledgeAll(GrantId grant)
    {
        var units = _units.Where(u => u.Key.Grant == grant && u.Value == "unacknowledged").Select(u => u.Key).ToList();
        _buffer.Acknowledge(grant, units.Count);
        units.ForEach(u => _units[u] = "acknowledged");
    }

    private void Void(int choice)
    {
        var held = _buffer.Held.ToList();
        if (held.Count > 0)
        {
            var grant = held[choice % held.Count];
            var pointless = _buffer.Void(grant);
            Assert.Equal(
                _batches.Where(b => b.Grant == grant).Select(b => b.Id).Order(),
                pointless.Select(b => b.Id).Order());
            _void.Add(grant);
            foreach (var unit in _units.Where(u => u.Key.Grant == grant && u.Value == "waiting").ToList())
            {
                _units[unit.Key] = "gone";
            }
        }
    }

    private void Fail(int choice)
    {
        var job = new JobId(1 + (choice % JobsMax));
        foreach (var (grant, units) in _buffer.FailWaiting(job))
        {
            foreach (var unit in units)
            {
                Assert.Equal("waiting", _units[(grant, unit)]);
                _units[(grant, unit)] = "unacknowledged";
            }
        }

        Assert.DoesNotContain(_units, u => u.Key.Grant.Shard.Job == job && u.Value == "waiting");
    }

    private void Check()
    {
        Assert.Equal(Count("waiting"), _buffer.Waiting);
        Assert.Equal(Count("running"), _buffer.Running);
        Assert.Equal(Count("unacknowledged"), _buffer.Unacknowledged);
        Assert.Equal(
            _units.Where(u => u.Value is not ("gone" or "acknowledged")).Select(u => u.Key.Grant)
                .Where(g => !_void.Contains(g)).Distinct().OrderBy(g => g.Sequence),
            _buffer.Held.OrderBy(g => g.Sequence));
        var demand = _buffer.Demand(_now);
        Assert.True(demand.Seconds > 0 ? demand.NextIn is null : demand.NextIn is null or > 0);
    }

    private int Count(string state) => _units.Values.Count(v => v == state);
}
